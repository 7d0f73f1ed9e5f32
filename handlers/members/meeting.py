"""A meeting in private: its card, one's answer in one tap, and its calendar file."""

from markupsafe import Markup

from handlers.cards.meeting import answer_buttons, meeting_text
from handlers.cards.minutes import afterwards_rows
from handlers.documents.calendar_file import meeting_calendar
from handlers.feature import Feature
from handlers.members.coalitions import coalition_card
from handlers.names import answer_name
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Button, File, Rows, Screen, button, paragraphs
from handlers.turn import ID_MAX, Turn
from programme.errors import NotAllowed, NotFound, Outdated
from programme.ids import MeetingId
from programme.meetings import Answer, Meeting, MeetingState
from programme.memberships import Membership, MembershipState
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.join_coalition import join_coalition
from programme.usecases.rights import facilitates, is_member


def show_meeting(turn: Turn) -> Reply:
    """Show one meeting, with one's answer and what one can do."""
    return turn.show(meeting_screen(turn, _meeting(turn)))


def open_by_number(turn: Turn, code: str) -> Reply:
    """Show the meeting of a link; who is not in its coalition is shown how to come in."""
    meeting = turn.uow.meetings.get(_number(code))
    if _sees(turn, meeting):
        return say(meeting_screen(turn, meeting))
    return say(coalition_card(turn, turn.uow.coalitions.get(meeting.coalition_id)))


def give_answer(turn: Turn) -> Reply:
    """Take an answer in one tap; a card of before a move shows the new moment instead."""
    language, answer, meeting = turn.language, tapped_answer(turn.word(2)), _meeting(turn)
    try:
        answer_meeting(turn.uow, turn.me.id, meeting.id, turn.number(1), answer, turn.now)
    except Outdated:
        moved = turn.show(meeting_screen(turn, meeting))
        words = language.plain("This meeting has moved meanwhile: please answer for its new moment.")
        return Reply(moved.messages, words, alert=True)
    noted = language.plain("Noted: {answer}", answer=answer_name(answer, language))
    return turn.show(meeting_screen(turn, meeting), toast=noted)


def answer_by_link(turn: Turn, code: str) -> Reply:
    """Take the answer of who tapped a group's card and was not known there: they come into the coalition with it.

    Where its members are accepted, the answer waits and counts from then on.
    """
    number, version, word = _parts(code)
    meeting, answer = turn.uow.meetings.get(_number(number)), tapped_answer(word)
    before = turn.uow.memberships.of(turn.me.id, meeting.coalition_id)
    membership = join_coalition(turn.uow, turn.me.id, meeting.coalition_id, turn.now)
    try:
        answer_meeting(turn.uow, turn.me.id, meeting.id, _number(version), answer, turn.now)
    except Outdated:
        return _answer_again(turn, meeting, membership)
    if membership.state is not MembershipState.ACCEPTED:
        return say(_answer_waits(turn, meeting, answer))
    noted = _noted(turn, meeting, answer, new=before is None or before.state is not MembershipState.ACCEPTED)
    return say(Screen(noted), meeting_screen(turn, meeting))


def send_calendar(turn: Turn) -> Reply:
    """Send a meeting as a calendar file; that of a cancelled one takes it off the calendar."""
    return say(calendar_screen(turn, _meeting(turn)))


def calendar_screen(turn: Turn, meeting: Meeting) -> Screen:
    """Give the message with a meeting's calendar file."""
    coalition = turn.uow.coalitions.get(meeting.coalition_id)
    content = meeting_calendar(meeting, coalition, turn.bot_username, turn.territory.zone, turn.now)
    name = turn.language.plain("meeting-{number}.ics", number=meeting.id)
    if meeting.state is MeetingState.CANCELLED:
        text = turn.language.say("Open this file to take “{title}” off your calendar.", title=meeting.title)
    else:
        text = turn.language.say("Open this file to put “{title}” into your calendar.", title=meeting.title)
    return Screen(text, file=File(name, content, "text/calendar"))


def meeting_screen(turn: Turn, meeting: Meeting) -> Screen:
    """Give a meeting's card with its counts for who facilitates, and the buttons of who looks at it."""
    language = turn.language
    open_to_answers = meeting.state is MeetingState.PLANNED and meeting.starts_at > turn.now
    leads = facilitates(turn.uow, turn.me.id, meeting.coalition_id)
    member = is_member(turn.uow, turn.me.id, meeting.coalition_id)
    answered = turn.uow.meetings.answer_of(meeting.id, turn.me.id)
    text = paragraphs(
        meeting_text(meeting, turn.uow, language, turn.territory),
        _counts_line(turn, meeting) if leads else None,
        language.say("Will you come?") if open_to_answers and member and answered is None else None,
    )
    return Screen(
        text,
        (
            *(answer_buttons(meeting, answered, language) if open_to_answers and member else ()),
            _calendar_row(turn, meeting),
            *(_steering(turn, meeting) if open_to_answers and leads else ()),
            *afterwards_rows(turn.uow, turn.me.id, meeting, language, turn.now),
            *way_out(language, "agenda", 0),
        ),
    )


def tapped_answer(word: str) -> Answer:
    """Read an answer in a button or a link; raises NotFound for a forged one."""
    if word not in list(Answer):
        raise NotFound
    return Answer(word)


def _calendar_row(turn: Turn, meeting: Meeting) -> tuple[Button, ...]:
    plain = turn.language.plain
    planned = meeting.state is MeetingState.PLANNED
    label = plain("Add to my calendar") if planned else plain("Take it off my calendar")
    return (button(label, "calendar", meeting.id),)


def _steering(turn: Turn, meeting: Meeting) -> Rows:
    """Give what who facilitates can do with a meeting to come."""
    language, plain = turn.language, turn.language.plain
    silent = [one for one in turn.uow.meetings.silent(meeting.id) if one != turn.me.id]
    nudging: Rows = ()
    if silent and meeting.nudged_at is None:
        words = language.plain_n(
            "Nudge {n} member without an answer", "Nudge {n} members without an answer", len(silent)
        )
        nudging = ((button(words, "nudge", meeting.id, meeting.version),),)
    series: Rows = ()
    if meeting.series_id is not None:
        series = ((button(plain("All meetings of the series"), "series", meeting.series_id),),)
    move, cancel = button(plain("Move it"), "move", meeting.id), button(plain("Cancel it"), "cancel", meeting.id)
    return ((move, cancel), *nudging, *series)


def _counts_line(turn: Turn, meeting: Meeting) -> str:
    counts = turn.uow.meetings.counts(meeting.id)
    return turn.language.say(
        "Answers: {yes} yes, {maybe} maybe, {no} no", yes=counts.yes, maybe=counts.maybe, no=counts.no
    )


def _meeting(turn: Turn) -> Meeting:
    """Give the meeting of the tapped button; raises NotAllowed for who is not in its coalition."""
    meeting = turn.uow.meetings.get(MeetingId(turn.number(0)))
    if not _sees(turn, meeting):
        raise NotAllowed
    return meeting


def _sees(turn: Turn, meeting: Meeting) -> bool:
    own = turn.me.id
    return is_member(turn.uow, own, meeting.coalition_id) or facilitates(turn.uow, own, meeting.coalition_id)


def _answer_again(turn: Turn, meeting: Meeting, membership: Membership) -> Reply:
    """Say that the card was old; the one in the group shows the new moment to who is not a member yet."""
    words = Screen(turn.language.say("This meeting has moved meanwhile: please answer for its new moment."))
    if membership.state is MembershipState.ACCEPTED:
        return say(words, meeting_screen(turn, meeting))
    return say(words, coalition_card(turn, turn.uow.coalitions.get(meeting.coalition_id)))


def _answer_waits(turn: Turn, meeting: Meeting, answer: Answer) -> Screen:
    language, coalition = turn.language, turn.uow.coalitions.get(meeting.coalition_id)
    text = language.say(
        "Your request to join “{coalition}” is sent. Your answer to “{title}” is noted ({answer}): "
        "it counts as soon as you are accepted.",
        coalition=coalition.name,
        title=meeting.title,
        answer=answer_name(answer, language),
    )
    return Screen(text, way_out(language, "coalition", coalition.id))


def _noted(turn: Turn, meeting: Meeting, answer: Answer, *, new: bool) -> Markup:
    language, said = turn.language, answer_name(answer, turn.language)
    if not new:
        return language.say("Noted: {answer}", answer=said)
    coalition = turn.uow.coalitions.get(meeting.coalition_id)
    return language.say("You are a member of “{coalition}” now. Noted: {answer}", coalition=coalition.name, answer=said)


def _parts(code: str) -> tuple[str, str, str]:
    """Read the meeting, its version and the answer of a link; raises NotFound for a forged one."""
    number, _, rest = code.partition("_")
    version, _, word = rest.partition("_")
    return number, version, word


def _number(digits: str) -> MeetingId:
    if not (digits.isascii() and digits.isdecimal()) or int(digits) > ID_MAX:
        raise NotFound
    return MeetingId(int(digits))


FEATURE = Feature(buttons={"meeting": show_meeting, "answer": give_answer, "calendar": send_calendar})
