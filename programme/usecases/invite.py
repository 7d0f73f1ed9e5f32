"""Invite to a coalition: links that bring people, can be revoked, and tell how many came by them."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Final

from programme.errors import TooLate
from programme.ids import CoalitionId, InvitationId, PersonId
from programme.invitations import Invitation
from programme.memberships import Membership, MembershipState
from programme.ports import UnitOfWork
from programme.usecases.join_coalition import join_coalition
from programme.usecases.rights import led_coalition

CODE_BYTES: Final = 9
"""Randomness of a code, which has 12 signs of A-Z a-z 0-9 _ - then: nobody guesses it."""


def make_invitation(uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, now: datetime) -> Invitation:
    """Give a new link to an active coalition; raises NotAllowed or NotFound."""
    led_coalition(uow, by, coalition_id)
    code = secrets.token_urlsafe(CODE_BYTES)
    return uow.invitations.add(Invitation(InvitationId(0), coalition_id, code, by, now))


def good_invitation(uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, now: datetime) -> Invitation:
    """Give the latest link that is good, a new one where there is none; raises NotAllowed or NotFound."""
    led_coalition(uow, by, coalition_id)
    known = (one for one in uow.invitations.of_coalition(coalition_id) if one.revoked_at is None)
    return next(known, None) or make_invitation(uow, by, coalition_id, now)


def led_invitation(uow: UnitOfWork, by: PersonId, invitation_id: InvitationId) -> Invitation:
    """Give an invitation to who facilitates its coalition, which must be active; raises NotAllowed or NotFound."""
    invitation = uow.invitations.get(invitation_id)
    led_coalition(uow, by, invitation.coalition_id)
    return invitation


def revoke_invitation(uow: UnitOfWork, by: PersonId, invitation_id: InvitationId, now: datetime) -> Invitation:
    """Have a link bring nobody any more; raises NotAllowed, NotFound, or TooLate where it was revoked before."""
    invitation = led_invitation(uow, by, invitation_id)
    if invitation.revoked_at is not None:
        raise TooLate
    revoked = replace(invitation, revoked_at=now)
    uow.invitations.save(revoked)
    return revoked


def come_by_invitation(uow: UnitOfWork, person_id: PersonId, invitation: Invitation, now: datetime) -> Membership:
    """Join the coalition of a link as anybody does: at once where it is open, else by asking.

    It counts once for each person, and not for who is in the coalition or has asked already. Raises NotFound where the
    coalition is not active, TooLate where the link was revoked.
    """
    if invitation.revoked_at is not None:
        raise TooLate
    before = uow.memberships.of(person_id, invitation.coalition_id)
    membership = join_coalition(uow, person_id, invitation.coalition_id, now)
    if before is None or before.state not in {MembershipState.ACCEPTED, MembershipState.ASKED}:
        uow.invitations.note_use(invitation.id, person_id, now)
    return membership
