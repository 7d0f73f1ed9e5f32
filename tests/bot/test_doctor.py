import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from telegram import User

from bot.doctor import TelegramAnswer, ask_telegram, database_problem, examine, notes_on
from bot.settings import Settings, load_settings
from simulator.server import running as simulating
from simulator.telegram import Telegram

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ"
NOBODY = 65534


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith("JALON_"):
            monkeypatch.delenv(name)


@contextmanager
def plain_user() -> Iterator[None]:
    """Whom file rights bind: root becomes nobody meanwhile."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def problem_with(file: Path) -> str | None:
    return database_problem(make_url(f"sqlite+aiosqlite:///{file}"))


def test_sound_start_has_no_problem(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text(
        f"JALON_TOKEN={TOKEN}\nJALON_STAFF_IDS=1,2\nJALON_DATABASE_URL=sqlite+aiosqlite:///{tmp_path}/data/jalon.db\n",
        "utf-8",
    )

    found = examine(env_file)

    assert found.problems == ()
    assert found.sound[1:] == (
        "The settings are right (staff ids: 2).",
        "The territory is Brest métropole, by territories/brest.toml.",
        f"The database sqlite+aiosqlite:///{tmp_path}/data/jalon.db can be written.",
    )
    assert (found.settings is not None, found.territory is not None) == (True, True)
    assert list((tmp_path / "data").iterdir()) == []


def test_all_problems_of_a_start_are_told_at_once(tmp_path: Path) -> None:
    territory = tmp_path / "noumea.toml"
    territory.write_text('nam = "Nouméa"\nzone = "Pacific/Nouméa"\n[contact]\n', "utf-8")
    env_file = tmp_path / ".env"
    env_file.write_text(
        f"JALON_STAFF_IDS=lea\nJALON_TERRITORY={territory}\nJALON_DATABASE_URL=sqlite+aiosqlite:///{territory}\n",
        "utf-8",
    )

    found = examine(env_file)

    assert found.problems == (
        (
            "JALON_TOKEN is not set; copy .env.example to .env, and there write the token that @BotFather gave you "
            "(123456789:AAbb…)."
        ),
        (
            "JALON_STAFF_IDS names “lea”, and a Telegram id is a number; "
            "write such numbers with commas between them, as in 123456789,987654321."
        ),
        f"{territory}, line 1: unknown key “nam”; did you mean “name”?",
        *(
            f"{territory}, line 1: “{key}” is missing; add it."
            for key in ("name", "organisation_kinds", "programme", "sectors", "stakes", "support_kinds")
        ),
        f"{territory}, line 2: unknown time zone “Pacific/Nouméa”; did you mean “Pacific/Noumea”?",
        f"{territory}, line 3: “service” is missing in “contact”; add it.",
        f"{territory} is no SQLite database; name another file in JALON_DATABASE_URL.",
    )
    assert (found.settings, found.territory) == (None, None)


def test_database_of_a_former_run_is_sound(tmp_path: Path) -> None:
    file = tmp_path / "jalon.db"
    sqlite3.connect(file).close()
    assert problem_with(file) is None

    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE people (id INTEGER)")
    connection.close()

    assert problem_with(file) is None


def test_folder_whose_parent_is_missing_is_told(tmp_path: Path) -> None:
    assert problem_with(tmp_path / "a" / "b" / "jalon.db") == (
        f"The database's folder {tmp_path}/a/b is missing and can't be made; "
        "make it, or name another in JALON_DATABASE_URL."
    )


def test_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", "utf-8")

    assert problem_with(tmp_path / "data" / "jalon.db") == (
        f"{tmp_path}/data is no folder, and the database should stand in it; "
        "remove it, or name another in JALON_DATABASE_URL."
    )


def test_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    assert problem_with(tmp_path) == f"{tmp_path} is a folder; name a file in it in JALON_DATABASE_URL."


def test_folder_that_may_not_be_written_is_told(public_folder: Path) -> None:
    public_folder.chmod(0o555)
    with plain_user():
        problem = problem_with(public_folder / "jalon.db")
    public_folder.chmod(0o755)

    assert problem == (
        f"Nothing can be written in the folder {public_folder}; "
        "let this user write there, or name another in JALON_DATABASE_URL."
    )


def test_database_that_may_not_be_written_is_told(public_folder: Path) -> None:
    file = public_folder / "jalon.db"
    sqlite3.connect(file).close()
    file.touch()
    file.chmod(0o444)
    public_folder.chmod(0o777)
    with plain_user():
        problem = problem_with(file)

    assert problem == f"The database {file} can't be read and written; let this user do both."


def test_database_in_memory_is_refused() -> None:
    told = (
        "JALON_DATABASE_URL would forget everything at each stop; name a file, as in sqlite+aiosqlite:///data/jalon.db."
    )
    addresses = ("sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:")

    assert [database_problem(make_url(address)) for address in addresses] == [told, told]


def test_postgresql_needs_its_driver() -> None:
    assert database_problem(make_url("postgresql+nodriver://jalon@db/jalon")) == (
        "JALON_DATABASE_URL needs the package nodriver; install it beside Jalon."
    )


async def test_telegram_tells_who_the_bot_is_and_that_nobody_can_share_with_it(tmp_path: Path) -> None:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    async with simulating(telegram) as address:
        answer = await ask_telegram(settings_in(tmp_path, address))

    assert answer == TelegramAnswer(
        ("Telegram knows the bot as @jalon_bot.",),
        ("Nobody can share with @jalon_bot in other chats; switch it on with @BotFather: /setinline.",),
    )


def test_bot_that_can_not_be_added_to_groups_is_noted() -> None:
    def bot(*, can_join_groups: bool) -> User:
        return User(
            1,
            "Jalon",
            is_bot=True,
            username="jalon_bot",
            can_join_groups=can_join_groups,
            supports_inline_queries=True,
        )

    assert notes_on(bot(can_join_groups=True)) == []
    assert notes_on(bot(can_join_groups=False)) == [
        "@jalon_bot can't be added to groups; allow it with @BotFather: /setjoingroups."
    ]


async def test_token_that_telegram_does_not_know_is_a_problem(tmp_path: Path) -> None:
    async with simulating(Telegram()) as address:
        answer = await ask_telegram(settings_in(tmp_path, address))

    assert answer == TelegramAnswer(
        problems=("Telegram does not know this token: set JALON_TOKEN to the one @BotFather gave.",)
    )


async def test_telegram_out_of_reach_is_no_fault_of_the_settings(tmp_path: Path) -> None:
    answer = await ask_telegram(settings_in(tmp_path, "http://127.0.0.1:9"))

    assert answer == TelegramAnswer(notes=("Telegram can't be reached just now (NotSent).",))


def settings_in(folder: Path, address: str) -> Settings:
    env_file = folder / ".env"
    env_file.write_text(f"JALON_TOKEN={TOKEN}\nJALON_API_URL={address}\n", "utf-8")
    return load_settings(env_file)
