"""People, coalitions and meetings of a small Brest, for stories."""

from datetime import UTC, datetime, timedelta
from itertools import count

from programme.coalitions import Coalition, CoalitionState
from programme.ids import CoalitionId, MeetingId, MilestoneId, OrganisationId, TelegramId
from programme.meetings import Meeting, MeetingState
from programme.memberships import MembershipState
from programme.milestones import Milestone
from programme.people import Person, Preferences
from programme.ports import UnitOfWork
from programme.territory import ScopeKind

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NEXT_WEEK = NOW + timedelta(days=7)
STAFF_ID = TelegramId(10)

_telegram_ids = count(7_000_000_001)


def person(
    uow: UnitOfWork,
    name: str,
    *,
    speaks_for: OrganisationId | None = None,
    telegram_id: TelegramId | None = None,
    preferences: Preferences | None = None,
) -> Person:
    return uow.people.add(
        telegram_id or TelegramId(next(_telegram_ids)), name, speaks_for, NOW, preferences or Preferences()
    )


def a_coalition(name: str, *, state: CoalitionState = CoalitionState.ACTIVE) -> Coalition:
    return Coalition(
        id=CoalitionId(0),
        code=f"code-{name}",
        name=name,
        objective="Réduire le chauffage des bureaux.",
        scope=ScopeKind.THEME,
        stakes=("buildings", "energy"),
        open=False,
        state=state,
    )


def coalition(uow: UnitOfWork, name: str, *, state: CoalitionState = CoalitionState.ACTIVE) -> Coalition:
    return uow.coalitions.add(a_coalition(name, state=state))


def joins(uow: UnitOfWork, who: Person, where: Coalition, *, facilitator: bool = False) -> None:
    uow.memberships.put(who.id, where.id, MembershipState.ACCEPTED, NOW, facilitator=facilitator)


def meeting(
    uow: UnitOfWork, of: Coalition, starts_at: datetime = NEXT_WEEK, *, title: str = "Premier atelier"
) -> Meeting:
    return uow.meetings.add(
        Meeting(
            id=MeetingId(0),
            coalition_id=of.id,
            title=title,
            starts_at=starts_at,
            place="Maison de l’International",
            state=MeetingState.PLANNED,
            version=0,
            planned_by=None,
        )
    )


def milestone(uow: UnitOfWork, code: str, *, of: Coalition | None = None) -> Milestone:
    return uow.milestones.add(
        Milestone(
            id=MilestoneId(0),
            code=code,
            coalition_id=None if of is None else of.id,
            title="Publier la fiche d’engagement",
            detail="",
            due_on=NEXT_WEEK.date(),
            version=0,
        )
    )
