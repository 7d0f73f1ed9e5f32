from datetime import timedelta

from programme.groups import Group
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition

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
