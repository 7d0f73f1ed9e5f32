"""The shapes of the database that this version knows, each named by the step that makes it."""

from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory

STEPS: Final = Path(__file__).parent / "migrations"


def newest_revision(steps: Path = STEPS) -> str:
    """Give the revision of today's tables."""
    return known_revisions(steps)[0]


def known_revisions(steps: Path = STEPS) -> list[str]:
    """Give every revision that this version can start from, newest first."""
    return [step.revision for step in ScriptDirectory(str(steps)).walk_revisions()]
