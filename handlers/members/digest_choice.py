"""The choice between single messages and one summary a week, as the settings show it."""

from typing import Final

from markupsafe import Markup

from handlers.screen import Button, button, lines
from handlers.turn import Turn
from locales import Language
from programme.digest import next_digest_at
from programme.people import Preferences

DIGEST_CHOICES: Final = {"each": False, "week": True}
"""What the button of the settings carries, and whether it means a summary."""


def digest_line(preferences: Preferences, language: Language) -> Markup:
    """Say how messages come."""
    if preferences.digest:
        return language.say("Messages: one summary a week")
    return language.say("Messages: one by one")


def digest_words(turn: Turn, preferences: Preferences) -> Markup | None:
    """Say when the next summary comes, and what does not wait for it; nothing for who gets single messages."""
    if not preferences.digest:
        return None
    language, zone = turn.language, turn.territory.zone
    next_at = next_digest_at(turn.now, preferences.quiet_hours, zone)
    return lines(
        language.say("Next summary: {moment}, if there is something to tell.", moment=language.moment(next_at, zone)),
        language.say(
            "What cannot wait still comes at once: a meeting before then, a move, a cancellation, a place at a forum, "
            "an answer to your requests."
        ),
    )


def digest_button(preferences: Preferences, language: Language) -> Button:
    """Give the button that switches in one tap."""
    if preferences.digest:
        return button(language.plain("Get messages one by one"), "digest.set", "each")
    return button(language.plain("Get one summary a week"), "digest.set", "week")
