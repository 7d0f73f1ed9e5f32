"""Audiences as SQL: who belongs to any of their parts, and in which groups they are told."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from programme.announcements import AudienceKind, Part
from programme.coalitions import CoalitionState
from programme.forums import RegistrationState
from programme.memberships import MembershipState
from programme.territory import OrganisationKind
from storage.tables.forums import registrations
from storage.tables.groups import group_chats
from storage.tables.programme import coalitions, groups, memberships, organisations, people


def among_people(audience: Sequence[Part], staff_ids: frozenset[int]) -> ColumnElement[bool]:
    """Give the condition under which a row of people is in the union of these parts."""
    return or_(false(), *(_of_part(part, staff_ids) for part in audience if part.kind is not AudienceKind.GROUP))


def places_of(audience: Sequence[Part]) -> Select[Any]:
    """Give the places in groups that an audience names, and where the bot may write: chat and topic, 0 for none."""
    named = [part.number for part in audience if part.kind is AudienceKind.GROUP]
    may_write = or_(group_chats.c.chat_id.is_(None), and_(group_chats.c.present, group_chats.c.may_write))
    return (
        select(groups.c.chat_id, groups.c.thread_id, groups.c.lost)
        .outerjoin(group_chats, group_chats.c.chat_id == groups.c.chat_id)
        .where(groups.c.coalition_id.in_(named), may_write)
        .order_by(groups.c.chat_id, groups.c.thread_id)
    )


def _of_part(part: Part, staff_ids: frozenset[int]) -> ColumnElement[bool]:
    theirs = _BY_KIND.get(part.kind)
    if theirs is not None:
        return people.c.id.in_(theirs(part))
    if part.kind is AudienceKind.STAFF:
        return or_(people.c.appointed_staff, people.c.telegram_id.in_(sorted(staff_ids)))
    if part.kind is AudienceKind.ORGANISATION_KIND:
        return _of_kind(part.subject)
    return true() if part.kind is AudienceKind.EVERYBODY else false()


def _facilitators(_: Part) -> Select[Any]:
    return _members().where(memberships.c.facilitator, coalitions.c.state == CoalitionState.ACTIVE)


def _of_coalition(part: Part) -> Select[Any]:
    return _members().where(coalitions.c.id == part.number)


def _of_scope(part: Part) -> Select[Any]:
    return _members().where(coalitions.c.scope == part.subject, coalitions.c.state == CoalitionState.ACTIVE)


def _with_a_place(part: Part) -> Select[Any]:
    return _registered(part, RegistrationState.CONFIRMED, RegistrationState.OFFERED)


def _in_line(part: Part) -> Select[Any]:
    return _registered(part, RegistrationState.WAITING)


def _members() -> Select[Any]:
    return (
        select(memberships.c.person_id)
        .join(coalitions, coalitions.c.id == memberships.c.coalition_id)
        .where(memberships.c.state == MembershipState.ACCEPTED)
    )


def _of_kind(kind: str) -> ColumnElement[bool]:
    of_kind = people.c.organisation_id.in_(select(organisations.c.id).where(organisations.c.kind == kind))
    own_name = people.c.organisation_id.is_(None)
    return or_(of_kind, own_name) if kind == OrganisationKind.INHABITANT else of_kind


def _registered(part: Part, *states: RegistrationState) -> Select[Any]:
    return select(registrations.c.person_id).where(
        registrations.c.forum_id == part.number,
        registrations.c.state.in_(states),
        registrations.c.person_id.is_not(None),
    )


_BY_KIND: Final[dict[AudienceKind, Callable[[Part], Select[Any]]]] = {
    AudienceKind.FACILITATORS: _facilitators,
    AudienceKind.COALITION: _of_coalition,
    AudienceKind.SCOPE: _of_scope,
    AudienceKind.REGISTRANTS: _with_a_place,
    AudienceKind.WAITING_LIST: _in_line,
}
