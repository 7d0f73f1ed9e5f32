import pytest

from programme.errors import NotAllowed
from programme.memberships import MembershipState
from programme.notices import SupportSaid
from programme.support import SupportState
from programme.usecases.answer_support import answer_support
from programme.usecases.ask_support import SupportAsk, ask_support
from programme.usecases.follow_up_support import follow_up_support
from programme.usecases.support_sides import speaks_for_team
from programme.usecases.take_support import take_support
from tests.programme.usecases.support_life import BREST, LATER, LATER_STILL, asked
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW


def test_what_a_member_says_in_the_group_reaches_who_took_the_request(town: Town) -> None:
    request = asked(town)
    answer_support(town.uow, town.staff.id, request.id, "Le 8 ?", LATER)
    before = len(town.told())
    message = follow_up_support(town.uow, town.member.id, request.id, "Oui", LATER_STILL, in_group=True)

    assert (message.by, message.from_staff) == (town.member.id, False)
    assert town.told()[before:] == [("Anne", SupportSaid(message.id))]
    followed = town.uow.support.get(request.id)
    assert (followed.state, followed.taken_by, followed.version) == (SupportState.TAKEN, town.staff.id, 3)


def test_a_request_that_nobody_took_stays_received(town: Town) -> None:
    request = asked(town)
    follow_up_support(town.uow, town.facilitator.id, request.id, "Plutôt 30", LATER, in_group=False)

    assert town.uow.support.get(request.id).state is SupportState.RECEIVED


@pytest.mark.parametrize(("role", "in_group"), [("member", False), ("stranger", True), ("stranger", False)])
def test_others_are_not_heard(town: Town, role: str, in_group: bool) -> None:
    request = asked(town)
    with pytest.raises(NotAllowed):
        follow_up_support(town.uow, town.who(role).id, request.id, "Et moi ?", LATER, in_group=in_group)

    assert (list(town.uow.support.messages(request.id)), town.uow.support.get(request.id)) == ([], request)


def test_who_of_the_team_belongs_to_the_coalition_speaks_for_it_in_its_group(town: Town) -> None:
    request = asked(town)
    assert speaks_for_team(town.uow, town.staff.id, request, in_group=True)
    with pytest.raises(NotAllowed):
        follow_up_support(town.uow, town.staff.id, request.id, "Bonjour", LATER, in_group=True)

    town.uow.memberships.put(town.staff.id, town.toits.id, MembershipState.ACCEPTED, NOW)
    assert not speaks_for_team(town.uow, town.staff.id, request, in_group=True)
    assert speaks_for_team(town.uow, town.staff.id, request, in_group=False)
    taken = take_support(town.uow, town.staff.id, request.id, request.version, LATER)
    assert speaks_for_team(town.uow, town.staff.id, taken, in_group=True)


def test_who_of_the_team_asked_for_a_coalition_speaks_for_it(town: Town) -> None:
    ask = SupportAsk(town.toits.id, "room", "Une salle")
    request = ask_support(town.uow, town.staff.id, ask, BREST, NOW)

    assert not speaks_for_team(town.uow, town.staff.id, request, in_group=False)
