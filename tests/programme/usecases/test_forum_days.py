from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from programme.errors import (
    EndsBeforeStart,
    InThePast,
    NotAllowed,
    NotFound,
    NotWellFormed,
    Outdated,
    OutOfRange,
    WindowMisplaced,
)
from programme.forums import DAY_PLACE_MAX, DAY_PROGRAMME_MAX, DAYS_MOST, Forum, ForumDay, days_of
from programme.leads import EventKind, Lead
from programme.notices import ForumMoved
from programme.usecases.change_forum import ForumMove, move_forum
from programme.usecases.edit_forum import change_window
from programme.usecases.forum_days import DayPlan, add_day, change_day, remove_day
from tests.programme.usecases.gathering import ENDS_AT, STARTS_AT, Gathering, gather
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

DAY = timedelta(days=1)
NEXT_DAY = DayPlan(STARTS_AT + DAY, ENDS_AT + DAY, "Le Quartz", "10 h : ateliers")
FIRST = ForumDay(1, STARTS_AT, ENDS_AT)
SECOND = ForumDay(2, STARTS_AT + DAY, ENDS_AT + DAY, "Le Quartz", "10 h : ateliers")


@pytest.fixture
def gathering(town: Town) -> Gathering:
    """Léa has the one place, Sam waits."""
    gathering = gather(town, places=1)
    gathering.come("Léa", "Sam")
    return gathering


def adds(gathering: Gathering, plan: DayPlan = NEXT_DAY) -> Forum:
    town = gathering.town
    gathering.forum = add_day(town.uow, town.staff.id, gathering.forum.id, plan, NOW, PARIS)
    return gathering.forum


def changes(gathering: Gathering, number: int, plan: DayPlan) -> Forum:
    town = gathering.town
    gathering.forum = change_day(town.uow, town.staff.id, gathering.forum.id, number, plan, NOW, PARIS)
    return gathering.forum


def removes(gathering: Gathering, number: int) -> Forum:
    town, forum = gathering.town, gathering.forum
    gathering.forum = remove_day(town.uow, town.staff.id, forum.id, number, forum.version, NOW, PARIS)
    return gathering.forum


def told(gathering: Gathering, *versions: int) -> list[tuple[str, ForumMoved]]:
    return [(name, ForumMoved(gathering.forum.id, version)) for version in versions for name in ("Léa", "Sam")]


def test_a_day_more_makes_a_forum_of_several_and_is_told_once(gathering: Gathering) -> None:
    before = gathering.forum

    adds(gathering)

    assert days_of(before) == (FIRST,)
    assert gathering.forum == replace(before, ends_at=ENDS_AT + DAY, version=1, days=(FIRST, SECOND))
    assert gathering.town.uow.forums.get(before.id) == gathering.forum
    assert gathering.told == told(gathering, 1)


def test_an_earlier_day_comes_first_and_reminders_count_from_it(gathering: Gathering) -> None:
    town = gathering.town

    forum = adds(gathering, replace(NEXT_DAY, starts_at=STARTS_AT - DAY, ends_at=ENDS_AT - DAY))

    assert [day.number for day in forum.days] == [2, 1]
    assert (forum.starts_at, forum.ends_at) == (STARTS_AT - DAY, ENDS_AT)
    dues = {
        lead: found.due_at
        for lead in (Lead.DAY, Lead.AFTERWARDS)
        if (found := town.uow.reminders.get(EventKind.FORUM, forum.id, 1, lead)) is not None
    }
    assert dues == {Lead.DAY: STARTS_AT - 2 * DAY, Lead.AFTERWARDS: ENDS_AT + timedelta(hours=1)}


def test_other_hours_of_a_day_are_told_but_its_programme_is_not(gathering: Gathering) -> None:
    adds(gathering)

    changes(gathering, 2, replace(NEXT_DAY, programme="11 h : ateliers"))
    assert (gathering.forum.days[1].programme, gathering.told) == ("11 h : ateliers", told(gathering, 1))
    changes(gathering, 2, replace(NEXT_DAY, ends_at=ENDS_AT + DAY + timedelta(hours=1)))

    assert gathering.forum.ends_at == ENDS_AT + DAY + timedelta(hours=1)
    assert gathering.told == told(gathering, 1, 2)


def test_the_last_day_left_makes_it_simple_again(gathering: Gathering) -> None:
    adds(gathering)

    forum = removes(gathering, 1)

    assert forum == replace(
        gathering.forum,
        starts_at=STARTS_AT + DAY,
        ends_at=ENDS_AT + DAY,
        place="Le Quartz",
        programme="14 h : accueil\n\n10 h : ateliers",
        days=(),
        version=2,
    )
    assert gathering.told == told(gathering, 1, 2)


def test_a_removed_day_gives_its_number_to_nobody_else_while_later_ones_stay(gathering: Gathering) -> None:
    adds(gathering)
    adds(gathering, DayPlan(STARTS_AT + 2 * DAY, ENDS_AT + 2 * DAY))
    removes(gathering, 2)

    forum = adds(gathering, DayPlan(STARTS_AT + 3 * DAY, ENDS_AT + 3 * DAY))

    assert [day.number for day in forum.days] == [1, 3, 4]


def test_a_forum_of_several_days_is_not_moved_as_one(gathering: Gathering) -> None:
    town = gathering.town
    adds(gathering)

    with pytest.raises(Outdated):
        move_forum(town.uow, town.staff.id, gathering.forum.id, ForumMove(STARTS_AT, ENDS_AT), NOW, PARIS)


def test_days_that_are_not_there_or_were_seen_otherwise_are_refused(gathering: Gathering) -> None:
    town = gathering.town
    with pytest.raises(NotFound):
        changes(gathering, 1, NEXT_DAY)
    adds(gathering)
    with pytest.raises(NotFound):
        removes(gathering, 3)
    with pytest.raises(Outdated):
        remove_day(town.uow, town.staff.id, gathering.forum.id, 2, 0, NOW, PARIS)

    assert town.uow.forums.get(gathering.forum.id).days == (FIRST, SECOND)


def test_there_are_no_more_days_than_may_be(gathering: Gathering) -> None:
    for number in range(1, DAYS_MOST):
        adds(gathering, DayPlan(STARTS_AT + number * DAY, ENDS_AT + number * DAY))

    with pytest.raises(OutOfRange):
        adds(gathering, DayPlan(STARTS_AT + DAYS_MOST * DAY, ENDS_AT + DAYS_MOST * DAY))

    assert len(gathering.forum.days) == DAYS_MOST


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"starts_at": NOW}, InThePast),
        ({"ends_at": NEXT_DAY.starts_at}, EndsBeforeStart),
        ({"place": "x" * (DAY_PLACE_MAX + 1)}, NotWellFormed),
        ({"programme": "x" * (DAY_PROGRAMME_MAX + 1)}, NotWellFormed),
    ],
)
def test_a_day_is_to_come_ends_after_it_began_and_says_little(
    gathering: Gathering, wrong: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        adds(gathering, replace(NEXT_DAY, **wrong))

    assert gathering.forum.days == ()


def test_a_day_before_registration_closes_is_refused(gathering: Gathering) -> None:
    town = gathering.town
    change_window(town.uow, town.staff.id, gathering.forum.id, None, STARTS_AT - timedelta(hours=1), NOW)

    with pytest.raises(WindowMisplaced):
        adds(gathering, DayPlan(STARTS_AT - DAY, ENDS_AT - DAY))

    assert gathering.told == []


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_nobody_else_changes_the_days(gathering: Gathering, role: str) -> None:
    town, who = gathering.town, gathering.town.who(role).id
    forum = adds(gathering)

    with pytest.raises(NotAllowed):
        add_day(town.uow, who, forum.id, NEXT_DAY, NOW, PARIS)
    with pytest.raises(NotAllowed):
        change_day(town.uow, who, forum.id, 2, NEXT_DAY, NOW, PARIS)
    with pytest.raises(NotAllowed):
        remove_day(town.uow, who, forum.id, 2, forum.version, NOW, PARIS)

    assert town.uow.forums.get(forum.id) == forum
