"""Notices about series: meetings that come again, and that do not go on."""

from handlers.cards.meeting import answer_buttons
from handlers.cards.series import series_lines
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, paragraphs
from programme.notices import SeriesEnded, SeriesPlanned
from programme.series import Series
from programme.usecases.change_series import next_of_series
from programme.usecases.rights import is_member


def series_planned(notice: SeriesPlanned, reader: Reader) -> Screen:
    """Tell a member of meetings that come again, or that all of them have moved, and ask for the next one."""
    language, series = reader.language, _own_series(notice, reader)
    coming = next_of_series(reader.uow, series, reader.now)
    if series.ended_at is not None or not coming:
        raise Untrue("ended")
    following, coalition = coming[0], reader.uow.coalitions.get(series.coalition_id)
    moved = following.version > 0
    answered = reader.uow.meetings.answer_of(following.id, reader.person.id)
    text = paragraphs(
        language.say("These meetings have changed:") if moved else language.say("Meetings that come again:"),
        series_lines(series, coming, coalition, language, reader.territory),
        language.say("Will you come to the next one?") if answered is None else None,
    )
    calendar = (button(language.plain("Add the next one to my calendar"), "calendar", following.id),)
    rows = (*answer_buttons(following, answered, language), calendar, why_button(notice, language))
    return Screen(text, rows)


def series_ended(notice: SeriesEnded, reader: Reader) -> Screen:
    """Tell a member that meetings do not go on."""
    language, series = reader.language, _own_series(notice, reader)
    coalition = reader.uow.coalitions.get(series.coalition_id)
    text = paragraphs(
        language.say("These meetings do not go on; those to come are cancelled:"),
        series_lines(series, (), coalition, language, reader.territory),
    )
    return Screen(text, (why_button(notice, language), *way_out(language, "agenda", 0)))


def _own_series(notice: SeriesPlanned | SeriesEnded, reader: Reader) -> Series:
    series = reader.uow.series.get(notice.series_id)
    if not is_member(reader.uow, reader.person.id, series.coalition_id):
        raise Untrue("left")
    return series
