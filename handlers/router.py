"""The router: which handler answers what somebody said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from handlers.feature import Feature, Handler
from handlers.features import FEATURES
from handlers.forms import ROUTE, Form, ask_again, cancel, go_on, old_button, retired
from handlers.groups.aside import quoting
from handlers.groups.own_name import ask_for_own_name
from handlers.groups.presence import note
from handlers.members.first_contact import welcome
from handlers.members.not_understood import answer_unknown_command, answer_unread, answer_words
from handlers.reply import SILENCE, Reply
from handlers.said import Command, Inline, Moved, Presence, Reachable, Said, Tap, Unread, Upload, Words
from handlers.turn import Turn
from programme.errors import NotFound
from programme.ids import TelegramId
from programme.ports import KeptDraft
from programme.usecases.introduce_person import mark_reachable

Thing = TypeVar("Thing")

CANCEL: Final = "annuler"
INLINE: Final = "inline"
"""Under which name the one feature stands that answers inline."""


@dataclass(frozen=True, slots=True)
class Routes:
    """Every command, button and form by its name; `strangers` are the handlers open to who is not known yet.

    In private chats `commands`, `buttons` and `answers` are answered, in groups only `group_commands`, `group_buttons`
    and `group_answers`, in any chat `inline`.
    """

    commands: Mapping[str, Handler]
    buttons: Mapping[str, Handler]
    forms: Mapping[str, Form[Any]]
    again: Mapping[str, Handler]
    strangers: frozenset[Handler]
    group_commands: Mapping[str, Handler]
    group_buttons: Mapping[str, Handler]
    answers: Mapping[str, Handler]
    group_answers: Mapping[str, Handler]
    inline: Mapping[str, Handler]


def routes_of(features: Iterable[Feature]) -> Routes:
    """Gather the features; raises ValueError where two claim one name, or a form can't be begun again."""
    listed = tuple(features)
    routes = Routes(
        commands=_merged((name, handler) for feature in listed for name, handler in feature.commands.items()),
        buttons=_merged((name, handler) for feature in listed for name, handler in feature.buttons.items()),
        forms=_merged((form.name, form) for feature in listed for form in feature.forms),
        again=_merged((name, handler) for feature in listed for name, handler in feature.again.items()),
        strangers=frozenset({old_button}).union(
            handler
            for feature in listed
            if feature.strangers
            for handler in (*feature.commands.values(), *feature.buttons.values())
        ),
        group_commands=_merged(one for feature in listed for one in feature.group_commands.items()),
        group_buttons=_merged(one for feature in listed for one in feature.group_buttons.items()),
        answers=_merged(one for feature in listed for one in feature.answers.items()),
        group_answers=_merged(one for feature in listed for one in feature.group_answers.items()),
        inline=_merged((INLINE, feature.inline) for feature in listed if feature.inline is not None),
    )
    if set(routes.forms) != set(routes.again):
        raise ValueError(f"forms that can't be begun again: {sorted(set(routes.forms) ^ set(routes.again))}")
    return routes


def answer(turn: Turn) -> Reply:
    """Answer one turn; raises a Refusal where the rules say no."""
    if isinstance(turn.said, Reachable):
        return _note_reachable(turn, reachable=turn.said.now)
    if isinstance(turn.said, Moved):
        turn.uow.groups.move(turn.said.old_chat_id, turn.said.new_chat_id)
        return SILENCE
    if isinstance(turn.said, Presence):
        return note(turn, turn.said)
    if isinstance(turn.said, Inline):
        offers = ROUTES.inline.get(INLINE)
        return SILENCE if offers is None else offers(turn)
    return _in_private(turn) if turn.chat.private else _in_group(turn)


def _in_group(turn: Turn) -> Reply:
    """Answer what is made for groups, and be silent to everything else; conversations go on in private only."""
    said = turn.said
    if isinstance(said, Tap):
        return ROUTES.group_buttons.get(said.route, _no_such_button)(turn)
    handler = ROUTES.group_commands.get(said.name) if isinstance(said, Command) else None
    handler = handler or _answers(said, ROUTES.group_answers)
    if handler is None:
        return SILENCE
    return quoting(turn, ask_for_own_name(turn) if turn.sender.anonymous else handler(turn))


def _in_private(turn: Turn) -> Reply:
    """Answer a reply to a message, the conversation under way, or what begins another one."""
    answered = _answers(turn.said, ROUTES.answers)
    if answered is not None and turn.person is not None:
        return answered(turn)
    kept = turn.uow.drafts.get(turn.chat.id, TelegramId(turn.sender.telegram_id))
    if kept is None:
        return _outside(turn)
    if isinstance(turn.said, Command) and turn.said.name == CANCEL:
        return cancel(turn, kept)
    reply = go_on(turn, kept, ROUTES.forms)
    if reply is not None:
        return reply
    notes = retired(turn, kept, ROUTES.forms)
    return _outside(turn).after(*notes)


def _outside(turn: Turn) -> Reply:
    """Answer what belongs to no conversation."""
    handler = _handler(turn)
    if turn.person is None and handler not in ROUTES.strangers:
        return welcome(turn)
    return handler(turn)


def _handler(turn: Turn) -> Handler:
    said = turn.said
    if isinstance(said, Command):
        return ROUTES.commands.get(said.name, answer_unknown_command)
    if isinstance(said, Tap):
        return _CONVERSATION_BUTTONS.get(said.route) or ROUTES.buttons.get(said.route, _no_such_button)
    return answer_words if isinstance(said, Words) else answer_unread


def _answers(said: Said, handlers: Mapping[str, Handler]) -> Handler | None:
    """Give who takes what replies to a message of the bot, by the beginning of that message's anchor."""
    return handlers.get(said.answers.partition(":")[0]) if isinstance(said, Words | Upload | Unread) else None


def _note_reachable(turn: Turn, *, reachable: bool) -> Reply:
    if turn.person is not None:
        mark_reachable(turn.uow, turn.person.id, turn.now, reachable=reachable)
    return SILENCE


def _no_such_button(_: Turn) -> Reply:
    raise NotFound


def _begin_again(turn: Turn) -> Reply:
    handler = ROUTES.again.get(turn.word(0))
    if handler is None:
        raise NotFound
    return handler(turn)


def _resume(turn: Turn) -> Reply:
    return ask_again(turn, _own_draft(turn), ROUTES.forms)


def _stop(turn: Turn) -> Reply:
    return cancel(turn, _own_draft(turn))


def _own_draft(turn: Turn) -> KeptDraft:
    """Give the conversation of a notice's button; raises NotFound where it is over or somebody else's."""
    kept = turn.uow.drafts.get(turn.chat.id, TelegramId(turn.sender.telegram_id))
    if kept is None or kept.id != turn.number(0):
        raise NotFound
    return kept


def _merged(pairs: Iterable[tuple[str, Thing]]) -> Mapping[str, Thing]:
    merged: dict[str, Thing] = {}
    for name, thing in pairs:
        if name in merged:
            raise ValueError(f"two features claim the name {name!r}")
        merged[name] = thing
    return merged


_CONVERSATION_BUTTONS: Final[Mapping[str, Handler]] = {
    ROUTE: old_button,
    "again": _begin_again,
    "resume": _resume,
    "stop": _stop,
}
ROUTES: Final = routes_of(FEATURES)
