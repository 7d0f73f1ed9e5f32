"""Who came to a meeting: everybody who had said yes in one tap, or one by one, two taps a person at most."""

from typing import Final

from handlers.cards.minutes import keeping_row
from handlers.facilitators.led_coalition import led_coalition_first
from handlers.feature import Feature
from handlers.groups.here import for_facilitator, in_private
from handlers.members.past_meetings import ATTENDANCE, past_meetings, past_screen
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.ids import MeetingId, PersonId
from programme.meetings import Answer
from programme.usecases.afterwards import kept_meeting, minutes_missing
from programme.usecases.note_attendance import Attendee, attendees, note_all_who_said_yes, note_attendance

MARKS: Final = {True: "✓ ", False: "✗ ", None: ""}
STATES: Final = {"yes": True, "no": False, "none": None}
NEXT: Final = {None: "yes", True: "no", False: "none"}
"""What a tap on somebody's name makes of it: came, did not come, not noted, and round again."""


def choose_meeting(turn: Turn, coalition: Coalition) -> Reply:
    """Show who came to the only meeting there was, or the past meetings, latest first."""
    past = past_meetings(turn, coalition)
    if len(past) == 1:
        return turn.show(attendance_screen(turn, past[0].id, 0))
    return turn.show(past_screen(turn, coalition, ATTENDANCE, 0))


def show(turn: Turn) -> Reply:
    """Show a page of the members with who came."""
    return turn.show(attendance_screen(turn, MeetingId(turn.number(0)), turn.number(1)))


def note(turn: Turn) -> Reply:
    """Note what the tapped name says next: came, did not come, or nothing."""
    meeting_id, person_id = MeetingId(turn.number(0)), PersonId(turn.number(1))
    if turn.word(2) not in STATES:
        raise NotFound
    note_attendance(turn.uow, turn.me.id, meeting_id, person_id, STATES[turn.word(2)], turn.now)
    return turn.show(attendance_screen(turn, meeting_id, turn.number(3)))


def note_all(turn: Turn) -> Reply:
    """Note in one tap that everybody came who had said yes."""
    meeting_id = MeetingId(turn.number(0))
    noted = note_all_who_said_yes(turn.uow, turn.me.id, meeting_id, turn.now)
    words = turn.language.plain_n("{n} person noted as there.", "{n} people noted as there.", noted)
    return turn.show(attendance_screen(turn, meeting_id, 0), toast=words)


def attendance_screen(turn: Turn, meeting_id: MeetingId, number: int) -> Screen:
    """Give the members of a meeting's coalition with who came, to who keeps it; raises NotAllowed or TooEarly."""
    language = turn.language
    meeting = kept_meeting(turn.uow, turn.me.id, meeting_id, turn.now)
    everybody = attendees(turn.uow, turn.me.id, meeting_id, turn.now)
    page = page_of(everybody, number)
    came = sum(each.came is True for each in everybody)
    away = sum(each.came is False for each in everybody)
    text = paragraphs(
        lines(
            language.say("<b>Who came? {title}</b>", title=meeting.title),
            language.say("When: {moment}", moment=language.moment(meeting.starts_at, turn.territory.zone)),
            language.say(
                "There: {came} · Not there: {away} · Not noted: {left}",
                came=language.number(came),
                away=language.number(away),
                left=language.number(len(everybody) - came - away),
            ),
        ),
        language.say("Tap a name once for “was there”, twice for “was not there”. Those who had said yes come first."),
    )
    said_yes = sum(each.answer is Answer.YES for each in everybody)
    all_of_them = language.plain_n("All who said yes ({n})", "All who said yes ({n})", said_yes)
    rows = (
        *(((button(all_of_them, "attendance.all", meeting.id),),) if said_yes else ()),
        *((_name_button(each, meeting.id, page.number),) for each in page.things),
        *page.turner(language, "attendance", meeting.id),
        keeping_row(meeting, language, has_minutes=not minutes_missing(turn.uow, meeting.id))[1:],
        *way_out(language, "meeting", meeting.id),
    )
    return Screen(text, rows)


def _name_button(each: Attendee, meeting_id: MeetingId, page: int) -> Button:
    label = MARKS[each.came] + each.name
    return button(label, "attendance.note", meeting_id, each.person_id, NEXT[each.came], page)


def _from_group(turn: Turn, coalition: Coalition) -> Reply:
    return in_private(turn, lambda there: choose_meeting(there, coalition))


FEATURE = Feature(
    commands={"presences": led_coalition_first("attendance.of", choose_meeting)},
    buttons={
        "attendance.of": led_coalition_first("attendance.of", choose_meeting),
        "attendance": show,
        "attendance.note": note,
        "attendance.all": note_all,
    },
    group_commands={"presences": for_facilitator(_from_group)},
)
