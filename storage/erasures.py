"""Erasures: whether anything of who was erased may still stand in the file, and its last traces."""

from typing import Final

from sqlalchemy import Connection, bindparam, delete, exists, func, select

from storage.inbox import Inbox
from storage.remembered import Remembered
from storage.tables.delivery import anchors, outbox
from storage.tables.programme import audit, drafts, people

ERASE_PERSON: Final = "erase_person"
"""The deed under which the audit log keeps an erasure (programme/usecases/erase_person.py)."""
SCRUBBED: Final = "erasures:scrubbed"
COMMANDS: Final = "telegram:commands:"

LATEST: Final = select(func.max(audit.c.id)).where(audit.c.deed == bindparam("deed"))
OF_NOBODY: Final = (
    outbox.c.chat_id > 0,  # private chats: groups have negative numbers
    outbox.c.key.is_(None),
    ~exists().where(people.c.telegram_id == outbox.c.chat_id),
)
STILL_TO_SEND: Final = select(func.count()).where(*OF_NOBODY, outbox.c.finished_at.is_(None))
FORGET_FINISHED: Final = delete(outbox).where(*OF_NOBODY, outbox.c.finished_at.is_not(None))
FORGET_ANCHORS: Final = delete(anchors).where(
    anchors.c.chat_id > 0,
    ~exists().where(people.c.telegram_id == anchors.c.chat_id),
    ~exists().where(drafts.c.chat_id == anchors.c.chat_id),
)
"""A message that was in the air during the erasure may have left its place; who introduces themself has a draft."""
KNOWN: Final = select(people.c.telegram_id).where(people.c.telegram_id.in_(bindparam("ids", expanding=True)))


class Erasures:
    """What is left to do after people were erased; it stands in the database, so that no stop skips it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unscrubbed(self) -> int | None:
        """Give the latest erasure after which the file was not scrubbed; None where there is none."""
        latest: int | None = self._connection.scalar(LATEST, {"deed": ERASE_PERSON})
        scrubbed = Remembered(self._connection).starting_with(SCRUBBED).get(SCRUBBED)
        return None if latest is None or (scrubbed is not None and int(scrubbed) >= latest) else latest

    def sweep(self) -> bool:
        """Forget what became of replies to people who are not known; False while one of theirs is still to be sent.

        Their commands have to be taken back at Telegram first, too, and whatever waits in the inbox may be theirs.
        """
        self._connection.execute(FORGET_FINISHED)
        self._connection.execute(FORGET_ANCHORS)
        waits = self._connection.scalar(STILL_TO_SEND) or Inbox(self._connection).count_waiting()
        return not waits and not self._commands_of_nobody()

    def scrubbed(self, erasure: int) -> None:
        """Note that the file holds nothing any more of who was erased up to this one."""
        Remembered(self._connection).put(SCRUBBED, str(erasure))

    def _commands_of_nobody(self) -> bool:
        names = Remembered(self._connection).starting_with(COMMANDS)
        chats = {int(whose) for name in names if (whose := name.split(":")[2]).isdecimal()}
        if not chats:
            return False
        known = set(self._connection.scalars(KNOWN, {"ids": sorted(chats)}))
        return bool(chats - known)
