"""The meetings to come of one's coalitions, with how they were answered."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.feature import Feature
from handlers.members.answer_dates import poll_buttons
from handlers.members.own_coalition import own_coalition_first
from handlers.members.past_meetings import past_button
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.meetings import Meeting


def show_list(turn: Turn, coalition: Coalition) -> Reply:
    """Show the meetings to come of a coalition, soonest first, a page at a time; each opens by its button."""
    language = turn.language
    number = turn.number(1) if turn.word(1) else 0
    page = page_of(turn.uow.meetings.of_coalition(coalition.id, turn.now, None), number)
    rows: Rows = (
        *meeting_buttons(turn, page.things, "meeting"),
        *page.turner(language, "meetings", coalition.id),
        *poll_buttons(turn, coalition, "dates"),
        *past_button(turn, coalition),
        *way_out(language),
    )
    return turn.show(Screen(list_text(turn, coalition, page.things), rows))


def list_text(turn: Turn, coalition: Coalition, meetings: Sequence[Meeting]) -> Markup:
    """Say when these meetings are, and how many answered what."""
    language = turn.language
    listed = lines(*(_line(turn, meeting) for meeting in meetings))
    return paragraphs(
        language.say("<b>Meetings of “{coalition}”</b>", coalition=coalition.name),
        listed if meetings else language.say("No meeting is planned."),
    )


def meeting_buttons(turn: Turn, meetings: Sequence[Meeting], route: str) -> Rows:
    """Give one button for each meeting, under a route."""
    return tuple((button(f"{_short_day(turn, meeting)} · {meeting.title}", route, meeting.id),) for meeting in meetings)


def _line(turn: Turn, meeting: Meeting) -> Markup:
    language, counts = turn.language, turn.uow.meetings.counts(meeting.id)
    return language.say(
        "• {moment}: <b>{title}</b> ({yes} yes, {maybe} maybe, {no} no)",
        moment=language.moment(meeting.starts_at, turn.territory.zone),
        title=meeting.title,
        yes=language.number(counts.yes),
        maybe=language.number(counts.maybe),
        no=language.number(counts.no),
    )


def _short_day(turn: Turn, meeting: Meeting) -> str:
    return turn.language.short_day(meeting.starts_at.astimezone(turn.territory.zone).date())


open_list = own_coalition_first("meetings", show_list)

FEATURE = Feature(commands={"rencontres": open_list}, buttons={"meetings": open_list})
