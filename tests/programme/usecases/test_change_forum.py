from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from programme.audit import AuditLine
from programme.errors import EndsBeforeStart, InThePast, NotAllowed, NotFound, NotWellFormed, OutOfRange, TooLate
from programme.forums import FORUM_PLACE_MAX, PLACES_MOST, ForumState, RegistrationState
from programme.ids import ForumId
from programme.leads import LEADS, EventKind, Lead
from programme.notices import (
    ForumCancelled,
    ForumMoved,
    Notice,
    OfferTakenBack,
    RegistrationConfirmed,
    SeatOffered,
)
from programme.reminders import ReminderState
from programme.usecases.change_forum import (
    ForumMove,
    cancel_forum,
    changeable_forum,
    move_forum,
    resize_forum,
)
from tests.programme.usecases.gathering import CLOSE, ENDS_AT, STARTS_AT, Gathering, gather
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

A_WEEK = timedelta(days=7)
A_WEEK_LATER = ForumMove(STARTS_AT + A_WEEK, ENDS_AT + A_WEEK)
AN_HOUR_LATER = ForumMove(STARTS_AT + timedelta(hours=1), ENDS_AT)


@pytest.fixture
def gathering(town: Town) -> Gathering:
    """Léa and Sam have the two places, Yann and Nora wait."""
    gathering = gather(town, places=2)
    gathering.come("Léa", "Sam", "Yann", "Nora")
    return gathering


def moves(gathering: Gathering, move: ForumMove = A_WEEK_LATER, now: datetime = NOW) -> None:
    gathering.forum = move_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, move, now, PARIS)


def resizes(gathering: Gathering, places: int, now: datetime = NOW) -> int:
    """Give the forum so many places; gives how many confirmed seats are above them."""
    resized = resize_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, places, now, PARIS)
    gathering.forum = resized.forum
    return resized.above


def lead_states(gathering: Gathering, version: int) -> dict[Lead, ReminderState]:
    found = {
        lead: gathering.town.uow.reminders.get(EventKind.FORUM, gathering.forum.id, version, lead)
        for lead in LEADS[EventKind.FORUM]
    }
    return {lead: reminder.state for lead, reminder in found.items() if reminder is not None}


def everybody(notice: Notice) -> list[tuple[str, Notice]]:
    return [(name, notice) for name in ("Léa", "Sam", "Yann", "Nora")]


def test_a_moved_forum_has_new_moments_another_place_and_a_new_version(gathering: Gathering) -> None:
    before = gathering.forum

    moves(gathering, replace(A_WEEK_LATER, place=" Le Quartz\n"))

    expected = replace(
        before, starts_at=A_WEEK_LATER.starts_at, ends_at=A_WEEK_LATER.ends_at, place="Le Quartz", version=1
    )
    assert gathering.forum == expected
    assert gathering.town.uow.forums.get(expected.id) == expected
    assert gathering.town.audited()[1:] == [
        AuditLine(NOW, gathering.town.staff.id, "move_forum", f"forum:{expected.id}", {"version": 1})
    ]


def test_everybody_who_is_registered_or_waits_is_told_once_and_keeps_their_place(gathering: Gathering) -> None:
    gathering.come("Anaïs")
    gathering.cancels("Anaïs")
    before = gathering.states

    moves(gathering)

    assert gathering.states == before
    assert gathering.told == everybody(ForumMoved(gathering.forum.id, 1))


def test_a_move_stops_the_old_reminders_and_plans_the_new_ones(gathering: Gathering) -> None:
    moves(gathering)

    leads = LEADS[EventKind.FORUM]
    assert lead_states(gathering, 0) == dict.fromkeys(leads, ReminderState.CANCELLED)
    assert lead_states(gathering, 1) == dict.fromkeys(leads, ReminderState.PLANNED)


def test_a_move_that_changes_nothing_tells_nobody(gathering: Gathering) -> None:
    moves(gathering, ForumMove(STARTS_AT, ENDS_AT, "Les Capucins"))

    assert (gathering.forum.version, gathering.told) == (0, [])
    assert len(gathering.town.audited()) == 1


def test_two_moves_are_told_as_two(gathering: Gathering) -> None:
    moves(gathering)
    moves(gathering, AN_HOUR_LATER)

    first, second = ForumMoved(gathering.forum.id, 1), ForumMoved(gathering.forum.id, 2)
    assert gathering.told == everybody(first) + everybody(second)


def test_a_move_gives_offers_another_deadline(gathering: Gathering) -> None:
    gathering.cancels("Léa", now=CLOSE)
    offered = gathering.of("Yann")

    moves(gathering, AN_HOUR_LATER, now=CLOSE + timedelta(hours=2))

    assert gathering.of("Yann") == replace(offered, offer_until=CLOSE + timedelta(hours=8))
    assert gathering.told[1:] == [(name, ForumMoved(gathering.forum.id, 1)) for name in ("Sam", "Yann", "Nora")]


def test_a_move_far_away_confirms_who_was_offered_a_place(gathering: Gathering) -> None:
    gathering.cancels("Léa", now=CLOSE)
    yann = gathering.of("Yann")

    moves(gathering, now=CLOSE)

    assert gathering.of("Yann") == replace(yann, state=RegistrationState.CONFIRMED, version=2, offer_until=None)
    assert gathering.told == [
        ("Yann", SeatOffered(yann.id, 1)),
        *((name, ForumMoved(gathering.forum.id, 1)) for name in ("Sam", "Yann", "Nora")),
    ]


def test_a_move_far_away_promotes_who_could_not_be_reached(gathering: Gathering) -> None:
    gathering.blocks("Yann")
    gathering.cancels("Nora")
    gathering.cancels("Léa", now=CLOSE)
    assert gathering.of("Yann").state is RegistrationState.WAITING

    moves(gathering, now=CLOSE)

    yann = gathering.of("Yann")
    assert yann.state is RegistrationState.CONFIRMED
    assert gathering.told == [
        ("Sam", ForumMoved(gathering.forum.id, 1)),
        ("Yann", ForumMoved(gathering.forum.id, 1)),
        ("Yann", RegistrationConfirmed(yann.id)),
    ]


def test_a_forum_moves_into_the_future_and_ends_after_it_began(gathering: Gathering) -> None:
    with pytest.raises(InThePast):
        moves(gathering, ForumMove(NOW, ENDS_AT))
    with pytest.raises(EndsBeforeStart):
        moves(gathering, ForumMove(ENDS_AT, ENDS_AT))
    with pytest.raises(NotWellFormed):
        moves(gathering, replace(A_WEEK_LATER, place="x" * (FORUM_PLACE_MAX + 1)))

    assert gathering.town.uow.forums.get(gathering.forum.id) == gathering.forum


def test_of_a_cancelled_forum_everybody_is_told_once_and_nobody_is_reminded(gathering: Gathering) -> None:
    before = gathering.states

    cancelled = cancel_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, NOW)

    assert cancelled == replace(gathering.forum, state=ForumState.CANCELLED, version=1)
    assert gathering.town.uow.forums.get(cancelled.id) == cancelled
    assert gathering.states == before
    assert gathering.told == everybody(ForumCancelled(cancelled.id, 1))
    assert lead_states(gathering, 0) == dict.fromkeys(LEADS[EventKind.FORUM], ReminderState.CANCELLED)
    assert lead_states(gathering, 1) == {}
    assert gathering.town.audited()[1:] == [
        AuditLine(NOW, gathering.town.staff.id, "cancel_forum", f"forum:{cancelled.id}")
    ]


def test_more_places_go_to_who_waits(gathering: Gathering) -> None:
    assert resizes(gathering, 3) == 0

    assert gathering.states == {"Léa": "confirmed", "Sam": "confirmed", "Yann": "confirmed", "Nora": "waiting"}
    assert gathering.told == [("Yann", RegistrationConfirmed(gathering.of("Yann").id))]
    assert (gathering.forum.places, gathering.forum.version) == (3, 0)
    assert gathering.town.audited()[1:] == [
        AuditLine(NOW, gathering.town.staff.id, "resize_forum", f"forum:{gathering.forum.id}", {"places": 3})
    ]


def test_fewer_places_throw_nobody_out(gathering: Gathering) -> None:
    assert resizes(gathering, 1) == 1

    assert gathering.states == {"Léa": "confirmed", "Sam": "confirmed", "Yann": "waiting", "Nora": "waiting"}
    assert gathering.told == []


def test_above_its_places_a_forum_gives_no_seat_until_enough_are_free(gathering: Gathering) -> None:
    resizes(gathering, 1)

    gathering.cancels("Léa")
    assert gathering.of("Yann").state is RegistrationState.WAITING

    gathering.cancels("Sam")
    assert gathering.of("Yann").state is RegistrationState.CONFIRMED
    assert gathering.of("Nora").state is RegistrationState.WAITING


def test_fewer_places_take_back_the_latest_offers_and_tell_so(town: Town) -> None:
    gathering = gather(town, places=4)
    gathering.come("Léa")
    gathering.asks("Sam", seats=3)
    gathering.come("Yann", "Nora", "Anaïs")
    gathering.cancels("Sam", now=CLOSE)

    assert resizes(gathering, 2, now=CLOSE) == 0

    assert gathering.states == {
        "Léa": "confirmed",
        "Sam": "cancelled",
        "Yann": "offered",
        "Nora": "waiting",
        "Anaïs": "waiting",
    }
    nora, anais = gathering.of("Nora"), gathering.of("Anaïs")
    assert (nora.version, nora.offer_until) == (2, None)
    assert gathering.told[3:] == [("Anaïs", OfferTakenBack(anais.id, 2)), ("Nora", OfferTakenBack(nora.id, 2))]


def test_who_was_taken_back_an_offer_heads_the_line(town: Town) -> None:
    gathering = gather(town, places=1)
    gathering.come("Léa", "Yann", "Nora")
    gathering.cancels("Léa", now=CLOSE)
    gathering.come("Sam", now=CLOSE)
    resizes(gathering, 2, now=CLOSE)
    resizes(gathering, 1, now=CLOSE)
    assert gathering.states == {"Léa": "cancelled", "Yann": "offered", "Nora": "waiting", "Sam": "waiting"}

    gathering.cancels("Yann", now=CLOSE)

    assert gathering.states == {"Léa": "cancelled", "Yann": "cancelled", "Nora": "offered", "Sam": "waiting"}


def test_who_asked_for_more_seats_than_are_left_at_all_holds_up_nobody(town: Town) -> None:
    gathering = gather(town, places=3)
    gathering.come("Léa", "Sam")
    gathering.asks("Yann", seats=3)
    gathering.come("Nora")
    assert gathering.states == {"Léa": "confirmed", "Sam": "confirmed", "Yann": "waiting", "Nora": "waiting"}
    gathering.cancels("Sam")

    resizes(gathering, 2)

    assert gathering.states == {"Léa": "confirmed", "Sam": "cancelled", "Yann": "waiting", "Nora": "confirmed"}


def test_as_many_places_as_before_change_nothing(gathering: Gathering) -> None:
    assert resizes(gathering, 2) == 0

    assert (gathering.told, len(gathering.town.audited())) == ([], 1)


@pytest.mark.parametrize("places", [0, -1, PLACES_MOST + 1])
def test_a_number_of_places_that_cannot_be_is_refused(gathering: Gathering, places: int) -> None:
    with pytest.raises(OutOfRange) as refused:
        resizes(gathering, places)

    assert (refused.value.field, refused.value.least, refused.value.most) == ("places", 1, PLACES_MOST)


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_nobody_but_staff_changes_a_forum(gathering: Gathering, role: str) -> None:
    uow, by, forum_id = gathering.town.uow, gathering.town.who(role).id, gathering.forum.id

    with pytest.raises(NotAllowed):
        changeable_forum(uow, by, forum_id, NOW)
    with pytest.raises(NotAllowed):
        move_forum(uow, by, forum_id, A_WEEK_LATER, NOW, PARIS)
    with pytest.raises(NotAllowed):
        cancel_forum(uow, by, forum_id, NOW)
    with pytest.raises(NotAllowed):
        resize_forum(uow, by, forum_id, 5, NOW, PARIS)

    assert (uow.forums.get(forum_id), gathering.told) == (gathering.forum, [])


def test_what_has_begun_or_is_cancelled_does_not_change_any_more(gathering: Gathering) -> None:
    uow, by, forum_id = gathering.town.uow, gathering.town.staff.id, gathering.forum.id
    with pytest.raises(TooLate):
        moves(gathering, now=STARTS_AT)
    with pytest.raises(TooLate):
        resizes(gathering, 5, now=STARTS_AT)
    with pytest.raises(TooLate):
        cancel_forum(uow, by, forum_id, STARTS_AT)

    cancel_forum(uow, by, forum_id, NOW)

    with pytest.raises(TooLate):
        cancel_forum(uow, by, forum_id, NOW)
    with pytest.raises(TooLate):
        moves(gathering)
    with pytest.raises(TooLate):
        resizes(gathering, 5)


def test_a_forum_that_is_not_there_does_not_change(town: Town) -> None:
    with pytest.raises(NotFound):
        cancel_forum(town.uow, town.staff.id, ForumId(404), NOW)
