"""The statements of announcements: their rows, and their deliveries, which are rows of the outbox."""

from typing import Final

from sqlalchemy import and_, bindparam, case, func, insert, or_, select, update

from programme.announcements import AnnouncementState
from storage.outbox_statements import UNCLAIMED, state_is
from storage.tables.announcements import announcements
from storage.tables.delivery import outbox
from storage.tables.groups import group_chats
from storage.tables.programme import organisations, people

STOPPED: Final = "stopped"
"""Why a delivery waits whose announcement was stopped while it was on its way."""

BY_ID: Final = select(announcements).where(announcements.c.id == bindparam("announcement"))
ADD: Final = insert(announcements)
SAVE: Final = update(announcements).where(
    announcements.c.id == bindparam("announcement"), announcements.c.version == bindparam("was_version")
)
LATEST: Final = select(announcements).order_by(announcements.c.id.desc())
DUE: Final = (
    select(announcements)
    .where(announcements.c.state == AnnouncementState.SCHEDULED, announcements.c.due_at <= bindparam("now"))
    .order_by(announcements.c.due_at, announcements.c.id)
    .limit(1)
)
NEXT_DUE: Final = select(func.min(announcements.c.due_at)).where(announcements.c.state == AnnouncementState.SCHEDULED)
TO_APPROVE: Final = (
    select(announcements).where(announcements.c.state == AnnouncementState.TO_APPROVE).order_by(announcements.c.id)
)
SENDING: Final = (
    select(announcements).where(announcements.c.state == AnnouncementState.SENDING).order_by(announcements.c.id)
)
_ITS_DELIVERIES: Final = outbox.c.announcement_id == bindparam("announcement")
_LEFT: Final = or_(state_is("waiting"), state_is("held"), state_is("sending"))
UNFINISHED: Final = select(outbox.c.id).where(_ITS_DELIVERIES, _LEFT).limit(1)
ON_THE_WAY: Final = select(outbox.c.id).where(_ITS_DELIVERIES, state_is("sending")).limit(1)
HOLD: Final = update(outbox).where(_ITS_DELIVERIES, state_is("waiting")).values(state="held")
RELEASE: Final = (
    update(outbox)
    .where(_ITS_DELIVERIES, or_(state_is("held"), and_(state_is("waiting"), outbox.c.reason == STOPPED)))
    .values(
        UNCLAIMED
        | {
            "first_tried_at": None,
            "reason": None,
            "due_at": case(
                (outbox.c.reason == STOPPED, bindparam("now", type_=outbox.c.due_at.type)), else_=outbox.c.due_at
            ),
        }
    )
)
DROP: Final = (
    update(outbox)
    .where(_ITS_DELIVERIES, or_(state_is("waiting"), state_is("held")))
    .values(
        state="skipped", content={}, reason="withdrawn", finished_at=bindparam("now", type_=outbox.c.finished_at.type)
    )
)
DELIVERED: Final = (
    select(
        outbox.c.id, outbox.c.chat_id, outbox.c.thread_id, outbox.c.person_id, outbox.c.message_id, outbox.c.finished_at
    )
    .where(_ITS_DELIVERIES, state_is("sent"), outbox.c.message_id.is_not(None))
    .order_by(outbox.c.id)
)
TALLIES: Final = (
    select(outbox.c.state, outbox.c.reason, func.count().label("number"))
    .where(_ITS_DELIVERIES)
    .group_by(outbox.c.state, outbox.c.reason)
)
DELIVERIES: Final = (
    select(
        outbox.c.chat_id,
        outbox.c.person_id,
        outbox.c.state,
        outbox.c.reason,
        outbox.c.finished_at,
        people.c.name,
        organisations.c.name.label("organisation"),
        group_chats.c.title,
    )
    .outerjoin(people, people.c.id == outbox.c.person_id)
    .outerjoin(organisations, organisations.c.id == people.c.organisation_id)
    .outerjoin(group_chats, group_chats.c.chat_id == outbox.c.chat_id)
    .where(_ITS_DELIVERIES)
    .order_by(outbox.c.id)
)
PROGRESS_WAITING: Final = select(outbox.c.content).where(
    state_is("waiting"), outbox.c.chat_id == bindparam("chat"), outbox.c.anchor == bindparam("named")
)
CHAT_OF: Final = select(people.c.telegram_id).where(people.c.id == bindparam("person"))
NOTE_PROGRESS: Final = (
    update(announcements)
    .where(announcements.c.id == bindparam("announcement"))
    .values(progress_at=bindparam("at", type_=announcements.c.progress_at.type))
)
