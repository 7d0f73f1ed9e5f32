"""The buttons of a conversation as they come back, and what is said of those that no longer serve."""

from dataclasses import dataclass
from typing import Final

from handlers.reply import Reply, toast
from handlers.said import Tap
from handlers.turn import Turn

ROUTE: Final = "f"
"""The route of every button of a conversation: `f:<draft>:<serial>:<what>`."""
DIGITS_MAX: Final = 18


@dataclass(frozen=True, slots=True)
class Pressed:
    """A conversation's button: whose it is, with which message it was sent, and what it says."""

    draft_id: int
    serial: int
    what: str
    args: tuple[str, ...]


def pressed(tap: Tap) -> Pressed | None:
    """Read a tapped button; None where it was never one of ours."""
    if tap.route != ROUTE or len(tap.args) < 3 or not all(map(_is_number, tap.args[:2])):  # noqa: PLR2004 (the shape above)
        return None
    return Pressed(int(tap.args[0]), int(tap.args[1]), tap.args[2], tap.args[3:])


def old_button(turn: Turn) -> Reply:
    """Answer a conversation's button that the person's open conversation knows nothing of."""
    press = pressed(turn.said) if isinstance(turn.said, Tap) else None
    draft = None if press is None else turn.uow.drafts.by_id(press.draft_id)
    if draft is not None and draft.telegram_id != turn.sender.telegram_id:
        return toast(turn.language.plain("These buttons are for the person who began."), alert=True)
    return toast(turn.language.plain("This has already been answered or closed. Nothing has changed."))


def no_longer_in_use(turn: Turn) -> Reply:
    """Answer a button that means nothing where the conversation stands."""
    return toast(turn.language.plain("This button is no longer in use: please answer the latest question."))


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= DIGITS_MAX
