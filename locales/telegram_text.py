"""Telegram's judgement on a text: TDLib's own parser reads it, filled with easy and with hostile facts."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from gettext import NullTranslations
from typing import Any, Final

from locales.language import Language
from locales.placeholders import placeholders
from locales.typography import TAG

TEXT_MAX: Final = 4096
"""Code points of a message after parsing (Bot API, sendMessage)."""
TOAST_MAX: Final = 200
"""Characters of an answer on a tapped button (Bot API, answerCallbackQuery); labels are shorter anyhow."""

FACTS: Final = ("Léa", "<b>", "&lt", "A & B </i>", "👩🏽\u200d🌾🇫🇷", "\u200fשלום", "{name}", "x" * 64)
ADDRESS: Final = "https://jalon.example/a?b=1&c=2"
_LINK: Final = re.compile(r"<a\s")
_LINKS: Final = frozenset({"textEntityTypeTextUrl", "textEntityTypeMentionName"})
_MARKUP: Final = re.compile(r"</?[A-Za-z]|&#?\w+;")

Parsed = Mapping[str, Any]
Parser = Callable[[str], Parsed]


def load_parser() -> Parser:
    """Give TDLib's parser of Telegram HTML; raises ModuleNotFoundError where `tdjson` is not installed."""
    import tdjson  # noqa: PLC0415 (only the test extra has it, and the bot itself runs without)

    def execute(request: Mapping[str, Any]) -> Parsed:
        answer: Parsed = json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")
        return answer

    execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
    return lambda html: execute(
        {"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}}
    )


def html_problems(text: str, parse: Parser) -> list[str]:
    """Say why Telegram would refuse or twist a text with HTML; its placeholders must be sound."""
    for fact in FACTS:
        for problem in _problems_with(fact, text, parse):
            return [f"with “{fact[:12]}” as facts: {problem}"]
    return []


def plain_problems(text: str) -> list[str]:
    """Say why a text can't be a label or a toast: markup would be shown as it is, and length is bounded."""
    found = []
    if _MARKUP.search(text):
        found.append("HTML in a text that is said with `plain`; take it away")
    if (length := len(_filled(text, FACTS[0]))) > TOAST_MAX:
        found.append(f"{length} characters in a text that is said with `plain`; {TOAST_MAX} at most")
    return found


def _problems_with(fact: str, text: str, parse: Parser) -> Iterator[str]:
    parsed = parse(_filled(text, fact))
    if parsed["@type"] == "error":
        yield f"Telegram refuses it: {parsed['message']}"
        return
    shown: str = parsed["text"]
    if not shown.strip():
        yield "nothing is left to read"
    if len(shown) > TEXT_MAX:
        yield f"{len(shown)} characters; {TEXT_MAX} at most"
    if shown.count(fact) < len(placeholders(TAG.sub("", text)) - _in_tags(text)):
        yield "a fact is not shown as typed; move its placeholder"
    if sum(entity["type"]["@type"] in _LINKS for entity in parsed["entities"]) != len(_LINK.findall(text)):
        yield "a link has no valid address; mend its href"


def _filled(text: str, fact: str) -> str:
    """Fill a text the way the bot does; a placeholder inside a tag stands for an address."""
    facts = dict.fromkeys(placeholders(text), fact) | dict.fromkeys(_in_tags(text), ADDRESS)
    return str(Language("fr", NullTranslations()).say(text, **facts))


def _in_tags(text: str) -> frozenset[str]:
    return placeholders("".join(TAG.findall(text)))
