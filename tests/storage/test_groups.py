from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from programme.groups import CardKind, Group, GroupCard, GroupChat
from storage.outbox import NewOutgoing, Outbox, Sent
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, person
from tests.storage.help_asked import help_asked

GROUP, SUPERGROUP = -4_001, -1_002_000_000_001
LATER = NOW + timedelta(hours=1)


def test_a_topic_is_bound_by_itself_or_with_its_whole_group(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    whole, topic = Group(SUPERGROUP, None, toits.id), Group(SUPERGROUP, 17, eau.id)
    uow.groups.bind(topic, NOW)
    assert uow.groups.of_chat(SUPERGROUP, None) is None
    assert uow.groups.of_chat(SUPERGROUP, 18) is None

    uow.groups.bind(whole, NOW)

    assert uow.groups.of_chat(SUPERGROUP, 17) == topic
    assert uow.groups.of_chat(SUPERGROUP, 18) == whole
    assert uow.groups.of_chat(SUPERGROUP, None) == whole
    assert uow.groups.of_chat(GROUP, 17) is None


def test_a_new_binding_takes_the_place_of_the_one_before(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    uow.groups.bind(Group(GROUP, None, toits.id), NOW)
    uow.groups.bind(Group(SUPERGROUP, 17, eau.id), NOW)

    uow.groups.bind(Group(GROUP, None, eau.id), LATER)

    assert uow.groups.of_chat(GROUP, None) == Group(GROUP, None, eau.id)
    assert uow.groups.of_coalition(toits.id) == []
    assert uow.groups.of_coalition(eau.id) == [Group(SUPERGROUP, 17, eau.id), Group(GROUP, None, eau.id)]


def test_a_group_that_becomes_a_supergroup_keeps_its_bindings(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    uow.groups.bind(Group(GROUP, None, toits.id), NOW)
    uow.groups.bind(Group(GROUP, 17, eau.id), NOW)

    uow.groups.move(GROUP, SUPERGROUP)

    assert uow.groups.of_chat(GROUP, 17) is None
    assert uow.groups.of_coalition(toits.id) == [Group(SUPERGROUP, None, toits.id)]
    assert uow.groups.of_coalition(eau.id) == [Group(SUPERGROUP, 17, eau.id)]


def test_what_is_bound_in_the_supergroup_already_stays(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    uow.groups.bind(Group(GROUP, None, toits.id), NOW)
    uow.groups.bind(Group(SUPERGROUP, None, eau.id), LATER)

    for _ in range(2):
        uow.groups.move(GROUP, SUPERGROUP)

    assert uow.groups.of_chat(SUPERGROUP, None) == Group(SUPERGROUP, None, eau.id)
    assert uow.groups.of_chat(GROUP, None) is None


def test_a_coalition_talks_in_one_place_of_a_group(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    card = GroupCard(CardKind.STEPS, toits.id)
    whole, topic = Group(SUPERGROUP, None, toits.id), Group(SUPERGROUP, 17, toits.id)
    uow.groups.bind(Group(GROUP, None, toits.id), NOW)
    uow.groups.bind(Group(SUPERGROUP, 18, eau.id), NOW)
    uow.groups.bind(whole, NOW)
    uow.group_cards.show(card, whole, NOW)

    uow.groups.bind(topic, LATER)

    assert uow.groups.in_chat(SUPERGROUP) == [topic, Group(SUPERGROUP, 18, eau.id)]
    assert uow.groups.of_coalition(toits.id) == [Group(GROUP, None, toits.id), topic]
    assert uow.group_cards.places(card) == [topic]


def test_cards_of_a_coalition_that_left_the_group_are_no_longer_changed(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    here, there = Group(GROUP, None, toits.id), Group(SUPERGROUP, None, toits.id)
    card = GroupCard(CardKind.STEPS, toits.id)
    for group in (here, there):
        uow.groups.bind(group, NOW)
        uow.group_cards.show(card, group, NOW)

    uow.groups.bind(replace(here, coalition_id=eau.id), LATER)

    assert uow.group_cards.places(card) == [there]


def test_what_belongs_to_a_lost_topic_goes_to_the_general_one(uow: SqlUnitOfWork) -> None:
    toits, lea = coalition(uow, "Toits"), person(uow, "Léa")
    topic, card = Group(SUPERGROUP, 17, toits.id), GroupCard(CardKind.STEPS, toits.id)
    uow.groups.bind(topic, NOW)
    uow.group_cards.show(card, topic, NOW)
    request = help_asked(uow, toits, by=lea, chat_id=SUPERGROUP, thread_id=17)

    lost = [uow.groups.lose_topic(SUPERGROUP, thread) for thread in (17, 17, 18)]

    gone = replace(topic, lost=True)
    assert (lost, uow.groups.of_chat(SUPERGROUP, 17)) == ([gone, None, None], gone)
    assert uow.group_cards.places(card) == [Group(SUPERGROUP, None, toits.id)]
    assert uow.support.get(request.id).thread_id is None

    uow.groups.bind(Group(SUPERGROUP, 19, toits.id), LATER)
    assert uow.groups.in_chat(SUPERGROUP) == [Group(SUPERGROUP, 19, toits.id)]


def test_what_is_known_of_a_group_is_kept_anew(uow: SqlUnitOfWork) -> None:
    before = GroupChat(SUPERGROUP, "Toits de Brest", present=True, may_write=True)
    after = GroupChat(SUPERGROUP, "Toits", present=True, may_write=False, may_pin=True)
    assert uow.groups.chat(SUPERGROUP) is None

    for known in (before, after):
        uow.groups.put_chat(known, NOW)
        assert uow.groups.chat(SUPERGROUP) == known


def test_bindings_of_a_group_are_forgotten_together(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    for group in (Group(GROUP, 17, toits.id), Group(GROUP, 18, eau.id), Group(SUPERGROUP, None, toits.id)):
        uow.groups.bind(group, NOW)

    uow.groups.unbind(GROUP)

    assert (uow.groups.in_chat(GROUP), len(uow.groups.in_chat(SUPERGROUP))) == ([], 1)


def test_everything_moves_with_a_group_that_becomes_a_supergroup(uow: SqlUnitOfWork, connection: Connection) -> None:
    toits, lea, box = coalition(uow, "Toits"), person(uow, "Léa"), Outbox(connection)
    group, card = Group(GROUP, None, toits.id), GroupCard(CardKind.STEPS, toits.id)
    known = GroupChat(GROUP, "Toits", present=True, may_write=True, may_pin=True)
    uow.groups.bind(group, NOW)
    uow.groups.put_chat(known, NOW)
    uow.group_cards.show(card, group, NOW)
    request = help_asked(uow, toits, by=lea, chat_id=GROUP)
    (said,) = box.claim_due(NOW, "a", LATER, 9)
    box.sent([Sent(said, 100)], NOW)
    box.add(NewOutgoing(GROUP, {"text": "answer", "quotes": 7}), NOW)
    uow.group_cards.refresh(card, LATER)

    for _ in range(2):
        uow.groups.move(GROUP, SUPERGROUP)

    assert uow.groups.in_chat(SUPERGROUP) == [replace(group, chat_id=SUPERGROUP)]
    assert (uow.groups.chat(GROUP), uow.groups.chat(SUPERGROUP)) == (None, replace(known, chat_id=SUPERGROUP))
    assert uow.group_cards.places(card) == [replace(group, chat_id=SUPERGROUP)]
    assert uow.support.get(request.id).chat_id == SUPERGROUP
    assert [(one.chat_id, one.content, one.anchor_message_id) for one in box.claim_due(LATER, "a", LATER, 9)] == [
        (SUPERGROUP, {"text": "answer"}, None)
    ]


def test_what_is_known_of_the_supergroup_already_stays(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    card = GroupCard(CardKind.STEPS, toits.id)
    for chat_id in (GROUP, SUPERGROUP):
        group = Group(chat_id, None, toits.id)
        uow.groups.bind(group, NOW)
        uow.group_cards.show(card, group, NOW)
        uow.groups.put_chat(GroupChat(chat_id, str(chat_id), present=True, may_write=True), NOW)

    uow.groups.move(GROUP, SUPERGROUP)

    assert uow.groups.chat(SUPERGROUP) == GroupChat(SUPERGROUP, str(SUPERGROUP), present=True, may_write=True)
    assert uow.group_cards.places(card) == [Group(SUPERGROUP, None, toits.id)]
