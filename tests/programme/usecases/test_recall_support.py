from datetime import UTC, date, datetime

import pytest

from bot.public_holidays import public_holidays
from programme.notices import SupportRecalled
from programme.support import SupportRequest
from programme.usecases.answer_support import answer_support
from programme.usecases.appoint import appoint_to_team, take_off_team
from programme.usecases.ask_support import SupportAsk, ask_support
from programme.usecases.close_support import close_support
from programme.usecases.follow_up_support import follow_up_support
from programme.usecases.recall_support import recall_support, recalled_to
from programme.usecases.take_support import take_support
from tests.programme.usecases.support_life import BREST
from tests.programme.usecases.town import PARIS, Town

HOLIDAYS = public_holidays(BREST)
MONDAY = 23


def at(day: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=PARIS).astimezone(UTC)


def on(day: int, month: int = 11) -> date:
    return date(2026, month, day)


def ask(town: Town, now: datetime) -> SupportRequest:
    return ask_support(town.uow, town.facilitator.id, SupportAsk(town.toits.id, "room", "Une salle"), BREST, now)


def recalls(town: Town, *moments: datetime) -> list[tuple[str, date]]:
    """Whom the schedule told at these moments, and by which day's recall."""
    before = len(town.told())
    for woken_at in moments:
        assert not recall_support(town.uow, woken_at, PARIS, HOLIDAYS)
    return [(name, notice.recalled_on) for name, notice in town.told()[before:] if isinstance(notice, SupportRecalled)]


def days(*november: int) -> list[datetime]:
    return [at(day) for day in november]


def december(*chosen: int) -> list[datetime]:
    return [at(day, month=12) for day in chosen]


def test_what_nobody_took_is_recalled_after_three_working_days_and_again_every_three(town: Town) -> None:
    ask(town, at(MONDAY))

    assert recalls(town, *days(24, 25, 26, 27, 27, 30), *december(1, 2, 3)) == [("Anne", on(27)), ("Anne", on(2, 12))]


def test_what_somebody_took_is_recalled_to_them_after_five(town: Town) -> None:
    paul = town.newcomer("Paul")
    appoint_to_team(town.uow, town.staff.id, paul.id, at(MONDAY))
    request = ask(town, at(MONDAY))
    take_support(town.uow, paul.id, request.id, request.version, at(24))

    assert recalls(town, *days(25, 26, 27, 30), *december(1, 2, 3, 4, 7)) == [("Paul", on(2, 12)), ("Paul", on(7, 12))]


def test_what_somebody_took_who_left_the_team_is_everybodys_again(town: Town) -> None:
    paul = town.newcomer("Paul")
    appoint_to_team(town.uow, town.staff.id, paul.id, at(MONDAY))
    request = ask(town, at(MONDAY))
    take_support(town.uow, paul.id, request.id, request.version, at(MONDAY))
    take_off_team(town.uow, town.staff.id, paul.id, at(24))

    assert recalls(town, *days(25, 26, 27)) == [("Anne", on(27))]


def test_one_notice_a_day_tells_of_all_that_waits_too_long(town: Town) -> None:
    first, second = ask(town, at(MONDAY)), ask(town, at(MONDAY, 18))
    ask(town, at(24))

    assert recalls(town, at(27)) == [("Anne", on(27))]
    assert [one.id for one in recalled_to(town.uow, town.staff.id, on(27))] == [first.id, second.id]


def test_an_answer_ends_the_wait_and_a_question_begins_it_anew(town: Town) -> None:
    request = ask(town, at(MONDAY))
    answer_support(town.uow, town.staff.id, request.id, "Le 8 ?", at(24))
    assert recalls(town, *days(27, 30), *december(1, 2)) == []
    follow_up_support(town.uow, town.facilitator.id, request.id, "Oui", at(2, month=12), in_group=False)
    follow_up_support(town.uow, town.facilitator.id, request.id, "Alors ?", at(8, month=12), in_group=False)

    assert recalls(town, *december(9, 10)) == [("Anne", on(10, 12))]


def test_what_is_closed_or_answered_before_the_notice_is_read_is_not_in_it(town: Town) -> None:
    answered, closed = ask(town, at(MONDAY)), ask(town, at(MONDAY))
    recalls(town, at(27))
    answer_support(town.uow, town.staff.id, answered.id, "Oui", at(27))
    close_support(town.uow, town.staff.id, closed.id, closed.version, at(27))

    assert recalled_to(town.uow, town.staff.id, on(27)) == []


def test_the_weekend_and_public_holidays_do_not_count_and_nobody_is_recalled_then(town: Town) -> None:
    ask(town, at(23, month=12))  # a Wednesday; Friday is Christmas, and the next one New Year's Day

    assert recalls(town, *december(24, 25, 26, 27, 28, 29, 30)) == [("Anne", on(30, 12))]


@pytest.mark.parametrize(("hour", "told"), [(1, []), (7, []), (8, [("Anne", on(27))])])
def test_the_night_waits_for_the_morning(town: Town, hour: int, told: list[tuple[str, date]]) -> None:
    ask(town, at(MONDAY))

    assert recalls(town, at(27, hour)) == told
