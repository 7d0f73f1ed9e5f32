import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import structlog
from telegram.ext import ExtBot

from bot.command_menu import keep_registered, register
from bot.telegram_request import TelegramRequest
from bot.territory_file import load_territory
from handlers.command_menu import COMMANDS, GROUPS, Role
from handlers.router import ROUTES
from programme.ids import TelegramId
from simulator.accounts import Profile
from simulator.faults import Fault
from simulator.server import running
from simulator.telegram import Telegram
from storage.engine import Database
from storage.remembered import Remembered
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import STAFF_ID, coalition, joins, person

TOKEN = "123456:AAH-the-token-that-nobody-may-read"
BREST = load_territory(Path("territories/brest.toml"))
NOLWENN = TelegramId(7_000)
LANGUAGES = ("", "en", "fr")
FOR_ALL = {"all_private_chats", "all_group_chats"}
MEMBERS, FACILITATORS, STAFF = (list(COMMANDS[role]) for role in (Role.MEMBER, Role.FACILITATOR, Role.STAFF))


class Registry:
    """What Telegram knows of the bot, and the bot's database; `tells` registers once and says which calls arrived."""

    def __init__(self, telegram: Telegram, database: Database, bot: ExtBot[None]) -> None:
        self.telegram = telegram
        self.database = database
        self.bot = bot
        self.territory = BREST

    @property
    def profile(self) -> Profile:
        return self.telegram.only_bot().profile

    @property
    def called(self) -> list[str]:
        return [call.method for call in self.telegram.calls if call.method.lower() != "getme"]

    async def tells(self) -> list[str]:
        before = len(self.called)
        await register(self.bot, self.database, self.territory, frozenset({STAFF_ID}))
        return self.called[before:]

    async def does(self, work: Callable[[SqlUnitOfWork], object]) -> None:
        await self.database.write(lambda connection: work(SqlUnitOfWork(connection, frozenset({STAFF_ID}))))

    def commands(self, scope: str, language: str = "fr") -> list[str]:
        return [one["command"] for one in self.profile.commands.get((scope, language), [])]


@pytest.fixture
async def registry(tmp_path: Path) -> AsyncIterator[Registry]:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    request = TelegramRequest(read_timeout=2.0)
    async with running(telegram) as address, ExtBot(TOKEN, base_url=f"{address}/bot", request=request) as bot:
        yield Registry(telegram, database, bot)
    await database.close()


def leads(uow: SqlUnitOfWork) -> None:
    joins(uow, person(uow, "Nolwenn", telegram_id=NOLWENN), coalition(uow, "Rade"), facilitator=True)


def hands_over(uow: SqlUnitOfWork) -> None:
    """Have Nolwenn give her coalition's facilitation away, or take it back where she had given it away."""
    nolwenn = uow.people.by_telegram(NOLWENN)
    assert nolwenn is not None
    (rade,) = uow.coalitions.of_person(nolwenn.id)
    joins(uow, nolwenn, rade, facilitator=not uow.coalitions.led_by(nolwenn.id))


async def test_everybody_sees_the_commands_of_members_in_their_language(registry: Registry) -> None:
    await registry.tells()

    assert set(registry.profile.commands) == {(scope, language) for scope in FOR_ALL for language in LANGUAGES}
    assert [registry.commands("all_private_chats", language) for language in LANGUAGES] == [MEMBERS] * 3
    assert [registry.profile.commands["all_private_chats", language][0] for language in LANGUAGES] == [
        {"command": "menu", "description": "Tout faire avec des boutons"},
        {"command": "menu", "description": "Everything, by buttons"},
        {"command": "menu", "description": "Tout faire avec des boutons"},
    ]


def test_every_command_that_is_listed_works() -> None:
    listed = {name for commands in COMMANDS.values() for name in commands}

    assert listed - set(ROUTES.commands) == set()
    assert set(GROUPS) == set(ROUTES.group_commands)


async def test_groups_see_what_works_there(registry: Registry) -> None:
    await registry.tells()

    assert [registry.commands("all_group_chats", language) for language in LANGUAGES] == [list(GROUPS)] * 3
    assert [registry.profile.commands["all_group_chats", language][-2]["description"] for language in LANGUAGES] == [
        "Indiquer quelle coalition échange ici",
        "Say which coalition talks here",
        "Indiquer quelle coalition échange ici",
    ]


async def test_the_bot_presents_itself_in_each_language(registry: Registry) -> None:
    await registry.tells()

    assert set(registry.profile.descriptions) == set(registry.profile.short_descriptions) == set(LANGUAGES)
    assert registry.profile.short_descriptions["en"] == "The assistant of Brest métropole for the climate."
    assert registry.profile.short_descriptions["fr"] == registry.profile.short_descriptions[""]
    assert registry.profile.descriptions["fr"].startswith("Je suis Jalon, l’assistant de Brest métropole")


async def test_nothing_is_sent_again_when_nothing_changed(registry: Registry) -> None:
    await registry.does(leads)
    assert len(await registry.tells()) == 15

    assert await registry.tells() == []


async def test_only_what_changed_is_sent_again(registry: Registry) -> None:
    await registry.tells()

    registry.territory = replace(BREST, programme="Plan Climat 2030")

    assert await registry.tells() == ["setMyDescription"] * 3
    assert "Plan Climat 2030" in registry.profile.descriptions["fr"]


async def test_a_new_facilitator_gets_theirs(registry: Registry) -> None:
    await registry.tells()
    await registry.does(leads)

    assert await registry.tells() == ["setMyCommands"] * 3
    assert [registry.commands(f"chat:{NOLWENN}", language) for language in LANGUAGES] == [FACILITATORS] * 3
    assert registry.commands("all_private_chats") == MEMBERS


async def test_staff_get_theirs_even_where_they_facilitate_too(registry: Registry) -> None:
    await registry.does(
        lambda uow: joins(uow, person(uow, "Anne", telegram_id=STAFF_ID), coalition(uow, "Rade"), facilitator=True)
    )
    await registry.tells()

    assert registry.commands(f"chat:{STAFF_ID}") == STAFF


async def test_who_lost_a_role_has_them_deleted_and_may_get_them_again(registry: Registry) -> None:
    await registry.does(leads)
    await registry.tells()

    await registry.does(hands_over)
    assert await registry.tells() == ["deleteMyCommands"] * 3
    assert {scope for scope, _ in registry.profile.commands} == FOR_ALL
    assert await registry.tells() == []

    await registry.does(hands_over)
    assert await registry.tells() == ["setMyCommands"] * 3
    assert registry.commands(f"chat:{NOLWENN}") == FACILITATORS


async def test_a_failing_call_is_tried_again_next_time(registry: Registry) -> None:
    registry.telegram.faults.next(Fault.SERVER_ERROR, 1, "setMyDescription")
    with structlog.testing.capture_logs() as logs:
        assert await registry.tells() == ["setMyCommands", "setMyCommands"]
    assert [(line["event"], line["log_level"]) for line in logs] == [("command menu not registered", "warning")]

    assert await registry.tells() == [
        "setMyDescription", "setMyShortDescription",
        "setMyCommands", "setMyCommands", "setMyDescription", "setMyShortDescription",
        "setMyCommands", "setMyCommands", "setMyDescription", "setMyShortDescription",
    ]  # fmt: skip
    assert await registry.tells() == []
    assert set(registry.profile.descriptions) == set(LANGUAGES)


async def test_a_failing_deletion_is_tried_again_next_time(registry: Registry) -> None:
    await registry.does(leads)
    await registry.tells()
    await registry.does(hands_over)

    registry.telegram.faults.next(Fault.SERVER_ERROR, 1, "deleteMyCommands")
    assert await registry.tells() == []
    assert registry.telegram.faults.happened == {Fault.SERVER_ERROR: 1}
    assert await registry.tells() == ["deleteMyCommands"] * 3

    assert {scope for scope, _ in registry.profile.commands} == FOR_ALL


async def test_what_telegram_refuses_is_not_asked_each_minute(registry: Registry) -> None:
    registry.territory = replace(BREST, programme="Plan Climat " * 50)  # longer than a description may be
    with structlog.testing.capture_logs() as logs:
        await registry.tells()

    assert [(line["event"], line["name"], line["log_level"]) for line in logs] == [
        ("command menu refused", "description", "info")
    ] * 3
    assert await registry.tells() == []
    assert [registry.commands("all_private_chats", language) for language in LANGUAGES] == [MEMBERS] * 3


async def test_a_staff_id_that_never_started_the_bot_is_no_error(registry: Registry) -> None:
    with structlog.testing.capture_logs() as logs:
        await registry.tells()
    assert logs == []
    assert {scope for scope, _ in registry.profile.commands} == FOR_ALL

    await registry.does(lambda uow: person(uow, "Anne", telegram_id=STAFF_ID))
    await registry.tells()

    assert registry.commands(f"chat:{STAFF_ID}") == STAFF


async def test_a_new_facilitator_sees_their_commands_soon(registry: Registry) -> None:
    async with asyncio.TaskGroup() as group:
        keeping = group.create_task(
            keep_registered(registry.bot, registry.database, BREST, frozenset({STAFF_ID}), every=0.02)
        )
        await registry.telegram.until(lambda: len(registry.called) == 12)
        await registry.does(leads)
        await registry.telegram.until(lambda: len(registry.called) == 15)
        await asyncio.sleep(0.1)
        keeping.cancel()

    assert len(registry.called) == 15
    assert registry.commands(f"chat:{NOLWENN}") == FACILITATORS


async def test_looking_goes_on_when_the_database_is_well_again(registry: Registry) -> None:
    await registry.tells()
    await registry.database.write(lambda c: c.exec_driver_sql("ALTER TABLE remembered RENAME TO away"))
    async with asyncio.TaskGroup() as group:
        with structlog.testing.capture_logs() as logs:
            keeping = group.create_task(
                keep_registered(registry.bot, registry.database, BREST, frozenset({STAFF_ID}), every=0.02)
            )
            await registry.telegram.until(lambda: logs)
            await registry.database.write(lambda c: c.exec_driver_sql("ALTER TABLE away RENAME TO remembered"))
            await registry.does(leads)
            await registry.telegram.until(lambda: len(registry.called) == 15)
            keeping.cancel()

    assert {line["event"] for line in logs} == {"command menu not looked at"}
    assert registry.commands(f"chat:{NOLWENN}") == FACILITATORS


async def test_fingerprints_are_kept_and_no_words(registry: Registry) -> None:
    await registry.tells()

    kept = await registry.database.read(lambda c: Remembered(c).starting_with("telegram:"))
    assert set(kept) == {
        f"telegram:{what}:{language}"
        for what in ("commands:private", "commands:groups", "description", "short")
        for language in ("default", "en", "fr")
    }
    assert {len(fingerprint) for fingerprint in kept.values()} == {64}
