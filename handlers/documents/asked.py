"""Who asks for a document, and what it is made from."""

from dataclasses import dataclass
from datetime import datetime

from locales import Language
from programme.ids import PersonId
from programme.ports import UnitOfWork
from programme.territory import Territory


@dataclass(frozen=True, slots=True)
class Asked:
    """A document is made for `by`, in a `language`, from what is true at `now`."""

    by: PersonId
    language: Language
    territory: Territory
    now: datetime
    uow: UnitOfWork
