"""When people register: not before it opens, and after it closes nobody new, while those there go on as before."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, RegistrationClosed, RegistrationNotOpen, TooLate, WindowMisplaced
from programme.usecases.edit_forum import change_window
from programme.usecases.plan_forum import plan_forum
from tests.programme.usecases.gathering import STARTS_AT, Gathering, gather, plan
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

OPENS = NOW + timedelta(days=2)
CLOSES = STARTS_AT - timedelta(days=3)


@pytest.fixture
def gathering(town: Town) -> Gathering:
    return gather(town, places=2)


def window(gathering: Gathering, opens_at: datetime | None, closes_at: datetime | None, now: datetime = NOW) -> None:
    town = gathering.town
    gathering.forum = change_window(town.uow, town.staff.id, gathering.forum.id, opens_at, closes_at, now)


def test_nobody_registers_before_it_opens(gathering: Gathering) -> None:
    window(gathering, OPENS, None)

    with pytest.raises(RegistrationNotOpen) as refused:
        gathering.asks("Léa", now=OPENS - timedelta(seconds=1))

    assert (refused.value.opens_at, refused.value.zone) == (OPENS, PARIS)
    gathering.asks("Sam", now=OPENS)
    assert gathering.states == {"Sam": "confirmed"}


def test_nobody_new_registers_once_it_is_closed(gathering: Gathering) -> None:
    window(gathering, None, CLOSES)
    gathering.asks("Léa", now=CLOSES - timedelta(seconds=1))

    with pytest.raises(RegistrationClosed):
        gathering.asks("Sam", now=CLOSES)

    assert gathering.states == {"Léa": "confirmed"}


def test_who_is_registered_asks_for_fewer_seats_but_not_for_more(gathering: Gathering) -> None:
    gathering.asks("Léa", seats=2)
    window(gathering, None, CLOSES)

    assert gathering.asks("Léa", seats=1, now=CLOSES).seats == 1
    with pytest.raises(RegistrationClosed):
        gathering.asks("Léa", seats=2, now=CLOSES)

    assert gathering.of("Léa").seats == 1


def test_the_waiting_list_moves_up_until_the_start(gathering: Gathering) -> None:
    gathering.come("Léa", "Sam", "Yann")
    window(gathering, None, CLOSES)

    gathering.cancels("Léa", now=CLOSES)

    assert gathering.states == {"Léa": "cancelled", "Sam": "confirmed", "Yann": "confirmed"}


def test_a_forum_is_announced_with_its_opening_and_closing(town: Town) -> None:
    planned = plan_forum(town.uow, town.staff.id, replace(plan(), opens_at=OPENS, closes_at=CLOSES), NOW, PARIS)

    kept = town.uow.forums.get(planned.id)
    assert (kept.opens_at, kept.closes_at) == (OPENS, CLOSES)


@pytest.mark.parametrize(
    ("opens_at", "closes_at"),
    [
        (None, STARTS_AT + timedelta(minutes=1)),
        (STARTS_AT, None),
        (CLOSES, CLOSES),
        (CLOSES + timedelta(hours=1), CLOSES),
    ],
)
def test_it_opens_then_closes_then_the_forum_begins(
    gathering: Gathering, opens_at: datetime | None, closes_at: datetime | None
) -> None:
    with pytest.raises(WindowMisplaced):
        window(gathering, opens_at, closes_at)
    with pytest.raises(WindowMisplaced):
        plan_forum(
            gathering.town.uow,
            gathering.town.staff.id,
            replace(plan(), opens_at=opens_at, closes_at=closes_at),
            NOW,
            PARIS,
        )

    assert gathering.town.uow.forums.get(gathering.forum.id) == gathering.forum


def test_a_changed_window_is_noted_and_told_to_nobody(gathering: Gathering) -> None:
    gathering.come("Léa")
    window(gathering, OPENS, CLOSES)
    window(gathering, OPENS, CLOSES)

    town = gathering.town
    assert (gathering.told, gathering.forum.version) == ([], 0)
    assert town.audited()[1:] == [AuditLine(NOW, town.staff.id, "edit_forum", f"forum:{gathering.forum.id}")]


def test_only_staff_change_it_and_not_once_it_has_begun(gathering: Gathering) -> None:
    town = gathering.town
    for role in ("member", "facilitator", "stranger"):
        with pytest.raises(NotAllowed):
            change_window(town.uow, town.who(role).id, gathering.forum.id, OPENS, None, NOW)
    with pytest.raises(TooLate):
        window(gathering, None, None, now=STARTS_AT)
