import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, Outdated, TooLate
from programme.notices import SupportChanged
from programme.support import SupportState
from programme.usecases.close_support import close_support
from programme.usecases.follow_up_support import follow_up_support
from tests.programme.usecases.support_life import LATER, asked
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW


def test_a_closed_request_leaves_the_queue_and_who_asked_is_told(town: Town) -> None:
    request = asked(town)
    closed = close_support(town.uow, town.staff.id, request.id, request.version, LATER)

    assert town.uow.support.get(request.id) == closed
    assert (closed.state, closed.closed_at, closed.version) == (SupportState.CLOSED, LATER, 2)
    assert list(town.uow.support.unclosed()) == []
    assert town.told()[1:] == [("Maude", SupportChanged(request.id, 2))]
    assert town.audited() == [AuditLine(LATER, town.staff.id, "close_support", f"support_request:{request.id}", {})]
    with pytest.raises(TooLate):
        close_support(town.uow, town.staff.id, request.id, closed.version, LATER)


def test_nobody_closes_over_words_they_have_not_read(town: Town) -> None:
    request = asked(town)
    follow_up_support(town.uow, town.facilitator.id, request.id, "Encore une chose", LATER, in_group=False)

    with pytest.raises(Outdated):
        close_support(town.uow, town.staff.id, request.id, request.version, LATER)


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_only_the_team_closes(town: Town, role: str) -> None:
    request = asked(town)
    with pytest.raises(NotAllowed):
        close_support(town.uow, town.who(role).id, request.id, request.version, NOW)

    assert town.uow.support.get(request.id) == request
