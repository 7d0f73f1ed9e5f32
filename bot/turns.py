"""A turn: one update answered in one transaction, and what only matters now sent straight."""

import asyncio
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

import structlog
from sqlalchemy import Connection
from telegram import Bot

from bot.answers import answer_query
from bot.bridge import Heard
from bot.clock import Clock
from bot.masking import unlogged
from bot.messages import pack
from handlers.apologies import apologise, apologise_for_failure
from handlers.groups.aside import quoting, tell_aside
from handlers.reply import SILENCE, Message, Reply, say, toast
from handlers.router import answer
from handlers.said import Command, Tap, Unread, Upload, Words
from handlers.screen import Screen
from handlers.turn import Turn
from locales import Language, language_for
from programme.errors import Refusal
from programme.ids import TelegramId
from programme.territory import Territory
from storage.engine import Database
from storage.inbox import Inbox
from storage.outbox import NewOutgoing, Outbox, Outgoing
from storage.unit_of_work import SqlUnitOfWork

log = structlog.get_logger("jalon.turns")

Taker = tuple[str, datetime]
"""Who takes a turn's replies at once, and until when."""


class Sending(Protocol):
    """Who sends what turns put into the outbox."""

    def wake(self) -> None:
        """Look into the outbox: something was put there, or a reminder has moved."""

    def taker(self) -> Taker | None:
        """Give who takes a turn's replies at once; None where they are to wait in the outbox."""

    def take(self, replies: list[Outgoing]) -> None:
        """Send these replies, which are claimed already."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A turn that is committed: its reply, and the messages of it that are claimed to be sent at once."""

    reply: Reply
    taken: list[Outgoing]


@dataclass(frozen=True, slots=True)
class Turns:
    """Runs turns, and hands to `sender` what they answer."""

    database: Database
    bot: Bot
    territory: Territory
    staff_ids: frozenset[int]
    default_language: str
    clock: Clock
    sender: Sending
    public_url: str = ""
    holidays: Container[date] = frozenset()

    async def run(self, update_id: int, heard: Heard | None) -> None:
        """Answer one update, once: where its turn is done already, nothing happens.

        A refusal by the rules rolls the deed back, and a second transaction keeps the apology. A failure of ours does
        the same and is logged; where even that fails, the update waits in the inbox for the next start.
        """
        with unlogged(*(heard.texts if heard is not None else ())):
            kept = await self._kept(update_id, heard)
            if kept is not None and heard is not None:
                # Nothing is awaited between the commit and this: no later reply of the chat can come before.
                self.sender.take(kept.taken)
                self.sender.wake()
                # What people wait for goes first: the sender has begun once this goes on.
                await asyncio.sleep(0)
                await answer_query(self.bot, heard, kept.reply)

    async def _kept(self, update_id: int, heard: Heard | None) -> _Kept | None:
        taker = self.sender.taker()
        try:
            try:
                return await self.database.write(lambda connection: self._turn(connection, update_id, heard, taker))
            except Refusal as refusal:
                why = refusal
                return await self._apologise(update_id, heard, lambda language: apologise(why, language), taker)
            except Exception:
                log.exception("turn failed", update_id=update_id)
                return await self._apologise(update_id, heard, apologise_for_failure, taker)
        except Exception:
            log.exception("turn not stored: its update waits in the inbox", update_id=update_id)
            return None

    def _turn(self, connection: Connection, update_id: int, heard: Heard | None, taker: Taker | None) -> _Kept | None:
        """Claim the update first: what was answered already is not answered again."""
        now = self.clock.now()
        if not Inbox(connection).claim(update_id, now) or heard is None:
            return None
        turn = self._facts(connection, heard)
        return self._keep(connection, heard, answer(turn), taker)

    async def _apologise(
        self, update_id: int, heard: Heard | None, words: Callable[[Language], Screen], taker: Taker | None
    ) -> _Kept | None:
        def keep(connection: Connection) -> _Kept | None:
            if not Inbox(connection).claim(update_id, self.clock.now()) or heard is None:
                return None
            turn = self._facts(connection, heard)
            return self._keep(connection, heard, _apology(turn, words(turn.language)), taker)

        return await self.database.write(keep)

    def _facts(self, connection: Connection, heard: Heard) -> Turn:
        uow = SqlUnitOfWork(connection, self.staff_ids)
        person, staff = uow.people.who_speaks(TelegramId(heard.sender.telegram_id))
        if person is not None:
            uow.people.note_active(person.id, self.clock.now().astimezone(self.territory.zone).date())
        spoken = heard.sender.language_code or self.default_language
        said = heard.said
        if isinstance(said, Words | Upload | Unread) and heard.replies_to is not None:
            said = replace(said, answers=Outbox(connection).anchor_at(heard.chat.id, heard.replies_to))
        return Turn(
            chat=heard.chat,
            sender=heard.sender,
            said=said,
            person=person,
            staff=staff,
            language=language_for(person.preferences.language if person is not None else spoken),
            territory=self.territory,
            now=self.clock.now(),
            uow=uow,
            bot_username=self.bot.username,
            public_url=self.public_url,
            message_id=heard.message_id,
            group_language=language_for(self.default_language),
            holidays=self.holidays,
        )

    def _keep(self, connection: Connection, heard: Heard, reply: Reply, taker: Taker | None) -> _Kept:
        """Put the reply's messages into the outbox, in the transaction of the turn, and take them to be sent."""
        replies = [_outgoing(heard, message) for message in reply.messages]
        now, outbox = self.clock.now(), Outbox(connection)
        if taker is None:
            outbox.add_many(replies, now)
            return _Kept(reply, [])
        return _Kept(reply, outbox.add_taken(replies, now, *taker))


def _apology(turn: Turn, screen: Screen) -> Reply:
    """Tell in private; in a group on the tapped button, or to who gave a command alone."""
    if turn.chat.private:
        return say(screen)
    if isinstance(turn.said, Tap):
        return toast(str(screen.text.striptags()), alert=True)
    return quoting(turn, tell_aside(turn, screen)) if isinstance(turn.said, Command | Words | Upload) else SILENCE


def _outgoing(heard: Heard, message: Message) -> NewOutgoing:
    chat = message.chat or heard.chat
    return NewOutgoing(chat_id=chat.id, content=pack(message), thread_id=chat.thread_id, anchor=message.anchor or None)
