"""Confirm or decline a place at a forum that was offered close to its start."""

from datetime import datetime
from zoneinfo import ZoneInfo

from programme.errors import TooLate
from programme.forums import Registration, RegistrationState
from programme.ids import ForumId, PersonId
from programme.ports import UnitOfWork
from programme.usecases.cancel_registration import cancel_registration
from programme.usecases.places import open_forum
from programme.usecases.promote import confirm


def confirm_offer(
    uow: UnitOfWork, person_id: PersonId, forum_id: ForumId, now: datetime, zone: ZoneInfo
) -> Registration:
    """Take the place, or give it as it is where it was taken before; raises TooLate where the offer is over."""
    forum = open_forum(uow, forum_id, now)
    present = uow.registrations.of(person_id, forum_id)
    if present is not None and present.state is RegistrationState.CONFIRMED:
        return present
    if present is None or present.offer_until is None or now >= present.offer_until:
        raise TooLate
    return confirm(uow, forum, present, person_id, now, zone)


def decline_offer(
    uow: UnitOfWork, person_id: PersonId, forum_id: ForumId, now: datetime, zone: ZoneInfo
) -> Registration:
    """Leave the place to who comes next; raises TooLate unless it is still offered."""
    forum = open_forum(uow, forum_id, now)
    present = uow.registrations.of(person_id, forum_id)
    if present is None or present.state is not RegistrationState.OFFERED:
        raise TooLate
    return cancel_registration(uow, person_id, forum.id, now, zone)
