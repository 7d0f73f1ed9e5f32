"""Name people who help at the doors of one forum, by name or by a link, and name them no more; staff alone do."""

import secrets
from datetime import datetime
from typing import Final

from programme.audit import AuditLine
from programme.errors import NotFound, TooLate
from programme.forums import Forum, ForumState
from programme.ids import ForumId, PersonId
from programme.notices import HelperNamed, HelperRemoved
from programme.people import Person
from programme.ports import UnitOfWork
from programme.usecases.rights import require_staff

CODE_BYTES: Final = 9
"""Randomness of a code, which has 12 signs of A-Z a-z 0-9 _ - then: nobody guesses it."""


def name_helper(uow: UnitOfWork, by: PersonId, forum_id: ForumId, person_id: PersonId, now: datetime) -> None:
    """Have somebody known help at the doors of a forum, and tell them.

    Raises NotAllowed, NotFound, or TooLate where the forum is over and for who helps already.
    """
    forum = _forum_to_help(uow, by, forum_id, now)
    uow.people.get(person_id)
    if not uow.doors.name_helper(forum.id, person_id, now):
        raise TooLate
    uow.audit.add(AuditLine(now, by, "name_helper", f"forum:{forum_id}", {"person": person_id}))
    if person_id != by:
        uow.notices.tell([person_id], HelperNamed(forum_id), f"helper_named:{forum_id}:{_moment(now)}", now)


def remove_helper(uow: UnitOfWork, by: PersonId, forum_id: ForumId, person_id: PersonId, now: datetime) -> None:
    """Have somebody help no more, and tell them; raises NotAllowed, NotFound, or TooLate for who does not help."""
    require_staff(uow, by)
    forum = uow.forums.get(forum_id)
    if not uow.doors.remove_helper(forum_id, person_id):
        raise TooLate
    uow.audit.add(AuditLine(now, by, "remove_helper", f"forum:{forum_id}", {"person": person_id}))
    if person_id != by and now < forum.ends_at:
        uow.notices.tell([person_id], HelperRemoved(forum_id), f"helper_removed:{forum_id}:{_moment(now)}", now)


def helpers_of(uow: UnitOfWork, by: PersonId, forum_id: ForumId) -> list[Person]:
    """Give who helps at a forum, in the order in which they were named; raises NotAllowed or NotFound."""
    require_staff(uow, by)
    uow.forums.get(forum_id)
    return [uow.people.get(person_id) for person_id in uow.doors.helpers(forum_id)]


def make_helper_link(uow: UnitOfWork, by: PersonId, forum_id: ForumId, now: datetime) -> str:
    """Give the code of the link by which helpers come, made now where there is none.

    Raises NotAllowed, NotFound or TooLate.
    """
    forum = _forum_to_help(uow, by, forum_id, now)
    code = uow.doors.helper_code(forum.id)
    if code is None:
        code = secrets.token_urlsafe(CODE_BYTES)
        uow.doors.put_helper_code(forum.id, code)
        uow.audit.add(AuditLine(now, by, "make_helper_link", f"forum:{forum_id}"))
    return code


def withdraw_helper_link(uow: UnitOfWork, by: PersonId, forum_id: ForumId, now: datetime) -> None:
    """Have the link bring nobody any more; who came by it stays. Raises NotAllowed, or TooLate where there is none."""
    require_staff(uow, by)
    if not uow.doors.drop_helper_code(forum_id):
        raise TooLate
    uow.audit.add(AuditLine(now, by, "withdraw_helper_link", f"forum:{forum_id}"))


def come_as_helper(uow: UnitOfWork, person_id: PersonId, code: str, now: datetime) -> Forum:
    """Help at the forum of a link from now on; raises NotFound for one that leads nowhere, TooLate once it is over."""
    forum_id = uow.doors.forum_of_helper_code(code)
    if forum_id is None:
        raise NotFound
    forum = _still_to_be_held(uow.forums.get(forum_id), now)
    if uow.doors.name_helper(forum_id, person_id, now):
        uow.audit.add(AuditLine(now, person_id, "come_as_helper", f"forum:{forum_id}"))
    return forum


def _forum_to_help(uow: UnitOfWork, by: PersonId, forum_id: ForumId, now: datetime) -> Forum:
    require_staff(uow, by)
    return _still_to_be_held(uow.forums.get(forum_id), now)


def _still_to_be_held(forum: Forum, now: datetime) -> Forum:
    if forum.state is not ForumState.PLANNED or forum.ends_at <= now:
        raise TooLate
    return forum


def _moment(now: datetime) -> str:
    return f"{now:%Y%m%dT%H%M%S%f}"
