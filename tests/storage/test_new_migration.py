import shutil
from pathlib import Path

import pytest

from storage.new_migration import write_step
from storage.revisions import STEPS, known_revisions, newest_revision


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    copied = tmp_path / "migrations"
    shutil.copytree(STEPS, copied, ignore=shutil.ignore_patterns("__pycache__"))
    return copied


def test_the_next_step_is_numbered_and_follows_the_last(steps: Path, capfd: pytest.CaptureFixture[str]) -> None:
    number = f"{len(known_revisions()) + 1:04}"

    write_step("Actions get a photo", steps)

    written = steps / "versions" / f"{number}_actions_get_a_photo.py"
    assert written.read_text().startswith('"""Actions get a photo."""\n')
    assert known_revisions(steps)[:2] == (number, newest_revision())
    assert "done" in capfd.readouterr().out


def test_tables_as_the_last_step_left_them_need_nothing(steps: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_step("Nothing", steps)
    capfd.readouterr()

    (written,) = (steps / "versions").glob("*_nothing.py")
    upgrade = written.read_text().partition("def upgrade() -> None:")[2].partition("def downgrade")[0]
    assert [line.strip() for line in upgrade.splitlines() if line.strip() and not line.strip().startswith("#")] == [
        "pass"
    ]
