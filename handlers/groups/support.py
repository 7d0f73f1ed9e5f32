"""Support requests in a group: asked there by who facilitates, and followed up by answering the bot's messages."""

from dataclasses import replace

from handlers.facilitators.ask_support import start_asking
from handlers.feature import Feature
from handlers.groups.aside import to_private_chat
from handlers.groups.here import for_facilitator, in_private
from handlers.members.support_exchange import (
    answered_anchor,
    keep_words,
    leave_closed_in,
    not_passed_on,
    reopen_in,
    request_named,
    told_in,
)
from handlers.reply import SILENCE, Reply, Say, say_in_passing
from handlers.said import Unread, Upload, Words
from handlers.screen import Screen
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.errors import NotAllowed
from programme.ids import SupportRequestId
from programme.texts import clean_text


def begin(turn: Turn, coalition: Coalition) -> Reply:
    """Go on asking in private; the request's card comes to this group."""
    group = turn.chat
    return in_private(turn, lambda there: start_asking(there, coalition, group=group))


def take_answer(turn: Turn) -> Reply:
    """Pass on what a member answers to a message about a request; only members of its coalition are heard."""
    said = turn.said
    if (isinstance(said, Words) and not clean_text(said.text)) or (isinstance(said, Unread) and said.kind == "sticker"):
        return SILENCE
    request_id, told = request_named(answered_anchor(said)), told_in(said)
    if told is None:
        return say_in_passing(not_passed_on(turn))
    try:
        return _in_passing(turn, keep_words(turn, request_id, *told, in_group=True))
    except NotAllowed:
        return say_in_passing(_members_only(turn, request_id))


def take_answer_to_card(turn: Turn) -> Reply:
    """Pass on what a member answers to the card of a request; answers to other cards are talk among people."""
    said = turn.said
    about_request = isinstance(said, Words | Upload | Unread) and said.answers.startswith("card:support:")
    return take_answer(turn) if about_request else SILENCE


def reopen(turn: Turn) -> Reply:
    """Reopen a request with what was said in the group."""
    return reopen_in(turn, in_group=True)


def leave_closed(turn: Turn) -> Reply:
    """Leave a request closed."""
    return leave_closed_in(turn, in_group=True)


def _in_passing(turn: Turn, reply: Reply) -> Reply:
    """Have lines that need no answer vanish, and all of them quote what they are about."""
    messages = tuple(
        replace(one, vanishes=not one.screen.rows, quotes=turn.message_id) if isinstance(one, Say) else one
        for one in reply.messages
    )
    return replace(reply, messages=messages)


def _members_only(turn: Turn, request_id: SupportRequestId) -> Screen:
    coalition = turn.uow.coalitions.get(turn.uow.support.get(request_id).coalition_id)
    text = turn.language.say("Only members of the coalition “{coalition}” can do this.", coalition=coalition.name)
    return Screen(text, ((to_private_chat(turn, f"join_{coalition.code}"),),))


FEATURE = Feature(
    group_commands={"appui": for_facilitator(begin)},
    group_buttons={"support.reopen": reopen, "support.leave": leave_closed},
    group_answers={"support": take_answer, "card": take_answer_to_card},
)
