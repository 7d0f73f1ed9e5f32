"""The demo put together: a simulated Telegram, the real bot over HTTP, a page, a database that is gone afterwards."""

import secrets
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from bot.logs import set_up_logs
from bot.process import Jalon, running
from bot.settings import Settings
from bot.territory_file import load_territory
from demo.clock import LeapingClock
from demo.group import gather, show_in_group, until_shown
from demo.leaps import Leaps
from demo.life import Circle, Life
from demo.programme_life import leave_to_decide
from demo.town import LED, Town, fill, settle_town
from locales import language_for
from programme.ids import MeetingId
from simulator.page import Page
from simulator.server import running as simulating
from simulator.telegram import Telegram
from storage.unit_of_work import SqlUnitOfWork

TERRITORY: Final = Path(__file__).parent.parent / "territories" / "brest.toml"
HERE: Final = "127.0.0.1"
LANGUAGE: Final = language_for("fr")


@dataclass(frozen=True, slots=True)
class Stage:
    """A running demo: the page’s address, its people, its bot."""

    address: str
    telegram: Telegram
    town: Town
    jalon: Jalon
    clock: LeapingClock


@asynccontextmanager
async def staged(port: int) -> AsyncIterator[Stage]:
    """Run the demo while the block runs, on this port of 127.0.0.1 (0: any); raises OSError where it is taken."""
    clock, territory = LeapingClock(), load_territory(TERRITORY)
    clock.leap_over_the_night(territory.zone)
    telegram = Telegram(clock=clock.now)
    # New each time: another page of the browser must not be able to speak as the bot.
    token = f"123456:{secrets.token_urlsafe(30)}"
    bot = telegram.new_bot(token, username="jalon_demo_bot", first_name="Jalon", inline=True)
    town = settle_town(telegram)
    keeping = partial(SqlUnitOfWork, staff_ids=frozenset({town.staff.id}))
    page = Page(telegram, LANGUAGE.plain("Jalon · demo"), town.seats(LANGUAGE), zone=territory.zone)
    with tempfile.TemporaryDirectory(prefix="jalon-demo-") as folder:
        async with simulating(telegram, HERE, port, page) as address:
            set_up_logs("text", "warning", (token,))
            settings = _settings(Path(folder), address, town, token)
            async with running(settings, territory, clock) as jalon:

                def first(connection: Connection) -> tuple[Circle, MeetingId]:
                    return fill(keeping(connection), town, territory, LANGUAGE, clock.now())

                def then(connection: Connection) -> None:
                    life = Life(keeping(connection), circle, territory, LANGUAGE, clock.now())
                    leave_to_decide(life)
                    show_in_group(life, coming)

                circle, coming = await jalon.database.write(first)
                group = await gather(telegram, bot, town, LED)
                await jalon.database.write(then)
                jalon.sender.wake()
                await until_shown(telegram, bot, group)
                leaps = Leaps(telegram, jalon, clock, territory, LANGUAGE)
                page.leaps, page.leap = leaps.offered(), leaps.leap
                yield Stage(address, telegram, town, jalon, clock)


def _settings(folder: Path, address: str, town: Town, token: str) -> Settings:
    """Give every setting, so that none comes from an operator's own environment."""
    web_port = _free_port()
    given: dict[str, Any] = {
        "_env_file": None,
        "token": token,
        "api_url": address,
        "database_url": f"sqlite+aiosqlite:///{folder / 'jalon.db'}",
        "territory": TERRITORY,
        "staff_ids": str(town.staff.id),
        "webhook_url": None,
        "webhook_secret": None,
        "public_url": f"http://{HERE}:{web_port}",
        "listen": f"{HERE}:{web_port}",
        "log_format": "text",
        "log_level": "warning",
        "locale": "fr",
    }
    return Settings(**given)


def _free_port() -> int:
    """Find a port for the bot's own web part, which serves the private calendars."""
    with socket.create_server((HERE, 0)) as found:
        port: int = found.getsockname()[1]
        return port
