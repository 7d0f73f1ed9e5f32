import pytest

from programme.errors import NotAllowed, NotWellFormed
from programme.groups import Group, GroupChat
from programme.notices import SupportAsked, SupportChanged, SupportSaid
from programme.support import SUPPORT_TEXT_MAX, SentFile, SupportState
from programme.usecases.answer_support import answer_support
from programme.usecases.close_support import close_support
from programme.usecases.leave_coalition import leave_coalition
from tests.programme.usecases.support_life import LATER, LATER_STILL, asked
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

GROUP = -1001


def test_an_answer_reaches_who_asked_and_makes_the_request_theirs_who_answers(town: Town) -> None:
    request = asked(town)
    message = answer_support(town.uow, town.staff.id, request.id, " Le 8 ? ", LATER)

    assert list(town.uow.support.messages(request.id)) == [message]
    assert (message.text, message.by, message.from_staff) == ("Le 8 ?", town.staff.id, True)
    answered = town.uow.support.get(request.id)
    assert (answered.state, answered.taken_by, answered.version) == (SupportState.ANSWERED, town.staff.id, 2)
    assert town.told() == [("Anne", SupportAsked(request.id)), ("Maude", SupportSaid(message.id))]
    assert [(line.deed, line.details) for line in town.audited()] == [("answer_support", {"message": message.id})]


def test_what_goes_to_the_group_is_not_told_in_private_too(town: Town) -> None:
    town.uow.groups.bind(Group(GROUP, None, town.toits.id), NOW)
    request = asked(town, GROUP)
    answer_support(town.uow, town.staff.id, request.id, "Le 8 ?", LATER)

    assert town.told() == [("Anne", SupportAsked(request.id))]


def test_where_the_bot_may_not_write_in_the_group_who_asked_is_told(town: Town) -> None:
    town.uow.groups.bind(Group(GROUP, None, town.toits.id), NOW)
    request = asked(town, GROUP)
    town.uow.groups.put_chat(GroupChat(GROUP, "Toits", present=True, may_write=False), NOW)
    message = answer_support(town.uow, town.staff.id, request.id, "Le 8 ?", LATER)

    assert town.told()[1:] == [("Maude", SupportSaid(message.id))]


def test_who_left_the_coalition_reads_nothing_more_of_what_they_asked_for_it(town: Town) -> None:
    request = asked(town)
    town.uow.memberships.put(
        town.member.id, town.toits.id, town.uow.memberships.everybody(town.toits.id)[0].state, NOW, facilitator=True
    )
    leave_coalition(town.uow, town.facilitator.id, town.toits.id, NOW)
    before = len(town.told())
    message = answer_support(town.uow, town.staff.id, request.id, "Le 8 ?", LATER)

    assert town.told()[before:] == [("Léa", SupportSaid(message.id))]


def test_an_answer_to_a_closed_request_waits(town: Town) -> None:
    request = asked(town)
    closed = close_support(town.uow, town.staff.id, request.id, request.version, LATER)
    message = answer_support(town.uow, town.staff.id, request.id, "Finalement, oui", LATER_STILL)

    assert list(town.uow.support.messages(request.id)) == [message]
    assert town.uow.support.get(request.id) == closed
    assert town.told()[1:] == [("Maude", SupportChanged(request.id, closed.version))]


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_only_the_team_answers(town: Town, role: str) -> None:
    request = asked(town)
    with pytest.raises(NotAllowed):
        answer_support(town.uow, town.who(role).id, request.id, "Le 8 ?", LATER)

    assert list(town.uow.support.messages(request.id)) == []


@pytest.mark.parametrize("text", ["", " \n ", "a" * (SUPPORT_TEXT_MAX + 1)])
def test_a_text_that_says_nothing_or_too_much_is_refused(town: Town, text: str) -> None:
    request = asked(town)
    with pytest.raises(NotWellFormed):
        answer_support(town.uow, town.staff.id, request.id, text, LATER)

    assert town.uow.support.get(request.id) == request


def test_a_file_needs_no_words(town: Town) -> None:
    request = asked(town)
    message = answer_support(town.uow, town.staff.id, request.id, "", LATER, file=SentFile("BQACAgQ", "plan.pdf"))

    assert list(town.uow.support.messages(request.id)) == [message]
    assert (message.text, message.file) == ("", SentFile("BQACAgQ", "plan.pdf"))
    assert town.told()[1:] == [("Maude", SupportSaid(message.id))]
