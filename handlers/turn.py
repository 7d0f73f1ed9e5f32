"""One turn: who said what, where and when, and what it may change."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from handlers.chat import Chat
from handlers.reply import Change, Message, Reply, Say
from handlers.said import Said, Tap
from handlers.screen import Screen
from locales import Language
from programme.errors import NotAllowed, NotFound
from programme.people import Person
from programme.ports import UnitOfWork
from programme.territory import Territory

ID_MAX: Final = 2**31 - 1
"""The greatest number that a database gives a record."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who speaks, as Telegram tells it; `anonymous` is a group's admin who speaks as the group."""

    telegram_id: int
    first_name: str
    last_name: str = ""
    language_code: str | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What a handler gets; `person` is None until somebody has agreed to be known.

    `public_url` is the root under which calendars find private feeds, empty where there are none. `message_id` is the
    message in which something was said, which an answer in a group quotes; `group_language` is what cards in groups
    speak. On `holidays` nobody of the territory is at work.
    """

    chat: Chat
    sender: Sender
    said: Said
    person: Person | None
    staff: bool
    language: Language
    territory: Territory
    now: datetime
    uow: UnitOfWork
    bot_username: str
    public_url: str = ""
    message_id: int | None = None
    group_language: Language | None = None
    holidays: Container[date] = frozenset()

    def show(self, screen: Screen, *, toast: str = "") -> Reply:
        """Show a screen: in place of the one tapped, or as a new message."""
        shown: Message = Say(screen)
        if isinstance(self.said, Tap) and self.said.message_id is not None:
            shown = Change(screen, message_id=self.said.message_id)
        return Reply((shown,), toast)

    @property
    def me(self) -> Person:
        """Give the person who speaks; raises NotAllowed for who has not agreed to be known."""
        if self.person is None:
            raise NotAllowed
        return self.person

    def word(self, position: int) -> str:
        """Give an argument of the tapped button, empty where it is missing."""
        args = self.said.args if isinstance(self.said, Tap) else ()
        return args[position] if position < len(args) else ""

    def number(self, position: int) -> int:
        """Give an argument of the tapped button that must be a number; raises NotFound for a forged one."""
        digits = self.word(position)
        if not (digits.isascii() and digits.isdecimal()) or int(digits) > ID_MAX:
            raise NotFound
        return int(digits)
