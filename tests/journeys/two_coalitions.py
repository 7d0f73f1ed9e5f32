"""Two coalitions with their people, and things in every state: where forged taps can do harm."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.coalitions import Coalition
from programme.forums import Forum
from programme.ids import CoalitionId, PersonId, TelegramId
from programme.meetings import Meeting
from programme.memberships import Membership, MembershipState
from programme.territory import ScopeKind
from programme.usecases.decide_membership import decide_membership
from programme.usecases.decide_proposal import decide_proposal
from programme.usecases.join_coalition import join_coalition
from programme.usecases.move_meeting import cancel_meeting
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from programme.usecases.propose_coalition import Proposal, propose_coalition
from programme.usecases.register import RegistrationAsked, register
from simulator.people import Person
from storage.unit_of_work import SqlUnitOfWork
from tests.world import STAFF_ID, World


@dataclass(frozen=True)
class TwoCoalitions:
    """Who is there, and what: ids as they stand in buttons."""

    staff: Person
    facilitator: Person
    member: Person
    other_facilitator: Person
    outsider: Person
    stranger: Person
    coalition: Coalition
    proposed: Coalition
    refused: Coalition
    asked: Membership
    declined: Membership
    meeting: Meeting
    cancelled: Meeting
    over: Meeting
    forum: Forum

    def people(self, *names: str) -> list[Person]:
        """Give these people by the names they have here."""
        return [getattr(self, name) for name in names]


async def two_coalitions(world: World) -> TwoCoalitions:
    """Have everybody come, and everything happen that leaves something behind."""
    staff = await world.known("Anne", id=STAFF_ID)
    facilitator, member = await world.known("Maël"), await world.known("Léa")
    other_facilitator, asking = await world.known("Nour"), await world.known("Sam")
    declined, outsider = await world.known("Tom"), await world.known("Zoé")
    stranger = world.stranger("Inconnue")
    await world.says(stranger, "/start")
    now, zone = world.clock.now(), world.territory.zone

    def happens(uow: SqlUnitOfWork) -> tuple[Coalition, Coalition, Coalition, Membership, Membership, list[Meeting]]:
        team, lead, one, other = (_id(uow, person) for person in (staff, facilitator, member, other_facilitator))
        coalition, another = uow.coalitions.active()[:2]
        for person, at, leads in ((lead, coalition, True), (one, coalition, False), (other, another, True)):
            join_coalition(uow, person, at.id, now)
            uow.memberships.put(person, at.id, MembershipState.ACCEPTED, now, facilitator=leads)
        waits = join_coalition(uow, _id(uow, asking), coalition.id, now)
        was_declined = join_coalition(uow, _id(uow, declined), coalition.id, now)
        was_declined = decide_membership(uow, lead, was_declined.id, now, accepted=False)
        proposed = propose_coalition(uow, one, _proposal("Vélos"), now)
        refused = propose_coalition(uow, one, _proposal("Fusées"), now)
        refused = decide_proposal(uow, team, refused.id, now, approved=False)
        long_ago = now - timedelta(days=30)
        meetings = [
            plan_meeting(uow, lead, _plan(coalition.id, title, then + timedelta(days=5)), then, zone)
            for title, then in (("Premier pas", now), ("Annulée", now), ("Passée", long_ago))
        ]
        meetings[1] = cancel_meeting(uow, lead, meetings[1].id, now)
        for person in (one, lead):
            register(uow, person, forum.id, RegistrationAsked(seats=1), now, zone)
        return coalition, proposed, refused, waits, was_declined, meetings

    forum = await world.forum("Forum des acteurs engagés", places=1)
    coalition, proposed, refused, asked, was_declined, (meeting, cancelled, over) = await world.does(happens)
    # What is due already happens now, and not in the middle of a journey that takes a minute.
    await world.moves_by(timedelta(0))
    return TwoCoalitions(
        staff=staff,
        facilitator=facilitator,
        member=member,
        other_facilitator=other_facilitator,
        outsider=outsider,
        stranger=stranger,
        coalition=coalition,
        proposed=proposed,
        refused=refused,
        asked=asked,
        declined=was_declined,
        meeting=meeting,
        cancelled=cancelled,
        over=over,
        forum=forum,
    )


def _id(uow: SqlUnitOfWork, person: Person) -> PersonId:
    known = uow.people.by_telegram(TelegramId(person.id))
    assert known is not None
    return known.id


def _proposal(name: str) -> Proposal:
    return Proposal("Un besoin", name, "Une idée", ScopeKind.THEME.value)


def _plan(coalition_id: CoalitionId, title: str, starts_at: datetime) -> MeetingPlan:
    return MeetingPlan(coalition_id, title, starts_at, "Salle 2")
