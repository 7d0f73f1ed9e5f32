"""A meeting’s card in a group of many: as many names as fit, as few changes as Telegram bears."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.chat_allowance import CHAT_BURST, CHAT_SECONDS, GROUP_MESSAGES, GROUP_SECONDS, ChatAllowance, Window
from bot.clock import MovableClock
from bot.process import running
from bot.rate_limits import ANNOUNCEMENTS_PER_SECOND, MESSAGES_PER_SECOND, PacedRateLimiter
from bot.territory_file import load_territory
from programme.ids import PersonId, TelegramId
from programme.meetings import Answer
from programme.memberships import MembershipState
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.introduce_person import IN_OWN_NAME, Introduction, introduce_person
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from simulator.server import running as simulating
from simulator.telegram import Telegram
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.group_life import group_of, read_in
from tests.journeys.group_talk import NAME, TUESDAY, binds, meeting_card, meeting_cards, plans, talking
from tests.world import BREST, MONDAY_NOON, PARIS, TOKEN, World, settings_for

FASTER: Final = 4
"""How much quicker than outside everything goes in the story of sixty people: the limits, the clock, and they."""


async def test_three_hundred_members_fit_one_card(world: World) -> None:
    maude, _, group = await talking(world)
    await world.does(lambda uow: _crowd(uow, world, 298))
    meeting = await plans(world, maude)

    def answers(uow: SqlUnitOfWork) -> None:
        for place, member in enumerate(uow.memberships.members(meeting.coalition_id)):
            answer = (Answer.YES, Answer.MAYBE, Answer.NO)[place % 3]
            answer_meeting(uow, member, meeting.id, 0, answer, world.clock.now())

    await world.does(answers)
    await world.moves_by(timedelta(seconds=4))

    card = read_in(meeting_card(world, group))
    lines = card.splitlines()[-3:]
    assert [line.split(" (")[0] for line in lines] == ["Oui : 100", "Peut-être : 100", "Non : 100"]
    assert [line.rsplit(" et ")[1] for line in lines] == ["80 autres)", "80 autres)", "80 autres)"]
    assert len(card) <= 4096
    assert len(meeting_cards(world, group)) == 1


async def test_longest_names_fit_one_card(world: World) -> None:
    maude, _, group = await talking(world)
    await world.does(lambda uow: _crowd(uow, world, 70, "W" * 58))
    plan = MeetingPlan(
        (await world.coalition(NAME)).id, "T" * 100, TUESDAY.astimezone(UTC), "L" * 200, agenda="O " * 500
    )
    known = await world.record_of(maude)
    meeting = await world.does(lambda uow: plan_meeting(uow, known.id, plan, world.clock.now(), PARIS))

    def answers(uow: SqlUnitOfWork) -> None:
        for place, member in enumerate(uow.memberships.members(meeting.coalition_id)):
            answer_meeting(uow, member, meeting.id, 0, list(Answer)[place % 3], world.clock.now())

    await world.does(answers)
    await world.moves_by(timedelta(seconds=4))

    assert [line.split(" (")[0] for line in read_in(meeting_card(world, group)).splitlines()[-3:]] == [
        "Oui : 24",
        "Peut-être : 24",
        "Non : 24",
    ]


async def test_sixty_people_answer_in_ten_seconds_under_the_limits_of_a_group(tmp_path: Path) -> None:
    async with _hurried(tmp_path) as world:
        maude, people = await world.known("Maude"), [await world.known(f"P{number:02}") for number in range(60)]
        coalition = await world.coalition(NAME)
        for person in (maude, *people):
            await world.belongs(person, coalition, facilitator=person is maude)
        group = await group_of(world, maude, *people)
        await binds(world, group, coalition)
        await plans(world, maude)
        world.telegram.limits.on = True
        before = len(world.telegram.calls)

        for person in people:
            person.taps("Oui", chat=group)
            await asyncio.sleep(10 / 60 / FASTER)
        await world.settle()
        await asyncio.sleep(5 / FASTER)
        await world.settle()

        calls = world.telegram.calls[before:]
        in_group = [call for call in calls if str(call.parameters.get("chat_id")) == str(group.id)]
        assert [call.status for call in calls if call.status == 429] == []
        assert 1 <= len(in_group) <= 5
        lines = read_in(meeting_card(world, group)).splitlines()[-4:]
        names = ", ".join(f"P{number:02}" for number in range(20))
        assert lines == [f"Oui : 60 ({names} et 40 autres)", "Peut-être : 0", "Non : 0", "Sans réponse : 1"]


class _QuickClock(MovableClock):
    """A clock that goes by itself, so many times faster than the machine's."""

    def __init__(self, start: datetime, faster: int) -> None:
        super().__init__(start)
        self._faster, self._since = faster, time.monotonic()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=(time.monotonic() - self._since) * self._faster)


@asynccontextmanager
async def _hurried(folder: Path) -> AsyncIterator[World]:
    """A world at its true pace, but everything in it goes FASTER: the clock, Telegram's limits, and ours."""
    clock = _QuickClock(MONDAY_NOON, FASTER)
    telegram = Telegram(clock=clock.now)
    telegram.limits.time = lambda: time.monotonic() * FASTER
    bot = telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    territory = load_territory(BREST)

    def allowance(chat_id: int) -> ChatAllowance:
        chat = Window(CHAT_BURST, CHAT_SECONDS / FASTER)
        group = Window(GROUP_MESSAGES, GROUP_SECONDS / FASTER)
        return ChatAllowance((chat, group) if chat_id < 0 else (chat,))

    limiter = PacedRateLimiter(MESSAGES_PER_SECOND * FASTER, ANNOUNCEMENTS_PER_SECOND * FASTER, allowance=allowance)
    async with simulating(telegram) as address:
        settings = settings_for(folder, address)
        async with running(settings, territory, clock, limiter) as jalon:
            yield World(telegram, bot, clock, jalon, territory, settings)


def _crowd(uow: SqlUnitOfWork, world: World, how_many: int, stem: str = "Membre") -> None:
    """Have so many people more in the coalition, whom Telegram does not know: they can't be written to."""
    now = world.clock.now()
    coalition = uow.coalitions.by_name(NAME)
    assert coalition is not None
    for number in range(how_many):
        who = Introduction(f"{stem} {number:03}", IN_OWN_NAME)
        person = introduce_person(uow, TelegramId(700_000_000 + number), who, "fr", now)
        uow.memberships.put(PersonId(person.id), coalition.id, MembershipState.ACCEPTED, now)
