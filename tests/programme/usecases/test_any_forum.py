"""Whatever happens to a forum: no seat is given twice, nobody passes anybody, and everything is told once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, bindparam, create_engine, event, select

from programme.errors import Refusal
from programme.forums import OFFERED_WITHIN, Registration, RegistrationState
from programme.ids import PersonId, RegistrationId
from programme.notices import (
    ForumMoved,
    Notice,
    OfferLapsed,
    OfferTakenBack,
    RegistrationConfirmed,
    SeatOffered,
    unpack_notice,
)
from programme.people import Person, Preferences
from programme.quiet_hours import QuietHours
from programme.usecases.cancel_registration import cancel_registration
from programme.usecases.change_forum import ForumMove, move_forum, resize_forum
from programme.usecases.confirm_offer import confirm_offer, decline_offer
from programme.usecases.introduce_person import mark_reachable
from programme.usecases.pass_on_offers import pass_on_offers
from programme.usecases.plan_forum import plan_forum
from programme.usecases.register import RegistrationAsked, register
from storage import engine
from storage.registrations import IN_FORUM
from storage.tables import metadata
from storage.tables.delivery import outbox
from storage.unit_of_work import SqlUnitOfWork
from storage.units import begin
from tests.programme.usecases.gathering import plan
from tests.programme.usecases.town import NO_QUIET_HOURS, PARIS
from tests.storage.brest import NOW, STAFF_ID, person

CONFIRMED, OFFERED = RegistrationState.CONFIRMED, RegistrationState.OFFERED
WAITING, CANCELLED = RegistrationState.WAITING, RegistrationState.CANCELLED
HOLDING = {CONFIRMED, OFFERED}
SLEEPS_EARLY = QuietHours(time(19), time(9))
HOW_MANY = 7
Told = tuple[PersonId, Notice]

NEWLY_TOLD = (
    select(outbox.c.id, outbox.c.person_id, outbox.c.content)
    .where(outbox.c.id > bindparam("last"), outbox.c.state == "waiting")
    .order_by(outbox.c.id)
)

who = st.integers(0, HOW_MANY - 1)
seats = st.sampled_from([1, 1, 1, 2, 3])


class AnyForum(RuleBasedStateMachine):
    """Seven people and staff do anything; how all stood before the last step, and how it stands now."""

    database: ClassVar[Engine]

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.database.connect()
        self.uow = SqlUnitOfWork(self.connection, frozenset({STAFF_ID}))
        self.now = NOW
        self.staff = person(self.uow, "Anne", telegram_id=STAFF_ID)
        nights = (NO_QUIET_HOURS, QuietHours(), SLEEPS_EARLY)
        self.people = [
            person(self.uow, f"Personne {number}", preferences=Preferences(quiet_hours=nights[number % 3]))
            for number in range(HOW_MANY)
        ]
        soon_close = plan(places=3, starts_at=NOW + timedelta(hours=50))
        self.forum_id = plan_forum(self.uow, self.staff.id, soon_close, NOW, PARIS).id
        self.forum = self.uow.forums.get(self.forum_id)
        self.registrations: dict[RegistrationId, Registration] = {}
        self.before = self.registrations
        self.here: PersonId | None = None
        self.moved = False
        self.last_told = 0
        self.told: list[Told] = []

    def teardown(self) -> None:
        self.connection.rollback()
        self.connection.close()

    @contextmanager
    def step(self, here: Person | None = None) -> Iterator[None]:
        """Note how things stand, let it be done or refused, and note what has become of it and who was told what."""
        self.here = None if here is None else here.id
        version, refused = self.forum.version, False
        try:
            with self.connection.begin_nested():
                yield
        except Refusal:
            refused = True
        self.before, self.registrations = self.registrations, self.kept()
        self.forum = self.uow.forums.get(self.forum_id)
        self.moved = self.forum.version != version
        self.told = self.newly_told()
        assert not refused or (self.registrations, self.told) == (self.before, [])

    def kept(self) -> dict[RegistrationId, Registration]:
        return {each.id: each for each in self.uow.registrations._all(IN_FORUM, forum=self.forum_id)}

    def newly_told(self) -> list[Told]:
        rows = self.connection.execute(NEWLY_TOLD, {"last": self.last_told}).all()
        self.last_told = max([self.last_told, *(row.id for row in rows)])
        return [(row.person_id, unpack_notice(row.content)) for row in rows]

    def changed(self) -> list[tuple[RegistrationState, Registration]]:
        """What changed its state in the last step: the state before, or waiting for who just came."""
        return [
            (self.before[number].state if number in self.before else WAITING, after)
            for number, after in self.registrations.items()
            if number not in self.before or self.before[number].version != after.version
        ]

    @rule(number=who, wanted=seats)
    def registers_or_changes(self, number: int, wanted: int) -> None:
        one = self.people[number]
        with self.step(one):
            register(self.uow, one.id, self.forum_id, RegistrationAsked(wanted), self.now, PARIS)

    @precondition(lambda self: self.registrations)
    @rule(number=who)
    def cancels(self, number: int) -> None:
        one = self.people[number]
        with self.step(one):
            cancel_registration(self.uow, one.id, self.forum_id, self.now, PARIS)

    @precondition(lambda self: self.uow.registrations.next_lapse())
    @rule(data=st.data(), accepts=st.booleans())
    def answers_an_offer(self, data: Any, accepts: bool) -> None:
        holding = self.uow.registrations.holding(self.forum_id)
        offered = data.draw(st.sampled_from([each for each in holding if each.state is OFFERED]))
        one = self.uow.people.get(offered.person_id)
        with self.step(one):
            (confirm_offer if accepts else decline_offer)(self.uow, one.id, self.forum_id, self.now, PARIS)

    @rule(hours=st.sampled_from([1, 3, 7, 13, 25]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        with self.step():
            self.schedule_wakes()

    @precondition(lambda self: self.registrations)
    @rule(places=st.integers(1, 6))
    def staff_resize(self, places: int) -> None:
        with self.step():
            resized = resize_forum(self.uow, self.staff.id, self.forum_id, places, self.now, PARIS)
            held = [each for each in self.kept().values() if each.state in HOLDING]
            assert resized.above == max(0, sum(each.seats for each in held) - places)
            assert resized.above == 0 or {each.state for each in held} == {CONFIRMED}

    @precondition(lambda self: self.registrations)
    @rule(hours=st.sampled_from([2, 30, 60, 200]))
    def staff_move(self, hours: int) -> None:
        starts_at = self.now + timedelta(hours=hours)
        with self.step():
            move_forum(
                self.uow,
                self.staff.id,
                self.forum_id,
                ForumMove(starts_at, starts_at + timedelta(hours=8)),
                self.now,
                PARIS,
            )

    @precondition(lambda self: self.registrations)
    @rule(number=who)
    def blocks_or_takes_it_back(self, number: int) -> None:
        one = self.uow.people.get(self.people[number].id)
        with self.step():
            mark_reachable(self.uow, one.id, self.now, reachable=not one.reachable)
            self.schedule_wakes()

    def schedule_wakes(self) -> None:
        batches = 0
        while pass_on_offers(self.uow, self.now, PARIS):
            batches += 1
            assert batches < 2 * HOW_MANY

    @invariant()
    def no_seat_is_given_twice(self) -> None:
        """Only where places were taken away are more seats held than there are, and then none is given."""
        held = [each for each in self.registrations.values() if each.state in HOLDING]
        taken = sum(each.seats for each in held)
        assert taken == self.uow.registrations.seats_taken(self.forum_id)
        if taken > self.forum.places:
            assert {each.state for each in held} == {CONFIRMED}
            held_before = {number for number, each in self.before.items() if each.state in HOLDING}
            assert {each.id for each in held} <= held_before

    @invariant()
    def nobody_waits_for_what_is_free(self) -> None:
        line = self.line()
        if line and self.now < self.forum.starts_at:
            free = self.forum.places - self.uow.registrations.seats_taken(self.forum_id)
            assert line[0].seats > free

    @invariant()
    def nobody_passes_anybody(self) -> None:
        given = [after.id for state, after in self.changed() if state is WAITING and after.state in HOLDING]
        assert all(each.id > max(given) for each in self.line() if given)

    @invariant()
    def nothing_is_given_after_the_start(self) -> None:
        if self.now >= self.forum.starts_at:
            assert [after for _, after in self.changed() if after.state is not CANCELLED] == []

    @invariant()
    def an_offer_has_a_time_ahead(self) -> None:
        for each in self.registrations.values():
            assert (each.offer_until is not None) == (each.state is OFFERED)
            if each.offer_until is not None:
                assert self.now < each.offer_until <= self.forum.starts_at

    @invariant()
    def nobody_confirmed_is_thrown_out(self) -> None:
        lost = [after for state, after in self.changed() if state is CONFIRMED]
        assert all(each.person_id == self.here and each.state is CANCELLED for each in lost)

    @invariant()
    def each_is_told_once_what_became_of_it(self) -> None:
        """But who did something themself reads it in the answer, and who was moved reads it there."""
        expected = [told for state, after in self.changed() for told in self.expected(state, after)]
        if self.moved:
            everybody = [each for each in self.before.values() if each.state is not CANCELLED]
            notice = ForumMoved(self.forum_id, self.forum.version)
            expected += [(each.person_id, notice) for each in everybody if each.person_id is not None]
        assert sorted(self.told, key=repr) == sorted(expected, key=repr)

    def expected(self, state: RegistrationState, after: Registration) -> list[Told]:
        if after.person_id is None or after.person_id == self.here or after.state is state is WAITING:
            return []
        assert (state, after.state) != (OFFERED, CONFIRMED) or self.moved
        taken_back_before = OfferTakenBack(after.id, after.version - 1)
        offered = SeatOffered(after.id, after.version)
        notices: dict[tuple[RegistrationState, RegistrationState], list[Notice]] = {
            (WAITING, CONFIRMED): [RegistrationConfirmed(after.id)],
            (WAITING, OFFERED): [offered],
            (OFFERED, CANCELLED): [OfferLapsed(after.id, after.version)],
            (OFFERED, WAITING): [OfferTakenBack(after.id, after.version)],
            (OFFERED, CONFIRMED): [],
            # Taken back together with one who wants more seats than there are now, and so holds up nobody.
            (OFFERED, OFFERED): [taken_back_before, offered],
        }
        return [(after.person_id, notice) for notice in notices[state, after.state]]

    def line(self) -> list[Registration]:
        """Who waits and could have a place, by the rule of the decision record."""
        close = self.forum.starts_at - self.now <= OFFERED_WITHIN
        reachable = {one.id for one in self.people if self.uow.people.get(one.id).reachable}
        return [
            each
            for each in self.registrations.values()
            if each.state is WAITING and each.seats <= self.forum.places and (not close or each.person_id in reachable)
        ]


@pytest.fixture
def database() -> Iterator[Engine]:
    """A database in memory; each story is rolled back at its end."""
    made = create_engine("sqlite://").execution_options(writes=True)
    event.listen(made, "connect", engine._prepare)
    event.listen(made, "begin", begin)
    with made.begin() as opened:
        metadata.create_all(opened)
    yield made
    made.dispose()


@pytest.mark.timeout(600)  # where it fails, Hypothesis takes up to five minutes to make the story short
def test_whatever_happens_to_a_forum(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnyForum, "database", database, raising=False)

    run_state_machine_as_test(AnyForum, settings=settings(max_examples=60, stateful_step_count=25, deadline=None))
