"""An evening on which people talk to the bot, which runs in a process of its own and is killed or stopped meanwhile."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from simulator.accounts import Bot
from simulator.server import running as simulating
from simulator.telegram import Telegram
from tests.resilience.bot_process import BotProcess
from tests.resilience.patient import Patient
from tests.resilience.programme_evening import Actor, Team
from tests.resilience.records import NOTHING, InHand, in_hand, rows

TOKEN: Final = "123456:AAH-a-token-that-only-the-simulator-knows"
ANNE: Final = 900_000_001
FIRST_NAMES: Final = ("Léa", "Sam", "Noé", "Zoé", "Max", "Eva", "Ali", "Ida", "Tom", "Ana")
KNOWN: Final = ("ENIB", "IMT Atlantique", "La Carène", "BAPAV", "Icade Promotion")
TURNS: Final = 300
WHILE_STARTING: Final = 0.2
"""How many of the kills come while the bot starts."""
MOST_TURNS: Final = 22
"""How many turns pass before a kill, at most."""
STARTS_WITHIN: Final = 60.0
IN_THE_AIR: Final = 1.0
"""Seconds before a kill from which on a message may have been on its way."""


@dataclass
class Evening:
    """A bot in a process of its own, the people who talk to it, and what happens to it."""

    telegram: Telegram
    account: Bot
    bot: BotProcess
    team: Team
    actors: list[Actor]
    start_seconds: float = 0.0
    kills: list[float] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    found: InHand = NOTHING
    turns_at_last_kill: int = 0
    over: bool = False
    still_proposing: int = 0
    began_at: float = 0.0

    @property
    def turns(self) -> int:
        """How many turns people have had answered or wait for."""
        return self.team.patient.turns + sum(actor.patient.turns for actor in self.actors)

    @property
    def said_again(self) -> int:
        """How many messages came that nobody's turn and no notice accounts for; below zero where some never came."""
        patients = [self.team.patient, *(actor.patient for actor in self.actors)]
        ((notices,),) = rows(self.bot.database, "SELECT count(*) FROM outbox WHERE key IS NOT NULL AND state = 'sent'")
        return sum(len(one.read) - one.answers for one in patients) - int(notices)

    @property
    def in_the_air(self) -> int:
        """How many messages may have been on their way when the bot was killed."""
        sent = [call.at.timestamp() for call in self.telegram.calls if call.method == "sendMessage"]
        return sum(any(0 <= kill - at < IN_THE_AIR for kill in self.kills) for at in sent)

    async def happens(self) -> None:
        """Let everybody do what they came for; who is through goes on until the evening is over, and for all turns."""
        everybody_joined = asyncio.Barrier(len(self.actors) + 1)
        self.still_proposing = len(self.actors)
        async with asyncio.TaskGroup() as group:
            for actor in self.actors:
                group.create_task(self._comes(actor, everybody_joined))
            group.create_task(self._leads(everybody_joined))

    async def _comes(self, actor: Actor, everybody_joined: asyncio.Barrier) -> None:
        await actor.arrives()
        await actor.joins()
        await everybody_joined.wait()
        await actor.proposes()
        await actor.wants_calm_evenings()
        await actor.sets_reminders()
        await actor.answers_the_meeting()
        while not self.over or self.turns < TURNS:
            await actor.sets_reminders()
            if not self.over:
                await actor.proposes()
        self.still_proposing -= 1

    async def _leads(self, everybody_joined: asyncio.Barrier) -> None:
        await self.team.arrives()
        await everybody_joined.wait()
        await self.team.plans_the_meeting()
        await self.team.approves(self._all_proposed)

    def _all_proposed(self) -> int | None:
        """How many coalitions are proposed, None as long as there may be more."""
        return None if self.still_proposing else sum(len(actor.proposed) for actor in self.actors)

    async def happens_briefly(self) -> None:
        """Let everybody arrive and join, and then change their settings until the evening is over."""

        async def comes(actor: Actor) -> None:
            await actor.arrives()
            await actor.joins()
            while not self.over:
                await actor.sets_reminders()

        async with asyncio.TaskGroup() as group:
            group.create_task(self.team.arrives())
            for actor in self.actors:
                group.create_task(comes(actor))

    async def is_killed(self, times: int, chance: random.Random) -> None:
        """Kill the bot again and again, also while it starts, and start it at once."""
        for _ in range(times):
            if chance.random() < WHILE_STARTING:
                await asyncio.sleep(chance.uniform(0, self.start_seconds))
            else:
                await self.bot.is_running()
                reached = partial(self._reached, self.turns + chance.randint(0, MOST_TURNS))
                await self.telegram.until(reached, STARTS_WITHIN)
                await asyncio.sleep(chance.uniform(0, 0.15))
            await self.bot.kill()
            self.kills.append(self.telegram.now())
            self.found += in_hand(self.bot.database)
            await self.bot.start()
        self.turns_at_last_kill = self.turns
        self.over = True

    def _reached(self, turns: int) -> bool:
        return self.turns >= turns

    async def is_stopped(self, times: int, chance: random.Random) -> None:
        """Ask the bot to stop again and again, and start it at once."""
        for _ in range(times):
            await self.bot.is_running()
            await asyncio.sleep(chance.uniform(0.1, 2.0))
            asked_at = self.telegram.now()
            assert await self.bot.stop() == 0
            self.stops.append(self.telegram.now() - asked_at)
            await self.bot.start()
        self.over = True


@asynccontextmanager
async def an_evening(folder: Path, *, webhook_port: int | None = None) -> AsyncIterator[Evening]:
    """Ten actors and one of the project team, a simulated Telegram, and the bot, running."""
    # Telegram waits longer between two tries of a webhook, which would only make the test longer.
    telegram = Telegram(any_webhook=True, webhook_delays=(0.05, 0.1, 0.2))
    account = telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    async with simulating(telegram) as address:
        settings = {"JALON_TOKEN": TOKEN, "JALON_API_URL": address, "JALON_STAFF_IDS": str(ANNE)}
        if webhook_port is not None:
            settings["JALON_LISTEN"] = f"127.0.0.1:{webhook_port}"
            settings["JALON_WEBHOOK_URL"] = f"http://127.0.0.1:{webhook_port}/telegram"
            settings["JALON_WEBHOOK_SECRET"] = "only-the-simulator-knows-this"
        bot = BotProcess(folder, settings)
        team = Team(Patient(telegram.new_person("Anne", id=ANNE)), telegram)
        evening = Evening(telegram, account, bot, team, list(_actors(telegram)))
        await bot.start()
        started_at = telegram.now()
        try:
            await bot.is_running()
            evening.began_at = telegram.now()
            evening.start_seconds = telegram.now() - started_at
            yield evening
        finally:
            await bot.end()


def _actors(telegram: Telegram) -> Iterator[Actor]:
    for number, first_name in enumerate(FIRST_NAMES):
        new = number % 2 == 0
        organisation = f"Atelier {first_name} & Cie" if new else KNOWN[number // 2]
        answer = ("yes", "maybe", "no")[number % 3]
        yield Actor(Patient(telegram.new_person(first_name)), f"{first_name} Le Gall", organisation, new, answer)
