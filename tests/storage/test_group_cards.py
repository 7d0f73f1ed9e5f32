"""Cards in groups: said once, changed in place, seldom enough however often they are to change."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from programme.coalitions import Coalition
from programme.groups import CARD_SPACING, CardKind, Group, GroupCard, GroupChat
from storage.outbox import Outbox, Outgoing, Sent
from storage.tables.delivery import anchors, outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, joins, person
from tests.storage.help_asked import help_asked

GROUP, FORUM = -4_001, -1_002_000_000_001
CARD = GroupCard(CardKind.MEETING, 7)
SHOWN = {"card": "meeting", "subject": 7}
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def toits(uow: SqlUnitOfWork) -> Coalition:
    return coalition(uow, "Toits")


def waiting(connection: Connection) -> list[tuple[int, int | None, dict[str, Any], datetime]]:
    """What waits to be sent: where to, what, and when."""
    statement = select(outbox).where(outbox.c.state == "waiting").order_by(outbox.c.id)
    return [(row.chat_id, row.thread_id, row.content, row.due_at) for row in connection.execute(statement)]


def send(connection: Connection, now: datetime, message_id: int) -> Outgoing:
    """Send what is due first, as the sender does."""
    box = Outbox(connection)
    (first, *_) = box.claim_due(now, "a", now + A_SECOND, 1)
    box.sent([Sent(first, message_id)], now)
    return first


def test_a_card_holds_what_it_shows_and_not_its_text(uow: SqlUnitOfWork, connection: Connection) -> None:
    topic = Group(FORUM, 17, coalition(uow, "Toits").id)

    uow.group_cards.show(CARD, topic, NOW)

    assert (waiting(connection), uow.group_cards.places(CARD)) == ([(FORUM, 17, SHOWN, NOW)], [topic])
    assert send(connection, NOW, 100).anchor == "card:meeting:7"


def test_a_card_is_said_anew_at_the_end_and_deleted_above(
    uow: SqlUnitOfWork, connection: Connection, toits: Coalition
) -> None:
    group = Group(GROUP, None, toits.id)
    uow.group_cards.show(CARD, group, NOW)
    send(connection, NOW, 100)

    uow.group_cards.show(CARD, group, NOW + A_SECOND)

    assert [content for _, _, content, _ in waiting(connection)] == [{"delete": True, "message_id": 100}, SHOWN]
    assert (connection.execute(select(anchors)).all(), uow.group_cards.places(CARD)) == ([], [group])


def test_a_card_changes_wherever_it_stands_and_nowhere_else(
    uow: SqlUnitOfWork, connection: Connection, toits: Coalition
) -> None:
    other = GroupCard(CardKind.MEETING, 8)
    for group in (Group(GROUP, None, toits.id), Group(FORUM, 17, toits.id)):
        uow.group_cards.show(CARD, group, NOW)
        send(connection, NOW, 100)
    uow.group_cards.show(other, Group(GROUP, None, toits.id), NOW)
    send(connection, NOW, 101)
    later = NOW + timedelta(minutes=1)

    uow.group_cards.refresh(CARD, later)
    uow.group_cards.refresh(GroupCard(CardKind.VOTE, 7), later)

    assert waiting(connection) == [(FORUM, 17, SHOWN, later), (GROUP, None, SHOWN, later)]


def test_many_changes_within_ten_seconds_are_few_messages(
    uow: SqlUnitOfWork, connection: Connection, toits: Coalition
) -> None:
    uow.group_cards.show(CARD, Group(GROUP, None, toits.id), NOW)
    send(connection, NOW, 100)
    sent = []
    for tenth in range(100):
        now = NOW + timedelta(seconds=tenth / 10)
        while any(due_at <= now for *_, due_at in waiting(connection)):
            send(connection, now, 100)
            sent.append(now)
        uow.group_cards.refresh(CARD, now)
        assert len(waiting(connection)) <= 1

    assert sent == [NOW + CARD_SPACING, NOW + 2 * CARD_SPACING]
    assert waiting(connection) == [(GROUP, None, SHOWN, NOW + 3 * CARD_SPACING)]


def test_a_change_while_the_card_is_in_the_air_is_not_lost(
    uow: SqlUnitOfWork, connection: Connection, toits: Coalition
) -> None:
    uow.group_cards.show(CARD, Group(GROUP, None, toits.id), NOW)
    Outbox(connection).claim_due(NOW, "a", NOW + A_SECOND, 1)

    uow.group_cards.refresh(CARD, NOW)

    assert waiting(connection) == [(GROUP, None, SHOWN, NOW + CARD_SPACING)]


def test_a_pin_that_waits_keeps_no_change_back(uow: SqlUnitOfWork, connection: Connection, toits: Coalition) -> None:
    group = Group(GROUP, None, toits.id)
    uow.group_cards.show(CARD, group, NOW)
    send(connection, NOW, 100)

    uow.group_cards.unpin(CARD, group, NOW)
    uow.group_cards.refresh(CARD, NOW)

    assert [content for _, _, content, _ in waiting(connection)] == [{"pin": False}, SHOWN]
    assert send(connection, NOW, 100).anchor_message_id == 100


def test_a_card_is_pinned_once_in_each_group_and_taken_off_in_time(
    uow: SqlUnitOfWork, connection: Connection, toits: Coalition
) -> None:
    evening = NOW + timedelta(hours=9)
    for chat in (GROUP, GROUP, FORUM):
        uow.group_cards.pin(CARD, Group(chat, None, toits.id), NOW, until=evening, once="7:0")

    assert waiting(connection) == [
        (GROUP, None, {"pin": True}, NOW),
        (GROUP, None, {"pin": False}, evening),
        (FORUM, None, {"pin": True}, NOW),
        (FORUM, None, {"pin": False}, evening),
    ]


@pytest.mark.parametrize(("present", "may_write"), [(False, False), (True, False)])
def test_where_the_bot_may_not_write_no_card_is_sent(
    uow: SqlUnitOfWork, connection: Connection, toits: Coalition, *, present: bool, may_write: bool
) -> None:
    group = Group(GROUP, None, toits.id)
    uow.group_cards.show(CARD, group, NOW)
    send(connection, NOW, 100)
    uow.groups.put_chat(GroupChat(GROUP, "Toits", present=present, may_write=may_write), NOW)

    uow.group_cards.refresh(CARD, NOW + CARD_SPACING)
    uow.group_cards.show(GroupCard(CardKind.STEPS, toits.id), group, NOW)

    assert (waiting(connection), uow.group_cards.places(CARD)) == ([], [])
    uow.groups.put_chat(GroupChat(GROUP, "Toits", present=True, may_write=True), NOW)
    assert uow.group_cards.places(CARD) == uow.group_cards.places(GroupCard(CardKind.STEPS, toits.id)) == [group]


def test_a_card_of_a_lost_topic_is_said_in_the_general_one(
    uow: SqlUnitOfWork, connection: Connection, toits: Coalition
) -> None:
    uow.groups.bind(Group(FORUM, 17, toits.id), NOW)
    lost = uow.groups.lose_topic(FORUM, 17)
    assert lost is not None

    uow.group_cards.show(CARD, lost, NOW)

    assert waiting(connection) == [(FORUM, None, SHOWN, NOW)]
    assert uow.group_cards.places(CARD) == [Group(FORUM, None, toits.id)]


def test_the_cards_of_a_coalition_are_found(uow: SqlUnitOfWork, toits: Coalition) -> None:
    eau = coalition(uow, "Eau")
    cards = [GroupCard(kind, subject) for kind, subject in ((CardKind.MEETING, 7), (CardKind.STEPS, toits.id))]
    for chat in (GROUP, FORUM):
        for card in cards:
            uow.group_cards.show(card, Group(chat, None, toits.id), NOW)
    uow.group_cards.show(GroupCard(CardKind.MEETING, 8), Group(FORUM, 17, eau.id), NOW)

    assert uow.group_cards.standing(toits.id) == cards


def test_the_cards_that_may_name_somebody_are_found(uow: SqlUnitOfWork, toits: Coalition) -> None:
    eau, lea, sam = coalition(uow, "Eau"), person(uow, "Léa"), person(uow, "Sam")
    joins(uow, lea, toits)
    request = help_asked(uow, eau, by=sam)
    theirs, asked = GroupCard(CardKind.MEETING, 7), GroupCard(CardKind.SUPPORT, request.id)
    uow.group_cards.show(theirs, Group(GROUP, None, toits.id), NOW)
    uow.group_cards.show(asked, Group(FORUM, None, eau.id), NOW)

    assert [uow.group_cards.naming(who.id) for who in (lea, sam)] == [[theirs], [asked]]
