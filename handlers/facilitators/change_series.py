"""A series for who keeps it going: its rule and its next dates; move all that are to come, or end it."""

from dataclasses import dataclass
from datetime import datetime

from handlers.cards.series import SHOWN, series_lines
from handlers.feature import Feature
from handlers.forms import Form, Moment, Question, Text, open_form
from handlers.members.coming_meetings import open_list
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Button, Screen, button, paragraphs
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound, Outdated
from programme.ids import SeriesId
from programme.meetings import PLACE_MAX
from programme.series import Series
from programme.usecases.change_series import end_series, move_series, next_of_series, running_series
from programme.usecases.move_meeting import Move
from programme.usecases.rights import require_facilitator


@dataclass(frozen=True, slots=True)
class SeriesMove:
    """The new moment of the next meeting, and the series in the version of its next meeting that was seen."""

    starts_at: datetime
    place: str = ""
    series: str = ""
    version: str = ""


def show_series(turn: Turn) -> Reply:
    """Show a series to who keeps it going."""
    series = turn.uow.series.get(SeriesId(turn.number(0)))
    require_facilitator(turn.uow, turn.me.id, series.coalition_id)
    return turn.show(series_screen(turn, series))


def series_screen(turn: Turn, series: Series) -> Screen:
    """Give a series with its next dates, each a button, and what can be done with all of them."""
    language, plain = turn.language, turn.language.plain
    coming = next_of_series(turn.uow, series, turn.now)
    coalition = turn.uow.coalitions.get(series.coalition_id)
    dates = tuple((button(_short(turn, meeting.starts_at), "meeting", meeting.id),) for meeting in coming[:SHOWN])
    steering: tuple[tuple[Button, ...], ...] = ()
    if series.ended_at is None:
        steering = (
            (
                button(plain("Move them all"), "series.move", series.id),
                button(plain("End the series"), "series.end", series.id),
            ),
        )
    text = series_lines(series, coming, coalition, language, turn.territory)
    return Screen(text, (*dates, *steering, *way_out(language, "agenda", 0)))


def start_move(turn: Turn) -> Reply:
    """Open the conversation that moves all meetings to come."""
    series = _running(turn)
    context = {"series": str(series.id), "version": str(_seen_version(turn, series))}
    return open_form(turn, MOVE_SERIES, context=context)


def ask_end(turn: Turn) -> Reply:
    """Ask once before a series ends: its meetings to come are cancelled, and everybody is told."""
    series, language = _running(turn), turn.language
    coming = next_of_series(turn.uow, series, turn.now)
    coalition = turn.uow.coalitions.get(series.coalition_id)
    text = paragraphs(
        series_lines(series, coming, coalition, language, turn.territory),
        language.say("<b>End this series?</b> Its meetings to come are cancelled, and its members are told at once."),
    )
    sure = button(language.plain("Yes, end it"), "series.sure", series.id, _seen_version(turn, series))
    return turn.show(Screen(text, ((sure, button(language.plain("Keep them"), "series", series.id)),)))


def end(turn: Turn) -> Reply:
    """End a series, unless it has moved since it was shown."""
    series = _running(turn)
    if _seen_version(turn, series) != turn.number(1):
        raise Outdated
    cancelled = end_series(turn.uow, turn.me.id, series.id, turn.now)
    words = turn.language.plain_n("{n} meeting is cancelled.", "{n} meetings are cancelled.", cancelled)
    return turn.show(series_screen(turn, turn.uow.series.get(series.id)), toast=words)


def choose_series(turn: Turn) -> Reply:
    """Begin again from the meetings to come."""
    return open_list(turn)


def _running(turn: Turn) -> Series:
    return running_series(turn.uow, turn.me.id, SeriesId(turn.number(0)))


def _seen_version(turn: Turn, series: Series) -> int:
    """Give the version of the next meeting, which tells whether the series was moved meanwhile."""
    coming = next_of_series(turn.uow, series, turn.now)
    return coming[0].version if coming else 0


def _move(turn: Turn, told: SeriesMove) -> Reply:
    if not (told.series.isdecimal() and told.version.isdecimal()):
        raise NotFound
    move = Move(told.starts_at, told.place, int(told.version))
    series = move_series(turn.uow, turn.me.id, SeriesId(int(told.series)), move, turn.now, turn.territory.zone)
    return say(Screen(turn.language.say("The members are told, and asked again.")), series_screen(turn, series))


def _short(turn: Turn, starts_at: datetime) -> str:
    local, language = starts_at.astimezone(turn.territory.zone), turn.language
    return f"{language.short_day(local.date())}, {language.clock(local.time())}"


MOVE_SERIES = Form(
    name="move_series",
    version=1,
    into=SeriesMove,
    questions=(
        Question(
            "starts_at",
            _("When does the next one begin now?"),
            Moment(),
            hint=_("The ones after it keep this day of the week and this hour; one that you moved by itself stays."),
            label=_("Next one"),
        ),
        Question(
            "place",
            _("Another place? Skip this where it stays the same."),
            Text(longest=PLACE_MAX),
            label=_("Where"),
            optional=True,
        ),
    ),
    review=_("The new rule"),
    submit=_move,
)

FEATURE = Feature(
    buttons={"series": show_series, "series.move": start_move, "series.end": ask_end, "series.sure": end},
    forms=(MOVE_SERIES,),
    again={MOVE_SERIES.name: choose_series},
)
