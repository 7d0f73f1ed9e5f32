from datetime import date

import pytest

from programme.errors import InThePast, NotAllowed, NotFound, NotWellFormed
from programme.groups import CardKind, Group, GroupCard
from programme.ids import CoalitionId
from programme.notices import SupportAsked
from programme.support import SUPPORT_TEXT_MAX, SupportState
from programme.usecases.ask_support import SupportAsk, ask_support
from programme.usecases.support_sides import group_of
from tests.programme.usecases.support_life import BREST
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, TODAY

GROUP = -1001


def test_a_request_is_kept_and_the_team_is_told(town: Town) -> None:
    ask = SupportAsk(town.toits.id, "room", "  Une salle\u0000 pour 20 ", wanted_on=TODAY)
    request = ask_support(town.uow, town.facilitator.id, ask, BREST, NOW)

    assert town.uow.support.get(request.id) == request
    assert (request.text, request.state, request.asked_by) == (
        "Une salle pour 20",
        SupportState.RECEIVED,
        town.facilitator.id,
    )
    assert town.told() == [("Anne", SupportAsked(request.id))]
    assert list(town.uow.support.unclosed()) == [request]


def test_who_of_the_team_asks_for_a_coalition_is_not_told_of_it(town: Town) -> None:
    ask_support(town.uow, town.staff.id, SupportAsk(town.toits.id, "room", "Une salle"), BREST, NOW)

    assert town.told() == []


def test_a_request_stands_as_a_card_in_the_group_of_its_coalition_only(town: Town) -> None:
    town.uow.groups.bind(Group(GROUP, None, town.toits.id), NOW)
    town.uow.groups.bind(Group(GROUP - 1, None, town.lagune.id), NOW)

    here = ask_support(town.uow, town.facilitator.id, _ask(town, GROUP), BREST, NOW)
    elsewhere = ask_support(town.uow, town.facilitator.id, _ask(town, GROUP - 1), BREST, NOW)
    nowhere = ask_support(town.uow, town.facilitator.id, _ask(town, GROUP - 2), BREST, NOW)

    assert list(town.uow.group_cards.places(GroupCard(CardKind.SUPPORT, here.id))) == [
        Group(GROUP, None, town.toits.id)
    ]
    assert [(request.chat_id, _places(town, request.id)) for request in (elsewhere, nowhere)] == [(None, 0)] * 2


def test_a_request_stands_in_the_topic_where_it_was_asked_while_that_is_there(town: Town) -> None:
    town.uow.groups.bind(Group(GROUP, 7, town.toits.id), NOW)
    ask = SupportAsk(town.toits.id, "room", "Une salle", chat_id=GROUP, thread_id=7)
    request = ask_support(town.uow, town.facilitator.id, ask, BREST, NOW)
    assert group_of(town.uow, request) == Group(GROUP, 7, town.toits.id)

    town.uow.groups.lose_topic(GROUP, 7)
    assert group_of(town.uow, request) == Group(GROUP, None, town.toits.id, lost=True)


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_only_who_facilitates_asks(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        ask_support(town.uow, town.who(role).id, SupportAsk(town.toits.id, "room", "Une salle"), BREST, NOW)

    assert (town.told(), list(town.uow.support.unclosed())) == ([], [])


def test_what_can_not_be_asked_is_refused(town: Town) -> None:
    by = town.facilitator.id
    yesterday = date.fromordinal(TODAY.toordinal() - 1)
    with pytest.raises(NotFound):
        ask_support(town.uow, by, SupportAsk(town.toits.id, "helicopter", "Un vol"), BREST, NOW)
    with pytest.raises(NotFound):
        ask_support(town.uow, by, SupportAsk(CoalitionId(99), "room", "Une salle"), BREST, NOW)
    with pytest.raises(InThePast):
        ask_support(town.uow, by, SupportAsk(town.toits.id, "room", "Une salle", yesterday), BREST, NOW)
    for text in ("", "\u200b" * 3 + "\u3164", "a" * (SUPPORT_TEXT_MAX + 1)):
        with pytest.raises(NotWellFormed):
            ask_support(town.uow, by, SupportAsk(town.toits.id, "room", text), BREST, NOW)

    assert list(town.uow.support.of_coalition(town.toits.id)) == []


def _ask(town: Town, chat_id: int) -> SupportAsk:
    return SupportAsk(town.toits.id, "room", "Une salle", chat_id=chat_id)


def _places(town: Town, request_id: int) -> int:
    return len(town.uow.group_cards.places(GroupCard(CardKind.SUPPORT, request_id)))
