from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from programme.errors import InThePast, NotAllowed, Outdated, OutOfRange, TooLate
from programme.forums import RENDEZVOUS_MOST, Forum, ForumState
from programme.notices import ForumCancelled
from programme.series import Frequency
from programme.usecases.forum_series import cancel_following, following, plan_rendezvous, rendezvous_of
from tests.programme.usecases.gathering import Gathering, gather, plan
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

OCTOBER = datetime(2027, 10, 12, 18, 30, tzinfo=PARIS).astimezone(UTC)
"""The second Tuesday; summer time ends on the 31st."""


def announced(
    town: Town, number: int = 3, frequency: Frequency = Frequency.FORTNIGHTLY, starts_at: datetime = OCTOBER
) -> Sequence[Forum]:
    first = replace(plan(places=1, starts_at=starts_at), title="Petit-déjeuner climat")
    return plan_rendezvous(town.uow, town.staff.id, first, frequency, number, NOW, PARIS)


def on_the_wall(forums: Sequence[Forum]) -> list[str]:
    return [f"{one.starts_at.astimezone(PARIS):%d/%m %H:%M}-{one.ends_at.astimezone(PARIS):%H:%M}" for one in forums]


@pytest.mark.parametrize(
    ("frequency", "days"),
    [
        (Frequency.WEEKLY, ["12/10", "19/10", "26/10", "02/11"]),
        (Frequency.FORTNIGHTLY, ["12/10", "26/10", "09/11", "23/11"]),
        (Frequency.MONTHLY, ["12/10", "09/11", "14/12", "11/01"]),
    ],
)
def test_rendezvous_keep_their_hours_on_the_wall_over_the_change_of_clock(
    town: Town, frequency: Frequency, days: list[str]
) -> None:
    planned = announced(town, 4, frequency)

    assert on_the_wall(planned) == [f"{day} 18:30-02:30" for day in days]
    assert {one.ends_at - one.starts_at for one in planned} == {timedelta(hours=8)}


def test_each_has_its_own_link_and_places_and_they_are_known_together(town: Town) -> None:
    first, second, third = planned = announced(town)
    alone = gather(town).forum

    assert len({one.code for one in planned}) == 3
    assert len({one.series_code for one in planned}) == 1
    assert [one.places for one in planned] == [1, 1, 1]
    assert list(rendezvous_of(town.uow, second)) == [first, second, third]
    assert rendezvous_of(town.uow, alone) == ()
    assert town.told() == []


def test_this_one_and_the_next_are_called_off_and_each_is_told_to_who_had_it(town: Town) -> None:
    first, second, third = announced(town)
    gathering = Gathering(town, first)
    for forum, names in ((first, ("Léa",)), (second, ("Léa", "Sam")), (third, ("Léa",))):
        gathering.forum = forum
        gathering.come(*names)

    cancelled = cancel_following(town.uow, town.staff.id, second.id, second.version, NOW)

    assert [one.id for one in cancelled] == [second.id, third.id]
    assert [town.uow.forums.get(one.id).state for one in (first, second, third)] == [
        ForumState.PLANNED,
        ForumState.CANCELLED,
        ForumState.CANCELLED,
    ]
    assert gathering.told == [
        ("Léa", ForumCancelled(second.id, 1)),
        ("Sam", ForumCancelled(second.id, 1)),
        ("Léa", ForumCancelled(third.id, 1)),
    ]


def test_what_is_cancelled_already_is_left_alone(town: Town) -> None:
    first, second, third = announced(town)
    cancel_following(town.uow, town.staff.id, third.id, 0, NOW)

    assert [one.id for one in following(town.uow, first, NOW)] == [first.id, second.id]
    with pytest.raises(TooLate):
        cancel_following(town.uow, town.staff.id, third.id, 1, NOW)
    with pytest.raises(Outdated):
        cancel_following(town.uow, town.staff.id, first.id, 1, NOW)

    assert town.uow.forums.get(first.id).state is ForumState.PLANNED


@pytest.mark.parametrize("number", [1, RENDEZVOUS_MOST + 1])
def test_a_series_has_two_to_twelve(town: Town, number: int) -> None:
    with pytest.raises(OutOfRange):
        announced(town, number)

    assert town.uow.forums.upcoming(NOW) == []


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_nobody_else_announces_or_calls_off_a_series(town: Town, role: str) -> None:
    first, *_ = planned = announced(town)
    who = town.who(role).id

    with pytest.raises(NotAllowed):
        plan_rendezvous(town.uow, who, plan(), Frequency.WEEKLY, 3, NOW, PARIS)
    with pytest.raises(NotAllowed):
        cancel_following(town.uow, who, first.id, 0, NOW)

    assert town.uow.forums.upcoming(NOW) == planned


def test_the_first_is_to_come(town: Town) -> None:
    with pytest.raises(InThePast):
        announced(town, starts_at=NOW)
