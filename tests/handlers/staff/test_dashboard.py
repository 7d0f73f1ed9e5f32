from dataclasses import replace
from datetime import timedelta

from handlers.staff.dashboard import dashboard_text
from locales import language_for
from programme.usecases.dashboard import dashboard
from tests.programme.usecases.actions import PLAN_CLIMAT
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, forum, person, registration


def test_a_forum_without_arrivals_noted_is_not_one_to_which_nobody_came(town: Town) -> None:
    uow, latest = town.uow, NOW - timedelta(days=2)
    noted, unnoted = forum(uow, "noted", latest), forum(uow, "unnoted", latest - timedelta(days=60))
    for number in range(4):
        who = person(uow, f"Personne {number}")
        registration(uow, who, unnoted)
        there = registration(uow, who, noted)
        uow.registrations.save(replace(there, checked_in_at=latest if number < 3 else None))

    known = dashboard(uow, town.staff.id, PLAN_CLIMAT, NOW)
    told = str(dashboard_text(known, language_for("fr"), PLAN_CLIMAT)).replace("\N{NO-BREAK SPACE}", " ")

    assert [line for line in told.split("\n") if "Forum des acteurs" in line] == [
        "• Forum des acteurs engagés, novembre 2026 (inscriptions : 4, présences : 3)",
        "• Forum des acteurs engagés, septembre 2026 (inscriptions : 4, arrivées non notées)",
    ]
