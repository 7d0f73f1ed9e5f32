"""Notices about groups: said as long as they are true, to who facilitates."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.territory_file import load_territory
from handlers.notices import Reader, Untrue, render_notice
from handlers.screen import Screen
from locales import language_for
from programme.groups import Group, GroupChat
from programme.notices import GroupOutOfReach, TopicLost
from tests.programme.usecases.town import Town, found
from tests.storage.brest import NOW
from tests.storage.conftest import connection
from tests.world import plain_spaces

__all__ = ["connection"]

CHAT, TOPIC = -1001, 7
SILENCED = GroupChat(CHAT, "Toits de Brest", present=True, may_write=False)
FRENCH = language_for("fr")
BREST = load_territory(Path("territories/brest.toml"))


@pytest.fixture
def town(connection: Connection) -> Town:
    """A town whose coalition talks in a topic of a group in which the bot may not write."""
    made = found(connection)
    made.uow.groups.bind(Group(CHAT, TOPIC, made.toits.id), NOW)
    made.uow.groups.put_chat(SILENCED, NOW)
    return made


def told(town: Town, role: str, notice: GroupOutOfReach | TopicLost) -> Screen | str:
    try:
        return render_notice(notice, Reader(town.who(role), FRENCH, BREST, NOW, town.uow))
    except Untrue as untrue:
        return untrue.reason


def first_line(shown: Screen | str) -> str:
    return plain_spaces(shown if isinstance(shown, str) else str(shown.text.striptags())).split(".")[0]


def test_group_out_of_reach_is_told_as_it_is_now(town: Town) -> None:
    notice = GroupOutOfReach(town.toits.id, CHAT)
    may_not = "Je n’ai plus le droit d’écrire dans le groupe de la coalition « Toits solaires »"
    assert [first_line(told(town, role, notice)) for role in ("facilitator", "member")] == [
        may_not,
        "no longer facilitates",
    ]

    town.uow.groups.put_chat(replace(SILENCED, present=False), NOW)
    assert first_line(told(town, "facilitator", notice)) == (
        "Je ne suis plus dans le groupe de la coalition « Toits solaires »"
    )


def test_group_that_is_in_reach_again_or_somebody_elses_is_not_told_of(town: Town) -> None:
    notice = GroupOutOfReach(town.toits.id, CHAT)
    town.uow.groups.put_chat(replace(SILENCED, may_write=True), NOW)
    assert told(town, "facilitator", notice) == "in reach again"

    town.uow.groups.move(CHAT, CHAT - 1)
    assert told(town, "facilitator", notice) == "no longer in this group"


def test_lost_topic_is_told_until_the_coalition_has_another_place(town: Town) -> None:
    notice = TopicLost(town.toits.id, CHAT)
    assert told(town, "facilitator", notice) == "bound anew"

    town.uow.groups.lose_topic(CHAT, TOPIC)
    assert first_line(told(town, "facilitator", notice)) == (
        "Le sujet de la coalition « Toits solaires » a été supprimé de son groupe"
    )
    assert told(town, "stranger", notice) == "no longer facilitates"

    town.uow.groups.bind(Group(CHAT, TOPIC + 1, town.toits.id), NOW)
    assert told(town, "facilitator", notice) == "bound anew"
