"""Lists that the project team takes out: everything is joined by the database or in a few dictionaries."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, and_, func, select

from programme.exports import ActionRow, AttendanceRow, CoalitionRow, MemberRow, RegistrationRow
from programme.forums import RegistrationState
from programme.meetings import MeetingState
from programme.memberships import MembershipState
from programme.territory import OrganisationKind
from storage.actions import action_in
from storage.coalitions import coalition_in
from storage.commitment_cards import SqlCommitmentCards
from storage.statistics import ACTIVE, SqlStatistics
from storage.tables.actions import actions
from storage.tables.forums import forums, registrations
from storage.tables.meetings import attendance
from storage.tables.programme import (
    coalition_organisations,
    coalitions,
    meetings,
    memberships,
    organisations,
    people,
)

_ORGANISATION: Final = func.coalesce(organisations.c.name, "").label("organisation")
_BELONGS: Final = and_(
    memberships.c.person_id == people.c.id,
    memberships.c.state == MembershipState.ACCEPTED,
    memberships.c.coalition_id.in_(select(coalitions.c.id).where(ACTIVE)),
)
MEMBERS: Final = (
    select(
        people.c.name,
        _ORGANISATION,
        func.coalesce(organisations.c.kind, OrganisationKind.INHABITANT).label("kind"),
        func.coalesce(coalitions.c.name, "").label("coalition"),
        func.coalesce(memberships.c.facilitator, False).label("facilitator"),
        memberships.c.since,
        people.c.consented_at,
    )
    .outerjoin(organisations, organisations.c.id == people.c.organisation_id)
    .outerjoin(memberships, _BELONGS)
    .outerjoin(coalitions, coalitions.c.id == memberships.c.coalition_id)
    .order_by(people.c.name, people.c.id, coalitions.c.name_key)
)
COALITIONS: Final = select(coalitions).where(ACTIVE).order_by(coalitions.c.name_key, coalitions.c.id)
WHO_BELONGS: Final = (
    select(memberships.c.coalition_id, people.c.name, memberships.c.facilitator)
    .join(people, people.c.id == memberships.c.person_id)
    .where(memberships.c.state == MembershipState.ACCEPTED)
    .order_by(people.c.name, people.c.id)
)
# Those that the territory names, and those of the members.
ORGANISATIONS: Final = (
    select(coalition_organisations.c.coalition_id, organisations.c.name, organisations.c.name_key)
    .join(organisations, organisations.c.id == coalition_organisations.c.organisation_id)
    .union(
        select(memberships.c.coalition_id, organisations.c.name, organisations.c.name_key)
        .join(people, people.c.id == memberships.c.person_id)
        .join(organisations, organisations.c.id == people.c.organisation_id)
        .where(memberships.c.state == MembershipState.ACCEPTED)
    )
    .order_by("name_key")
)
ACTIONS: Final = (
    select(actions, coalitions.c.name.label("coalition"), _ORGANISATION)
    .join(coalitions, coalitions.c.id == actions.c.coalition_id)
    .outerjoin(organisations, organisations.c.id == actions.c.organisation_id)
    .where(ACTIVE, actions.c.deleted_at.is_(None))
    .order_by(coalitions.c.name_key, actions.c.done_on, actions.c.id)
)
REGISTRATIONS: Final = (
    select(
        forums.c.title,
        forums.c.starts_at,
        func.coalesce(people.c.name, "").label("name"),
        _ORGANISATION,
        registrations.c.seats,
        registrations.c.state,
        registrations.c.asked_at,
        registrations.c.checked_in_at,
    )
    .join(forums, forums.c.id == registrations.c.forum_id)
    .outerjoin(people, people.c.id == registrations.c.person_id)
    .outerjoin(organisations, organisations.c.id == registrations.c.organisation_id)
    .order_by(forums.c.starts_at.desc(), forums.c.id.desc(), registrations.c.id)
)
ATTENDANCE: Final = (
    select(
        coalitions.c.name.label("coalition"),
        meetings.c.title,
        meetings.c.starts_at,
        people.c.name,
        _ORGANISATION,
        attendance.c.present,
    )
    .join(meetings, meetings.c.id == attendance.c.meeting_id)
    .join(coalitions, coalitions.c.id == meetings.c.coalition_id)
    .join(people, people.c.id == attendance.c.person_id)
    .outerjoin(organisations, organisations.c.id == people.c.organisation_id)
    .where(ACTIVE, meetings.c.state == MeetingState.PLANNED)
    .order_by(meetings.c.starts_at.desc(), meetings.c.id.desc(), people.c.name, people.c.id)
)


class SqlExports:
    """The lists of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def members(self) -> Sequence[MemberRow]:
        """Give everybody who agreed to be known, once for each coalition they belong to, by name."""
        return [
            MemberRow(
                row.name,
                row.organisation,
                OrganisationKind(row.kind),
                row.coalition,
                bool(row.facilitator),
                row.since,
                row.consented_at,
            )
            for row in self._connection.execute(MEMBERS)
        ]

    def coalitions(self) -> Sequence[CoalitionRow]:
        """Give the active coalitions, by name."""
        standings = {one.id: one for one in SqlStatistics(self._connection).coalitions()}
        cards = {card.coalition_id: card for card in SqlCommitmentCards(self._connection).latest_of_each()}
        named: dict[int, list[str]] = defaultdict(list)
        for row in self._connection.execute(ORGANISATIONS):
            named[row.coalition_id].append(row.name)
        members, leading = defaultdict[int, int](int), defaultdict[int, list[str]](list)
        for row in self._connection.execute(WHO_BELONGS):
            members[row.coalition_id] += 1
            if row.facilitator:
                leading[row.coalition_id].append(row.name)
        found = []
        for kept in self._connection.execute(COALITIONS).mappings():
            coalition = coalition_in(kept)
            card = cards.get(coalition.id)
            found.append(
                CoalitionRow(
                    coalition,
                    standings[coalition.id].step,
                    members[coalition.id],
                    tuple(leading[coalition.id]),
                    tuple(named[coalition.id]),
                    None if card is None else card.version,
                    None if card is None else card.published_at,
                )
            )
        return found

    def actions(self) -> Sequence[ActionRow]:
        """Give the actions of active coalitions that are not deleted, by coalition and date."""
        rows = self._connection.execute(ACTIONS).mappings()
        return [ActionRow(action_in(row), row["coalition"], row["organisation"]) for row in rows]

    def registrations(self) -> Sequence[RegistrationRow]:
        """Give the registrations for forums, the latest forum first, in the order in which people came."""
        return [
            RegistrationRow(
                row.title,
                row.starts_at,
                row.name,
                row.organisation,
                row.seats,
                RegistrationState(row.state),
                row.asked_at,
                row.checked_in_at,
            )
            for row in self._connection.execute(REGISTRATIONS)
        ]

    def attendance(self) -> Sequence[AttendanceRow]:
        """Give who was noted present or absent at meetings, the latest meeting first, by name."""
        return [
            AttendanceRow(row.coalition, row.title, row.starts_at, row.name, row.organisation, row.present)
            for row in self._connection.execute(ATTENDANCE)
        ]
