import pytest

from programme.errors import NotAllowed, TooLate
from programme.notices import SupportSaid
from programme.support import SupportRequest, SupportState
from programme.usecases.answer_support import answer_support
from programme.usecases.close_support import close_support
from programme.usecases.follow_up_support import follow_up_support
from programme.usecases.reopen_support import reopen_support
from tests.programme.usecases.support_life import LATER, LATER_STILL, asked
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW


@pytest.fixture
def closed(town: Town) -> SupportRequest:
    """Anne has answered and closed what Maude asked."""
    request = asked(town)
    answer_support(town.uow, town.staff.id, request.id, "Le 8 ?", NOW)
    return close_support(town.uow, town.staff.id, request.id, 2, LATER)


def test_all_that_was_said_while_it_was_closed_is_passed_on(town: Town, closed: SupportRequest) -> None:
    said = [
        follow_up_support(town.uow, who.id, closed.id, text, LATER_STILL, in_group=True)
        for who, text in ((town.member, "La salle est fermée"), (town.facilitator, "Et il pleut"))
    ]
    before = len(town.told())
    passed_on = reopen_support(town.uow, town.facilitator.id, closed.id, said[-1].id, LATER_STILL, in_group=True)

    assert list(passed_on) == said
    assert town.told()[before:] == [("Anne", SupportSaid(message.id)) for message in said]
    opened = town.uow.support.get(closed.id)
    assert (opened.state, opened.closed_at, opened.taken_by) == (SupportState.TAKEN, None, town.staff.id)
    assert [line.deed for line in town.audited()] == ["answer_support", "close_support", "reopen_support"]


def test_an_answer_of_the_team_reopens_as_answered(town: Town, closed: SupportRequest) -> None:
    message = answer_support(town.uow, town.staff.id, closed.id, "Finalement", LATER_STILL)
    before = len(town.told())
    reopen_support(town.uow, town.staff.id, closed.id, message.id, LATER_STILL, in_group=False)

    assert town.uow.support.get(closed.id).state is SupportState.ANSWERED
    assert town.told()[before:] == [("Maude", SupportSaid(message.id))]


def test_what_was_said_before_it_was_closed_is_not_said_again(town: Town, closed: SupportRequest) -> None:
    message = follow_up_support(town.uow, town.facilitator.id, closed.id, "Bonjour ?", LATER, in_group=False)

    assert list(reopen_support(town.uow, town.facilitator.id, closed.id, message.id, LATER, in_group=False)) == [
        message
    ]
    with pytest.raises(TooLate):
        reopen_support(town.uow, town.facilitator.id, closed.id, message.id, LATER, in_group=False)


@pytest.mark.parametrize(("role", "in_group"), [("member", False), ("stranger", True), ("stranger", False)])
def test_others_do_not_reopen(town: Town, closed: SupportRequest, role: str, in_group: bool) -> None:
    message = follow_up_support(town.uow, town.member.id, closed.id, "Bonjour ?", LATER, in_group=True)
    with pytest.raises(NotAllowed):
        reopen_support(town.uow, town.who(role).id, closed.id, message.id, LATER, in_group=in_group)

    assert town.uow.support.get(closed.id) == closed
