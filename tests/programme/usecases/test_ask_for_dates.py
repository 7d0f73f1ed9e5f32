from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.coalitions import CoalitionState
from programme.date_polls import DatePollState
from programme.errors import ClosesTooLate, InThePast, NotAllowed, NotFound, NotWellFormed, OutOfRange
from programme.groups import CardKind, Group, GroupCard
from programme.notices import DatePollOpened
from programme.usecases.ask_for_dates import DatesAsked, ask_for_dates, closing_by_default
from tests.programme.usecases.date_poll_life import CLOSES_AT, FRIDAY, THURSDAY, TUESDAY, options, proposes
from tests.programme.usecases.town import PARIS, Town, crowd, paris
from tests.storage.brest import NOW, coalition, joins

MINUTE = timedelta(minutes=1)


def test_dates_are_proposed_to_every_member_and_shown_in_the_group(town: Town) -> None:
    crowd(town, 4)
    group = Group(-100_1, None, town.toits.id)
    town.uow.groups.bind(group, NOW)

    poll = proposes(town)

    assert [option.starts_at for option in options(town, poll)] == [TUESDAY, THURSDAY, FRIDAY]
    assert (poll.state, poll.closes_at, poll.asked_by) == (DatePollState.OPEN, CLOSES_AT, town.facilitator.id)
    assert town.told() == [(name, DatePollOpened(poll.id)) for name in ("Léa", "Membre 000", "Membre 001")]
    assert town.uow.group_cards.places(GroupCard(CardKind.DATE_POLL, poll.id)) == [group]
    assert town.audited() == [AuditLine(NOW, town.facilitator.id, "ask_for_dates", f"date_poll:{poll.id}")]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_only_who_facilitates_and_staff_propose_dates(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        proposes(town, by=town.who(role))
    assert proposes(town, by=town.staff).asked_by == town.staff.id


def test_a_coalition_that_is_not_active_has_no_polls(town: Town) -> None:
    refused = coalition(town.uow, "Refusée", state=CoalitionState.REFUSED)
    joins(town.uow, town.facilitator, refused, facilitator=True)
    with pytest.raises(NotFound):
        ask_for_dates(
            town.uow, town.facilitator.id, DatesAsked(refused.id, "Atelier", (TUESDAY, FRIDAY), "Mairie"), NOW, PARIS
        )


def test_two_to_ten_different_dates_may_be_proposed(town: Town) -> None:
    ten = [paris(8, hour) for hour in range(9, 19)]
    for moments in ((TUESDAY,), (TUESDAY, TUESDAY), (*ten, FRIDAY)):
        with pytest.raises(OutOfRange):
            proposes(town, *moments)
    assert len(options(town, proposes(town, *ten))) == 10


def test_dates_are_to_come_and_the_poll_closes_before_the_first(town: Town) -> None:
    with pytest.raises(InThePast):
        proposes(town, NOW, FRIDAY)
    with pytest.raises(InThePast):
        proposes(town, closes_at=NOW)
    with pytest.raises(ClosesTooLate):
        proposes(town, closes_at=TUESDAY + MINUTE)
    assert proposes(town, closes_at=TUESDAY).closes_at == TUESDAY


def test_title_is_cleaned_and_must_show_something(town: Town) -> None:
    assert proposes(town, title=" Premier\n atelier ").title == "Premier atelier"
    with pytest.raises(NotWellFormed):
        proposes(town, title="\u2800")


def test_without_a_closing_time_it_is_the_day_before_at_the_same_hour(town: Town) -> None:
    assert proposes(town, closes_at=None).closes_at == paris(7, 18, 30)
    assert closing_by_default(TUESDAY, TUESDAY - timedelta(hours=10), PARIS) == TUESDAY - timedelta(hours=5)
    assert closing_by_default(TUESDAY, paris(7, 16), PARIS) == paris(8, 8)


def test_a_first_date_before_the_end_of_the_night_leaves_half_of_the_time() -> None:
    assert closing_by_default(paris(8, 7), paris(7, 21), PARIS) == paris(8, 2)
