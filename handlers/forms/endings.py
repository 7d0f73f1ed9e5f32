"""How a conversation ends without its deed: cancelled, left for a week, or begun with a form that has changed since."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from markupsafe import Markup

from handlers.forms.buttons import ROUTE
from handlers.forms.draft import Draft, Written, read_draft, read_written
from handlers.forms.engine import AnyForm
from handlers.forms.screens import FITS, NOTHING, Conversation, anchor
from handlers.forms.wording import bold, length
from handlers.reply import Change, Message, Reply, Say, say
from handlers.said import Tap
from handlers.screen import Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.ports import KeptDraft

DRAFT_LASTS: Final = timedelta(days=7)
"""How long a conversation waits for the person to come back."""
PIECE: Final = 3500
"""Characters of one answer in a message, where a very long one is given back."""


def expired(turn: Turn, kept: KeptDraft) -> bool:
    """Tell whether a conversation was left for too long."""
    return turn.now - kept.touched_at > DRAFT_LASTS


def alive(turn: Turn, kept: KeptDraft, forms: Mapping[str, AnyForm]) -> Conversation | None:
    """Give a conversation that can go on, None where it can't."""
    draft, form = read_draft(kept.content), forms.get(kept.form)
    if draft is None or form is None or form.version != kept.version or expired(turn, kept):
        return None
    return Conversation(turn, form, kept.id, draft)


def retired(turn: Turn, kept: KeptDraft, forms: Mapping[str, AnyForm]) -> tuple[Message, ...]:
    """End a conversation that can't go on, and say so with the answers it had; nothing where it can go on."""
    if alive(turn, kept, forms) is not None:
        return ()
    if expired(turn, kept):
        reason = turn.language.say(
            "You had left this for more than a week, so it is over. You can begin again whenever you like."
        )
    else:
        reason = turn.language.say(
            "These questions have changed since you began, so please begin again. We are sorry for the trouble."
        )
    form = forms.get(kept.form)
    turn.uow.drafts.drop(kept.id)
    rows: Rows = () if form is None else ((button(turn.language.plain("Start again"), "again", form.name),),)
    *texts, last = _pages([reason, *_copies(turn, read_written(kept.content).values())])
    notes = [*(Say(Screen(text)) for text in texts), Say(Screen(last, rows))]
    return (*left_open(turn, kept.id, read_draft(kept.content)), *notes)


def cancel(turn: Turn, kept: KeptDraft) -> Reply:
    """Drop a conversation with all its answers, and say so."""
    return cancelled(turn, kept.id, read_draft(kept.content))


def cancelled(turn: Turn, draft_id: int, draft: Draft | None) -> Reply:
    """Drop a conversation, and say so: in its open message where a button asked for it."""
    turn.uow.drafts.drop(draft_id)
    menu = button(turn.language.plain("Menu"), "menu")
    screen = Screen(turn.language.say("Cancelled. Nothing was kept."), ((menu,),))
    if draft is not None and isinstance(turn.said, Tap) and turn.said.route == ROUTE:
        return Reply((Change(screen, anchor=anchor(draft_id, draft), message_id=turn.said.message_id),))
    return say(screen).after(*left_open(turn, draft_id, draft))


def left_open(turn: Turn, draft_id: int, draft: Draft | None) -> tuple[Message, ...]:
    """Take the buttons off the open message of a conversation that ends without its answer."""
    if draft is None or not draft.heading:
        return ()
    asked = Screen(turn.language.say(draft.heading, **draft.context))
    return (Change(asked, anchor=anchor(draft_id, draft), or_say=False),)


def _copies(turn: Turn, answers: Iterable[Written]) -> list[Markup]:
    """Give back what was answered, whole, in pieces that fit a message."""
    given = [line for line in answers if line.answer != NOTHING]
    pieces = [
        lines(bold(line.label), line.answer[start : start + PIECE])
        for line in given
        for start in range(0, len(line.answer), PIECE)
    ]
    return [turn.language.say("What you had answered, so that you can copy it:"), *pieces] if pieces else []


def _pages(paragraph_texts: Iterable[Markup]) -> list[Markup]:
    """Put paragraphs into as few messages as hold them."""
    pages: list[Markup] = []
    for text in paragraph_texts:
        joined = paragraphs(pages[-1], text) if pages else text
        if pages and length(joined) <= FITS:
            pages[-1] = joined
        else:
            pages.append(text)
    return pages
