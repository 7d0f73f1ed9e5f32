"""Alerts go to the staff chat, or to each of the project team where there is none."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot.alerts import raise_alerts
from programme.health import Trouble
from programme.notices import TroubleFound, pack_notice
from storage.outbox import NewOutgoing, Outbox
from storage.tables.delivery import outbox
from tests.programme.usecases.town import Town, found
from tests.storage.brest import NOW, STAFF_ID
from tests.storage.conftest import connection

__all__ = ["connection"]
STAFF_CHAT = -1001234567890


@pytest.fixture
def town(connection: Connection) -> Town:
    town = found(connection)
    Outbox(connection).add(NewOutgoing(chat_id=1, content={"text": "…"}, key="stuck"), NOW)
    return town


def watched(town: Town, staff_chat: int | None) -> list[tuple[int, object]]:
    for minutes in (6, 12, 17, 18, 30):
        now = NOW + timedelta(minutes=minutes)
        raise_alerts(town.connection, frozenset({STAFF_ID}), now, staff_chat, "fr")
    rows = town.connection.execute(select(outbox).where(outbox.c.key != "stuck").order_by(outbox.c.id))
    return [(row.chat_id, row.content) for row in rows]


def test_the_staff_chat_hears_once_what_stays_wrong(town: Town) -> None:
    ((chat, content),) = watched(town, STAFF_CHAT)

    assert chat == STAFF_CHAT
    assert isinstance(content, dict)
    assert content["text"] == (
        "⚠ <b>Des messages attendent leur envoi</b>\n"
        "Cela dure depuis dix minutes. /sante en dit plus\N{NO-BREAK SPACE}; je vous dirai quand ce sera réglé."
    )


def test_without_a_staff_chat_each_of_the_team_hears_it_in_private(town: Town) -> None:
    assert watched(town, None) == [(STAFF_ID, pack_notice(TroubleFound(Trouble.OUTBOX)))]
