"""Who reads a notice, and what it is rendered from."""

from dataclasses import dataclass
from datetime import datetime

from locales import Language
from programme.people import Person
from programme.ports import UnitOfWork
from programme.territory import Territory


@dataclass(frozen=True, slots=True)
class Reader:
    """One person to whom a notice is being sent at `now`."""

    person: Person
    language: Language
    territory: Territory
    now: datetime
    uow: UnitOfWork


class Untrue(Exception):  # noqa: N818 (nothing went wrong: the notice has no reason to be any more)
    """The notice is no longer true, or no longer this person's business; `reason` is for the record of delivery."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
