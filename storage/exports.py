"""Lists that the project team takes out: everything is joined by the database or in a few dictionaries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, bindparam, func, literal, select

from programme.exports import ActionRow, AttendanceRow, CoalitionRow, MemberRow, RegistrationRow, SupportRow
from programme.forum_questions import AskedWhen
from programme.forums import ForumState, RegistrationState
from programme.meetings import MeetingState
from programme.memberships import MembershipState
from programme.territory import OrganisationKind
from storage.actions import action_in
from storage.coalitions import coalition_in
from storage.commitment_cards import SqlCommitmentCards
from storage.statistics import ACTIVE, SqlStatistics
from storage.support_exports import support_rows
from storage.tables.actions import actions
from storage.tables.doors import forum_answers, forum_questions
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
        organisations.c.level,
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
    select(
        coalition_organisations.c.coalition_id, organisations.c.name, organisations.c.name_key, organisations.c.level
    )
    .join(organisations, organisations.c.id == coalition_organisations.c.organisation_id)
    .union(
        select(memberships.c.coalition_id, organisations.c.name, organisations.c.name_key, organisations.c.level)
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
        registrations.c.id,
        registrations.c.forum_id,
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
# Only of these is it known who did not come.
OVER_WITH_ARRIVALS: Final = (
    select(registrations.c.forum_id)
    .join(forums, forums.c.id == registrations.c.forum_id)
    .where(
        registrations.c.state == RegistrationState.CONFIRMED,
        registrations.c.checked_in_at.is_not(None),
        forums.c.state == ForumState.PLANNED,
        forums.c.ends_at <= bindparam("now"),
    )
    .distinct()
)
ANSWERS: Final = (
    select(forum_answers.c.registration_id, forum_questions.c.text.label("question"), forum_answers.c.text)
    .join(forum_questions, forum_questions.c.id == forum_answers.c.question_id)
    .where(forum_questions.c.asked == AskedWhen.REGISTERING)
    .order_by(forum_questions.c.id)
)
FORUM_ATTENDANCE: Final = (
    select(
        literal("").label("coalition"),
        forums.c.title,
        forums.c.starts_at,
        people.c.name,
        _ORGANISATION,
        registrations.c.checked_in_at.is_not(None).label("present"),
    )
    .join(registrations, registrations.c.forum_id == forums.c.id)
    .join(people, people.c.id == registrations.c.person_id)
    .outerjoin(organisations, organisations.c.id == registrations.c.organisation_id)
    .where(registrations.c.state == RegistrationState.CONFIRMED, forums.c.id.in_(OVER_WITH_ARRIVALS))
    .order_by(forums.c.starts_at.desc(), forums.c.id.desc(), people.c.name, people.c.id)
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


def _came(state: str, checked_in_at: datetime | None, *, over: bool) -> bool | None:
    if checked_in_at is not None:
        return True
    return False if over and state == RegistrationState.CONFIRMED else None


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
                row.level,
            )
            for row in self._connection.execute(MEMBERS)
        ]

    def coalitions(self) -> Sequence[CoalitionRow]:
        """Give the active coalitions, by name."""
        standings = {one.id: one for one in SqlStatistics(self._connection).coalitions()}
        cards = {card.coalition_id: card for card in SqlCommitmentCards(self._connection).latest_of_each()}
        named: dict[int, list[str]] = defaultdict(list)
        levels: dict[int, dict[str, str]] = defaultdict(dict)
        for one in self._connection.execute(ORGANISATIONS):
            named[one.coalition_id].append(one.name)
            if one.level is not None:
                levels[one.coalition_id][one.name] = one.level
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
                    levels.get(coalition.id, {}),
                )
            )
        return found

    def actions(self) -> Sequence[ActionRow]:
        """Give the actions of active coalitions that are not deleted, by coalition and date."""
        rows = self._connection.execute(ACTIONS).mappings()
        return [ActionRow(action_in(row), row["coalition"], row["organisation"]) for row in rows]

    def registrations(self, now: datetime) -> Sequence[RegistrationRow]:
        """Give the registrations for forums, the latest forum first, in the order in which people came."""
        over = set(self._connection.scalars(OVER_WITH_ARRIVALS, {"now": now}))
        answers: dict[int, dict[str, str]] = defaultdict(dict)
        for answer in self._connection.execute(ANSWERS):
            answers[answer.registration_id][answer.question] = answer.text
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
                _came(row.state, row.checked_in_at, over=row.forum_id in over),
                answers.get(row.id, {}),
            )
            for row in self._connection.execute(REGISTRATIONS)
        ]

    def attendance(self, now: datetime) -> Sequence[AttendanceRow]:
        """Give who was noted present or absent: at meetings, the latest first, by name; then at forums."""
        return [
            AttendanceRow(row.coalition, row.title, row.starts_at, row.name, row.organisation, bool(row.present))
            for statement, known in ((ATTENDANCE, {}), (FORUM_ATTENDANCE, {"now": now}))
            for row in self._connection.execute(statement, known)
        ]

    def support(self) -> Sequence[SupportRow]:
        """Give the support requests with what was found for them, in the order in which they were asked."""
        return support_rows(self._connection)
