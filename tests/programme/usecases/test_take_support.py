import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, Outdated, TooLate
from programme.notices import SupportAsked, SupportChanged
from programme.support import SupportState
from programme.usecases.close_support import close_support
from programme.usecases.take_support import take_support
from storage.tables.programme import people
from tests.programme.usecases.support_life import LATER, NOWHERE, asked
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, person


def test_who_takes_a_request_has_it_and_who_asked_is_told(town: Town) -> None:
    request = asked(town)
    taken = take_support(town.uow, town.staff.id, request.id, request.version, LATER)

    assert town.uow.support.get(request.id) == taken
    assert (taken.state, taken.taken_by, taken.version) == (SupportState.TAKEN, town.staff.id, 2)
    assert town.told() == [("Anne", SupportAsked(request.id)), ("Maude", SupportChanged(request.id, 2))]
    assert town.audited() == [AuditLine(LATER, town.staff.id, "take_support", f"support_request:{request.id}", {})]


def test_taking_what_one_has_changes_nothing(town: Town) -> None:
    request = asked(town)
    taken = take_support(town.uow, town.staff.id, request.id, request.version, LATER)

    assert take_support(town.uow, town.staff.id, request.id, 1, LATER) == taken
    assert len(town.audited()) == 1


def test_the_second_of_two_who_tap_at_once_is_told_and_may_take_over_then(town: Town) -> None:
    request = asked(town)
    first = person(town.uow, "Paul")
    appointed(town, first.id)
    taken = take_support(town.uow, first.id, request.id, request.version, LATER)

    with pytest.raises(Outdated):
        take_support(town.uow, town.staff.id, request.id, request.version, LATER)
    over = take_support(town.uow, town.staff.id, request.id, taken.version, LATER)

    assert over.taken_by == town.staff.id
    assert town.audited()[-1].details == {"instead_of": f"person:{first.id}"}


def test_a_closed_request_is_not_taken(town: Town) -> None:
    request = asked(town)
    closed = close_support(town.uow, town.staff.id, request.id, request.version, LATER)

    with pytest.raises(TooLate):
        take_support(town.uow, town.staff.id, request.id, closed.version, LATER)


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_only_the_team_takes_requests(town: Town, role: str) -> None:
    request = asked(town)
    with pytest.raises(NotAllowed):
        take_support(town.uow, town.who(role).id, request.id, request.version, NOW)

    assert town.uow.support.get(request.id) == request


def test_what_is_nowhere_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        take_support(town.uow, town.staff.id, NOWHERE, 1, NOW)


def appointed(town: Town, person_id: int) -> None:
    """Make somebody staff, as staff do."""
    town.connection.execute(people.update().where(people.c.id == person_id).values(appointed_staff=True))
