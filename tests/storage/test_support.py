from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.ids import SupportMessageId, SupportRequestId
from programme.people import Person
from programme.support import SupportMessage, SupportRequest, SupportState
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, person

LATER = NOW + timedelta(hours=2)
GROUP = -1_002_000_000_001


def request(uow: SqlUnitOfWork, of: Coalition, by: Person, text: str = "Une salle") -> SupportRequest:
    return uow.support.add(
        SupportRequest(
            id=SupportRequestId(0),
            coalition_id=of.id,
            kind="room",
            text=text,
            wanted_on=date(2026, 12, 8),
            state=SupportState.RECEIVED,
            asked_by=by.id,
            asked_at=NOW,
            chat_id=GROUP,
            thread_id=17,
        )
    )


def message(to: SupportRequest, by: Person, text: str, *, from_staff: bool = False) -> SupportMessage:
    return SupportMessage(SupportMessageId(0), to.id, by.id, from_staff, text, NOW)


def test_a_request_is_kept_with_where_it_was_asked_and_with_its_state(uow: SqlUnitOfWork) -> None:
    lea, anne = person(uow, "Léa"), person(uow, "Anne")
    asked = request(uow, coalition(uow, "Toits"), lea)
    assert uow.support.get(asked.id) == asked

    taken = replace(asked, state=SupportState.TAKEN, taken_by=anne.id, version=2, chat_id=None, thread_id=None)
    uow.support.save(taken)

    assert uow.support.get(asked.id) == taken
    with pytest.raises(NotFound):
        uow.support.get(SupportRequestId(99))


def test_a_coalition_has_its_requests_the_latest_first(uow: SqlUnitOfWork) -> None:
    lea, toits, eau = person(uow, "Léa"), coalition(uow, "Toits"), coalition(uow, "Eau")
    first, second = request(uow, toits, lea), request(uow, toits, lea, "Un contact")
    request(uow, eau, lea)

    assert uow.support.of_coalition(toits.id) == [second, first]


def test_the_team_finds_what_is_not_closed_oldest_first(uow: SqlUnitOfWork) -> None:
    lea, toits = person(uow, "Léa"), coalition(uow, "Toits")
    first, closed, last = (request(uow, toits, lea, text) for text in ("Un", "Deux", "Trois"))
    uow.support.save(replace(closed, state=SupportState.CLOSED, closed_at=LATER, version=2))
    answered = replace(first, state=SupportState.ANSWERED, version=2)
    uow.support.save(answered)

    assert uow.support.unclosed() == [answered, last]


def test_what_is_said_about_a_request_keeps_its_order(uow: SqlUnitOfWork) -> None:
    lea, anne, toits = person(uow, "Léa"), person(uow, "Anne"), coalition(uow, "Toits")
    asked, other = request(uow, toits, lea), request(uow, toits, lea)
    question = uow.support.add_message(message(asked, anne, "Pour combien de personnes ?", from_staff=True))
    answer = uow.support.add_message(message(asked, lea, "Trente"))
    uow.support.add_message(message(other, lea, "Et un vidéoprojecteur"))

    assert uow.support.messages(asked.id) == [question, answer]
    assert uow.support.message(answer.id) == answer
    with pytest.raises(NotFound):
        uow.support.message(SupportMessageId(99))
