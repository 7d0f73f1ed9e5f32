"""What a card in a group is made from."""

from dataclasses import dataclass
from datetime import datetime

from locales import Language
from programme.groups import Group
from programme.ports import UnitOfWork
from programme.territory import Territory


@dataclass(frozen=True, slots=True)
class CardReader:
    """The group that reads a card, in its language, and what is true at that moment."""

    group: Group
    language: Language
    territory: Territory
    now: datetime
    uow: UnitOfWork
    bot_username: str


class Gone(Exception):  # noqa: N818 (named for what it says)
    """There is nothing to show any more; the card stays as it is."""
