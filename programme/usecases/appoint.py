"""Appoint to the project team and to the facilitation of coalitions, and take both off again; staff alone do."""

from datetime import datetime

from programme.audit import AuditLine
from programme.coalitions import CoalitionState
from programme.errors import LastOfTeam, NamedInSettings, NotFound, TooLate
from programme.ids import CoalitionId, PersonId
from programme.memberships import Membership, MembershipState
from programme.notices import FacilitationEnded, TeamJoined, TeamLeft
from programme.ports import UnitOfWork
from programme.usecases.name_facilitator import entrust
from programme.usecases.rights import require_staff


def appoint_to_team(uow: UnitOfWork, by: PersonId, person_id: PersonId, now: datetime) -> None:
    """Make somebody one of the project team, and tell them; raises TooLate for who is already."""
    require_staff(uow, by)
    uow.people.get(person_id)
    if uow.people.is_staff(person_id):
        raise TooLate
    uow.people.appoint(person_id, staff=True)
    uow.audit.add(AuditLine(now, by, "appoint_staff", f"person:{person_id}"))
    uow.notices.tell([person_id], TeamJoined(), f"team_joined:{_moment(now)}", now)


def take_off_team(uow: UnitOfWork, by: PersonId, person_id: PersonId, now: datetime) -> None:
    """Take somebody off the project team, oneself too, and tell who did not do it themself.

    Raises NamedInSettings for who is named there, LastOfTeam where nobody would be left, TooLate for who is not of it.
    """
    require_staff(uow, by)
    if not uow.people.is_staff(person_id):
        raise TooLate
    if uow.people.named_in_settings(person_id):
        raise NamedInSettings
    if len(uow.people.staff()) == 1:
        raise LastOfTeam
    uow.people.appoint(person_id, staff=False)
    uow.audit.add(AuditLine(now, by, "dismiss_staff", f"person:{person_id}"))
    if person_id != by:
        uow.notices.tell([person_id], TeamLeft(), f"team_left:{_moment(now)}", now)


def appoint_facilitator(
    uow: UnitOfWork, by: PersonId, person_id: PersonId, coalition_id: CoalitionId, now: datetime
) -> Membership:
    """Have anybody known facilitate an active coalition, as a member from now on where they were none, and tell them.

    Raises TooLate for who facilitates it already, NotFound where there is no such active coalition.
    """
    require_staff(uow, by)
    uow.people.get(person_id)
    if uow.coalitions.get(coalition_id).state is not CoalitionState.ACTIVE:
        raise NotFound
    known = uow.memberships.of(person_id, coalition_id)
    member = known is not None and known.state is MembershipState.ACCEPTED
    if known is None or not member:
        known = uow.memberships.put(person_id, coalition_id, MembershipState.ACCEPTED, now)
    if known.facilitator:
        raise TooLate
    named = entrust(uow, known, now)
    uow.audit.add(AuditLine(now, by, "name_facilitator", f"coalition:{coalition_id}", {"person": person_id}))
    return named


def relieve_facilitator(
    uow: UnitOfWork, by: PersonId, person_id: PersonId, coalition_id: CoalitionId, now: datetime
) -> Membership:
    """Take the facilitation of a coalition off somebody, who stays a member and is told.

    Where nobody else facilitates it, requests to join come to the project team. Raises TooLate for who does not.
    """
    require_staff(uow, by)
    known = uow.memberships.of(person_id, coalition_id)
    if known is None or known.state is not MembershipState.ACCEPTED or not known.facilitator:
        raise TooLate
    left = uow.memberships.put(person_id, coalition_id, MembershipState.ACCEPTED, known.since, facilitator=False)
    uow.audit.add(AuditLine(now, by, "relieve_facilitator", f"coalition:{coalition_id}", {"person": person_id}))
    if person_id != by:
        notice = FacilitationEnded(coalition_id)
        uow.notices.tell([person_id], notice, f"facilitation_ended:{coalition_id}:{_moment(now)}", now)
    uow.reminders.look_again(now)
    return left


def _moment(now: datetime) -> str:
    return f"{now:%Y%m%dT%H%M%S%f}"
