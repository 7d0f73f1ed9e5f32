"""The command menu: registered with Telegram per scope and language, and only when it changed."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import structlog
from sqlalchemy import Connection
from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from handlers.command_menu import Role, commands_of, group_commands, presentation
from locales import LANGUAGES, language_for
from programme.territory import Territory
from storage.engine import Database
from storage.remembered import Remembered
from storage.unit_of_work import SqlUnitOfWork

log = structlog.get_logger("jalon.commands")

LOOK_AGAIN: Final = 60.0
"""Seconds after which a new facilitator sees their commands."""


@dataclass(frozen=True, slots=True)
class _Registration:
    """One thing to tell Telegram: under which name it is remembered, what it says, and the call that says it."""

    name: str
    content: Any
    call: Callable[[], Awaitable[object]]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(json.dumps(self.content, ensure_ascii=False).encode()).hexdigest()


async def keep_registered(
    bot: Bot, database: Database, territory: Territory, staff_ids: frozenset[int], every: float = LOOK_AGAIN
) -> None:
    """Register now, and again every so many seconds; ends with nothing but being cancelled."""
    while True:
        try:
            await register(bot, database, territory, staff_ids)
        except Exception:
            log.exception("command menu not looked at")
        await asyncio.sleep(every)


async def register(bot: Bot, database: Database, territory: Territory, staff_ids: frozenset[int]) -> None:
    """Tell Telegram what differs from what it was told before; where a call fails, the rest waits for the next time."""
    roles = await database.read(lambda connection: _roles(SqlUnitOfWork(connection, staff_ids)))
    known = await database.read(lambda connection: Remembered(connection).starting_with("telegram:"))
    wanted = [*_for_everybody(bot, territory), *_for_roles(bot, roles)]
    for registration in wanted:
        if known.get(registration.name) == registration.fingerprint:
            continue
        if not await _told(registration):
            return
        await database.write(partial(_remember, name=registration.name, fingerprint=registration.fingerprint))
    await _withdraw(bot, database, set(known) - {registration.name for registration in wanted})


def _roles(uow: SqlUnitOfWork) -> dict[int, Role]:
    roles: dict[int, Role] = {person.telegram_id: Role.FACILITATOR for person in uow.people.facilitators()}
    return roles | {person.telegram_id: Role.STAFF for person in uow.people.staff()}


def _for_everybody(bot: Bot, territory: Territory) -> list[_Registration]:
    registrations = []
    for code in (None, *LANGUAGES):
        language = language_for(code)
        named = code or "default"
        words = presentation(territory, language)
        long, short = words.description, words.short_description
        commands, in_groups = commands_of(Role.MEMBER, language), group_commands(language)
        private, groups = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
        registrations += [
            _Registration(f"telegram:commands:private:{named}", commands, _set_commands(bot, commands, code, private)),
            _Registration(f"telegram:commands:groups:{named}", in_groups, _set_commands(bot, in_groups, code, groups)),
            _Registration(f"telegram:description:{named}", long, _set_description(bot, long, code)),
            _Registration(f"telegram:short:{named}", short, _set_short(bot, short, code)),
        ]
    return registrations


def _for_roles(bot: Bot, roles: dict[int, Role]) -> list[_Registration]:
    registrations = []
    for telegram_id, role in roles.items():
        for code in (None, *LANGUAGES):
            commands = commands_of(role, language_for(code))
            name = f"telegram:commands:{telegram_id}:{code or 'default'}"
            scope = BotCommandScopeChat(telegram_id)
            registrations.append(_Registration(name, commands, _set_commands(bot, commands, code, scope)))
    return registrations


async def _withdraw(bot: Bot, database: Database, names: set[str]) -> None:
    """Take back the commands of who has lost a role."""
    for name in names:
        _, kind, whom, code = (name.split(":") + [""] * 4)[:4]
        if kind == "commands" and whom.isdecimal():
            language = None if code == "default" else code
            scope = BotCommandScopeChat(int(whom))
            gone = _Registration(name, None, partial(bot.delete_my_commands, scope, language))
            if not await _told(gone):
                return
        await database.write(partial(_forget, name=name))


def _remember(connection: Connection, *, name: str, fingerprint: str) -> None:
    Remembered(connection).put(name, fingerprint)


def _forget(connection: Connection, *, name: str) -> None:
    Remembered(connection).forget(name)


async def _told(registration: _Registration) -> bool:
    try:
        await registration.call()
    except (BadRequest, Forbidden) as error:
        # Such as a chat that does not exist for the bot any more: asking again each minute would not help.
        log.info("command menu refused", name=registration.name.split(":")[1], reason=type(error).__name__)
        return True
    except TelegramError as error:
        log.warning("command menu not registered", reason=type(error).__name__)
        return False
    return True


def _set_commands(
    bot: Bot, commands: tuple[tuple[str, str], ...], code: str | None, scope: BotCommandScope
) -> Callable[[], Awaitable[object]]:
    return lambda: bot.set_my_commands(commands, scope=scope, language_code=code)


def _set_description(bot: Bot, words: str, code: str | None) -> Callable[[], Awaitable[object]]:
    return lambda: bot.set_my_description(words, language_code=code)


def _set_short(bot: Bot, words: str, code: str | None) -> Callable[[], Awaitable[object]]:
    return lambda: bot.set_my_short_description(words, language_code=code)
