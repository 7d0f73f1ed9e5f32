import re
from datetime import timedelta

import pytest

from programme.coalitions import CoalitionState
from programme.errors import NotAllowed, NotFound, TooLate
from programme.ids import InvitationId
from programme.memberships import MembershipState
from programme.usecases.decide_membership import decide_membership
from programme.usecases.erase_person import erase_person
from programme.usecases.invite import come_by_invitation, good_invitation, make_invitation, revoke_invitation
from programme.usecases.leave_coalition import leave_coalition
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW, coalition

LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize("role", ["facilitator", "staff"])
def test_a_link_has_a_code_of_its_own_that_nobody_guesses(town: Town, role: str) -> None:
    first, second = (make_invitation(town.uow, town.who(role).id, town.toits.id, NOW) for _ in range(2))

    assert (first.coalition_id, first.made_by, first.revoked_at) == (town.toits.id, town.who(role).id, None)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{12}", one.code) for one in (first, second))
    assert first.code != second.code
    assert town.uow.invitations.of_coalition(town.toits.id) == [second, first]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_makes_or_revokes_a_link(town: Town, role: str) -> None:
    made = make_invitation(town.uow, town.facilitator.id, town.toits.id, NOW)

    for deed in (make_invitation, good_invitation):
        with pytest.raises(NotAllowed):
            deed(town.uow, town.who(role).id, town.toits.id, NOW)
    with pytest.raises(NotAllowed):
        revoke_invitation(town.uow, town.who(role).id, made.id, NOW)

    assert town.uow.invitations.of_coalition(town.toits.id) == [made]


def test_the_same_link_is_given_again_until_it_is_revoked(town: Town) -> None:
    first = good_invitation(town.uow, town.facilitator.id, town.toits.id, NOW)
    assert good_invitation(town.uow, town.staff.id, town.toits.id, LATER) == first

    revoked = revoke_invitation(town.uow, town.facilitator.id, first.id, LATER)
    second = good_invitation(town.uow, town.facilitator.id, town.toits.id, LATER)

    assert (revoked.revoked_at, second.revoked_at) == (LATER, None)
    assert town.uow.invitations.of_coalition(town.toits.id) == [second, revoked]
    with pytest.raises(TooLate):
        revoke_invitation(town.uow, town.facilitator.id, first.id, LATER)
    with pytest.raises(NotFound):
        revoke_invitation(town.uow, town.facilitator.id, InvitationId(99), LATER)


def test_a_coalition_that_is_not_active_invites_nobody(town: Town) -> None:
    idea = coalition(town.uow, "Une idée", state=CoalitionState.PROPOSED)

    with pytest.raises(NotFound):
        make_invitation(town.uow, town.staff.id, idea.id, NOW)


def test_who_comes_by_a_link_asks_as_anybody_does_and_counts_once(town: Town) -> None:
    link = make_invitation(town.uow, town.facilitator.id, town.toits.id, NOW)

    asked = come_by_invitation(town.uow, town.stranger.id, link, NOW)
    come_by_invitation(town.uow, town.stranger.id, link, LATER)
    decide_membership(town.uow, town.facilitator.id, asked.id, LATER, accepted=True)
    leave_coalition(town.uow, town.stranger.id, town.toits.id, LATER)
    come_by_invitation(town.uow, town.stranger.id, link, LATER)

    assert (asked.state, town.uow.invitations.count(link.id)) == (MembershipState.ASKED, 1)


def test_an_open_coalition_takes_who_comes_by_a_link_in_at_once(town: Town) -> None:
    town.opens()
    link = make_invitation(town.uow, town.facilitator.id, town.toits.id, NOW)

    assert come_by_invitation(town.uow, town.stranger.id, link, NOW).state is MembershipState.ACCEPTED
    assert town.uow.invitations.count(link.id) == 1


def test_who_is_in_already_does_not_count(town: Town) -> None:
    link = make_invitation(town.uow, town.facilitator.id, town.toits.id, NOW)

    assert come_by_invitation(town.uow, town.member.id, link, NOW).state is MembershipState.ACCEPTED
    assert town.uow.invitations.count(link.id) == 0


def test_who_came_and_was_erased_still_counts(town: Town) -> None:
    link = make_invitation(town.uow, town.facilitator.id, town.toits.id, NOW)
    come_by_invitation(town.uow, town.stranger.id, link, NOW)

    erase_person(town.uow, town.stranger.id, LATER, PARIS)

    assert town.uow.invitations.count(link.id) == 1


def test_a_revoked_link_brings_nobody(town: Town) -> None:
    link = make_invitation(town.uow, town.facilitator.id, town.toits.id, NOW)
    revoked = revoke_invitation(town.uow, town.facilitator.id, link.id, NOW)

    with pytest.raises(TooLate):
        come_by_invitation(town.uow, town.stranger.id, revoked, LATER)

    assert (town.state_of(town.stranger), town.uow.invitations.count(link.id)) == (None, 0)
