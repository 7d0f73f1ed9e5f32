from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.ids import SupportMessageId, SupportRequestId
from programme.people import Person
from programme.support import SentFile, SupportMessage, SupportRequest, SupportState, Tally
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, person

LATER = NOW + timedelta(hours=2)
TODAY = NOW.date()
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


def test_the_queue_is_narrowed_to_states_and_a_kind_oldest_first_and_what_is_closed_latest_first(
    uow: SqlUnitOfWork,
) -> None:
    lea, toits = person(uow, "Léa"), coalition(uow, "Toits")
    first, second, third, fourth = (request(uow, toits, lea, text) for text in ("Un", "Deux", "Trois", "Quatre"))
    answered = replace(second, state=SupportState.ANSWERED, version=2)
    early = replace(third, state=SupportState.CLOSED, closed_at=NOW, version=2)
    late = replace(fourth, state=SupportState.CLOSED, closed_at=LATER, version=2)
    for changed in (answered, early, late):
        uow.support.save(changed)
    open_ones, closed = set(SupportState) - {SupportState.CLOSED}, {SupportState.CLOSED}

    assert uow.support.queue(open_ones, "room", 0, 8) == [first, answered]
    assert uow.support.queue(open_ones, "", 1, 1) == [answered]
    assert uow.support.queue(closed, "", 0, 8) == [late, early]
    assert uow.support.queue(open_ones, "speaker", 0, 8) == []
    assert uow.support.tally("") == uow.support.tally("room") == Tally(untaken=1, taken=1, closed=2)
    assert uow.support.tally("speaker") == Tally(0, 0, 0)
    assert uow.support.count_unclosed() == 2


def test_the_day_of_a_recall_gives_what_still_waits(uow: SqlUnitOfWork) -> None:
    lea, toits = person(uow, "Léa"), coalition(uow, "Toits")
    waits, rests = (request(uow, toits, lea, text) for text in ("Un", "Deux"))
    uow.support.save(replace(waits, waits_since=NOW))
    uow.support.note_recalled([waits.id, rests.id], TODAY)

    assert uow.support.recalled_on(TODAY) == [replace(waits, waits_since=NOW, recalled_on=TODAY)]
    assert uow.support.recalled_on(TODAY + timedelta(days=1)) == []


def test_a_file_is_kept_with_what_is_said(uow: SqlUnitOfWork) -> None:
    lea = person(uow, "Léa")
    asked = request(uow, coalition(uow, "Toits"), lea)
    plan = uow.support.add_message(replace(message(asked, lea, ""), file=SentFile("BQACAgQ", "plan.pdf")))
    photo = uow.support.add_message(replace(message(asked, lea, "La salle"), file=SentFile("AgACAgQ")))

    assert uow.support.messages(asked.id) == [plan, photo]


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
