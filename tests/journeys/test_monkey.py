"""Whatever a monkey does, everybody is answered, nothing fails, and what is kept stays true.

`MONKEY_SEEDS=1,2,3` runs other seeds and `MONKEY_STEPS=500` another number of steps. A failure prints its last steps
as Python, to be given to `replay`.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

import pytest
from structlog.testing import capture_logs

from programme.groups import Group
from programme.ids import TelegramId
from programme.usecases.bind_group import bind_group
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.group_life import group_of
from tests.journeys.kept_promises import broken_promises, seats
from tests.journeys.monkey import PLAIN, PRIVATE, SUPERGROUP, Monkey, Step
from tests.world import PARIS, STAFF_ID, World

SEEDS: Final = tuple(int(seed) for seed in os.environ.get("MONKEY_SEEDS", "2027").split(","))
STEPS: Final = int(os.environ.get("MONKEY_STEPS", "2000"))
AT_ONCE: Final = (1, 2, 3, 5, 8, 20)
"""How many steps are done before the bot answers any: few, so that conversations come to their end, or a heap."""
PRINTED: Final = 60
PATIENCE: Final = 60.0
A_BLOCK: Final = "blocked by the user"
MOBILITY, EVENTS = "Mobilités alternatives", "Évènementiel durable"
SOON: Final = datetime(2026, 11, 27, 14, 0, tzinfo=PARIS)
ANSWERED: Final = frozenset(
    {"says", "photo", "document", "too big", "voice", "sticker", "place", "contact", "forwards", "edits"}
)
"""What gets a message in private; a tap gets words on its button, or none, but never spins."""


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_a_monkey_does_is_answered_and_what_is_kept_stays_true(
    world: World, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    monkey = await _town(world, Random(seed))  # noqa: S311 (chance that can be had again)
    done: list[list[Step]] = []
    try:
        for batch in _batches(monkey):
            done.append(batch)
            await _does(monkey, batch, caplog)
    except BaseException:
        shown = "\n".join(f"    {one!r}," for one in done[-PRINTED:])
        print(f"\nMONKEY_SEEDS={seed}, step {sum(map(len, done))}; the last ones, by batch:\n[\n{shown}\n]")  # noqa: T201 (shown of a failure only)
        raise


async def replay(world: World, batches: Iterable[Sequence[Step]], caplog: pytest.LogCaptureFixture) -> None:
    """Do the steps of a failure again, each batch at once; to be called in a test of one's own."""
    monkey = await _town(world, Random(0))  # noqa: S311 (nothing is left to chance here)
    for batch in batches:
        await _does(monkey, batch, caplog)


def _batches(monkey: Monkey) -> Iterable[list[Step]]:
    """Choose the steps, each batch from what can be seen then; halfway the plain group becomes a supergroup."""
    done, moved = 0, False
    while done < STEPS:
        batch = [monkey.chooses() for _ in range(min(monkey.chance.choice(AT_ONCE), STEPS - done))]
        if not moved and done >= STEPS / 2:
            batch[-1], moved = Step("Maël", "migrates", PLAIN), True
        elif monkey.chance.random() < 0.15:
            batch[-1] = monkey.waits()
        done += len(batch)
        yield batch


async def _does(monkey: Monkey, batch: Sequence[Step], caplog: pytest.LogCaptureFixture) -> None:
    """Do steps at once, and see that each is answered, that nothing failed and that what is kept is true."""
    world, now = monkey.world, monkey.world.clock.now()
    before = await world.jalon.database.read(seats)
    said = {name: person.chat_with().last_id for name, person in monkey.people.items()}
    monkey.taps.clear()
    with capture_logs() as ours:
        for step in batch:
            if step.deed == "waits":
                await world.settle(PATIENCE)
            await monkey.does(step)
        await world.settle(PATIENCE)
    now = world.clock.now()
    assert monkey.unanswered() == []
    assert _silences(monkey, batch, said) == []
    assert [entry for entry in ours if entry["log_level"] not in {"debug", "info"}] == []
    assert [record.getMessage() for record in caplog.records if record.levelname not in {"DEBUG", "INFO"}] == []
    assert [reason for reason in await world.given_up() if A_BLOCK not in str(reason)] == []
    assert await world.jalon.database.read(lambda connection: broken_promises(connection, before, now)) == []


def _silences(monkey: Monkey, batch: Sequence[Step], said: Mapping[str, int]) -> list[str]:
    """Name who got fewer messages than they should; who blocked, erased or deleted can't be counted."""
    uncounted = {
        step.who
        for step in batch
        if step.deed in {"blocks", "unblocks", "deletes"} or step.words.startswith("erase.now")
    }
    short = []
    for name, person in monkey.people.items():
        chat = person.chat_with()
        if name in uncounted or chat.blocked:
            continue
        new = [message for number, message in chat.kept.items() if number > said[name]]
        own = sum(message.sender_id == person.id for message in new)
        own += sum(step.who == name and step.deed == "edits" and step.chat == PRIVATE for step in batch)
        if len(new) - sum(message.sender_id == person.id for message in new) < own:
            short.append(name)
    return short


async def _town(world: World, chance: Random) -> Monkey:
    """A member, who facilitates, somebody of the project team, two groups, a meeting and a forum with few places."""
    lea, mael, anne = await world.known("Léa"), await world.known("Maël"), await world.known("Anne", id=STAFF_ID)
    mobility, events = await world.coalition(MOBILITY), await world.coalition(EVENTS)
    await world.belongs(lea, mobility)
    await world.belongs(mael, mobility, facilitator=True)
    await world.belongs(mael, events, facilitator=True)
    forum, small = await world.forum("Forum", places=2, starts_at=SOON), await world.forum("Atelier", places=1)
    supergroup = await group_of(world, mael, lea, anne, forum=True)
    plain = await group_of(world, mael, lea, anne, supergroup=False)
    topic = mael.creates_topic(supergroup, "Rencontres")
    now, zone = world.clock.now(), world.territory.zone

    def begins(uow: SqlUnitOfWork) -> None:
        lead = uow.people.by_telegram(TelegramId(mael.id))
        assert lead is not None
        plan_meeting(uow, lead.id, MeetingPlan(mobility.id, "Premier pas", now + timedelta(days=5), "ENIB"), now, zone)
        bind_group(uow, lead.id, Group(plain.id, None, mobility.id), now)
        bind_group(uow, lead.id, Group(supergroup.id, topic.id, events.id), now)

    await world.does(begins)
    links = [f"{kind}_{code}" for kind, code in _codes(mobility.code, forum.code, small.code)]
    people = {"Léa": lea, "Maël": mael, "Anne": anne}
    return Monkey(world, people, {SUPERGROUP: supergroup, PLAIN: plain}, links, chance, topic.id)


def _codes(coalition: str, *forums: str) -> Iterable[tuple[str, str]]:
    yield from (("join", coalition), ("action", coalition), ("join", "nowhere"), ("ticket", "nobody"))
    yield from (("forum", code) for code in (*forums, "nowhere"))
