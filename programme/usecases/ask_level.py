"""Ask for a level of commitment for one's organisation, take that back, go down, or leave the charter."""

from dataclasses import replace
from datetime import datetime

from programme.audit import AuditLine
from programme.commitment_levels import OBJECTIVES_MAX, LevelRequest, LevelRequestState
from programme.errors import NotAllowed, NotFound, Outdated, TooLate
from programme.ids import LevelRequestId, PersonId
from programme.notices import LevelAsked, LevelLowered
from programme.organisations import Organisation
from programme.ports import UnitOfWork
from programme.territory import CommitmentLevel, Territory
from programme.texts import checked_text


def ask_level(
    uow: UnitOfWork, by: PersonId, key: str, objectives: str, territory: Territory, now: datetime
) -> LevelRequest:
    """Ask staff for a higher level, or for other objectives of the present one; staff are told.

    Raises NotAllowed for who speaks for no organisation, NotFound for no level of the charter, TooLate for one that the
    organisation has, Outdated where another request of it waits, NotWellFormed without the objectives that it needs.
    """
    organisation = spoken_for(uow, by)
    level = _level(territory, key)
    if not (is_higher(territory, level, organisation) or (level.needs_objectives and level.key == organisation.level)):
        raise TooLate
    told = checked_text(objectives, "objectives", OBJECTIVES_MAX) if level.needs_objectives else ""
    request = uow.level_requests.add(LevelRequest(LevelRequestId(0), organisation.id, level.key, told, by, now))
    staff = [person.id for person in uow.people.staff()]
    uow.notices.tell(staff, LevelAsked(request.id), f"level_asked:{request.id}", now)
    uow.audit.add(_line(now, by, "ask_level", organisation, level.key))
    return request


def take_back_level(uow: UnitOfWork, by: PersonId, request_id: LevelRequestId, now: datetime) -> LevelRequest:
    """Take a request of one's organisation back; raises NotAllowed, NotFound, or TooLate once it is decided."""
    organisation, request = spoken_for(uow, by), uow.level_requests.get(request_id)
    if request.organisation_id != organisation.id:
        raise NotAllowed
    if request.state is not LevelRequestState.ASKED:
        raise TooLate
    return _withdraw(uow, by, request, organisation, now)


def lower_level(uow: UnitOfWork, by: PersonId, key: str | None, territory: Territory, now: datetime) -> Organisation:
    """Go down to a level at once, or leave the charter (None); a request that waits is taken back, staff are told.

    Raises NotAllowed, NotFound, or Outdated where the organisation is not above that level any more.
    """
    organisation = spoken_for(uow, by)
    level = None if key is None else _level(territory, key)
    if organisation.level is None or (level is not None and not is_lower(territory, level, organisation)):
        raise Outdated
    # Objectives belong to the level for which they were confirmed.
    lowered = replace(organisation, level=key, objectives="")
    uow.organisations.put_level(lowered.id, lowered.level, lowered.objectives)
    waiting = uow.level_requests.waiting_of(organisation.id)
    if waiting is not None:
        _withdraw(uow, by, waiting, organisation, now)
    staff = [person.id for person in uow.people.staff() if person.id != by]
    notice = LevelLowered(lowered.id, key or "")
    uow.notices.tell(staff, notice, f"level_lowered:{lowered.id}:{key}:{now.isoformat()}", now)
    uow.audit.add(_line(now, by, "lower_level", organisation, key or ""))
    return lowered


def spoken_for(uow: UnitOfWork, by: PersonId) -> Organisation:
    """Give the organisation that a person speaks for; raises NotAllowed for who comes in their own name."""
    organisation_id = uow.people.get(by).organisation_id
    if organisation_id is None:
        raise NotAllowed
    return uow.organisations.get(organisation_id)


def is_higher(territory: Territory, level: CommitmentLevel, organisation: Organisation) -> bool:
    """Tell whether a level wants more than the one that an organisation has."""
    return _rank(territory, level.key) > _rank(territory, organisation.level)


def is_lower(territory: Territory, level: CommitmentLevel, organisation: Organisation) -> bool:
    """Tell whether a level wants less than the one that an organisation has."""
    return _rank(territory, level.key) < _rank(territory, organisation.level)


def _rank(territory: Territory, key: str | None) -> int:
    """Give the place of a level in the charter; none at all, or one that the charter has dropped, comes before all."""
    keys = [level.key for level in territory.commitment_levels]
    return keys.index(key) if key in keys else -1


def _level(territory: Territory, key: str) -> CommitmentLevel:
    level = territory.commitment_level(key)
    if level is None:
        raise NotFound
    return level


def _withdraw(
    uow: UnitOfWork, by: PersonId, request: LevelRequest, organisation: Organisation, now: datetime
) -> LevelRequest:
    withdrawn = replace(request, state=LevelRequestState.WITHDRAWN, decided_at=now)
    uow.level_requests.save(withdrawn)
    uow.audit.add(_line(now, by, "take_back_level", organisation, request.level))
    return withdrawn


def _line(now: datetime, by: PersonId, deed: str, organisation: Organisation, level: str) -> AuditLine:
    return AuditLine(
        now, by, deed, f"organisation:{organisation.id}", {"before": organisation.level or "", "to": level}
    )
