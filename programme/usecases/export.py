"""The lists that the project team takes out; that one was asked for is audited where it was (want_document)."""

from collections.abc import Sequence
from datetime import datetime

from programme.exports import ActionRow, AttendanceRow, CoalitionRow, MemberRow, RegistrationRow, SupportRow
from programme.ids import PersonId
from programme.ports import UnitOfWork
from programme.usecases.rights import require_staff


def members(uow: UnitOfWork, by: PersonId) -> Sequence[MemberRow]:
    """Give who belongs where; raises NotAllowed."""
    require_staff(uow, by)
    return uow.exports.members()


def coalitions(uow: UnitOfWork, by: PersonId) -> Sequence[CoalitionRow]:
    """Give the coalitions with where they stand; raises NotAllowed."""
    require_staff(uow, by)
    return uow.exports.coalitions()


def actions(uow: UnitOfWork, by: PersonId) -> Sequence[ActionRow]:
    """Give the actions with all their details; raises NotAllowed."""
    require_staff(uow, by)
    return uow.exports.actions()


def registrations(uow: UnitOfWork, by: PersonId, now: datetime) -> Sequence[RegistrationRow]:
    """Give who registered for which forum; raises NotAllowed."""
    require_staff(uow, by)
    return uow.exports.registrations(now)


def attendance(uow: UnitOfWork, by: PersonId, now: datetime) -> Sequence[AttendanceRow]:
    """Give who came to which meeting and which forum; raises NotAllowed."""
    require_staff(uow, by)
    return uow.exports.attendance(now)


def support(uow: UnitOfWork, by: PersonId) -> Sequence[SupportRow]:
    """Give the support requests and what was found for them; raises NotAllowed."""
    require_staff(uow, by)
    return uow.exports.support()
