"""The gatherings, and who has a place there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from programme.doors import Registrant
from programme.forums import Forum, Pitch, Registration
from programme.ids import ForumId, PersonId, PitchId, RegistrationId
from programme.ports.meetings import Concerned


class Forums(Protocol):
    """Forums and their pitches."""

    def get(self, forum_id: ForumId) -> Forum:
        """Give a forum; raises NotFound."""

    def get_to_change(self, forum_id: ForumId) -> Forum:
        """Give a forum, and hold up whoever wants to change its places until this turn is over; raises NotFound."""

    def by_code(self, code: str) -> Forum | None:
        """Give the forum that a link names."""

    def add(self, forum: Forum) -> Forum:
        """Keep a new forum; its id is given here, whatever it was."""

    def save(self, forum: Forum) -> None:
        """Keep what changed of a forum."""

    def upcoming(self, now: datetime) -> Sequence[Forum]:
        """Give the planned forums that are not over, soonest first."""

    def past(self, now: datetime) -> Sequence[Forum]:
        """Give the forums that took place and are over, the latest first."""

    def in_series(self, series_code: str) -> Sequence[Forum]:
        """Give the rendez-vous announced together, cancelled and past ones too, soonest first."""

    def pitches(self, forum_id: ForumId) -> Sequence[Pitch]:
        """Give a forum's pitches in the order they were offered."""

    def add_pitch(self, pitch: Pitch) -> Pitch:
        """Keep a new pitch; its id is given here, whatever it was."""

    def pitch(self, pitch_id: PitchId) -> Pitch:
        """Give a pitch; raises NotFound."""

    def save_pitch(self, pitch: Pitch) -> None:
        """Keep what changed of a pitch: its title and its seats."""


@dataclass(frozen=True, slots=True)
class RegistrationEntry:
    """A registration in somebody's agenda, with its forum."""

    forum: Forum
    registration: Registration


class Registrations(Protocol):
    """Who has, waits for or is offered a place; each coming makes a new one, and a cancelled one stays so."""

    def get(self, registration_id: RegistrationId) -> Registration:
        """Give a registration; raises NotFound."""

    def of(self, person_id: PersonId, forum_id: ForumId) -> Registration | None:
        """Give a person's registration for a forum that is not cancelled."""

    def by_ticket(self, ticket: str) -> Registration | None:
        """Give the registration that a ticket names."""

    def add(self, registration: Registration) -> Registration:
        """Keep a new registration, after all that are there; its id is given here, whatever it was."""

    def save(self, registration: Registration) -> None:
        """Keep what changed of a registration."""

    def seats_taken(self, forum_id: ForumId) -> int:
        """Count the seats confirmed and offered."""

    def pitch_seats(self, forum_id: ForumId, besides: PersonId | None = None) -> Mapping[PitchId, int]:
        """Count the seats asked for each pitch by who is registered or waits, leaving out those of `besides`."""

    def waiting(self, forum_id: ForumId) -> Sequence[Registration]:
        """Give who waits, first come first."""

    def holding(self, forum_id: ForumId) -> Sequence[Registration]:
        """Give who holds seats, offered or confirmed, first come first."""

    def lapsed(self, now: datetime, limit: int) -> Sequence[Registration]:
        """Give the offers whose time is over, oldest first."""

    def next_lapse(self) -> datetime | None:
        """Tell when the next offer ends."""

    def upcoming(self, person_id: PersonId, now: datetime) -> Sequence[RegistrationEntry]:
        """Give a person's registrations that are not cancelled, for planned forums that are not over, soonest first."""

    def of_person(self, person_id: PersonId) -> Sequence[Registration]:
        """Give every registration of a person, cancelled and past ones too, oldest first."""

    def registrants(self, forum_id: ForumId) -> Sequence[Registrant]:
        """Give every registration for a forum with its names, in the order in which people came."""

    def concerned(self, forum_id: ForumId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give the reachable people whose place is confirmed, by id from after `after`; none is a facilitator here."""
