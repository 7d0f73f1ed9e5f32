from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import LastOfTeam, NamedInSettings, NotAllowed, NotFound, TooLate
from programme.ids import PersonId
from programme.memberships import MembershipState
from programme.notices import FacilitationEnded, MadeFacilitator, TeamJoined, TeamLeft
from programme.usecases.appoint import appoint_facilitator, appoint_to_team, relieve_facilitator, take_off_team
from storage.unit_of_work import SqlUnitOfWork
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

LATER = NOW + timedelta(hours=1)
NOBODY = PersonId(9_999)


def test_staff_appoint_somebody_who_is_told_and_takes_them_off_again(town: Town) -> None:
    appoint_to_team(town.uow, town.staff.id, town.member.id, NOW)
    assert town.uow.people.is_staff(town.member.id)

    take_off_team(town.uow, town.staff.id, town.member.id, LATER)

    assert not town.uow.people.is_staff(town.member.id)
    assert town.told() == [("Léa", TeamJoined()), ("Léa", TeamLeft())]
    assert town.audited() == [
        AuditLine(NOW, town.staff.id, "appoint_staff", f"person:{town.member.id}"),
        AuditLine(LATER, town.staff.id, "dismiss_staff", f"person:{town.member.id}"),
    ]


def test_who_is_appointed_may_appoint_others_and_leave(town: Town) -> None:
    appoint_to_team(town.uow, town.staff.id, town.member.id, NOW)
    appoint_to_team(town.uow, town.member.id, town.stranger.id, LATER)
    take_off_team(town.uow, town.member.id, town.member.id, LATER)

    assert [person.name for person in town.uow.people.staff()] == ["Sam", "Anne"]
    assert ("Léa", TeamLeft()) not in town.told()


def test_who_the_settings_name_is_not_taken_off_in_chat(town: Town) -> None:
    appoint_to_team(town.uow, town.staff.id, town.member.id, NOW)

    for by in (town.staff.id, town.member.id):
        with pytest.raises(NamedInSettings):
            take_off_team(town.uow, by, town.staff.id, LATER)
    assert town.uow.people.is_staff(town.staff.id)


def test_the_last_of_the_team_cannot_leave(town: Town) -> None:
    appoint_to_team(town.uow, town.staff.id, town.member.id, NOW)
    without_settings = SqlUnitOfWork(town.connection, frozenset())

    with pytest.raises(LastOfTeam):
        take_off_team(without_settings, town.member.id, town.member.id, LATER)
    assert without_settings.people.is_staff(town.member.id)


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_nobody_else_changes_a_role(town: Town, role: str) -> None:
    by = town.who(role).id
    for person in (town.who(role), town.member):
        with pytest.raises(NotAllowed):
            appoint_to_team(town.uow, by, person.id, NOW)
        with pytest.raises(NotAllowed):
            take_off_team(town.uow, by, town.staff.id, NOW)
        with pytest.raises(NotAllowed):
            appoint_facilitator(town.uow, by, person.id, town.lagune.id, NOW)
        with pytest.raises(NotAllowed):
            relieve_facilitator(town.uow, by, town.facilitator.id, town.toits.id, NOW)
    assert town.audited() == []


def test_a_role_is_given_and_taken_once(town: Town) -> None:
    appoint_to_team(town.uow, town.staff.id, town.member.id, NOW)
    with pytest.raises(TooLate):
        appoint_to_team(town.uow, town.staff.id, town.member.id, LATER)
    with pytest.raises(TooLate):
        take_off_team(town.uow, town.staff.id, town.stranger.id, LATER)
    with pytest.raises(TooLate):
        appoint_facilitator(town.uow, town.staff.id, town.facilitator.id, town.toits.id, LATER)
    with pytest.raises(TooLate):
        relieve_facilitator(town.uow, town.staff.id, town.member.id, town.toits.id, LATER)
    with pytest.raises(NotFound):
        appoint_to_team(town.uow, town.staff.id, NOBODY, LATER)


def test_anybody_known_can_be_entrusted_with_a_coalition(town: Town) -> None:
    named = appoint_facilitator(town.uow, town.staff.id, town.stranger.id, town.toits.id, NOW)

    assert (named.state, named.facilitator) == (MembershipState.ACCEPTED, True)
    assert set(town.uow.memberships.facilitators(town.toits.id)) == {town.facilitator.id, town.stranger.id}
    assert town.told() == [("Sam", MadeFacilitator(town.toits.id))]
    details = {"person": town.stranger.id}
    assert town.audited() == [AuditLine(NOW, town.staff.id, "name_facilitator", f"coalition:{town.toits.id}", details)]


def test_who_is_relieved_stays_a_member_even_where_nobody_else_facilitates(town: Town) -> None:
    left = relieve_facilitator(town.uow, town.staff.id, town.facilitator.id, town.toits.id, NOW)

    assert (left.state, left.facilitator) == (MembershipState.ACCEPTED, False)
    assert list(town.uow.memberships.facilitators(town.toits.id)) == []
    assert town.told() == [("Maude", FacilitationEnded(town.toits.id))]
    details = {"person": town.facilitator.id}
    assert town.audited() == [
        AuditLine(NOW, town.staff.id, "relieve_facilitator", f"coalition:{town.toits.id}", details)
    ]
