from datetime import timedelta

import pytest
from sqlalchemy import Connection

from handlers.group_cards import CardReader, Gone, render_card
from locales import language_for
from programme.date_polls import DateAnswer, DatePollState
from programme.groups import CardKind, Group, GroupCard
from programme.usecases.ask_for_dates import poll_card
from storage.unit_of_work import SqlUnitOfWork
from tests.handlers.forms.conversing import BREST, check_screen
from tests.storage.brest import NOW, STAFF_ID, coalition, joins, person
from tests.storage.conftest import connection
from tests.storage.test_date_polls import poll
from tests.world import plain_spaces

__all__ = ["connection"]

A_DAY = timedelta(days=1)


@pytest.fixture
def uow(connection: Connection) -> SqlUnitOfWork:
    return SqlUnitOfWork(connection, frozenset({STAFF_ID}))


def reader(uow: SqlUnitOfWork) -> CardReader:
    toits = uow.coalitions.active()[0]
    return CardReader(Group(-100_1, None, toits.id), language_for("fr"), BREST, NOW, uow, "jalon_bot")


@pytest.mark.parametrize(
    ("name", "named"), [("M. Landerneau", "et 25 autres"), ("Marie-Dominique de la Forêt-Landerneau", "")]
)
def test_card_of_ten_dates_and_many_names_fits_a_message(uow: SqlUnitOfWork, name: str, named: str) -> None:
    toits = coalition(uow, "Toits")
    crowd = [person(uow, f"{name} {number:02}") for number in range(60)]
    for one in crowd:
        joins(uow, one, toits)
    asked = poll(uow, toits, *(NOW + day * A_DAY for day in range(2, 12)))
    for option in uow.date_polls.options(asked.id):
        for number, one in enumerate(crowd):
            answer = DateAnswer.YES if number % 2 else DateAnswer.IF_NEED_BE
            uow.date_polls.put_answer(option.id, one.id, answer, NOW)

    card = render_card(poll_card(asked), reader(uow))

    check_screen(card)
    assert (len(card.rows), {len(row) for row in card.rows}) == (10, {3})
    text = plain_spaces(card.text)
    assert text.count("30 oui, 30 si besoin, 0 non") == 10
    assert (text.count(named) if named else text.count(name)) == (20 if named else 0)


def test_card_shows_at_most_twenty_names(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    asked = poll(uow, toits)
    first, _ = uow.date_polls.options(asked.id)
    for number in range(23):
        one = person(uow, f"M{number:02}")
        joins(uow, one, toits)
        uow.date_polls.put_answer(first.id, one.id, DateAnswer.YES, NOW + timedelta(seconds=number))

    text = plain_spaces(render_card(poll_card(asked), reader(uow)).text)

    assert f"Oui : {', '.join(f'M{number:02}' for number in range(20))} et 3 autres" in text


def test_card_names_who_has_a_strange_name_safely(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    eve = person(uow, "<b>Eve</b> & co")
    joins(uow, eve, toits)
    asked = poll(uow, toits)
    uow.date_polls.put_answer(uow.date_polls.options(asked.id)[0].id, eve.id, DateAnswer.YES, NOW)

    card = render_card(poll_card(asked), reader(uow))

    check_screen(card)
    assert "Oui\N{NO-BREAK SPACE}: &lt;b&gt;Eve&lt;/b&gt; &amp; co" in card.text


def test_card_of_a_poll_that_is_gone_is_gone(uow: SqlUnitOfWork) -> None:
    coalition(uow, "Toits")
    with pytest.raises(Gone):
        render_card(GroupCard(CardKind.DATE_POLL, 99), reader(uow))


def test_card_has_no_buttons_once_its_time_is_over_even_before_it_is_closed(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    asked = poll(uow, toits, closes_at=NOW)

    assert (asked.state, render_card(poll_card(asked), reader(uow)).rows) == (DatePollState.OPEN, ())
