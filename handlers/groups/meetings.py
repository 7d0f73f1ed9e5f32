"""Meetings in a group: their cards, answered in one tap; planned and nudged by who facilitates."""

from handlers.facilitators.nudge import nudged_words
from handlers.facilitators.plan_meeting import choose_way
from handlers.feature import Feature
from handlers.groups.aside import private_chat, reachable_in_private
from handlers.groups.here import for_facilitator, for_member, in_private
from handlers.members.answer_dates import poll_buttons
from handlers.members.coming_meetings import list_text, meeting_buttons
from handlers.members.meeting import calendar_screen, tapped_answer
from handlers.names import answer_name
from handlers.navigation import page_of
from handlers.reply import Reply, say, toast
from handlers.screen import Screen
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.errors import NotFound, Outdated, TooLate
from programme.ids import MeetingId
from programme.memberships import MembershipState
from programme.usecases.answer_meeting import ANSWERING, answer_meeting
from programme.usecases.bind_group import bound_coalition
from programme.usecases.meeting_cards import card_of
from programme.usecases.rights import facilitates, is_member


def plan(turn: Turn, coalition: Coalition) -> Reply:
    """Go on in private with the questions of a new meeting."""
    return in_private(turn, lambda there: choose_way(there, coalition))


def show_list(turn: Turn, coalition: Coalition) -> Reply:
    """Show the meetings to come; the button of one brings its card to the end of the chat."""
    language = turn.language
    page = page_of(turn.uow.meetings.of_coalition(coalition.id, turn.now, None), turn.number(0) if turn.word(0) else 0)
    rows = (
        *meeting_buttons(turn, page.things, "meeting.here"),
        *page.turner(language, "meetings"),
        *poll_buttons(turn, coalition, "dates.here"),
    )
    return turn.show(Screen(list_text(turn, coalition, page.things), rows))


def turn_page(turn: Turn) -> Reply:
    """Show another page of the list to a member."""
    coalition = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
    if coalition is None:
        raise NotFound
    return show_list(turn, coalition) if _belongs(turn, coalition) else _members_only(turn, coalition)


def show_card(turn: Turn) -> Reply:
    """Say the card of a meeting anew, at the end of the chat."""
    meeting = turn.uow.meetings.get(MeetingId(turn.number(0)))
    group = turn.uow.groups.of_chat(turn.chat.id, turn.chat.thread_id)
    if group is None or group.coalition_id != meeting.coalition_id:
        raise NotFound
    coalition = turn.uow.coalitions.get(meeting.coalition_id)
    if not _belongs(turn, coalition):
        return _members_only(turn, coalition)
    turn.uow.group_cards.show(card_of(meeting.id), group, turn.now)
    return toast(turn.language.plain("The card is below."))


def give_answer(turn: Turn) -> Reply:
    """Take an answer in one tap; who is not in the coalition goes on in private, where the answer comes along."""
    language, meeting = turn.language, turn.uow.meetings.get(MeetingId(turn.number(0)))
    version, answer = turn.number(1), tapped_answer(turn.word(2))
    membership = None if turn.person is None else turn.uow.memberships.of(turn.me.id, meeting.coalition_id)
    if membership is None or membership.state not in ANSWERING:
        return _private_link(turn, f"answer_{meeting.id}_{version}_{answer.value}")
    try:
        answer_meeting(turn.uow, turn.me.id, meeting.id, version, answer, turn.now)
    except Outdated:
        words = language.plain("This meeting has moved meanwhile: please answer for its new moment.")
        return toast(words, alert=True)
    except TooLate:
        return toast(language.plain("This meeting is over or cancelled."), alert=True)
    said = answer_name(answer, language)
    if membership.state is MembershipState.ASKED:
        return toast(language.plain("Noted: {answer}. It counts once you are accepted.", answer=said), alert=True)
    return toast(language.plain("Noted: {answer}", answer=said))


def send_calendar(turn: Turn) -> Reply:
    """Send a meeting's calendar file to a member in private; others go there to come in first."""
    meeting = turn.uow.meetings.get(MeetingId(turn.number(0)))
    sees = _belongs(turn, turn.uow.coalitions.get(meeting.coalition_id))
    if not (sees and reachable_in_private(turn)):
        return _private_link(turn, f"meeting_{meeting.id}")
    words = turn.language.plain("The file is in our private chat.")
    return Reply(say(calendar_screen(turn, meeting)).within(private_chat(turn)).messages, words)


def nudge_for_next(turn: Turn, coalition: Coalition) -> Reply:
    """Nudge for the next meeting, and say in one line how many were asked."""
    meeting = turn.uow.meetings.next_of(coalition.id, turn.now)
    if meeting is None:
        return say(Screen(turn.language.say("No meeting is planned.")))
    return say(Screen(nudged_words(turn, meeting)))


def _belongs(turn: Turn, coalition: Coalition) -> bool:
    own = None if turn.person is None else turn.person.id
    return own is not None and (is_member(turn.uow, own, coalition.id) or facilitates(turn.uow, own, coalition.id))


def _members_only(turn: Turn, coalition: Coalition) -> Reply:
    name = coalition.name
    return toast(
        turn.language.plain("Only members of the coalition “{coalition}” can do this.", coalition=name), alert=True
    )


def _private_link(turn: Turn, start: str) -> Reply:
    return Reply(opens=f"https://t.me/{turn.bot_username}?start={start}")


FEATURE = Feature(
    group_commands={
        "rencontre": for_facilitator(plan),
        "rencontres": for_member(show_list),
        "relancer": for_facilitator(nudge_for_next),
    },
    group_buttons={
        "answer": give_answer,
        "calendar": send_calendar,
        "meetings": turn_page,
        "meeting.here": show_card,
    },
)
