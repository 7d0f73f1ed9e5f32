"""The shapes of the database that this version knows, each named by the step that makes it."""

from functools import cache
from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory

STEPS: Final = Path(__file__).parent / "migrations"


def newest_revision(steps: Path = STEPS) -> str:
    """Give the revision of today's tables."""
    return known_revisions(steps)[0]


@cache
def known_revisions(steps: Path = STEPS) -> tuple[str, ...]:
    """Give every revision that this version can start from, newest first; looked up once a process."""
    return revisions_in(steps)


def revisions_in(steps: Path) -> tuple[str, ...]:
    """Give the revisions of a folder of steps as it is now, newest first."""
    return tuple(step.revision for step in ScriptDirectory(str(steps)).walk_revisions())
