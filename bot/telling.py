"""Telling notices and cards in groups: who reads them, in which language, from what is true at that moment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.announcing import render_announcement
from bot.attempt import Rendered
from bot.clock import Clock
from handlers.group_cards import CardReader, Gone, render_card
from handlers.notices import Reader, Untrue, render_notice
from handlers.screen import Screen
from locales import language_for
from programme.errors import NotFound
from programme.groups import CardKind, GroupCard
from programme.ids import AnnouncementId, PersonId, TelegramId
from programme.notices import unpack_notice
from programme.territory import Territory
from programme.usecases.introduce_person import mark_reachable
from programme.usecases.note_presence import lose_topic, note_out_of_reach
from programme.usecases.steer_announcement import follow_announcement
from storage.outbox import Outgoing
from storage.unit_of_work import SqlUnitOfWork


@dataclass(frozen=True, slots=True)
class Telling:
    """Turns what the outbox holds of a notice, or of a card, into the message its reader or its group gets.

    Cards speak `group_language`, since a group has no preferences.
    """

    territory: Territory
    staff_ids: frozenset[int]
    clock: Clock
    group_language: str
    bot_username: str

    def render(self, connection: Connection, outgoing: Outgoing, now: datetime) -> Rendered:
        """Give the message, or the reason why it is not sent now or any more."""
        uow = SqlUnitOfWork(connection, self.staff_ids)
        if "announcement" in outgoing.content:
            return render_announcement(uow, self.territory, outgoing, now, language_for(self.group_language))
        if "card" in outgoing.content:
            return self._card(uow, outgoing, now)
        try:
            person = uow.people.get(PersonId(outgoing.person_id or 0))
        except NotFound:
            return "gone"
        reader = Reader(person, language_for(person.preferences.language), self.territory, now, uow)
        try:
            return render_notice(unpack_notice(outgoing.content), reader)
        except Untrue as untrue:
            return untrue.reason

    def _card(self, uow: SqlUnitOfWork, outgoing: Outgoing, now: datetime) -> Screen | str:
        """Give a card as it is now; one whose group has become another coalition's is changed there no more."""
        card = GroupCard(CardKind(outgoing.content["card"]), outgoing.content["subject"])
        group = next((one for one in uow.group_cards.places(card) if one.chat_id == outgoing.chat_id), None)
        if group is None:
            return "no longer in this group"
        language = language_for(self.group_language)
        try:
            return render_card(card, CardReader(group, language, self.territory, now, uow, self.bot_username))
        except Gone:
            return "gone"

    def follow_announcement(self, connection: Connection, announcement: int) -> None:
        """Show how far an announcement is, and note when all of it is sent."""
        uow = SqlUnitOfWork(connection, self.staff_ids)
        follow_announcement(uow, AnnouncementId(announcement), self.clock.now())

    def lose_topic(self, connection: Connection, chat_id: int, thread_id: int) -> None:
        """Note that a topic is gone, and tell those whose coalition talked there."""
        lose_topic(SqlUnitOfWork(connection, self.staff_ids), chat_id, thread_id, self.clock.now())

    def mark_unreachable(self, connection: Connection, chat_id: int) -> None:
        """Note that somebody can't be written to; nothing more is sent to them until they come back.

        Of a group, those whose coalition talks there are told.
        """
        uow = SqlUnitOfWork(connection, self.staff_ids)
        if chat_id < 0:
            note_out_of_reach(uow, chat_id, self.clock.now())
            return
        person = uow.people.by_telegram(TelegramId(chat_id))
        if person is not None:
            mark_reachable(uow, person.id, self.clock.now(), reachable=False)
