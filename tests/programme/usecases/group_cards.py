"""What waits to be said in groups, as the outbox keeps it."""

from typing import Any

from sqlalchemy import select

from storage.tables.delivery import outbox
from tests.programme.usecases.town import Town


def waiting_in_groups(town: Town) -> list[tuple[int, dict[str, Any]]]:
    """What waits for groups: of each the chat and the content, in the order in which it was decided."""
    rows = town.connection.execute(
        select(outbox.c.chat_id, outbox.c.content)
        .where(outbox.c.chat_id < 0, outbox.c.state == "waiting")
        .order_by(outbox.c.id)
    )
    return [(row.chat_id, row.content) for row in rows]


def cards_waiting(town: Town) -> int:
    """How many cards wait to be said or changed."""
    return sum("card" in content for _, content in waiting_in_groups(town))
