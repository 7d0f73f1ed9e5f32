"""Who may do what (PRODUCT.md, « Who may do what »): each deed asks here before it changes anything."""

from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotAllowed, NotFound
from programme.ids import CoalitionId, PersonId
from programme.memberships import MembershipState
from programme.ports import UnitOfWork


def is_member(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId) -> bool:
    """Tell whether a person is an accepted member of a coalition."""
    membership = uow.memberships.of(person_id, coalition_id)
    return membership is not None and membership.state is MembershipState.ACCEPTED


def facilitates(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId) -> bool:
    """Tell whether a person keeps a coalition going, or may act for who does: staff."""
    membership = uow.memberships.of(person_id, coalition_id)
    if membership is not None and membership.facilitator and membership.state is MembershipState.ACCEPTED:
        return True
    return uow.people.is_staff(person_id)


def require_member(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId) -> None:
    """Raise NotAllowed unless the person is an accepted member of the coalition."""
    if not is_member(uow, person_id, coalition_id):
        raise NotAllowed


def require_facilitator(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId) -> None:
    """Raise NotAllowed unless the person facilitates the coalition or is staff."""
    if not facilitates(uow, person_id, coalition_id):
        raise NotAllowed


def led_coalition(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId) -> Coalition:
    """Give an active coalition to who facilitates it or is staff; raises NotAllowed or NotFound."""
    coalition = uow.coalitions.get(coalition_id)
    require_facilitator(uow, person_id, coalition_id)
    if coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    return coalition


def require_staff(uow: UnitOfWork, person_id: PersonId) -> None:
    """Raise NotAllowed unless the person is of the project team."""
    if not uow.people.is_staff(person_id):
        raise NotAllowed
