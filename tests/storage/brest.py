"""People, coalitions and meetings of a small Brest, for stories."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from programme.actions import Action, ActionDetails, ActionState, When
from programme.coalitions import Coalition, CoalitionState
from programme.forums import Forum, ForumState, Pitch, Registration, RegistrationState
from programme.ids import (
    ActionId,
    CoalitionId,
    ForumId,
    MeetingId,
    MilestoneId,
    OrganisationId,
    PitchId,
    RegistrationId,
    TelegramId,
)
from programme.meetings import Meeting, MeetingState
from programme.memberships import MembershipState
from programme.milestones import Milestone
from programme.people import Person, Preferences
from programme.ports import UnitOfWork
from programme.territory import ScopeKind

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NEXT_WEEK = NOW + timedelta(days=7)
TODAY = NOW.date()
STAFF_ID = TelegramId(10)

_telegram_ids = count(7_000_000_001)
_tickets = count(1)


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


def action(
    uow: UnitOfWork,
    of: Coalition,
    *,
    by: Person | None = None,
    title: str = "Isoler les combles",
    on: date = TODAY,
    state: ActionState = ActionState.PLANNED,
    logged_at: datetime = NOW,
) -> Action:
    return uow.actions.add(
        Action(
            id=ActionId(0),
            coalition_id=of.id,
            title=title,
            state=state,
            when=When(on),
            stakes=("buildings",),
            figure=None,
            photo=None,
            details=ActionDetails(),
            logged_by=None if by is None else by.id,
            organisation_id=None if by is None else by.organisation_id,
            logged_at=logged_at,
        )
    )


def forum(uow: UnitOfWork, code: str = "forum-2027", starts_at: datetime = NEXT_WEEK, *, places: int = 80) -> Forum:
    return uow.forums.add(
        Forum(
            id=ForumId(0),
            code=code,
            title="Forum des acteurs engagés",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=4),
            place="Les Capucins",
            programme="Accueil, puis six pitchs.",
            places=places,
            state=ForumState.PLANNED,
            version=0,
        )
    )


def pitch(uow: UnitOfWork, at: Forum, title: str, *, by: Coalition | None = None) -> Pitch:
    return uow.forums.add_pitch(Pitch(PitchId(0), at.id, None if by is None else by.id, title))


def registration(
    uow: UnitOfWork,
    who: Person,
    at: Forum,
    state: RegistrationState = RegistrationState.CONFIRMED,
    *,
    seats: int = 1,
    offer_until: datetime | None = None,
) -> Registration:
    return uow.registrations.add(
        Registration(
            id=RegistrationId(0),
            forum_id=at.id,
            person_id=who.id,
            organisation_id=who.organisation_id,
            seats=seats,
            pitches=(),
            state=state,
            asked_at=NOW,
            ticket=f"ticket-{next(_tickets)}",
            offer_until=offer_until,
        )
    )
