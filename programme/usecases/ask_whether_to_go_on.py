"""Ask who stopped in the middle of a conversation, once and a day later, whether to go on."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from programme.notices import ConversationLeftOpen
from programme.ports import UnitOfWork

AFTER: Final = timedelta(days=1)
BATCH: Final = 200


def ask_whether_to_go_on(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> None:
    """Tell each person once; in their quiet hours it waits for the morning."""
    for kept in uow.drafts.untouched_since(now - AFTER, BATCH):
        person = uow.people.by_telegram(kept.telegram_id)
        if person is not None and now.astimezone(zone).time() in person.preferences.quiet_hours:
            continue
        if person is not None:
            notice = ConversationLeftOpen(kept.id)
            uow.notices.tell([person.id], notice, f"conversation_left_open:{kept.id}", now)
        uow.drafts.mark_reminded(kept.id)
