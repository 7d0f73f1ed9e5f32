"""Close the date polls whose time is over, and hand the choice to who facilitates."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.date_polls import DatePollState
from programme.ids import DatePollId
from programme.notices import DatePollClosed
from programme.ports import UnitOfWork
from programme.usecases.ask_for_dates import poll_card
from programme.usecases.join_coalition import who_decides

BATCH: Final = 50


def close_date_polls(uow: UnitOfWork, now: datetime, _zone: ZoneInfo) -> bool:
    """Close the next batch of polls; false when nothing is left to close."""
    due = uow.date_polls.due_to_close(now, BATCH)
    for poll in due:
        _close(uow, poll.id, now)
    return bool(due)


def _close(uow: UnitOfWork, poll_id: DatePollId, now: datetime) -> None:
    # Between the list and the lock on the poll somebody may have decided on another machine.
    poll = uow.date_polls.get_to_change(poll_id)
    if poll.state is not DatePollState.OPEN:
        return
    uow.date_polls.save(replace(poll, state=DatePollState.CLOSED))
    uow.group_cards.refresh(poll_card(poll), now)
    uow.notices.tell(who_decides(uow, poll.coalition_id), DatePollClosed(poll.id), f"date_poll_closed:{poll.id}", now)
