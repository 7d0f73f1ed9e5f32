"""Bind a Telegram group, or one topic of it, to the coalition that talks there."""

from collections.abc import Sequence
from datetime import datetime

from programme.audit import AuditLine
from programme.coalitions import Coalition
from programme.errors import Outdated
from programme.groups import Group
from programme.ids import CoalitionId, PersonId
from programme.ports import UnitOfWork
from programme.usecases.rights import led_coalition


def coalitions_to_bind(uow: UnitOfWork, person_id: PersonId) -> Sequence[Coalition]:
    """Give the coalitions to which a person may bind a group, by name: those they facilitate, every one for staff."""
    return uow.coalitions.active() if uow.people.is_staff(person_id) else uow.coalitions.led_by(person_id)


def bound_coalition(uow: UnitOfWork, chat_id: int, thread_id: int | None) -> Coalition | None:
    """Give the coalition that talks in a topic, or else in its whole group; None where none does."""
    group = uow.groups.of_chat(chat_id, thread_id)
    return None if group is None else uow.coalitions.get(group.coalition_id)


def bind_group(
    uow: UnitOfWork, person_id: PersonId, group: Group, now: datetime, *, instead_of: CoalitionId | None = None
) -> Coalition:
    """Bind a group for who facilitates the coalition, or staff; where it is bound so already, nothing changes.

    A coalition that talks in another place of the group moves here. A group of another coalition changes hands only
    where that one is named by `instead_of`. Raises NotAllowed or NotFound, and Outdated where another coalition talks
    there than was said.
    """
    coalition = led_coalition(uow, person_id, group.coalition_id)
    bound = uow.groups.of_chat(group.chat_id, group.thread_id)
    before = None if bound is None else bound.coalition_id
    if bound is not None and before == coalition.id and bound.thread_id == group.thread_id:
        return coalition
    if before not in {instead_of, coalition.id}:
        raise Outdated
    uow.groups.bind(group, now)
    details = {"chat": group.chat_id, "thread": group.thread_id or 0, "instead_of": before or 0}
    uow.audit.add(AuditLine(now, person_id, "bind_group", f"coalition:{coalition.id}", details))
    return coalition
