from datetime import timedelta

import pytest

from programme.groups import Group, GroupChat
from programme.notices import GroupOutOfReach, TopicLost
from programme.usecases.note_presence import lose_topic, may_write_again, note_out_of_reach, note_presence
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

LATER = NOW + timedelta(hours=1)
CHAT, TOPIC = -1001, 7
WELL = GroupChat(CHAT, "Toits de Brest", present=True, may_write=True)
SILENCED = GroupChat(CHAT, "Toits de Brest", present=True, may_write=False)
REMOVED = GroupChat(CHAT, "Toits de Brest", present=False, may_write=False)


def binds(town: Town) -> GroupOutOfReach:
    town.uow.groups.bind(Group(CHAT, None, town.toits.id), NOW)
    return GroupOutOfReach(town.toits.id, CHAT)


@pytest.mark.parametrize("after", [SILENCED, REMOVED])
def test_who_facilitates_is_told_once_each_time_the_group_gets_out_of_reach(town: Town, after: GroupChat) -> None:
    told = ("Maude", binds(town))

    assert (note_presence(town.uow, WELL, NOW), town.told()) == (None, [])
    assert (note_presence(town.uow, after, NOW), town.told()) == (WELL, [told])
    note_presence(town.uow, REMOVED, LATER)
    assert (town.told(), town.uow.groups.chat(CHAT)) == ([told], REMOVED)

    note_presence(town.uow, WELL, LATER)
    note_presence(town.uow, after, LATER)
    assert town.told() == [told, told]


def test_each_coalition_of_the_group_has_its_own_told(town: Town) -> None:
    for thread, coalition in ((7, town.toits), (8, town.lagune)):
        town.uow.groups.bind(Group(CHAT, thread, coalition.id), NOW)

    note_presence(town.uow, REMOVED, NOW)

    assert town.told() == [
        ("Maude", GroupOutOfReach(town.toits.id, CHAT)),
        ("Sam", GroupOutOfReach(town.lagune.id, CHAT)),
    ]


def test_nobody_is_told_of_a_group_that_is_nobodys(town: Town) -> None:
    note_presence(town.uow, REMOVED, NOW)

    assert (town.told(), town.uow.groups.chat(CHAT)) == ([], REMOVED)


def test_a_refused_message_shows_that_the_bot_may_not_write(town: Town) -> None:
    told = ("Maude", binds(town))
    note_presence(town.uow, WELL, NOW)

    for _ in range(2):
        note_out_of_reach(town.uow, CHAT, LATER)

    assert (town.uow.groups.chat(CHAT), town.told()) == (SILENCED, [told])


def test_a_message_refused_in_a_group_of_which_nothing_is_known(town: Town) -> None:
    told = ("Maude", binds(town))

    note_out_of_reach(town.uow, CHAT, LATER)

    assert town.uow.groups.chat(CHAT) == GroupChat(CHAT, "", present=True, may_write=False)
    assert town.told() == [told]


def test_where_the_bot_might_write_again_it_is_asked_for_once_more(town: Town) -> None:
    assert may_write_again(town.uow, CHAT, NOW)
    note_presence(town.uow, SILENCED, NOW)

    assert [may_write_again(town.uow, CHAT, NOW) for _ in range(2)] == [False, True]


def test_a_lost_topic_is_told_once(town: Town) -> None:
    town.uow.groups.bind(Group(CHAT, TOPIC, town.toits.id), NOW)

    for thread in (TOPIC, TOPIC, TOPIC + 1):
        lose_topic(town.uow, CHAT, thread, LATER)

    assert town.told() == [("Maude", TopicLost(town.toits.id, CHAT))]
