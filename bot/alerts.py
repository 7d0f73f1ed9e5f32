"""Alerts: what has been wrong with the bot for ten minutes, told to the staff chat, or to staff where there is none."""

from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.messages import pack
from handlers.reply import Say
from handlers.screen import Screen
from handlers.staff.health import trouble_screen
from locales import language_for
from programme.usecases.watch_health import Alert, tell_staff, watch_health
from storage.outbox import NewOutgoing, Outbox
from storage.unit_of_work import SqlUnitOfWork

log = structlog.get_logger("jalon.alerts")


def raise_alerts(
    connection: Connection, staff_ids: frozenset[int], now: datetime, staff_chat: int | None, language: str
) -> None:
    """Look at the bot's health, and put what is to be told into the outbox; it also stands in the log."""
    uow = SqlUnitOfWork(connection, staff_ids)
    for alert in watch_health(uow, now):
        if alert.over:
            log.info("well again", trouble=alert.trouble.value)
        else:
            log.error("something stays wrong", trouble=alert.trouble.value, since=alert.since.isoformat())
        if staff_chat is None:
            tell_staff(uow, alert, now)
        else:
            Outbox(connection).add(_message(alert, staff_chat, language), now)


def _message(alert: Alert, staff_chat: int, language: str) -> NewOutgoing:
    screen = Screen(trouble_screen(alert.trouble, language_for(language), over=alert.over))
    return NewOutgoing(chat_id=staff_chat, content=pack(Say(screen)), key=alert.key)
