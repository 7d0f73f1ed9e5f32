from datetime import datetime, timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, TooLate
from programme.ids import PersonId
from programme.notices import HelperNamed, HelperRemoved
from programme.usecases.change_forum import cancel_forum
from programme.usecases.name_helper import (
    come_as_helper,
    helpers_of,
    make_helper_link,
    name_helper,
    remove_helper,
    withdraw_helper_link,
)
from tests.programme.usecases.gathering import ENDS_AT, Gathering, gather
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW


@pytest.fixture
def gathering(town: Town) -> Gathering:
    return gather(town)


def test_who_is_named_helps_and_is_told_and_so_is_who_is_taken_off(gathering: Gathering) -> None:
    town, forum = gathering.town, gathering.forum
    name_helper(town.uow, town.staff.id, forum.id, town.member.id, NOW)
    name_helper(town.uow, town.staff.id, forum.id, town.stranger.id, NOW + timedelta(hours=1))
    assert helpers_of(town.uow, town.staff.id, forum.id) == [town.member, town.stranger]

    remove_helper(town.uow, town.staff.id, forum.id, town.member.id, NOW)

    assert helpers_of(town.uow, town.staff.id, forum.id) == [town.stranger]
    assert town.told() == [
        ("Léa", HelperNamed(forum.id)),
        ("Sam", HelperNamed(forum.id)),
        ("Léa", HelperRemoved(forum.id)),
    ]
    about = f"forum:{forum.id}"
    assert town.audited()[-3:] == [
        AuditLine(NOW, town.staff.id, "name_helper", about, {"person": town.member.id}),
        AuditLine(NOW + timedelta(hours=1), town.staff.id, "name_helper", about, {"person": town.stranger.id}),
        AuditLine(NOW, town.staff.id, "remove_helper", about, {"person": town.member.id}),
    ]


def test_naming_twice_or_taking_off_who_does_not_help_changes_nothing(gathering: Gathering) -> None:
    town, forum = gathering.town, gathering.forum
    name_helper(town.uow, town.staff.id, forum.id, town.member.id, NOW)

    with pytest.raises(TooLate):
        name_helper(town.uow, town.staff.id, forum.id, town.member.id, NOW)
    with pytest.raises(TooLate):
        remove_helper(town.uow, town.staff.id, forum.id, town.stranger.id, NOW)
    with pytest.raises(NotFound):
        name_helper(town.uow, town.staff.id, forum.id, PersonId(404), NOW)


def test_whoever_opens_the_link_helps_until_it_is_withdrawn(gathering: Gathering) -> None:
    town, forum = gathering.town, gathering.forum
    code = make_helper_link(town.uow, town.staff.id, forum.id, NOW)
    assert make_helper_link(town.uow, town.staff.id, forum.id, NOW) == code

    for _ in range(2):
        assert come_as_helper(town.uow, town.member.id, code, NOW) == forum
    withdraw_helper_link(town.uow, town.staff.id, forum.id, NOW)

    with pytest.raises(NotFound):
        come_as_helper(town.uow, town.stranger.id, code, NOW)
    with pytest.raises(TooLate):
        withdraw_helper_link(town.uow, town.staff.id, forum.id, NOW)
    assert helpers_of(town.uow, town.staff.id, forum.id) == [town.member]
    assert [line.deed for line in town.audited()][-3:] == ["make_helper_link", "come_as_helper", "withdraw_helper_link"]
    assert make_helper_link(town.uow, town.staff.id, forum.id, NOW) != code


@pytest.mark.parametrize("over", ["ended", "cancelled"])
def test_nobody_helps_at_what_is_over(gathering: Gathering, over: str) -> None:
    town, forum = gathering.town, gathering.forum
    code = make_helper_link(town.uow, town.staff.id, forum.id, NOW)
    now: datetime = ENDS_AT if over == "ended" else NOW
    if over == "cancelled":
        cancel_forum(town.uow, town.staff.id, forum.id, NOW)

    with pytest.raises(TooLate):
        name_helper(town.uow, town.staff.id, forum.id, town.member.id, now)
    with pytest.raises(TooLate):
        make_helper_link(town.uow, town.staff.id, forum.id, now)
    with pytest.raises(TooLate):
        come_as_helper(town.uow, town.member.id, code, now)


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_only_the_team_names_helpers(gathering: Gathering, role: str) -> None:
    town, forum, who = gathering.town, gathering.forum, gathering.town.who(role).id
    name_helper(town.uow, town.staff.id, forum.id, town.member.id, NOW)
    for refused in (
        lambda: name_helper(town.uow, who, forum.id, town.stranger.id, NOW),
        lambda: remove_helper(town.uow, who, forum.id, town.member.id, NOW),
        lambda: make_helper_link(town.uow, who, forum.id, NOW),
        lambda: withdraw_helper_link(town.uow, who, forum.id, NOW),
        lambda: helpers_of(town.uow, who, forum.id),
    ):
        with pytest.raises(NotAllowed):
            refused()
