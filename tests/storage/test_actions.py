from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, select

from programme.actions import ActionDetails, ActionState, Figure, FigureUnit, RoadmapState, When
from programme.errors import NotFound
from programme.ids import ActionId
from programme.territory import OrganisationKind
from storage.tables.actions import actions
from storage.tables.programme import organisations, people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, action, coalition, person


def test_an_action_is_kept_with_every_correction(uow: SqlUnitOfWork) -> None:
    imt = uow.organisations.add("IMT Atlantique", OrganisationKind.INSTITUTION)
    lea, toits, eau = person(uow, "Léa", speaks_for=imt.id), coalition(uow, "Toits"), coalition(uow, "Eau")
    logged = action(uow, toits, by=lea)
    assert logged.logged_by == lea.id
    assert uow.actions.get(logged.id) == logged

    corrected = replace(
        logged,
        coalition_id=eau.id,
        title="Relever les fuites « d’eau »",
        state=ActionState.DONE,
        when=When(date(2026, 5, 1), whole_month=True),
        stakes=("water", "energy"),
        figure=Figure(Decimal("1200.5"), FigureUnit.CUBIC_METRES),
        photo="AgACAgQAAx0",
        details=ActionDetails("Deux agents", "Les habitants", "Eau du Ponant", "Moins de fuites", "water"),
        organisation_id=None,
        deleted_at=NOW,
    )
    uow.actions.save(corrected)

    assert uow.actions.get(logged.id) == corrected
    with pytest.raises(NotFound):
        uow.actions.get(ActionId(99))


@pytest.mark.parametrize(
    ("value", "kept"), [("0.001", "0.001"), ("1E+12", "1000000000000"), ("999999999999.999", "999999999999.999")]
)
def test_a_figure_is_kept_to_the_last_digit(uow: SqlUnitOfWork, connection: Connection, value: str, kept: str) -> None:
    logged = action(uow, coalition(uow, "Toits"))
    measured = replace(logged, figure=Figure(Decimal(value), FigureUnit.KWH))

    uow.actions.save(measured)

    assert uow.actions.get(logged.id) == measured
    assert connection.scalar(select(actions.c.figure)) == kept


def test_actions_are_listed_the_latest_of_their_own_date_first(uow: SqlUnitOfWork) -> None:
    lea, sam = person(uow, "Léa"), person(uow, "Sam")
    toits, eau, bois = (coalition(uow, name) for name in ("Toits", "Eau", "Bois"))
    march = action(uow, toits, by=lea, on=date(2026, 3, 14), state=ActionState.DONE)
    december = action(uow, eau, by=lea, on=date(2026, 12, 1))
    march_too = action(uow, toits, by=sam, on=date(2026, 3, 14))
    deleted = action(uow, toits, by=lea)
    uow.actions.save(replace(deleted, deleted_at=NOW))
    action(uow, bois, by=sam)

    assert uow.actions.of_person(lea.id) == [december, march]
    assert uow.actions.of_person(lea.id, ActionState.DONE) == [march]
    assert uow.actions.of_coalitions([toits.id, eau.id]) == [december, march_too, march]
    assert uow.actions.of_coalitions([toits.id, eau.id], ActionState.PLANNED) == [december, march_too]
    assert uow.actions.of_coalitions([]) == []


def test_what_was_logged_in_a_week_comes_the_latest_first(uow: SqlUnitOfWork) -> None:
    toits, eau = coalition(uow, "Toits"), coalition(uow, "Eau")
    week = timedelta(days=7)
    first = action(uow, toits, logged_at=NOW, on=date(2027, 1, 1))
    last = action(uow, toits, logged_at=NOW + week - timedelta(seconds=1))
    same_moment = action(uow, toits, logged_at=NOW)
    action(uow, toits, logged_at=NOW - timedelta(seconds=1))
    action(uow, toits, logged_at=NOW + week)
    action(uow, eau)
    deleted = action(uow, toits)
    uow.actions.save(replace(deleted, deleted_at=NOW))

    assert uow.actions.logged_between([toits.id], NOW, NOW + week) == [last, same_moment, first]


def test_a_deleted_action_can_be_brought_back_until_it_is_dropped(uow: SqlUnitOfWork) -> None:
    toits = coalition(uow, "Toits")
    early, late, kept = action(uow, toits), action(uow, toits), action(uow, toits)
    uow.actions.save(replace(early, deleted_at=NOW))
    uow.actions.save(replace(late, deleted_at=NOW + timedelta(seconds=30)))
    assert uow.actions.of_coalitions([toits.id]) == [kept]

    assert uow.actions.drop_deleted(NOW + timedelta(seconds=30)) == 1

    uow.actions.save(replace(late, deleted_at=None))
    assert uow.actions.of_coalitions([toits.id]) == [kept, late]
    with pytest.raises(NotFound):
        uow.actions.get(early.id)


def test_an_action_outlives_who_logged_it(uow: SqlUnitOfWork, connection: Connection) -> None:
    imt = uow.organisations.add("IMT Atlantique", OrganisationKind.INSTITUTION)
    lea = person(uow, "Léa", speaks_for=imt.id)
    logged = action(uow, coalition(uow, "Toits"), by=lea)

    connection.execute(people.delete().where(people.c.id == lea.id))
    connection.execute(organisations.delete().where(organisations.c.id == imt.id))

    assert uow.actions.get(logged.id) == replace(logged, logged_by=None, organisation_id=None)


def test_the_roadmap_holds_what_was_put_on_it_by_date(uow: SqlUnitOfWork) -> None:
    toits, eau, lea = coalition(uow, "Toits"), coalition(uow, "Eau"), person(uow, "Léa")
    later = replace(action(uow, toits, by=lea, on=date(2027, 5, 1)), roadmap=RoadmapState.VALIDATED, owner_id=lea.id)
    sooner = replace(action(uow, toits, on=date(2027, 3, 1)), roadmap=RoadmapState.PROPOSED)
    deleted = replace(action(uow, toits), roadmap=RoadmapState.PROPOSED, deleted_at=NOW)
    elsewhere = replace(action(uow, eau), roadmap=RoadmapState.PROPOSED)
    action(uow, toits)
    for one in (later, sooner, deleted, elsewhere):
        uow.actions.save(one)

    assert uow.actions.roadmap(toits.id) == [sooner, later]
    uow.own_data.erase(lea)
    assert uow.actions.roadmap(toits.id)[1] == replace(later, logged_by=None, owner_id=None)
