"""People who agreed to be known, and what each chose in the settings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, or_, select, update

from programme.coalitions import CoalitionState
from programme.errors import NotFound
from programme.ids import OrganisationId, PersonId, TelegramId
from programme.leads import Lead
from programme.memberships import MembershipState
from programme.people import Person, Preferences
from programme.ports.people import PersonEntry
from programme.quiet_hours import QuietHours
from storage.engine import insert_new
from storage.tables.programme import coalitions, memberships, organisations, people

BY_ID: Final = select(people).where(people.c.id == bindparam("person"))
BY_TELEGRAM: Final = select(people).where(people.c.telegram_id == bindparam("telegram"))
STAFF: Final = (
    select(people)
    .where(or_(people.c.appointed_staff, people.c.telegram_id.in_(bindparam("staff", expanding=True))))
    .order_by(people.c.id)
)
FACILITATORS: Final = (
    select(people)
    .where(
        people.c.id.in_(
            select(memberships.c.person_id)
            .join(coalitions, coalitions.c.id == memberships.c.coalition_id)
            .where(
                memberships.c.facilitator,
                memberships.c.state == MembershipState.ACCEPTED,
                coalitions.c.state == CoalitionState.ACTIVE,
            )
        )
    )
    .order_by(people.c.id)
)
ROLE: Final = select(people.c.telegram_id, people.c.appointed_staff).where(people.c.id == bindparam("person"))
NAMES: Final = select(people.c.id, people.c.name).where(people.c.id.in_(bindparam("wanted", expanding=True)))
AT_ONCE: Final = 500
"""How many people one statement names; databases bound it."""
SAVE: Final = update(people).where(people.c.id == bindparam("person"))
WITHOUT_DIGEST: Final = (
    select(people)
    .where(
        people.c.reachable,
        people.c.digest,
        or_(people.c.digest_week.is_(None), people.c.digest_week < bindparam("week")),
    )
    .order_by(people.c.id)
    .limit(bindparam("most"))
)
SETTLE_DIGEST: Final = (
    update(people).where(people.c.id.in_(bindparam("settled", expanding=True))).values(digest_week=bindparam("week"))
)

LISTED: Final = (
    select(people.c.id, people.c.name, organisations.c.name.label("organisation"))
    .outerjoin(organisations, organisations.c.id == people.c.organisation_id)
    .order_by(people.c.id)
)
APPOINT: Final = update(people).where(people.c.id == bindparam("person")).values(appointed_staff=bindparam("appointed"))
NOTE_ACTIVE: Final = (
    update(people)
    .where(
        people.c.id == bindparam("person"),
        or_(people.c.last_active_on.is_(None), people.c.last_active_on != bindparam("day")),
    )
    .values(last_active_on=bindparam("day"), asked_to_stay_on=None)
)
SILENT: Final = (
    select(people)
    .where(
        people.c.asked_to_stay_on.is_(None),
        or_(
            people.c.last_active_on <= bindparam("since"),
            people.c.last_active_on.is_(None) & (people.c.consented_at < bindparam("since_moment")),
        ),
    )
    .order_by(people.c.id)
)
ASK_TO_STAY: Final = update(people).where(people.c.id == bindparam("person")).values(asked_to_stay_on=bindparam("day"))
ASKED_UNTIL: Final = select(people).where(people.c.asked_to_stay_on <= bindparam("day")).order_by(people.c.id)


class SqlPeople:
    """The people in the database; `staff_ids` are the Telegram ids that the settings name."""

    def __init__(self, connection: Connection, staff_ids: frozenset[int]) -> None:
        self._connection = connection
        self._staff_ids = staff_ids
        self._heard_of: dict[PersonId, date | None] = {}
        """When those who speak in this transaction were last heard of before it."""

    def get(self, person_id: PersonId) -> Person:
        """Give a person; raises NotFound."""
        row = self._connection.execute(BY_ID, {"person": person_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _person(row)

    def by_telegram(self, telegram_id: TelegramId) -> Person | None:
        """Give the person behind a Telegram id, if known."""
        row = self._connection.execute(BY_TELEGRAM, {"telegram": telegram_id}).mappings().one_or_none()
        return None if row is None else _person(row)

    def who_speaks(self, telegram_id: TelegramId) -> tuple[Person | None, bool]:
        """Give the person behind a Telegram id, if known, and whether they are of the project team."""
        row = self._connection.execute(BY_TELEGRAM, {"telegram": telegram_id}).mappings().one_or_none()
        if row is None:
            return None, False
        self._heard_of[PersonId(row.id)] = row.last_active_on
        return _person(row), self._is_staff(row)

    def add(
        self,
        telegram_id: TelegramId,
        name: str,
        organisation_id: OrganisationId | None,
        consented_at: datetime,
        preferences: Preferences,
    ) -> Person:
        """Keep a new person; who is already there stays as they are."""
        values = {
            "telegram_id": telegram_id,
            "name": name,
            "organisation_id": organisation_id,
            "consented_at": consented_at,
            "last_active_on": consented_at.date(),
            "reachable": True,
            "appointed_staff": False,
            **_preference_columns(preferences),
        }
        insert_new(self._connection, people, [values])
        row = self._connection.execute(BY_TELEGRAM, {"telegram": telegram_id}).mappings().one()
        return _person(row)

    def save(self, person: Person) -> None:
        """Keep a person's name, organisation, preferences and reachability."""
        values = {
            "person": person.id,
            "name": person.name,
            "organisation_id": person.organisation_id,
            "reachable": person.reachable,
            **_preference_columns(person.preferences),
        }
        self._connection.execute(SAVE, values)

    def names(self, person_ids: Iterable[PersonId]) -> Mapping[PersonId, str]:
        """Give the names of those of these people who are known, in the order given."""
        wanted = list(dict.fromkeys(person_ids))
        found: dict[PersonId, str] = {}
        for start in range(0, len(wanted), AT_ONCE):
            rows = self._connection.execute(NAMES, {"wanted": wanted[start : start + AT_ONCE]})
            found.update((row.id, row.name) for row in rows)
        return {person: found[person] for person in wanted if person in found}

    def staff(self) -> Sequence[Person]:
        """Give the known people whom the settings name or whom staff appointed, in the order they came."""
        rows = self._connection.execute(STAFF, {"staff": sorted(self._staff_ids)}).mappings()
        return [_person(row) for row in rows]

    def facilitators(self) -> Sequence[Person]:
        """Give the people who facilitate an active coalition, in the order they came."""
        return [_person(row) for row in self._connection.execute(FACILITATORS).mappings()]

    def is_staff(self, person_id: PersonId) -> bool:
        """Tell whether the settings name this person, or staff appointed them."""
        row = self._connection.execute(ROLE, {"person": person_id}).mappings().one_or_none()
        return row is not None and self._is_staff(row)

    def named_in_settings(self, person_id: PersonId) -> bool:
        """Tell whether a person is of the project team because the settings name them."""
        row = self._connection.execute(ROLE, {"person": person_id}).one_or_none()
        return row is not None and row.telegram_id in self._staff_ids

    def appoint(self, person_id: PersonId, *, staff: bool) -> None:
        """Note whether staff have appointed a person to the project team."""
        self._connection.execute(APPOINT, {"person": person_id, "appointed": staff})

    def listed(self) -> Sequence[PersonEntry]:
        """Give everybody known, in the order they came."""
        return [PersonEntry(row.id, row.name, row.organisation or "") for row in self._connection.execute(LISTED)]

    def note_active(self, person_id: PersonId, on: date) -> None:
        """Note that a person was heard of on a day, at most once a day; what they were asked is answered by that."""
        if self._heard_of.get(person_id) == on:
            return
        self._connection.execute(NOTE_ACTIVE, {"person": person_id, "day": on})

    def silent(self, since: date) -> Sequence[Person]:
        """Give who was last heard of on that day or before and is not asked yet whether they stay, by id."""
        until = {"since": since, "since_moment": datetime.combine(since, time(), UTC)}
        return [_person(row) for row in self._connection.execute(SILENT, until).mappings()]

    def asks_to_stay(self, person_id: PersonId, on: date) -> None:
        """Note that a person is asked whether they stay."""
        self._connection.execute(ASK_TO_STAY, {"person": person_id, "day": on})

    def asked_to_stay_until(self, day: date) -> Sequence[Person]:
        """Give who was asked on that day or before and was not heard of since, by id."""
        return [_person(row) for row in self._connection.execute(ASKED_UNTIL, {"day": day}).mappings()]

    def without_digest(self, week: date, limit: int) -> Sequence[Person]:
        """Give the reachable people who want a digest and whose one of this week is not settled, by id."""
        rows = self._connection.execute(WITHOUT_DIGEST, {"week": week, "most": limit}).mappings()
        return [_person(row) for row in rows]

    def settle_digest(self, person_ids: Iterable[PersonId], week: date) -> None:
        """Note that these people's digest of a week is settled."""
        self._connection.execute(SETTLE_DIGEST, {"settled": list(person_ids), "week": week})

    def _is_staff(self, row: RowMapping) -> bool:
        return bool(row[people.c.appointed_staff]) or row[people.c.telegram_id] in self._staff_ids


def preferences_in(row: RowMapping) -> Preferences:
    """Read what a person chose from a row that holds the columns of people."""
    return Preferences(
        language=row[people.c.language],
        leads=frozenset(Lead(lead) for lead in row[people.c.leads]),
        quiet_hours=QuietHours(
            starts=time.fromisoformat(row[people.c.quiet_starts]),
            ends=time.fromisoformat(row[people.c.quiet_ends]),
        ),
        paused_until=row[people.c.paused_until],
        digest=row[people.c.digest],
    )


def _preference_columns(preferences: Preferences) -> dict[str, Any]:
    return {
        "language": preferences.language,
        "leads": sorted(preferences.leads),
        "quiet_starts": f"{preferences.quiet_hours.starts:%H:%M}",
        "quiet_ends": f"{preferences.quiet_hours.ends:%H:%M}",
        "paused_until": preferences.paused_until,
        "digest": preferences.digest,
    }


def _person(row: RowMapping) -> Person:
    return Person(
        id=row[people.c.id],
        telegram_id=row[people.c.telegram_id],
        name=row[people.c.name],
        organisation_id=row[people.c.organisation_id],
        consented_at=row[people.c.consented_at],
        preferences=preferences_in(row),
        reachable=row[people.c.reachable],
    )
