"""What no log line may show: secrets, always; what a person wrote, while it is dealt with."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape
from typing import Any, Final
from urllib.parse import quote, quote_plus

from structlog.typing import EventDict, WrappedLogger

MASK: Final = "•••"
_SHORTEST_TEXT: Final = 4  # a shorter one says nothing, and would be masked inside other words
_OWN_KEYS: Final = frozenset({"level", "logger", "timestamp"})

_texts: ContextVar[frozenset[str]] = ContextVar("texts that are not logged", default=frozenset())


@contextmanager
def unlogged(*texts: str) -> Iterator[None]:
    """Within, each line logged has a mask in place of these texts, even where an exception quotes them."""
    lines = {line.strip() for text in texts for line in (text, *text.splitlines())}
    before = _texts.set(_texts.get() | {line for line in lines if len(line) >= _SHORTEST_TEXT})
    try:
        yield
    finally:
        _texts.reset(before)


class Masking:
    """A structlog processor that masks the secrets, and the texts of `unlogged`, in values of any depth."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        """Take the secrets; the second half of a bot's token is one by itself, its first is public."""
        halves = [secret.partition(":")[2] for secret in secrets if re.fullmatch(r"\d+:\S+", secret)]
        self._secrets = frozenset(filter(None, (*secrets, *halves)))

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        """Mask one event, whose exception is text already, just before it is rendered."""
        words = _pattern(self._secrets | _texts.get())
        return {key: value if key in _OWN_KEYS else _masked(value, words) for key, value in event.items()}


def _masked(value: Any, words: re.Pattern[str]) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return words.sub(MASK, value)
        case Mapping():
            return {_masked(key, words): _masked(inner, words) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked(inner, words) for inner in value]
        case _:
            return words.sub(MASK, repr(value))


def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    """Any of the words, in any of their disguises, the longest first; nothing where there are no words."""
    disguises = {disguise for word in words for disguise in _disguises(word)}
    longest_first = sorted(disguises, key=lambda disguise: (-len(disguise), disguise))
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


def _disguises(word: str) -> Iterator[str]:
    """A word as addresses, JSON, Python's repr and HTML write it."""
    yield word
    for quoted in (quote(word), quote(word, safe=""), quote_plus(word)):
        yield quoted
        yield re.sub(r"%[0-9A-F]{2}", lambda code: code.group().lower(), quoted)
    yield json.dumps(word)[1:-1]
    yield json.dumps(word, ensure_ascii=False)[1:-1]
    yield repr(word)[1:-1]
    yield ascii(word)[1:-1]
    yield escape(word)
    yield escape(word, quote=False)
