"""A person, and turns over a real database, whose replies are read in the outbox."""

from pathlib import Path

from sqlalchemy import select
from telegram import Update
from telegram.ext import ExtBot

from bot.bridge import heard_in
from bot.clock import MovableClock
from bot.territory_file import load_territory
from bot.turns import Turns
from handlers.apologies import apologise
from handlers.reply import Reply
from handlers.turn import Turn
from locales import language_for
from programme.errors import NotAllowed, NotFound
from programme.ids import TelegramId
from programme.ports import KeptDraft
from simulator.chats import Chat, Message
from simulator.posting import post
from simulator.telegram import Telegram
from simulator.texts import typed
from storage.engine import Database
from storage.inbox import Inbox
from storage.outbox import Outgoing
from storage.tables.delivery import anchors, inbox, outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, STAFF_ID

BREST = load_territory(Path("territories/brest.toml"))
FRENCH = language_for("fr")
NOT_THERE = str(apologise(NotFound(), FRENCH).text)


class Stage:
    """Léa, who is known to the bot, and turns over a real database; she is answered through its outbox."""

    def __init__(self, telegram: Telegram, database: Database, bot: ExtBot[None]) -> None:
        self.telegram = telegram
        self.database = database
        self.woken = 0
        self.lea = telegram.new_person("Léa")
        self.lea.says("/start")
        self.account = telegram.only_bot()
        self.account.updates.drop()
        self.turns = Turns(database, bot, BREST, frozenset({STAFF_ID}), "fr", MovableClock(NOW), self)

    def wake(self) -> None:
        """Count how often the outbox is to be looked at."""
        self.woken += 1

    def taker(self) -> None:
        """Let the replies of turns wait in the outbox: nobody sends here."""

    def take(self, replies: list[Outgoing]) -> None:
        """Get the replies that were claimed: none ever."""
        assert replies == []

    def asks(self, *buttons: tuple[str, str], chat: Chat | None = None) -> Message:
        """The bot's message with these buttons."""
        keyboard = [[{"text": label, "callback_data": data}] for label, data in buttons]
        content = typed("?").fields() | {"reply_markup": {"inline_keyboard": keyboard}}
        return post(self.telegram, chat or self.lea.chat_with(), self.account.user, content)

    async def receives(self) -> list[int]:
        """Keep what has happened in the inbox, as receiving does."""
        bodies = [(pending.id, "{}") for pending in self.account.updates.pending]
        await self.database.write(lambda c: Inbox(c).store(bodies, NOW))
        return [update_id for update_id, _ in bodies]

    async def runs(self) -> None:
        """Run the turns of all that has happened and is not confirmed yet."""
        for pending in list(self.account.updates.pending):
            await self.turns.run(pending.id, heard_in(Update.de_json(pending.json, None), self.account.username))

    async def answers(self) -> None:
        await self.receives()
        await self.runs()
        self.account.updates.drop()

    async def inbox(self) -> list[tuple[str, str]]:
        statement = select(inbox.c.state, inbox.c.body).order_by(inbox.c.update_id)
        return [(row.state, row.body) for row in await self.database.read(lambda c: c.execute(statement).all())]

    async def waiting(self) -> list[str]:
        """The texts that wait in the outbox."""
        statement = select(outbox.c.content).order_by(outbox.c.id)
        return [content["text"] for content in await self.database.read(lambda c: list(c.scalars(statement)))]

    async def addressed(self) -> list[tuple[int, str, bool]]:
        """Where each text that waits in the outbox goes, and whether it vanishes there."""
        statement = select(outbox.c.chat_id, outbox.c.content).order_by(outbox.c.id)
        rows = await self.database.read(lambda c: c.execute(statement).all())
        return [(chat_id, content["text"], "vanishes" in content) for chat_id, content in rows]

    async def stands(self, message: Message, anchor: str) -> None:
        """Note that a message stands under an anchor, as sending it does."""
        row = {"chat_id": message.chat.id, "anchor": anchor, "message_id": message.id, "said_at": NOW}
        await self.database.write(lambda c: c.execute(anchors.insert(), row))

    async def draft(self) -> KeptDraft | None:
        """The conversation that Léa has under way."""
        lea = TelegramId(self.lea.id)
        return await self.database.read(lambda c: SqlUnitOfWork(c, frozenset()).drafts.get(lea, lea))

    async def loses(self, table: str) -> None:
        await self.database.write(lambda c: c.exec_driver_sql(f"ALTER TABLE {table} RENAME TO away"))

    async def finds(self, table: str) -> None:
        await self.database.write(lambda c: c.exec_driver_sql(f"ALTER TABLE away RENAME TO {table}"))


def begins_then_refuses(turn: Turn) -> Reply:
    """Begin a conversation, then refuse to."""
    lea = TelegramId(turn.sender.telegram_id)
    turn.uow.drafts.put(turn.chat.id, lea, "plan_meeting", 1, {}, turn.now, new=True)
    raise NotAllowed


def begins_then_fails(turn: Turn) -> Reply:
    """Begin a conversation, then fail."""
    lea = TelegramId(turn.sender.telegram_id)
    turn.uow.drafts.put(turn.chat.id, lea, "plan_meeting", 1, {}, turn.now, new=True)
    raise ValueError(turn.said)
