"""Who has, waits for or is offered a place at a forum; ids are the order in which people came."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, func, insert, literal, select, update

from programme.doors import Registrant
from programme.errors import NotFound
from programme.forums import Feedback, ForumState, Registration, RegistrationState
from programme.ids import ForumId, PersonId, PitchId, RegistrationId
from programme.ports import Concerned, RegistrationEntry
from storage.forums import forum_in
from storage.people import preferences_in
from storage.tables.forums import forums, registrations
from storage.tables.programme import organisations, people


def _literal(state: RegistrationState) -> ColumnElement[str]:
    # Written into the SQL itself, since an index over some states only is not used for a bound value.
    return literal(state.value, literal_execute=True)


_COUNTS: Final = registrations.c.state != _literal(RegistrationState.CANCELLED)
_OFFERED: Final = registrations.c.state == _literal(RegistrationState.OFFERED)
_HOLDS: Final = registrations.c.state.in_([RegistrationState.CONFIRMED, RegistrationState.OFFERED])

BY_ID: Final = select(registrations).where(registrations.c.id == bindparam("registration"))
OF: Final = select(registrations).where(
    registrations.c.person_id == bindparam("person"), registrations.c.forum_id == bindparam("forum"), _COUNTS
)
BY_TICKET: Final = select(registrations).where(registrations.c.ticket == bindparam("wanted"))
ADD: Final = insert(registrations)
SAVE: Final = update(registrations).where(registrations.c.id == bindparam("registration"))
SEATS_TAKEN: Final = select(func.coalesce(func.sum(registrations.c.seats), 0)).where(
    registrations.c.forum_id == bindparam("forum"), _HOLDS
)
IN_FORUM: Final = (
    select(registrations).where(registrations.c.forum_id == bindparam("forum")).order_by(registrations.c.id)
)
PITCHES_ASKED: Final = select(registrations.c.person_id, registrations.c.seats, registrations.c.pitches).where(
    registrations.c.forum_id == bindparam("forum"), _COUNTS
)
WAITING: Final = IN_FORUM.where(registrations.c.state == RegistrationState.WAITING)
HOLDING: Final = IN_FORUM.where(_HOLDS)
LAPSED: Final = (
    select(registrations)
    .where(_OFFERED, registrations.c.offer_until <= bindparam("now"))
    .order_by(registrations.c.offer_until, registrations.c.id)
    .limit(bindparam("most"))
)
NEXT_LAPSE: Final = select(func.min(registrations.c.offer_until)).where(_OFFERED)
OF_PERSON: Final = (
    select(registrations).where(registrations.c.person_id == bindparam("person")).order_by(registrations.c.id)
)
REGISTRANTS: Final = (
    IN_FORUM.add_columns(
        func.coalesce(people.c.name, "").label("name"),
        func.coalesce(organisations.c.name, "").label("organisation"),
    )
    .outerjoin(people, people.c.id == registrations.c.person_id)
    .outerjoin(organisations, organisations.c.id == registrations.c.organisation_id)
)
UPCOMING: Final = (
    select(registrations, forums)
    .join(forums, forums.c.id == registrations.c.forum_id)
    .where(
        registrations.c.person_id == bindparam("person"),
        _COUNTS,
        forums.c.state == ForumState.PLANNED,
        forums.c.ends_at > bindparam("now"),
    )
    .order_by(forums.c.starts_at, forums.c.id)
)
CONCERNED: Final = (
    select(people)
    .join(registrations, registrations.c.person_id == people.c.id)
    .where(
        registrations.c.forum_id == bindparam("forum"),
        registrations.c.state == RegistrationState.CONFIRMED,
        people.c.reachable,
        people.c.id > bindparam("after"),
    )
    .order_by(people.c.id)
    .limit(bindparam("most"))
)


class SqlRegistrations:
    """The registrations in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, registration_id: RegistrationId) -> Registration:
        """Give a registration; raises NotFound."""
        found = self._first(BY_ID, registration=registration_id)
        if found is None:
            raise NotFound
        return found

    def of(self, person_id: PersonId, forum_id: ForumId) -> Registration | None:
        """Give a person's registration for a forum that is not cancelled; there is one at most."""
        return self._first(OF, person=person_id, forum=forum_id)

    def by_ticket(self, ticket: str) -> Registration | None:
        """Give the registration that a ticket names."""
        return self._first(BY_TICKET, wanted=ticket)

    def add(self, registration: Registration) -> Registration:
        """Keep a new registration under an id given here, above all before."""
        values = {
            "forum_id": registration.forum_id,
            "person_id": registration.person_id,
            "asked_at": registration.asked_at,
            "ticket": registration.ticket,
            **_columns(registration),
        }
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(registration, id=RegistrationId(new_id))

    def save(self, registration: Registration) -> None:
        """Keep what changed of a registration; its forum, person, ticket and the moment it was asked stay."""
        self._connection.execute(SAVE, {"registration": registration.id, **_columns(registration)})

    def seats_taken(self, forum_id: ForumId) -> int:
        """Count the seats confirmed and offered."""
        return int(self._connection.scalars(SEATS_TAKEN, {"forum": forum_id}).one())

    def pitch_seats(self, forum_id: ForumId, besides: PersonId | None = None) -> Mapping[PitchId, int]:
        """Count the seats asked for each pitch by who is registered or waits, leaving out those of `besides`."""
        seats: Counter[PitchId] = Counter()
        for row in self._connection.execute(PITCHES_ASKED, {"forum": forum_id}):
            if besides is None or row.person_id != besides:
                seats.update({PitchId(pitch): row.seats for pitch in row.pitches})
        return seats

    def waiting(self, forum_id: ForumId) -> Sequence[Registration]:
        """Give who waits, first come first."""
        return self._all(WAITING, forum=forum_id)

    def holding(self, forum_id: ForumId) -> Sequence[Registration]:
        """Give who holds seats, offered or confirmed, first come first."""
        return self._all(HOLDING, forum=forum_id)

    def lapsed(self, now: datetime, limit: int) -> Sequence[Registration]:
        """Give the offers whose time is over, oldest first."""
        return self._all(LAPSED, now=now, most=limit)

    def next_lapse(self) -> datetime | None:
        """Tell when the next offer ends."""
        earliest: datetime | None = self._connection.scalar(NEXT_LAPSE)
        return earliest

    def upcoming(self, person_id: PersonId, now: datetime) -> Sequence[RegistrationEntry]:
        """Give a person's registrations that are not cancelled, for planned forums that are not over, soonest first."""
        rows = self._connection.execute(UPCOMING, {"person": person_id, "now": now}).mappings()
        return [RegistrationEntry(forum_in(row), _registration(row)) for row in rows]

    def of_person(self, person_id: PersonId) -> Sequence[Registration]:
        """Give every registration of a person, cancelled and past ones too, oldest first."""
        return self._all(OF_PERSON, person=person_id)

    def registrants(self, forum_id: ForumId) -> Sequence[Registrant]:
        """Give every registration for a forum with its names, in the order in which people came."""
        rows = self._connection.execute(REGISTRANTS, {"forum": forum_id}).mappings()
        return [Registrant(_registration(row), row["name"], row["organisation"]) for row in rows]

    def concerned(self, forum_id: ForumId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give the reachable people whose place is confirmed, by id from after `after`; none is a facilitator here."""
        values = {"forum": forum_id, "after": after, "most": limit}
        rows = self._connection.execute(CONCERNED, values).mappings()
        return [Concerned(row[people.c.id], preferences_in(row), facilitator=False) for row in rows]

    def _first(self, statement: Any, **values: Any) -> Registration | None:
        row = self._connection.execute(statement, values).mappings().one_or_none()
        return None if row is None else _registration(row)

    def _all(self, statement: Any, **values: Any) -> list[Registration]:
        return [_registration(row) for row in self._connection.execute(statement, values).mappings()]


def _registration(row: RowMapping) -> Registration:
    feedback = row[registrations.c.feedback]
    return Registration(
        id=row[registrations.c.id],
        forum_id=row[registrations.c.forum_id],
        person_id=row[registrations.c.person_id],
        organisation_id=row[registrations.c.organisation_id],
        seats=row[registrations.c.seats],
        pitches=tuple(row[registrations.c.pitches]),
        state=RegistrationState(row[registrations.c.state]),
        asked_at=row[registrations.c.asked_at],
        ticket=row[registrations.c.ticket],
        version=row[registrations.c.version],
        offer_until=row[registrations.c.offer_until],
        checked_in_at=row[registrations.c.checked_in_at],
        feedback=None if feedback is None else Feedback(feedback),
    )


def _columns(registration: Registration) -> dict[str, Any]:
    return {
        "organisation_id": registration.organisation_id,
        "seats": registration.seats,
        "pitches": sorted(registration.pitches),
        "state": registration.state,
        "version": registration.version,
        "offer_until": registration.offer_until,
        "checked_in_at": registration.checked_in_at,
        "feedback": registration.feedback,
    }
