"""Texts as people type them: cleaned before they are kept, folded before they are compared."""

import re
import unicodedata
from typing import Final

from programme.errors import NotWellFormed

INVISIBLE: Final = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and those that turn the direction of the text around them."""
LINE_BREAKS: Final = re.compile("[\r\n\u2028\u2029]+")
SPACES: Final = re.compile(r"[ \t\u00a0\u202f]+")
MANY_BREAKS: Final = re.compile(r"\n{3,}")
BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that show nothing, with which people make names that nobody sees."""


def clean_line(text: str) -> str:
    """Give a text on one line, composed (NFC), without control characters nor doubled spaces.

    What shows nothing is "".
    """
    return _if_it_shows(SPACES.sub(" ", LINE_BREAKS.sub(" ", _composed(text))).strip())


def clean_text(text: str) -> str:
    """Give a text that keeps its lines, composed (NFC), without control characters nor more than one empty line.

    What shows nothing is "".
    """
    unified = LINE_BREAKS.sub(lambda found: "\n" * len(found[0].replace("\r\n", "\n")), _composed(text))
    kept = "\n".join(SPACES.sub(" ", line).strip() for line in unified.split("\n"))
    return _if_it_shows(MANY_BREAKS.sub("\n\n", kept).strip())


def folded(text: str) -> str:
    """Give a text without accents, capitals nor punctuation: « Brest’aim » and « brest aim » compare equal."""
    small = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", small) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", bare.replace("œ", "oe").replace("æ", "ae")).split())


def checked_line(text: str, field: str, longest: int) -> str:
    """Give the cleaned line; raises NotWellFormed where it shows nothing or is longer than `longest` characters."""
    line = clean_line(text)
    if not line or len(line) > longest:
        raise NotWellFormed(field, longest)
    return line


def checked_text(text: str, field: str, longest: int, *, may_be_empty: bool = False) -> str:
    """Give the cleaned text; raises NotWellFormed where it is longer than `longest` or shows nothing, if it must."""
    cleaned = clean_text(text)
    if len(cleaned) > longest or not (cleaned or may_be_empty):
        raise NotWellFormed(field, longest)
    return cleaned


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))


def _if_it_shows(text: str) -> str:
    shows = any(unicodedata.category(sign)[0] in "LNPS" and sign not in BLANKS for sign in text)
    return text if shows else ""
