"""Conversations in turns: opened, gone on with, and come back to; each step is kept with the turn."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.forms.buttons import ROUTE
from handlers.forms.draft import Draft, Waiting, read_draft
from handlers.forms.endings import alive, expired, left_open, retired
from handlers.forms.engine import AnyForm, asked_again, held_up, own_answers
from handlers.forms.screens import anchor, leaving_screen, open_screen
from handlers.forms.steps import begin, keep, tapped, told
from handlers.forms.unfit import edited_is_not_read
from handlers.reply import Message, Reply, Say, say
from handlers.said import Command, Edited, Reachable, Tap, Unread
from handlers.screen import Screen
from handlers.turn import Turn
from programme.ids import TelegramId
from programme.ports import KeptDraft


def open_form(
    turn: Turn,
    form: AnyForm,
    *,
    context: Mapping[str, str] | None = None,
    known: Mapping[str, Any] | None = None,
) -> Reply:
    """Open a conversation with its first question; answers already `known` (JSON values) are not asked.

    Where the person has another one under way with answers in it, they are asked first what becomes of that one.
    """
    waiting = Waiting(form.name, dict(context or {}), dict(known or {}))
    earlier = turn.uow.drafts.get(turn.chat.id, TelegramId(turn.sender.telegram_id))
    before: tuple[Message, ...] = ()
    if earlier is not None:
        draft = read_draft(earlier.content)
        if draft is None or expired(turn, earlier):
            before = retired(turn, earlier, {form.name: form})
        elif own_answers(draft) > 0:
            return _hold_up(turn, earlier, draft, waiting)
        else:
            before = left_open(turn, earlier.id, draft)
    return begin(turn, form, waiting).after(*before)


def go_on(turn: Turn, kept: KeptDraft, forms: Mapping[str, AnyForm]) -> Reply | None:
    """Take what was said as the conversation's; None where it is meant for something else, and nothing has changed.

    A conversation that can't go on is retired here; `retired` does it before something else is answered.
    """
    said = turn.said
    if isinstance(said, Command | Reachable) or (isinstance(said, Tap) and said.route != ROUTE):
        return None
    if isinstance(said, Edited | Unread) and not turn.chat.private:
        return None
    talk = alive(turn, kept, forms)
    if talk is None:
        return Reply(retired(turn, kept, forms))
    if isinstance(said, Edited):
        return say(Screen(edited_is_not_read(turn)))
    return tapped(talk, said, forms) if isinstance(said, Tap) else told(talk, said)


def context_of(turn: Turn) -> Mapping[str, str]:
    """Give what the conversation under way was opened with, nothing where there is none: some options depend on it."""
    kept = turn.uow.drafts.get(turn.chat.id, TelegramId(turn.sender.telegram_id))
    draft = None if kept is None else read_draft(kept.content)
    return {} if draft is None else draft.context


def ask_again(turn: Turn, kept: KeptDraft, forms: Mapping[str, AnyForm]) -> Reply:
    """Show the open question again, as a new message; the earlier one loses its buttons."""
    talk = alive(turn, kept, forms)
    if talk is None:
        return Reply(retired(turn, kept, forms))
    draft = replace(talk.draft, waiting=None)
    before = left_open(turn, kept.id, draft)
    talk = keep(replace(talk, draft=asked_again(talk.form, draft, draft.state)))
    return Reply((*before, Say(open_screen(talk), anchor=talk.anchor)))


def _hold_up(turn: Turn, kept: KeptDraft, earlier: Draft, waiting: Waiting) -> Reply:
    """Ask what becomes of the conversation under way; it stays as it is until then."""
    draft = held_up(earlier, waiting)
    drafts, telegram_id = turn.uow.drafts, TelegramId(turn.sender.telegram_id)
    drafts.put(turn.chat.id, telegram_id, kept.form, kept.version, draft.content(), turn.now, new=False)
    asked = Say(leaving_screen(turn, kept.id, draft), anchor=anchor(kept.id, draft))
    return Reply((*left_open(turn, kept.id, earlier), asked))
