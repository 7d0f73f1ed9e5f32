"""Why something did not arrive, in words."""

import pytest

from handlers.cards.announcement_report import reason_words
from locales import language_for


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("paused", "messages en pause"),
        ("Forbidden: bot was blocked by the user", "a bloqué le bot"),
        ("Forbidden: user is deactivated", "a quitté Telegram"),
        ("Forbidden: bot can't initiate conversation with a user", "n’a jamais écrit au bot"),
        ("Bad Request: chat not found", "conversation introuvable"),
        ("Forbidden: bot was kicked from the supergroup chat", "le bot n’est plus dans le groupe"),
        ("Forbidden: bot is not a member of the supergroup chat", "le bot n’est plus dans le groupe"),
        ("Bad Request: not enough rights to send text messages to the chat", "le bot n’a pas le droit d’y écrire"),
        ("unknown outcome: TimedOut", "pas de réponse de Telegram"),
        ("Bad Request: MESSAGE_ODD", "Bad Request: MESSAGE_ODD"),
    ],
)
def test_reason_is_told_in_words_as_far_as_we_have_any(reason: str, words: str) -> None:
    assert reason_words(reason, language_for("fr")) == words
