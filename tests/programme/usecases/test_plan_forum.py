from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from programme.audit import AuditLine
from programme.errors import EndsBeforeStart, InThePast, NotAllowed, NotWellFormed, OutOfRange
from programme.forums import (
    FORUM_PLACE_MAX,
    FORUM_PROGRAMME_MAX,
    FORUM_TITLE_MAX,
    PLACES_MOST,
    Forum,
    ForumState,
)
from programme.leads import LEADS, EventKind, Lead
from programme.usecases.plan_forum import plan_forum
from programme.usecases.propose_coalition import CODE_LENGTH
from tests.programme.usecases.gathering import ENDS_AT, STARTS_AT, plan
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW


def leads_planned(town: Town, forum: Forum) -> list[Lead]:
    return [
        lead
        for lead in LEADS[EventKind.FORUM]
        if town.uow.reminders.get(EventKind.FORUM, forum.id, forum.version, lead) is not None
    ]


def test_staff_plan_a_forum(town: Town) -> None:
    planned = plan_forum(town.uow, town.staff.id, plan(places=120), NOW, PARIS)

    assert planned == Forum(
        planned.id,
        planned.code,
        "Forum 2027",
        STARTS_AT,
        ENDS_AT,
        "Les Capucins",
        "14 h : accueil",
        120,
        ForumState.PLANNED,
        0,
    )
    assert town.uow.forums.get(planned.id) == planned
    assert town.uow.forums.by_code(planned.code) == planned
    assert town.audited() == [AuditLine(NOW, town.staff.id, "plan_forum", f"forum:{planned.id}")]
    assert town.told() == []


def test_a_forum_has_a_code_that_nobody_guesses(town: Town) -> None:
    first, second = (plan_forum(town.uow, town.staff.id, plan(), NOW, PARIS) for _ in range(2))

    assert len(first.code) == len(second.code) == CODE_LENGTH
    assert first.code != second.code


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_nobody_else_plans_one(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        plan_forum(town.uow, town.who(role).id, plan(), NOW, PARIS)

    assert town.uow.forums.upcoming(NOW) == []


def test_only_the_reminders_ahead_are_planned(town: Town) -> None:
    far = plan_forum(town.uow, town.staff.id, plan(), NOW, PARIS)
    near = plan_forum(town.uow, town.staff.id, plan(starts_at=NOW + timedelta(hours=30)), NOW, PARIS)

    assert leads_planned(town, far) == [Lead.MONTH, Lead.WEEK, Lead.DAY, Lead.HOURS, Lead.AFTERWARDS]
    assert leads_planned(town, near) == [Lead.DAY, Lead.HOURS, Lead.AFTERWARDS]


def test_a_forum_begins_in_the_future_and_ends_after_it_began(town: Town) -> None:
    with pytest.raises(InThePast):
        plan_forum(town.uow, town.staff.id, plan(starts_at=NOW), NOW, PARIS)
    with pytest.raises(EndsBeforeStart):
        plan_forum(town.uow, town.staff.id, replace(plan(), ends_at=STARTS_AT), NOW, PARIS)


@pytest.mark.parametrize("places", [0, -3, PLACES_MOST + 1])
def test_a_forum_has_a_number_of_places_that_can_be(town: Town, places: int) -> None:
    with pytest.raises(OutOfRange) as refused:
        plan_forum(town.uow, town.staff.id, plan(places), NOW, PARIS)

    assert (refused.value.field, refused.value.least, refused.value.most) == ("places", 1, PLACES_MOST)


@pytest.mark.parametrize(
    ("changes", "field", "longest"),
    [
        ({"title": " \n"}, "title", FORUM_TITLE_MAX),
        ({"title": "x" * (FORUM_TITLE_MAX + 1)}, "title", FORUM_TITLE_MAX),
        ({"place": ""}, "place", FORUM_PLACE_MAX),
        ({"programme": "x" * (FORUM_PROGRAMME_MAX + 1)}, "programme", FORUM_PROGRAMME_MAX),
    ],
)
def test_texts_that_show_nothing_or_too_much_are_refused(
    town: Town, changes: dict[str, Any], field: str, longest: int
) -> None:
    with pytest.raises(NotWellFormed) as refused:
        plan_forum(town.uow, town.staff.id, replace(plan(), **changes), NOW, PARIS)

    assert (refused.value.field, refused.value.longest) == (field, longest)


def test_the_programme_may_come_later(town: Town) -> None:
    assert plan_forum(town.uow, town.staff.id, replace(plan(), programme=""), NOW, PARIS).programme == ""
