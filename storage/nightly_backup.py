"""The nightly copies of the database: one a day, of which seven days and four weeks are kept."""

import re
from datetime import date
from pathlib import Path
from typing import Final

from storage.backup import back_up

DAILY: Final = 7
WEEKLY: Final = 4
NAME: Final = re.compile(r"jalon-(\d{4}-\d{2}-\d{2})\.db")


def back_up_tonight(file: Path, folder: Path, today: date) -> Path:
    """Copy the live database into the folder under the day's name, and drop the copies that are kept no longer.

    A copy of that day that is there already stays. Raises BackupRefused, and then nothing is dropped.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = folder / f"jalon-{today.isoformat()}.db"
    if not copy.exists():
        back_up(file, copy)
    copies = copies_in(folder)
    for day in copies.keys() - kept_days(copies):
        copies[day].unlink(missing_ok=True)
    return copy


def copies_in(folder: Path) -> dict[date, Path]:
    """Give the nightly copies of a folder by their day; other files are none of them."""
    found = {}
    for file in folder.iterdir():
        named = NAME.fullmatch(file.name)
        if named is not None:
            found[date.fromisoformat(named[1])] = file
    return found


def kept_days(days: "dict[date, Path] | set[date]") -> set[date]:
    """Give the days whose copies stay: the seven latest, and the first of each of the four latest weeks."""
    latest = sorted(days, reverse=True)
    first_of_week: dict[tuple[int, int], date] = {}
    for day in latest:
        year, week, _ = day.isocalendar()
        first_of_week[year, week] = day
    weeks = sorted(first_of_week, reverse=True)[:WEEKLY]
    return {*latest[:DAILY], *(first_of_week[week] for week in weeks)}
