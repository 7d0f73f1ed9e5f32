"""Write the next step of the database: `python -m storage.new_migration "What changes"`, then read and correct it."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from storage.migrate import steps_over
from storage.revisions import STEPS, revisions_in


def write_step(message: str, steps: Path = STEPS) -> None:
    """Write the step from the newest revision to the tables as they are declared now, numbered after the last one.

    Where SQLite has to make a table anew, `sqlite_autoincrement` must be given to `batch_alter_table` by hand
    (`table_kwargs`), and a CHECK constraint that changed is not seen: drop it and create it again, as step 0002 does.
    A test finds both missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'empty.db'}")
        with engine.begin() as connection:
            config = steps_over(connection, steps)
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.upgrade(config, "head")
            number = len(revisions_in(steps)) + 1
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit('Say what changes: python -m storage.new_migration "Actions get a photo"')
    write_step(" ".join(sys.argv[1:]))
