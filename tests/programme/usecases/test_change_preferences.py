from datetime import date, time

import pytest

from programme.errors import NotFound
from programme.ids import PersonId
from programme.leads import Lead
from programme.people import Preferences
from programme.quiet_hours import QuietHours
from programme.usecases.change_preferences import change_preferences
from tests.programme.usecases.town import ROLES, Town
from tests.storage.brest import NOW

CHOSEN = Preferences(
    language="en",
    leads=frozenset({Lead.DAY}),
    quiet_hours=QuietHours(time(22), time(7)),
    paused_until=date(2026, 12, 24),
)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_changes_their_own(town: Town, role: str) -> None:
    changed = change_preferences(town.uow, town.who(role).id, CHOSEN, NOW)

    assert changed.preferences == CHOSEN
    assert town.uow.people.get(town.who(role).id) == changed


def test_nobody_elses_change_with_them(town: Town) -> None:
    change_preferences(town.uow, town.member.id, CHOSEN, NOW)

    assert town.uow.people.get(town.facilitator.id) == town.facilitator
    assert (town.told(), town.audited()) == ([], [])


def test_changing_nothing_is_harmless(town: Town) -> None:
    assert change_preferences(town.uow, town.member.id, town.member.preferences, NOW) == town.member


def test_who_is_unknown_has_none(town: Town) -> None:
    with pytest.raises(NotFound):
        change_preferences(town.uow, PersonId(99), CHOSEN, NOW)
