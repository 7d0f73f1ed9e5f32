"""Telling notices: who reads them, in which language, from what is true at that moment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.clock import Clock
from handlers.notices import Reader, Untrue, render_notice
from handlers.screen import Screen
from locales import language_for
from programme.errors import NotFound
from programme.ids import PersonId, TelegramId
from programme.notices import unpack_notice
from programme.territory import Territory
from programme.usecases.introduce_person import mark_reachable
from storage.outbox import Outgoing
from storage.unit_of_work import SqlUnitOfWork


@dataclass(frozen=True, slots=True)
class Telling:
    """Turns what the outbox holds of a notice into the message its reader gets."""

    territory: Territory
    staff_ids: frozenset[int]
    clock: Clock

    def render(self, connection: Connection, outgoing: Outgoing, now: datetime) -> Screen | str:
        """Give the message, or the reason why it is not sent any more."""
        uow = SqlUnitOfWork(connection, self.staff_ids)
        try:
            person = uow.people.get(PersonId(outgoing.person_id or 0))
        except NotFound:
            return "gone"
        reader = Reader(person, language_for(person.preferences.language), self.territory, now, uow)
        try:
            return render_notice(unpack_notice(outgoing.content), reader)
        except Untrue as untrue:
            return untrue.reason

    def mark_unreachable(self, connection: Connection, chat_id: int) -> None:
        """Note that somebody can't be written to; nothing more is sent to them until they come back."""
        uow = SqlUnitOfWork(connection, self.staff_ids)
        person = uow.people.by_telegram(TelegramId(chat_id))
        if person is not None:
            mark_reachable(uow, person.id, self.clock.now(), reachable=False)
