"""What keeps the bot from starting is told at once, in sentences that say what to do."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from simulator.server import running as simulating
from simulator.telegram import Telegram
from tests.resilience.bot_process import BotProcess
from tests.resilience.command_line import jalon

TOKEN: Final = "123456:AAH-a-token-that-only-the-simulator-knows"
NO_TOKEN: Final = (
    "JALON_TOKEN is not set; copy .env.example to .env, "
    "and there write the token that @BotFather gave you (123456789:AAbb…)."
)
BAD_TOKEN: Final = "JALON_TOKEN is no bot token; copy all of the one that @BotFather gave (123456789:AAbb…)."
NO_HTTPS: Final = (
    "JALON_WEBHOOK_URL must start with https, because Telegram calls nothing else; "
    "write one such as https://jalon.example.org/telegram."
)
NO_SECRET: Final = (
    "JALON_WEBHOOK_SECRET is not set, and a webhook needs it; "
    'make one with: python -c "import secrets; print(secrets.token_urlsafe(32))".'
)
NO_NUMBERS: Final = (
    "JALON_STAFF_IDS names “lea”, “@sam”, and a Telegram id is a number; "
    "write such numbers with commas between them, as in 123456789,987654321."
)


def told(folder: Path, *, fresh: bool = False, **settings: str) -> tuple[str, ...]:
    """What `run` says of these settings, where it does not start."""
    wrong = {f"JALON_{name.upper()}": value for name, value in settings.items()}
    ended = jalon(
        folder, {"JALON_TOKEN": TOKEN, "JALON_DATABASE_URL": database_in(folder), **wrong}, "run", fresh=fresh
    )
    assert (ended.code, ended.out) == (2, ())
    return ended.err


def database_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/jalon.db"


def territory_with_unknown_zone(folder: Path) -> Path:
    file = folder / "quimper.toml"
    shutil.copytree("territories/brest", folder / "brest")
    brest = Path("territories/brest.toml").read_text("utf-8")
    file.write_text(brest.replace('zone = "Europe/Paris"', 'zone = "Europe/Quimper"'), "utf-8")
    return file


def unknown_zone(file: Path) -> str:
    return f"{file}, line 7: unknown time zone “Europe/Quimper”; did you mean “Europe/Rome”?"


def nothing_can_be_written(folder: Path) -> str:
    return (
        f"Nothing can be written in the folder {folder}; "
        "let this user write there, or name another in JALON_DATABASE_URL."
    )


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which this user can't write; root can't in /proc."""
    if os.geteuid() == 0:
        yield Path("/proc")
        return
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    yield folder
    folder.chmod(0o755)


def test_missing_token_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, fresh=True, token="") == (NO_TOKEN,)


def test_malformed_token_is_told_without_showing_it(tmp_path: Path) -> None:
    assert told(tmp_path, token="123456 AAH-half-a-token") == (BAD_TOKEN,)


def test_folder_that_can_not_be_written_is_told(tmp_path: Path, closed_folder: Path) -> None:
    assert told(tmp_path, database_url=database_in(closed_folder)) == (nothing_can_be_written(closed_folder),)


def test_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "data"

    instead = "make it, or name another in JALON_DATABASE_URL."

    assert told(tmp_path, database_url=database_in(missing)) == (
        f"The database's folder {missing} is missing and can't be made; {instead}",
    )


def test_unknown_territory_is_told(tmp_path: Path) -> None:
    file = tmp_path / "quimper.toml"
    known = "territories/brest.toml, territories/grand-besancon.toml"

    assert told(tmp_path, territory=str(file)) == (
        f"{file}: there is no such file; in JALON_TERRITORY use one of {known}.",
    )


def test_broken_territory_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "quimper.toml"
    file.write_text('name = "Quimper"\nzone = "Europe/Paris\n', "utf-8")

    assert told(tmp_path, territory=str(file)) == (f"{file}, line 2: this is not TOML: illegal character '\\n'.",)


def test_unknown_time_zone_is_told_with_its_line(tmp_path: Path) -> None:
    file = territory_with_unknown_zone(tmp_path)

    assert told(tmp_path, territory=str(file)) == (unknown_zone(file),)


def test_staff_ids_that_are_no_numbers_are_told(tmp_path: Path) -> None:
    assert told(tmp_path, staff_ids="lea, 42, @sam") == (NO_NUMBERS,)


def test_everything_wrong_is_told_at_once(tmp_path: Path, closed_folder: Path) -> None:
    file = territory_with_unknown_zone(tmp_path)

    problems = told(
        tmp_path,
        fresh=True,
        token="half-a-token",
        staff_ids="lea,@sam",
        territory=str(file),
        database_url=database_in(closed_folder),
        webhook_url="http://jalon.example.org",
        listen="somewhere",
        log_level="loud",
    )

    assert problems == (
        BAD_TOKEN,
        NO_NUMBERS,
        NO_HTTPS,
        NO_SECRET,
        "JALON_LISTEN is no host and port; write them such as 127.0.0.1:8080.",
        "JALON_LOG_LEVEL is “loud”; use one of debug, info, warning, error.",
        unknown_zone(file),
        nothing_can_be_written(closed_folder),
    )


async def test_unknown_token_is_told_in_one_sentence(tmp_path: Path) -> None:
    async with simulating(Telegram()) as address:
        bot = BotProcess(tmp_path, {"JALON_TOKEN": TOKEN, "JALON_API_URL": address}, fresh=True)
        await bot.start()
        code = await bot.ends()

    assert code == 2
    assert bot.logged == "Telegram does not know this token: set JALON_TOKEN to the one @BotFather gave.\n"


async def test_start_that_waits_for_telegram_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    telegram.faults.silence()
    async with simulating(telegram) as address:
        bot = BotProcess(tmp_path, {"JALON_TOKEN": TOKEN, "JALON_API_URL": address})
        await bot.start()
        await telegram.until(lambda: telegram.faults.happened, 30, "the first call")
        code = await bot.stop()

    assert code == 0
    assert [line["event"] for line in bot.events] == ["stopped before it ran"]
