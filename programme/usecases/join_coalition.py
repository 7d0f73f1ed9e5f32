"""Join a coalition: at once where it is open to this person, else its facilitators are asked."""

from datetime import datetime

from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotFound
from programme.ids import CoalitionId, PersonId
from programme.memberships import Membership, MembershipState
from programme.notices import MembershipAsked
from programme.ports import UnitOfWork
from programme.usecases.leave_behind import refresh_member_cards


def join_coalition(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId, now: datetime) -> Membership:
    """Give the membership as it now stands; asking twice changes nothing. Raises NotFound."""
    coalition = uow.coalitions.get(coalition_id)
    if coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    known = uow.memberships.of(person_id, coalition_id)
    if known is not None and known.state in {MembershipState.ACCEPTED, MembershipState.ASKED}:
        return known
    if joins_at_once(coalition, known):
        joined = uow.memberships.put(person_id, coalition_id, MembershipState.ACCEPTED, now)
        uow.reminders.look_again(now)
        refresh_member_cards(uow, coalition_id, now)
        return joined
    asked = uow.memberships.put(person_id, coalition_id, MembershipState.ASKED, now)
    # Whoever asks again after having left is a new question to the facilitators: the moment tells one from the other.
    key = f"membership_asked:{asked.id}:{now:%Y%m%dT%H%M%S%f}"
    uow.notices.tell(who_decides(uow, coalition_id), MembershipAsked(asked.id), key, now)
    return asked


def joins_at_once(coalition: Coalition, known: Membership | None) -> bool:
    """Tell whether somebody would be a member without being accepted: not who was refused or removed."""
    return coalition.open and (known is None or known.state is not MembershipState.REFUSED)


def who_decides(uow: UnitOfWork, coalition_id: CoalitionId) -> list[PersonId]:
    """Give the facilitators of a coalition, or staff while it has none."""
    return list(uow.memberships.facilitators(coalition_id)) or [person.id for person in uow.people.staff()]
