"""Typography: what a French or an English reader expects around signs and figures."""

import re
from html import unescape
from typing import Final

NO_BREAK: Final = "\N{NO-BREAK SPACE}"
NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
TAG: Final = re.compile(r"<[^<>]*>")
_TAKEN_FOR_A_WORD: Final = re.compile(r"\{\w*\}|https?://[^\s»)]+|\b\d{1,2}:\d{2}\b")

Rule = tuple[re.Pattern[str], str]

_ALWAYS: Final[tuple[Rule, ...]] = (
    (re.compile(r"'"), "straight apostrophe; write ’"),
    (re.compile(r"\.\.\."), "three dots; write …"),
    (re.compile(rf"[ {NO_BREAK}{NARROW}]{{2}}|\t"), "two spaces together; write one"),
    (
        re.compile(rf"^\s|\s$|[ {NO_BREAK}{NARROW}]\n|\n[ {NO_BREAK}{NARROW}]"),
        "space at the edge of a line; take it away",
    ),
)
_FRENCH: Final[tuple[Rule, ...]] = (
    (re.compile(r'["“”]'), "foreign quotes; write « and » with no-break spaces inside"),
    (re.compile(rf"(?<!{NO_BREAK}):"), "no no-break space (U+00A0) before “:”"),
    (re.compile(rf"(?<![{NO_BREAK}{NARROW};!?(])(?<!^)[;!?]"), "no no-break space (U+00A0) before “;”, “!” or “?”"),
    (re.compile(rf"(?<!{NO_BREAK})»|«(?!{NO_BREAK})"), "no no-break space (U+00A0) inside « »"),
    (re.compile(rf"(?<![{NO_BREAK}{NARROW}])[%€]"), "no no-break space (U+00A0) before “%” or “€”"),
    (re.compile(rf"\d[ {NO_BREAK}](?=\d{{3}}\b)"), "figure of thousands; write U+202F between its groups"),
    (re.compile(r"\d [hj]\b"), "ordinary space between a figure and its unit; write U+00A0"),
)
_ENGLISH: Final[tuple[Rule, ...]] = (
    (re.compile(r'["«»]'), "straight or foreign quotes; write “ and ”"),
    (re.compile(rf"[ {NO_BREAK}{NARROW}][:;!?]"), "space before “:”, “;”, “!” or “?”; take it away"),
)
_RULES: Final = {"fr": _ALWAYS + _FRENCH, "en": _ALWAYS + _ENGLISH}


def typography_problems(text: str, code: str) -> list[str]:
    """Say what a reader of the language would find wrong; tags, addresses and hours do not count as text."""
    read = _as_read(text)
    return [what for pattern, what in _RULES[code] if pattern.search(read)]


def _as_read(text: str) -> str:
    """Give the text as it is read, with a word for each placeholder, address and hour."""
    return unescape(_TAKEN_FOR_A_WORD.sub("x", TAG.sub("", text)))
