"""The cards that stand in groups: said and changed through the outbox, where they hold what they show, not its text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, delete, or_, select, update

from programme.groups import CARD_SPACING, CardKind, Group, GroupCard
from programme.ids import CoalitionId, PersonId
from storage.engine import insert_new
from storage.notices import LANE
from storage.outbox import NewOutgoing, Outbox
from storage.outbox_statements import state_is
from storage.tables.delivery import anchors, outbox
from storage.tables.groups import group_cards, group_chats
from storage.tables.programme import memberships
from storage.tables.support import support_requests

NO_TOPIC: Final = 0
_OF_SUBJECT: Final = (group_cards.c.kind == bindparam("which"), group_cards.c.subject_id == bindparam("subject"))
STANDS: Final = (
    select(group_cards)
    .outerjoin(group_chats, group_chats.c.chat_id == group_cards.c.chat_id)
    .where(
        *_OF_SUBJECT,
        or_(group_chats.c.chat_id.is_(None), group_chats.c.present & group_chats.c.may_write),
    )
    .order_by(group_cards.c.chat_id)
)
SILENCED: Final = select(group_chats.c.chat_id).where(
    group_chats.c.chat_id == bindparam("chat"), ~(group_chats.c.present & group_chats.c.may_write)
)
PUT: Final = update(group_cards).where(*_OF_SUBJECT, group_cards.c.chat_id == bindparam("chat"))
OF_COALITION: Final = (
    select(group_cards.c.kind, group_cards.c.subject_id)
    .where(group_cards.c.coalition_id == bindparam("coalition"))
    .distinct()
    .order_by(group_cards.c.kind, group_cards.c.subject_id)
)
NAMING: Final = (
    select(group_cards.c.kind, group_cards.c.subject_id)
    .where(
        or_(
            group_cards.c.coalition_id.in_(
                select(memberships.c.coalition_id).where(memberships.c.person_id == bindparam("person"))
            ),
            and_(
                group_cards.c.kind == CardKind.SUPPORT,
                group_cards.c.subject_id.in_(
                    select(support_requests.c.id).where(
                        or_(
                            support_requests.c.asked_by == bindparam("person"),
                            support_requests.c.taken_by == bindparam("person"),
                        )
                    )
                ),
            ),
        )
    )
    .distinct()
    .order_by(group_cards.c.kind, group_cards.c.subject_id)
)
WAITING: Final = select(outbox.c.content).where(
    state_is("waiting"), outbox.c.chat_id == bindparam("chat"), outbox.c.anchor == bindparam("named")
)
STANDS_AS: Final = select(anchors.c.message_id).where(
    anchors.c.chat_id == bindparam("chat"), anchors.c.anchor == bindparam("named")
)
FORGET_PLACE: Final = delete(anchors).where(
    anchors.c.chat_id == bindparam("chat"), anchors.c.anchor == bindparam("named")
)


class SqlGroupCards:
    """The cards in groups."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._outbox = Outbox(connection)

    def show(self, card: GroupCard, group: Group, now: datetime) -> None:
        """Say a card in a group; where it stands there already, it is said anew at the end and deleted above.

        Where the bot may not write, it is said with its next change after it may again.
        """
        here = {"chat": group.chat_id, "named": card.anchor}
        silenced = self._connection.scalar(SILENCED, {"chat": group.chat_id}) is not None
        above = None if silenced else self._connection.scalar(STANDS_AS, here)
        if above is not None:
            self._outbox.add(NewOutgoing(group.chat_id, {"delete": True, "message_id": above}, LANE), now)
            self._connection.execute(FORGET_PLACE, here)
        values: dict[str, Any] = {
            "thread_id": NO_TOPIC if group.lost else group.thread_id or NO_TOPIC,
            "coalition_id": group.coalition_id,
            "changes_at": now,
        }
        place = {"chat_id": group.chat_id, "kind": card.kind, "subject_id": card.subject_id}
        if not insert_new(self._connection, group_cards, [{**place, **values}]):
            self._connection.execute(PUT, {**_subject(card), "chat": group.chat_id, **values})
        if not silenced:
            self._say(card, group, now)

    def refresh(self, card: GroupCard, now: datetime) -> None:
        """Have a card changed wherever it stands, soon and at most once in CARD_SPACING.

        What waits to be sent will show what is true then: nothing is added to it.
        """
        for row in self._connection.execute(STANDS, _subject(card)).mappings().all():
            chat = row[group_cards.c.chat_id]
            waiting = self._connection.scalars(WAITING, {"chat": chat, "named": card.anchor})
            if any("card" in content for content in waiting):
                continue
            due_at = max(now, row[group_cards.c.changes_at] + CARD_SPACING)
            self._connection.execute(PUT, {**_subject(card), "chat": chat, "changes_at": due_at})
            self._say(card, _group(row), now, due_at)

    def pin(self, card: GroupCard, group: Group, now: datetime, *, until: datetime, once: str) -> None:
        """Pin a card in a group, silently, once for each `once`, and take it off the top at `until`."""
        key = f"pin:{once}:{group.chat_id}"
        if self._outbox.add(NewOutgoing(group.chat_id, {"pin": True}, LANE, anchor=card.anchor, key=key), now):
            self._outbox.add(NewOutgoing(group.chat_id, {"pin": False}, LANE, anchor=card.anchor, due_at=until), now)

    def unpin(self, card: GroupCard, group: Group, now: datetime) -> None:
        """Take a pinned card off the top of a group."""
        self._outbox.add(NewOutgoing(group.chat_id, {"pin": False}, LANE, anchor=card.anchor), now)

    def standing(self, coalition_id: CoalitionId) -> Sequence[GroupCard]:
        """Give the cards that stand in groups of a coalition, by kind and subject."""
        rows = self._connection.execute(OF_COALITION, {"coalition": coalition_id})
        return [GroupCard(CardKind(row.kind), row.subject_id) for row in rows]

    def naming(self, person_id: PersonId) -> Sequence[GroupCard]:
        """Give the cards that may name a person: of coalitions they are or were in, and of help they deal with."""
        rows = self._connection.execute(NAMING, {"person": person_id})
        return [GroupCard(CardKind(row.kind), row.subject_id) for row in rows]

    def places(self, card: GroupCard) -> Sequence[Group]:
        """Give where a card stands."""
        return [_group(row) for row in self._connection.execute(STANDS, _subject(card)).mappings()]

    def _say(self, card: GroupCard, group: Group, now: datetime, due_at: datetime | None = None) -> None:
        content = {"card": card.kind.value, "subject": card.subject_id}
        thread = None if group.lost else group.thread_id
        self._outbox.add(NewOutgoing(group.chat_id, content, LANE, thread, anchor=card.anchor, due_at=due_at), now)


def _subject(card: GroupCard) -> dict[str, Any]:
    return {"which": card.kind, "subject": card.subject_id}


def _group(row: Any) -> Group:
    return Group(
        chat_id=row[group_cards.c.chat_id],
        thread_id=row[group_cards.c.thread_id] or None,
        coalition_id=row[group_cards.c.coalition_id],
    )
