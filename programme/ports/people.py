"""People and the organisations they speak for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from programme.ids import CoalitionId, OrganisationId, PersonId, TelegramId
from programme.organisations import Organisation
from programme.people import Person, Preferences
from programme.territory import OrganisationKind


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person as lists show them; `organisation` is empty for who comes in their own name."""

    id: PersonId
    name: str
    organisation: str


class People(Protocol):
    """People who agreed to be known."""

    def get(self, person_id: PersonId) -> Person:
        """Give a person; raises NotFound."""

    def by_telegram(self, telegram_id: TelegramId) -> Person | None:
        """Give the person behind a Telegram id, if known."""

    def add(
        self,
        telegram_id: TelegramId,
        name: str,
        organisation_id: OrganisationId | None,
        consented_at: datetime,
        preferences: Preferences,
    ) -> Person:
        """Keep a new person."""

    def save(self, person: Person) -> None:
        """Keep a person's new name, organisation, preferences and reachability."""

    def names(self, person_ids: Iterable[PersonId]) -> Mapping[PersonId, str]:
        """Give the names of those of these people who are known, in the order given."""

    def staff(self) -> Sequence[Person]:
        """Give the known people of the project team."""

    def facilitators(self) -> Sequence[Person]:
        """Give the people who facilitate an active coalition."""

    def is_staff(self, person_id: PersonId) -> bool:
        """Tell whether a person is of the project team."""

    def named_in_settings(self, person_id: PersonId) -> bool:
        """Tell whether a person is of the project team because the settings name them."""

    def appoint(self, person_id: PersonId, *, staff: bool) -> None:
        """Note whether staff have appointed a person to the project team."""

    def listed(self) -> Sequence[PersonEntry]:
        """Give everybody known, in the order they came."""

    def note_active(self, person_id: PersonId, on: date) -> None:
        """Note that a person was heard of on a day, at most once a day; what they were asked is answered by that."""

    def silent(self, since: date) -> Sequence[Person]:
        """Give who was last heard of on that day or before and is not asked yet whether they stay, by id."""

    def asks_to_stay(self, person_id: PersonId, on: date) -> None:
        """Note that a person is asked whether they stay."""

    def asked_to_stay_until(self, day: date) -> Sequence[Person]:
        """Give who was asked on that day or before and was not heard of since, by id."""

    def without_digest(self, week: date, limit: int) -> Sequence[Person]:
        """Give the reachable people who want a digest and whose one of the week beginning on `week` is not settled."""

    def settle_digest(self, person_ids: Iterable[PersonId], week: date) -> None:
        """Note that these people's digest of a week is settled: told, or left out since there was nothing to tell."""


class Organisations(Protocol):
    """The territory's organisations."""

    def get(self, organisation_id: OrganisationId) -> Organisation:
        """Give an organisation; raises NotFound."""

    def by_name(self, name: str) -> Organisation | None:
        """Give the organisation of this name, whatever its accents and capitals."""

    def find(self, words: str, limit: int, offset: int = 0) -> Sequence[Organisation]:
        """Give those whose names hold these words, whatever accents and capitals, best first; no words find all."""

    def add(self, name: str, kind: OrganisationKind) -> Organisation:
        """Keep a new organisation."""

    def in_coalition(self, coalition_id: CoalitionId) -> Sequence[Organisation]:
        """Give a coalition's organisations, its first ones and those of its accepted members, by name."""

    def attach(self, organisation_id: OrganisationId, coalition_id: CoalitionId) -> None:
        """Make an organisation one of a coalition's first ones; harmless when it is already."""

    def put_level(self, organisation_id: OrganisationId, level: str | None, objectives: str) -> None:
        """Keep the level of commitment of an organisation, with its objectives."""
