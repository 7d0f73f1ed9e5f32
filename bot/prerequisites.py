"""What must be there before anything of Jalon is imported; this module itself runs on any Python 3."""

from __future__ import annotations

import sys
from importlib.util import find_spec

OLDEST_PYTHON = (3, 11)
PACKAGES = (
    "aiohttp",
    "aiosqlite",
    "alembic",
    "apscheduler",
    "babel",
    "dateparser",
    "holidays",
    "docx",
    "icalendar",
    "markupsafe",
    "matplotlib",
    "openpyxl",
    "pydantic_settings",
    "python_multipart",
    "segno",
    "sqlalchemy",
    "starlette",
    "structlog",
    "telegram",
    "typer",
    "typst",
    "tzdata",
    "uvicorn",
)


def missing(version: tuple[int, ...] = sys.version_info[:3], packages: tuple[str, ...] = PACKAGES) -> tuple[str, ...]:
    """What keeps Jalon from starting on this Python, one sentence each with what to do."""
    problems = []
    if version < OLDEST_PYTHON:
        here, wanted = (".".join(str(part) for part in number) for number in (version, OLDEST_PYTHON))
        problems.append(
            f"Jalon needs Python {wanted} or newer, and this is Python {here}; "
            "install a newer one, then run “make install”."
        )
    absent = [package for package in packages if find_spec(package) is None]
    if absent:
        problems.append(f"This Python lacks {', '.join(absent)}; run “make install”, then start Jalon with “make run”.")
    return tuple(problems)
