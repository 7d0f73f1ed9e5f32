"""Edit what a forum says of itself: only another place is told to those registered, nobody is told the rest."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.forums import FORUM_PLACE_MAX, FORUM_PROGRAMME_MAX, FORUM_TITLE_MAX, Forum
from programme.ids import ForumId, PersonId
from programme.ports import UnitOfWork
from programme.texts import checked_line, checked_text
from programme.usecases.change_forum import changeable_forum, keep_moved
from programme.usecases.plan_forum import check_window


def retitle_forum(uow: UnitOfWork, by: PersonId, forum_id: ForumId, title: str, now: datetime) -> Forum:
    """Give a forum another title; raises what `changeable_forum` does, or NotWellFormed."""
    forum = changeable_forum(uow, by, forum_id, now)
    return _keep(uow, by, forum, replace(forum, title=checked_line(title, "title", FORUM_TITLE_MAX)), now)


def rewrite_programme(uow: UnitOfWork, by: PersonId, forum_id: ForumId, programme: str, now: datetime) -> Forum:
    """Give a forum another programme, or none; raises what `changeable_forum` does, or NotWellFormed."""
    forum = changeable_forum(uow, by, forum_id, now)
    text = checked_text(programme, "programme", FORUM_PROGRAMME_MAX, may_be_empty=True)
    return _keep(uow, by, forum, replace(forum, programme=text), now)


def relocate_forum(
    uow: UnitOfWork, by: PersonId, forum_id: ForumId, place: str, now: datetime, zone: ZoneInfo
) -> Forum:
    """Give a forum another place, and tell everybody registered; raises what `changeable_forum` does, or NotWellFormed.

    Days with a place of their own keep it.
    """
    forum = changeable_forum(uow, by, forum_id, now)
    return keep_moved(uow, by, forum, replace(forum, place=checked_line(place, "place", FORUM_PLACE_MAX)), now, zone)


def change_window(
    uow: UnitOfWork,
    by: PersonId,
    forum_id: ForumId,
    opens_at: datetime | None,
    closes_at: datetime | None,
    now: datetime,
) -> Forum:
    """Say from when and until when people register; None is at once, and until the start.

    Who is registered stays so. Raises what `changeable_forum` does, or WindowMisplaced.
    """
    forum = changeable_forum(uow, by, forum_id, now)
    check_window(opens_at, closes_at, forum.starts_at)
    return _keep(uow, by, forum, replace(forum, opens_at=opens_at, closes_at=closes_at), now)


def _keep(uow: UnitOfWork, by: PersonId, forum: Forum, edited: Forum, now: datetime) -> Forum:
    if edited != forum:
        uow.forums.save(edited)
        uow.audit.add(AuditLine(now, by, "edit_forum", f"forum:{forum.id}"))
    return edited
