"""The nightly backup: taken once a day on the territory's clock, and noted for the health of the bot."""

import asyncio
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from bot.settings import Settings
from programme.health import BACKUP_EVERY
from storage.backup import BackupRefused
from storage.engine import Database, sqlite_file
from storage.health import BACKUP, BACKUP_DONE, BACKUP_FAILED, BACKUPS_WANTED
from storage.nightly_backup import back_up_tonight
from storage.remembered import Remembered

log = structlog.get_logger("jalon.backups")

HOUR: Final = 3
"""From which hour of the night on a day's copy is taken; later where nothing ran then."""
AGAIN_SECONDS: Final = 3600
"""How long after a copy that failed another one is tried."""
FOLDER: Final = "backups"


class NightlyBackup:
    """Takes the copy of each night of an SQLite database; of another one it takes none."""

    def __init__(self, database: Database, settings: Settings, zone: ZoneInfo) -> None:
        """Take what is needed; without a folder in the settings, copies stand in one beside the database."""
        self._database = database
        self._zone = zone
        self._file = sqlite_file(database.url)
        self._folder = settings.backup_folder or (self._file.parent / FOLDER if self._file is not None else Path())

    async def take_if_due(self, now: datetime) -> None:
        """Copy the database where today's copy is not taken yet; what goes wrong is noted, and tried again in an hour.

        A bot that slept through a night takes the copy as soon as it is awake, whatever the hour. The first copy is
        that of the first night: a new database holds nothing yet.
        """
        if self._file is None:
            return
        noted = await self._database.read(lambda connection: Remembered(connection).starting_with(BACKUP))
        if BACKUPS_WANTED not in noted:
            await self._note(BACKUPS_WANTED, now)
        elif self._due(noted, now):
            await self._take(self._file, now)

    def _due(self, noted: dict[str, str], now: datetime) -> bool:
        local = now.astimezone(self._zone)
        taken = datetime.fromisoformat(noted.get(BACKUP_DONE, noted[BACKUPS_WANTED])).astimezone(self._zone)
        tonight = local.date() > taken.date() and local.hour >= HOUR
        if not tonight and now - taken < BACKUP_EVERY:
            return False
        failed = noted.get(BACKUP_FAILED)
        return failed is None or (now - datetime.fromisoformat(failed)).total_seconds() >= AGAIN_SECONDS

    async def _take(self, file: Path, now: datetime) -> None:
        today = now.astimezone(self._zone).date()
        try:
            copy = await asyncio.to_thread(back_up_tonight, file, self._folder, today)
        except (BackupRefused, OSError) as refused:
            log.error("nightly backup failed", reason=str(refused))  # noqa: TRY400 (the reason says it all)
            await self._note(BACKUP_FAILED, now)
        else:
            log.info("nightly backup taken", file=str(copy))
            await self._note(BACKUP_DONE, now)

    async def _note(self, name: str, now: datetime) -> None:
        await self._database.write(partial(_keep, name=name, value=now.isoformat()))


def _keep(connection: Connection, *, name: str, value: str) -> None:
    Remembered(connection).put(name, value)
