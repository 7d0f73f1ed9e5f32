"""Look at everything that a start needs, and tell all that is wrong at once, each with what to do."""

import platform
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL, make_url
from telegram import Bot, User
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import prerequisites
from bot.settings import Settings, SettingsError, load_settings
from bot.settings_rules import DATABASE_EXAMPLE
from bot.telegram_request import TelegramRequest
from bot.territory_file import TerritoryFileError, load_territory
from programme.territory import Territory

NOT_KNOWN: Final = "Telegram does not know this token: set JALON_TOKEN to the one @BotFather gave."
ASKED_WITHIN: Final = 5.0
"""Seconds that Telegram has to answer."""
_SQLITE_HEADER: Final = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found; the bot may start where `problems` is empty, and then settings and territory are there."""

    settings: Settings | None
    territory: Territory | None
    sound: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TelegramAnswer:
    """What Telegram says of the bot: `notes` are no problems, but somebody will miss what they tell of."""

    sound: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def examine(env_file: Path = Path(".env")) -> Examination:
    """Look at Python, settings, territory and database; makes the database's folder where it alone is missing."""
    sound: list[str] = []
    problems = list(prerequisites.missing())
    settings, territory = None, None
    if not problems:
        sound.append(f"Python {platform.python_version()} has all the packages.")
    try:
        settings = load_settings(env_file)
        known = dict(settings)
        sound.append(f"The settings are right (staff ids: {len(settings.staff_ids)}).")
    except SettingsError as error:
        known = dict(error.sound)
        problems += error.problems
    if "territory" in known:
        try:
            territory = load_territory(known["territory"])
            sound.append(f"The territory is {territory.name}, by {known['territory']}.")
        except TerritoryFileError as error:
            problems += error.problems
    if "database_url" in known:
        database = make_url(known["database_url"])
        problem = database_problem(database)
        if problem is None:
            sound.append(f"The database {database.render_as_string(hide_password=True)} can be written.")
        else:
            problems.append(problem)
    return Examination(settings, territory, tuple(sound), tuple(problems))


async def ask_telegram(settings: Settings) -> TelegramAnswer:
    """Ask Telegram who the bot is, and whether what only @BotFather can switch on is on."""
    bot = Bot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        request=TelegramRequest(read_timeout=ASKED_WITHIN),
        get_updates_request=TelegramRequest(),
    )
    try:
        async with bot:
            me = bot.bot
    except InvalidToken:
        return TelegramAnswer(problems=(NOT_KNOWN,))
    except NetworkError as error:
        return TelegramAnswer(notes=(f"Telegram can't be reached just now ({type(error).__name__}).",))
    except TelegramError as error:
        return TelegramAnswer(notes=(f"Telegram would not say who the bot is ({type(error).__name__}).",))
    return TelegramAnswer((f"Telegram knows the bot as @{me.username}.",), tuple(notes_on(me)))


def notes_on(me: User) -> list[str]:
    """What the bot can't do until somebody switches it on with @BotFather."""
    notes = []
    if not me.supports_inline_queries:
        notes.append(f"Nobody can share with @{me.username} in other chats; switch it on with @BotFather: /setinline.")
    if not me.can_join_groups:
        notes.append(f"@{me.username} can't be added to groups; allow it with @BotFather: /setjoingroups.")
    return notes


def database_problem(database: URL) -> str | None:
    """What keeps the database from being used, as a sentence; only SQLite's file is looked at, no server is called."""
    if database.get_backend_name() != "sqlite":
        driver = database.get_driver_name()
        missing = find_spec(driver) is None
        return f"JALON_DATABASE_URL needs the package {driver}; install it beside Jalon." if missing else None
    if database.database in {None, "", ":memory:"}:
        return f"JALON_DATABASE_URL would forget everything at each stop; name a file, as in {DATABASE_EXAMPLE}."
    file = Path(str(database.database))
    return _folder_problem(file.parent) or _file_problem(file)


def _folder_problem(folder: Path) -> str | None:
    elsewhere = "or name another in JALON_DATABASE_URL"
    if folder.exists() and not folder.is_dir():
        return f"{folder} is no folder, and the database should stand in it; remove it, {elsewhere}."
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return f"The database's folder {folder} is missing and can't be made; make it, {elsewhere}."
    try:
        # Asking for rights is not enough: a read-only disk grants them.
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError:
        return f"Nothing can be written in the folder {folder}; let this user write there, {elsewhere}."


def _file_problem(file: Path) -> str | None:
    if not file.exists():
        return None
    if file.is_dir():
        return f"{file} is a folder; name a file in it in JALON_DATABASE_URL."
    try:
        with file.open("r+b") as opened:
            start = opened.read(len(_SQLITE_HEADER))
    except OSError:
        return f"The database {file} can't be read and written; let this user do both."
    if start not in {b"", _SQLITE_HEADER}:
        return f"{file} is no SQLite database; name another file in JALON_DATABASE_URL."
    return None
