"""The command line: run, migrate, doctor, backup, restore."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from bot.clock import SystemClock
from bot.doctor import ask_telegram, examine
from bot.logs import set_up_logs
from bot.process import run_until_stopped, tune_interpreter
from bot.refused import Refused
from bot.settings import Settings
from programme.territory import Territory
from storage import backup as copies
from storage.backup import BackupRefused
from storage.engine import Database, sqlite_file
from storage.migrate import DatabaseNotOurs, DatabaseTooNew, MigrationReport, migrate

WRONG: Final = 2
"""The exit code where something must be put right first."""

app = typer.Typer(
    help="Jalon: a Telegram bot with which a territory commits to the climate together.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

EnvFile = Annotated[Path, typer.Option("--env", help="The file that holds the settings.")]
ENV_FILE: Final = Path(".env")


@app.command()
def run(env: EnvFile = ENV_FILE) -> None:
    """Run the bot until it is told to stop (Ctrl-C, SIGTERM)."""
    settings, territory = _ready(env)
    set_up_logs(settings.log_format, settings.log_level, settings.secrets)
    tune_interpreter()
    try:
        asyncio.run(run_until_stopped(settings, territory, SystemClock()))
    except (Refused, DatabaseTooNew, DatabaseNotOurs) as refused:
        _fail(str(refused))


@app.command(name="migrate")
def migrate_database(env: EnvFile = ENV_FILE) -> None:
    """Bring the database to this version's tables, after a backup where there is something to change."""
    settings, _ = _ready(env)
    try:
        report = asyncio.run(_migrate(settings))
    except (DatabaseTooNew, DatabaseNotOurs) as refused:
        _fail(str(refused))
    if report.from_revision == report.to_revision:
        typer.echo(f"The database is at revision {report.to_revision}: there is nothing to do.")
        return
    kept = f" The one before is kept as {report.backup}." if report.backup is not None else ""
    typer.echo(f"The database is now at revision {report.to_revision}.{kept}")


@app.command()
def doctor(env: EnvFile = ENV_FILE) -> None:
    """Look at everything a start needs, and tell all that is wrong at once; Telegram is asked where that is sound."""
    found = examine(env)
    for sentence in found.sound:
        typer.echo(f"ok: {sentence}")
    _stop_on(found.problems)
    if found.settings is not None:
        answer = asyncio.run(ask_telegram(found.settings))
        for sentence in answer.sound:
            typer.echo(f"ok: {sentence}")
        for sentence in answer.notes:
            typer.echo(f"note: {sentence}")
        _stop_on(answer.problems)


@app.command()
def backup(file: Path, env: EnvFile = ENV_FILE) -> None:
    """Copy the database, also while the bot runs, to FILE."""
    settings, _ = _ready(env)
    try:
        copies.back_up(_database_file(settings), file)
    except BackupRefused as refused:
        _fail(str(refused))
    typer.echo(f"{file} holds the whole database, and was read again without a fault.")


@app.command()
def restore(file: Path, env: EnvFile = ENV_FILE) -> None:
    """Put the database of a backup FILE in place; the bot must not run. What it replaces is kept beside it."""
    settings, _ = _ready(env)
    try:
        restored = copies.restore(file, _database_file(settings), SystemClock().now())
    except BackupRefused as refused:
        _fail(str(refused))
    kept = f" The one before is kept as {restored.kept}." if restored.kept is not None else ""
    typer.echo(f"The database is that of {file}, at revision {restored.revision}.{kept}")


def main() -> None:
    """Run the command line."""
    app()


def _ready(env: Path) -> tuple[Settings, Territory]:
    found = examine(env)
    _stop_on(found.problems)
    if found.settings is None or found.territory is None:
        _fail("The settings could not be read; `jalon doctor` says more.")
    return found.settings, found.territory


def _stop_on(problems: tuple[str, ...]) -> None:
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        sys.exit(WRONG)


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(WRONG)


def _database_file(settings: Settings) -> Path:
    file = sqlite_file(settings.database)
    if file is None:
        _fail("Only SQLite databases are backed up here: for PostgreSQL, use pg_dump and pg_restore.")
    return file


async def _migrate(settings: Settings) -> MigrationReport:
    database = Database(settings.database_url)
    try:
        return await migrate(database, SystemClock().now())
    finally:
        await database.close()
