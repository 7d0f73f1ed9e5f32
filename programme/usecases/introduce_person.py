"""Introduce a person: who agreed to be known gives a name, and says whom they speak for."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from programme.errors import NotFound
from programme.ids import OrganisationId, PersonId, TelegramId
from programme.organisations import ORGANISATION_NAME_MAX
from programme.people import NAME_MAX, Person, Preferences
from programme.ports import UnitOfWork
from programme.territory import OrganisationKind
from programme.texts import checked_line

IN_OWN_NAME: Final = "own"
NEW: Final = "new:"
DIGITS_MAX: Final = 18
"""The longest number that a database surely keeps."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """How somebody introduces themself.

    `organisation` is the id of a known one, « new:Its name » with its `kind`, or « own » for nobody's.
    """

    name: str
    organisation: str
    kind: str = ""


def introduce_person(
    uow: UnitOfWork, telegram_id: TelegramId, introduction: Introduction, language: str, now: datetime
) -> Person:
    """Keep who somebody is; who was known already gets the new name and organisation."""
    name = checked_line(introduction.name, "name", NAME_MAX)
    organisation_id = _organisation(uow, introduction)
    known = uow.people.by_telegram(telegram_id)
    if known is None:
        return uow.people.add(telegram_id, name, organisation_id, now, Preferences(language=language))
    changed = replace(known, name=name, organisation_id=organisation_id)
    uow.people.save(changed)
    return changed


def mark_reachable(uow: UnitOfWork, person_id: PersonId, now: datetime, *, reachable: bool) -> None:
    """Note that a person blocked the bot or took it back; who can't be reached is not told anything."""
    person = uow.people.get(person_id)
    if person.reachable != reachable:
        uow.people.save(replace(person, reachable=reachable))
        uow.reminders.look_again(now)


def _organisation(uow: UnitOfWork, introduction: Introduction) -> OrganisationId | None:
    told = introduction.organisation
    if told == IN_OWN_NAME:
        return None
    if told.startswith(NEW):
        name = checked_line(told.removeprefix(NEW), "organisation", ORGANISATION_NAME_MAX)
        known = uow.organisations.by_name(name)
        return (known or uow.organisations.add(name, OrganisationKind(introduction.kind))).id
    if not told.isdecimal() or len(told) > DIGITS_MAX:
        raise NotFound
    return uow.organisations.get(OrganisationId(int(told))).id
