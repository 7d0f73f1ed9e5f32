"""The steps of a conversation in its turn: what was tapped or told, what is kept of it, what is shown."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from handlers.forms.buttons import Pressed, no_longer_in_use, old_button, pressed
from handlers.forms.draft import Waiting
from handlers.forms.endings import cancelled
from handlers.forms.engine import (
    AnyForm,
    answered,
    asked_again,
    begun,
    changed_in_place,
    correcting,
    filled,
    next_open,
    past_key,
    previous,
    said_anew,
    turned,
)
from handlers.forms.field import Answered, State, Turned, Wrong
from handlers.forms.form import REVIEW
from handlers.forms.option import page_asked
from handlers.forms.screens import Conversation, open_screen, past_screen, written
from handlers.forms.unfit import cannot_answer, choose_first, use_the_buttons
from handlers.reply import Change, Message, Reply, Say, toast
from handlers.said import Said, Tap
from handlers.screen import Screen
from handlers.turn import Turn
from programme.ids import TelegramId


def begin(turn: Turn, form: AnyForm, waiting: Waiting) -> Reply:
    """Open a conversation in place of any other, with its first message."""
    draft = begun(form, context=waiting.context, known=waiting.known)
    if draft.asking == REVIEW and form.review is None:
        submitted: Reply = form.submit(turn, filled(form, draft))
        return submitted
    kept = turn.uow.drafts.put(
        turn.chat.id,
        TelegramId(turn.sender.telegram_id),
        form.name,
        form.version,
        draft.content(),
        turn.now,
        new=True,
    )
    talk = Conversation(turn, form, kept.id, draft)
    return Reply((Say(open_screen(talk), anchor=talk.anchor),))


def keep(talk: Conversation) -> Conversation:
    """Keep where the conversation stands."""
    turn, form = talk.turn, talk.form
    telegram_id, content = TelegramId(turn.sender.telegram_id), talk.draft.content()
    turn.uow.drafts.put(turn.chat.id, telegram_id, form.name, form.version, content, turn.now, new=False)
    return talk


def told(talk: Conversation, said: Said) -> Reply:
    """Take what was written, sent or shared as the answer."""
    turn, draft = talk.turn, talk.draft
    if draft.waiting is not None:
        return _asked_anew(talk, choose_first(turn))
    if draft.asking == REVIEW:
        return _asked_anew(talk, use_the_buttons(turn))
    match talk.form.question(draft.asking).field.read(turn, said, draft.state):
        case Answered(value, word):
            return _take(talk, value, word)
        case Turned(state):
            return _asked_anew(talk, None, state)
        case Wrong(problem):
            return _asked_anew(talk, problem)
        case None:
            return _asked_anew(talk, cannot_answer(turn, said))


def tapped(talk: Conversation, tap: Tap, forms: Mapping[str, AnyForm]) -> Reply:
    """Take a tap on one of this conversation's buttons, or say why it is none."""
    press = pressed(tap)
    if press is None or press.draft_id != talk.id:
        return old_button(talk.turn)
    if press.serial != talk.draft.serial:
        return _old_message(talk, tap, press.serial)
    if talk.draft.waiting is not None:
        return _tapped_to_leave(talk, press.what, talk.draft.waiting, forms)
    return _tapped_open(talk, press, tap.message_id)


def _tapped_open(talk: Conversation, press: Pressed, message_id: int | None) -> Reply:
    """Take a tap under the open message."""
    if press.what == "cancel":
        return cancelled(talk.turn, talk.id, talk.draft)
    if talk.draft.asking == REVIEW:
        return _tapped_review(talk, press.what, press.args)
    if press.what == "a" and press.args:
        return _tapped_field(talk, Tap(press.args[0], press.args[1:], message_id))
    return _tapped_way_out(talk, press.what)


def _tapped_field(talk: Conversation, tap: Tap) -> Reply:
    """Give the field its own button to read."""
    turn, draft = talk.turn, talk.draft
    match talk.form.question(draft.asking).field.read(turn, tap, draft.state):
        case Answered(value, word):
            return _take(talk, value, word)
        case Turned(state, toast=words):
            if state == draft.state:
                return toast(words or turn.language.plain("It is shown already."))
            return _shown_in_place(replace(talk, draft=turned(draft, state)), toast=words)
        case Wrong(problem):
            return _shown_in_place(talk, problem)
        case None:
            return no_longer_in_use(turn)


def _tapped_way_out(talk: Conversation, what: str) -> Reply:
    """Go back, skip, or keep the answer there was."""
    form, draft = talk.form, talk.draft
    before = previous(form, draft)
    if what == "back" and before is not None and not draft.correcting:
        return _shown_in_place(replace(talk, draft=changed_in_place(form, draft, before)))
    if what == "skip" and form.question(draft.asking).optional:
        return _take(talk, None)
    if what == "keep" and draft.asking in draft.answers:
        return _shown_in_place(replace(talk, draft=changed_in_place(form, draft, next_open(form, draft))))
    return no_longer_in_use(talk.turn)


def _tapped_review(talk: Conversation, what: str, args: tuple[str, ...]) -> Reply:
    """Confirm, or choose a line to correct."""
    form, draft = talk.form, talk.draft
    match what, args:
        case "confirm", _:
            return _submit(talk, _closed(talk, REVIEW))
        case "page", _:
            return _shown_in_place(replace(talk, draft=turned(draft, {"page": page_asked(args)})))
        case "review", _:
            return _shown_in_place(replace(talk, draft=turned(draft, {})))
        case "line", (key,) if key in draft.answers:
            return _shown_in_place(replace(talk, draft=correcting(form, draft, key)))
    return no_longer_in_use(talk.turn)


def _tapped_to_leave(talk: Conversation, what: str, waiting: Waiting, forms: Mapping[str, AnyForm]) -> Reply:
    """Go on with the conversation, or leave it for the one that waits."""
    if what == "stay":
        return _shown_in_place(replace(talk, draft=changed_in_place(talk.form, talk.draft, talk.draft.asking)))
    if what == "leave" and waiting.form in forms:
        left = Screen(talk.turn.language.say("You left what you had begun."))
        return begin(talk.turn, forms[waiting.form], waiting).after(_change(talk, left))
    return no_longer_in_use(talk.turn)


def _old_message(talk: Conversation, tap: Tap, serial: int) -> Reply:
    """Answer a button of an earlier message, or of an earlier state of the open one, and put that message right."""
    draft, plain = talk.draft, talk.turn.language.plain
    if draft.said_as <= serial < draft.serial:
        now_open = Change(open_screen(talk), anchor=talk.anchor, message_id=tap.message_id)
        return Reply((now_open,), no_longer_in_use(talk.turn).toast)
    key = past_key(draft, serial)
    if key is None:
        return no_longer_in_use(talk.turn)
    settled = key != draft.asking and key in draft.answers
    words = plain("This question has already been answered.") if settled else no_longer_in_use(talk.turn).toast
    screen = past_screen(talk, key, answered=settled)
    return Reply((Change(screen, message_id=tap.message_id, or_say=False),), words)


def _take(talk: Conversation, value: Any, word: Markup | None = None) -> Reply:
    """Keep the answer and go on."""
    key = talk.draft.asking
    line = written(talk, talk.form.question(key), value)
    return _onward(replace(talk, draft=answered(talk.draft, value, line)), key, word)


def _onward(talk: Conversation, key: str, word: Markup | None = None) -> Reply:
    """Ask the next question, or do the deed after the last; then close the message of the one answered.

    What people wait for goes first: each message waits for the one before to have gone to Telegram and back.
    """
    closed = _closed(talk, key)
    following = next_open(talk.form, talk.draft)
    if following == REVIEW and talk.form.review is None:
        return _submit(talk, closed, *(() if word is None else (Say(Screen(word)),)))
    talk = keep(replace(talk, draft=said_anew(talk.form, talk.draft, following)))
    return Reply((Say(open_screen(talk, word), anchor=talk.anchor), closed))


def _submit(talk: Conversation, closed: Message, *words: Message) -> Reply:
    """Do the deed, say what came of it, then close the open message.

    A refusal leaves the turn, and so the conversation, as they were.
    """
    value = filled(talk.form, talk.draft)
    talk.turn.uow.drafts.drop(talk.id)
    reply: Reply = talk.form.submit(talk.turn, value)
    return Reply((*words, *reply.messages, closed), reply.toast, reply.alert)


def _asked_anew(talk: Conversation, problem: Markup | None, state: State | None = None) -> Reply:
    """Ask what is open again in a new message, below what the person wrote; the earlier one loses its buttons."""
    closed = _closed(talk, talk.draft.asking, answered=False)
    again = asked_again(talk.form, talk.draft, talk.draft.state if state is None else state)
    talk = keep(replace(talk, draft=again))
    return Reply((Say(open_screen(talk, problem), anchor=talk.anchor), closed))


def _shown_in_place(talk: Conversation, problem: Markup | None = None, *, toast: str = "") -> Reply:
    """Show where the conversation stands in its open message."""
    return Reply((_change(keep(talk), open_screen(talk, problem)),), toast)


def _closed(talk: Conversation, key: str, *, answered: bool = True) -> Change:
    """Take the buttons off the open message, leaving the question and its answer."""
    screen = past_screen(talk, key, answered=answered)
    if talk.draft.waiting is not None:
        screen = Screen(open_screen(talk).text)
    return replace(_change(talk, screen), or_say=False)


def _change(talk: Conversation, screen: Screen) -> Change:
    said = talk.turn.said
    return Change(screen, anchor=talk.anchor, message_id=said.message_id if isinstance(said, Tap) else None)
