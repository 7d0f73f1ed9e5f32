"""Whether the tour has shown all there is: every text, every button, every kind of notice."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any, Final

from handlers.notices.reader import Reader
from handlers.notices.render import _TELLERS
from handlers.router import _CONVERSATION_BUTTONS, ROUTES
from handlers.screen import Screen
from locales import language_for
from locales.source_texts import SourceText, read_source
from programme.notices import NOTICES, Notice
from tests.screens.tour import Shot
from tests.screens.unseen import UNSEEN_BUTTONS, UNSEEN_NOTICES, UNSEEN_TEXTS
from tests.world import plain_spaces

Teller = Callable[[Any, Reader], Screen]
SPEAKING: Final = ("handlers/", "locales/")
"""What speaks in chats; the command line and the demo speak elsewhere."""
TAG: Final = re.compile(r"</?\w+[^>]*>")
PLACE: Final = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Walked:
    """What a tour has shown: its shots, the English texts asked for, the routes tapped, the notices told."""

    shots: tuple[Shot, ...]
    msgids: frozenset[str]
    routes: frozenset[str]
    notices: frozenset[str]


class Heard(NullTranslations):
    """The English catalogue, which remembers what was asked of it, and the kinds of notices that were told."""

    def __init__(self) -> None:
        super().__init__()
        self.msgids: set[str] = set()
        self.notices: set[str] = set()

    def gettext(self, message: str) -> str:
        self.msgids.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.msgids.add(msgid1)
        return msgid1 if n == 1 else msgid2

    def noting(self, kind: type[Notice], tell: Teller) -> Teller:
        """Give what tells a notice, with a note that it was told."""

        def telling(notice: Notice, reader: Reader) -> Screen:
            screen = tell(notice, reader)
            self.notices.update(name for name, known in NOTICES.items() if known is kind)
            return screen

        return telling


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear all that is said in English, and which notices are told, until the end of the block."""
    heard, english, tellers = Heard(), language_for("en"), dict(_TELLERS)
    texts = english.texts
    object.__setattr__(english, "texts", heard)  # a frozen record, that all who speak English share
    _TELLERS.update({kind: heard.noting(kind, tell) for kind, tell in tellers.items()})
    try:
        yield heard
    finally:
        object.__setattr__(english, "texts", texts)
        _TELLERS.update(tellers)


def gaps(walked: Walked) -> Iterator[str]:
    """Say what the English tour has not shown and what is excepted without need."""
    shown = _pieces(walked.shots)
    texts = read_source().texts
    for text in texts:
        if not text.files[0].startswith(SPEAKING) or not PLACE.sub("", TAG.sub("", text.msgid)).strip(" ·•:()-"):
            continue
        seen = text.msgid in walked.msgids and _in(text, shown)
        if not seen and text.msgid not in UNSEEN_TEXTS:
            yield f"no screen shows “{text.msgid}” ({text.files[0]}): walk there, or except it with a reason"
        if seen and text.msgid in UNSEEN_TEXTS:
            yield f"“{text.msgid}” is shown, and excepted in tests/screens/unseen.py: take it out there"
    every = {text.msgid for text in texts}
    yield from (f"“{msgid}” is said nowhere, and excepted" for msgid in UNSEEN_TEXTS if msgid not in every)
    buttons = {*ROUTES.buttons, *ROUTES.group_buttons, *_CONVERSATION_BUTTONS}
    yield from _differences("button", buttons, walked.routes, UNSEEN_BUTTONS)
    yield from _differences("notice", set(NOTICES), walked.notices, UNSEEN_NOTICES)


def _differences(kind: str, every: set[str], seen: frozenset[str], excepted: Mapping[str, str]) -> Iterator[str]:
    yield from (f"no {kind} “{name}” on the tour" for name in sorted(every - seen - set(excepted)))
    yield from (f"the {kind} “{name}” is on the tour, and excepted" for name in sorted(seen & set(excepted)))


def _pieces(shots: Sequence[Shot]) -> frozenset[str]:
    """Give each message, label, row of labels and word on a button that was read."""
    pieces: set[str] = set()
    for shot in shots:
        pieces.add(shot.toast)
        for message in shot.messages:
            pieces |= {message.text, message.file, *(label for row in message.rows for label in row)}
            pieces |= {" ".join(row) for row in message.rows}
    return frozenset(plain_spaces(piece) for piece in pieces)


def _in(text: SourceText, shown: Iterable[str]) -> bool:
    return any(_is_in(_bare(template), shown) for template in (text.msgid, text.plural) if template)


def _is_in(bare: str, shown: Iterable[str]) -> bool:
    longest, pattern = max(PLACE.split(bare), key=len), re.compile(_pattern(bare), re.DOTALL)
    # Few pieces have its longest words: the pattern takes long to find nothing in the others.
    return any(longest in piece and pattern.search(piece) is not None for piece in shown)


def _bare(template: str) -> str:
    return plain_spaces(TAG.sub("", template)).replace("{{", "{").replace("}}", "}")


def _pattern(bare: str) -> str:
    words = ".{1,2000}?".join(re.escape(part) for part in PLACE.split(bare))
    before = r"(?<!\w)" if bare[0].isalnum() else ""
    after = r"(?!\w)" if bare[-1].isalnum() else ""
    return f"{before}{words}{after}"
