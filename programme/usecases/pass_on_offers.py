"""Pass on the places whose offers nobody confirmed in time, and those that only time has freed.

As the start comes near, who can't be reached is passed over; who can be reached again is not any more.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.forums import RegistrationState
from programme.ids import RegistrationId
from programme.notices import OfferLapsed
from programme.ports import UnitOfWork
from programme.usecases.promote import in_state, promote, registration_key

BATCH: Final = 100


def pass_on_offers(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> bool:
    """End the next batch of offers whose time is over and promote who comes next; false when nothing is left to do."""
    lapsed = uow.registrations.lapsed(now, BATCH)
    for forum_id in sorted({each.forum_id for each in lapsed}):
        forum = uow.forums.get_to_change(forum_id)
        for each in lapsed:
            if each.forum_id == forum_id:
                _end(uow, each.id, now)
        promote(uow, forum, now, zone)
    if lapsed:
        return True
    to_come = sorted(forum.id for forum in uow.forums.upcoming(now))
    return any(promote(uow, uow.forums.get_to_change(forum_id), now, zone) for forum_id in to_come)


def _end(uow: UnitOfWork, registration_id: RegistrationId, now: datetime) -> None:
    # Between the list and the lock on the forum another machine may have confirmed it.
    offered = uow.registrations.get(registration_id)
    if offered.offer_until is None or now < offered.offer_until:
        return
    ended = in_state(offered, RegistrationState.CANCELLED)
    uow.registrations.save(ended)
    if ended.person_id is not None:
        uow.notices.tell([ended.person_id], OfferLapsed(ended.id, ended.version), registration_key(ended), now)
