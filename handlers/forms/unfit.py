"""What is said of things that can't be an answer."""

from typing import Final

from markupsafe import Markup

from handlers.said import Contact, Said, Unread, Upload, Words
from handlers.turn import Turn
from locales import Msgid, _

UNREAD: Final = {
    "voice": _("Voice messages can’t be read here: please write, or use the buttons."),
    "sticker": _("A sticker can’t be read as an answer: please write, or use the buttons."),
}
OTHER_UNREAD: Final = _("This kind of message can’t be read here: please write, or use the buttons.")
PHOTO: Final = _("A photo is no answer to this question: please write, or use the buttons.")
DOCUMENT: Final = _("A file is no answer to this question: please write, or use the buttons.")
CONTACT: Final = _("A contact is no answer to this question: please write, or use the buttons.")
TEXT: Final = _("A text is no answer to this question: please send what it asks for, or use the buttons.")


def cannot_answer(turn: Turn, said: Said) -> Markup:
    """Say why this is no answer to the open question, and what to do."""
    return turn.language.say(_why(said))


def use_the_buttons(turn: Turn) -> Markup:
    """Say that the review takes taps only, and that nothing is done so far."""
    return turn.language.say("Nothing is recorded yet: please use the buttons to confirm, correct or cancel.")


def choose_first(turn: Turn) -> Markup:
    """Say that the conversation waits for a choice between two."""
    return turn.language.say("Please choose with the buttons first.")


def edited_is_not_read(turn: Turn) -> Markup:
    """Say how an answer is changed, since editing its message does not."""
    return turn.language.say("Editing a message does not change an answer: use “‹ Back”, or “Correct” at the end.")


def _why(said: Said) -> Msgid:
    match said:
        case Unread(kind):
            return UNREAD.get(kind, OTHER_UNREAD)
        case Upload(kind):
            return PHOTO if kind == "photo" else DOCUMENT
        case Contact():
            return CONTACT
        case Words():
            return TEXT
        case _:
            return OTHER_UNREAD
