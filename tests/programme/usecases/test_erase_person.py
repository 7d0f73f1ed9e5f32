from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import NotFound
from programme.forums import RegistrationState
from programme.notices import RegistrationConfirmed
from programme.usecases.erase_person import erase_person, led_alone
from tests.programme.usecases.gathering import SEVERAL_DAYS_BEFORE, STARTS_AT, gather
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW, action, joins


def test_nobody_knows_who_was_erased_any_more(town: Town) -> None:
    erase_person(town.uow, town.member.id, NOW, PARIS)

    assert town.uow.people.by_telegram(town.member.telegram_id) is None
    with pytest.raises(NotFound):
        town.uow.people.get(town.member.id)
    assert town.uow.memberships.members(town.toits.id) == [town.facilitator.id]
    assert town.audited() == [AuditLine(NOW, None, "erase_person", "person:erased")]


def test_who_is_not_there_cannot_be_erased_twice(town: Town) -> None:
    erase_person(town.uow, town.member.id, NOW, PARIS)

    with pytest.raises(NotFound):
        erase_person(town.uow, town.member.id, NOW, PARIS)


def test_their_actions_stay_as_those_of_nobody(town: Town) -> None:
    logged = action(town.uow, town.toits, by=town.member)
    erase_person(town.uow, town.member.id, NOW, PARIS)

    [kept] = town.uow.actions.of_coalitions([town.toits.id])
    assert (kept.id, kept.title, kept.logged_by) == (logged.id, logged.title, None)


def test_their_place_at_a_forum_to_come_goes_to_who_waits(town: Town) -> None:
    gathering = gather(town, places=1)
    gathering.people["Léa"] = town.member
    gathering.come("Léa", "Yann")
    erase_person(town.uow, town.member.id, SEVERAL_DAYS_BEFORE, PARIS)

    assert gathering.of("Yann").state is RegistrationState.CONFIRMED
    assert gathering.told == [("Yann", RegistrationConfirmed(gathering.of("Yann").id))]


def test_their_place_at_a_past_forum_still_counts(town: Town) -> None:
    gathering = gather(town, places=1)
    gathering.people["Léa"] = town.member
    gathering.come("Léa", "Yann")
    erase_person(town.uow, town.member.id, STARTS_AT + timedelta(days=1), PARIS)

    assert town.uow.registrations.seats_taken(gathering.forum.id) == 1
    assert gathering.of("Yann").state is RegistrationState.WAITING


def test_the_audit_log_names_the_coalitions_left_without_facilitation(town: Town) -> None:
    joins(town.uow, town.facilitator, town.lagune, facilitator=True)
    assert [coalition.name for coalition in led_alone(town.uow, town.facilitator.id)] == ["Toits solaires"]

    erase_person(town.uow, town.facilitator.id, NOW, PARIS)

    assert town.audited() == [
        AuditLine(NOW, None, "leave_facilitation", f"coalition:{town.lagune.id}"),
        AuditLine(NOW, None, "leave_facilitation", f"coalition:{town.toits.id}"),
        AuditLine(NOW, None, "erase_person", "person:erased", {"without_facilitator": str(town.toits.id)}),
    ]
    assert led_alone(town.uow, town.stranger.id) == [town.lagune]


def test_staff_named_in_the_settings_are_forgotten_like_others(town: Town) -> None:
    erase_person(town.uow, town.staff.id, NOW, PARIS)

    assert town.uow.people.staff() == []
