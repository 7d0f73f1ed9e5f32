import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import structlog
from sqlalchemy import select
from telegram import Update
from telegram.ext import ExtBot

from bot.answers import TOAST_MAX
from bot.bridge import heard_in
from bot.clock import MovableClock
from bot.logs import set_up_logs
from bot.telegram_request import TelegramRequest
from bot.territory_file import load_territory
from bot.turns import Turns
from handlers.apologies import apologise, apologise_for_failure
from handlers.chat import Chat as ChatOfTurn
from handlers.feature import Handler
from handlers.reply import Change, Offer, Reply, Say, say, toast
from handlers.router import ROUTES
from handlers.said import Inline, Words
from handlers.screen import Screen, button, link
from handlers.turn import Turn
from locales import language_for
from programme.errors import NotAllowed, NotFound
from programme.ids import TelegramId
from programme.ports import KeptDraft
from simulator.chats import Chat, Message
from simulator.faults import Fault
from simulator.posting import post
from simulator.server import running
from simulator.telegram import Telegram
from simulator.texts import typed
from storage.engine import Database
from storage.inbox import Inbox
from storage.outbox import Outgoing
from storage.tables import metadata
from storage.tables.delivery import anchors, inbox, outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, STAFF_ID, person

TOKEN = "123456:AAH-the-token-that-nobody-may-read"
BREST = load_territory(Path("territories/brest.toml"))
WORDS = "Je viens au Technopôle avec Sam"
FRENCH = language_for("fr")
REFUSAL = str(apologise(NotAllowed(), FRENCH).text)
NOT_THERE = str(apologise(NotFound(), FRENCH).text)
FAILURE = str(apologise_for_failure(FRENCH).text)


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


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    telegram = Telegram()
    telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    request = TelegramRequest(read_timeout=2.0)
    async with running(telegram) as address, ExtBot(TOKEN, base_url=f"{address}/bot", request=request) as bot:
        made = Stage(telegram, database, bot)
        await database.write(
            lambda c: person(SqlUnitOfWork(c, frozenset()), "Léa", telegram_id=TelegramId(made.lea.id))
        )
        yield made
    await database.close()


def begins_then_refuses(turn: Turn) -> Reply:
    lea = TelegramId(turn.sender.telegram_id)
    turn.uow.drafts.put(turn.chat.id, lea, "plan_meeting", 1, {}, turn.now, new=True)
    raise NotAllowed


def begins_then_fails(turn: Turn) -> Reply:
    lea = TelegramId(turn.sender.telegram_id)
    turn.uow.drafts.put(turn.chat.id, lea, "plan_meeting", 1, {}, turn.now, new=True)
    raise ValueError(turn.said)


async def test_a_turn_is_kept_whole_the_update_done_and_the_answer_waiting(stage: Stage) -> None:
    stage.lea.says("/annuler")
    await stage.answers()

    assert await stage.inbox() == [("done", "")]
    assert await stage.waiting() == [str(FRENCH.say("No question is under way: there is nothing to cancel."))]
    assert stage.woken == 1


async def test_a_turn_claims_its_update_once(stage: Stage) -> None:
    stage.lea.says("/annuler")
    await stage.receives()
    await stage.runs()
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(stage.runs())

    assert len(await stage.waiting()) == 1
    assert stage.woken == 1


async def test_an_update_that_was_never_kept_is_not_answered(stage: Stage) -> None:
    stage.lea.says("/annuler")
    await stage.runs()

    assert (await stage.waiting(), stage.woken) == ([], 0)


async def test_an_update_in_which_nobody_says_anything_is_done(stage: Stage) -> None:
    group = stage.lea.creates_group("Mobilité", bot=stage.account)
    stage.account.updates.drop()
    stage.telegram.new_person("Sam").joins(group)
    await stage.answers()

    assert set(await stage.inbox()) == {("done", "")}
    assert (await stage.waiting(), stage.woken) == ([], 0)


async def test_a_refusal_rolls_back_and_apologises(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROUTES.buttons, "risky", begins_then_refuses)
    stage.asks(("Oser", "risky"))
    tap = stage.lea.taps("Oser")
    with structlog.testing.capture_logs() as logs:
        await stage.answers()

    assert await stage.draft() is None
    assert await stage.inbox() == [("done", "")]
    assert await stage.waiting() == [REFUSAL]
    assert (tap.toast, tap.answered is not None, stage.woken) == ("", True, 1)
    assert logs == []


async def test_a_failure_of_ours_rolls_back_and_apologises(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROUTES.buttons, "risky", begins_then_fails)
    stage.asks(("Oser", "risky"))
    tap = stage.lea.taps("Oser")
    with structlog.testing.capture_logs() as logs:
        await stage.answers()

    assert await stage.draft() is None
    assert await stage.inbox() == [("done", "")]
    assert await stage.waiting() == [FAILURE]
    assert tap.answered is not None
    assert [(line["event"], line["log_level"]) for line in logs] == [("turn failed", "error")]


async def test_a_missing_table_is_a_failure_of_ours(stage: Stage) -> None:
    await stage.loses("drafts")
    stage.lea.says(WORDS)
    with structlog.testing.capture_logs() as logs:
        await stage.answers()

    assert (await stage.inbox(), await stage.waiting()) == ([("done", "")], [FAILURE])
    assert [line["event"] for line in logs] == ["turn failed"]


@pytest.mark.usefixtures("_former_logs")
@pytest.mark.parametrize("shape", ["text", "json"])
async def test_a_failure_that_quotes_the_text_logs_none_of_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, shape: Literal["text", "json"]
) -> None:
    monkeypatch.setitem(ROUTES.commands, "risky", begins_then_fails)
    stream = io.StringIO()
    set_up_logs(shape, "debug", (TOKEN,), stream)
    stage.lea.says(f"/risky {WORDS}")
    await stage.answers()

    written = stream.getvalue()
    assert written.count("turn failed") == 1
    assert "ValueError" in written
    assert [word for word in ("Technopôle", "Sam", "Léa", TOKEN) if word in written] == []


async def test_in_a_group_a_refusal_is_shown_on_the_button_only(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.turns.answer", begins_then_refuses)
    group = stage.lea.creates_group("Mobilité", bot=stage.account)
    stage.account.updates.drop()
    stage.asks(("Oser", "risky"), chat=group)
    tap = stage.lea.taps("Oser", chat=group)
    await stage.answers()

    assert (tap.toast, tap.alert) == (REFUSAL, True)
    assert (await stage.waiting(), await stage.inbox()) == ([], [("done", "")])


@pytest.mark.parametrize(("handler", "words"), [(begins_then_refuses, REFUSAL), (begins_then_fails, FAILURE)])
async def test_in_a_group_who_gave_a_command_is_told_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, handler: Handler, words: str
) -> None:
    monkeypatch.setitem(ROUTES.group_commands, "risky", handler)
    sam = stage.telegram.new_person("Sam")
    group = stage.lea.creates_group("Mobilité", [sam], bot=stage.account)
    stage.account.updates.drop()
    for one in (stage.lea, sam):
        one.says("/risky", group)
    with structlog.testing.capture_logs():
        await stage.answers()

    assert await stage.addressed() == [
        (stage.lea.id, words, False),
        (group.id, words, True),
    ]


async def test_messages_go_to_the_chats_they_name(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def answers_in_three_places(turn: Turn) -> Reply:
        topic = ChatOfTurn(-1001, private=False, thread_id=7)
        menu = Screen(FRENCH.say("Menu"))
        return Reply((Say(menu), Say(menu, chat=topic), Change(menu, message_id=9))).within(
            ChatOfTurn(turn.sender.telegram_id, private=True)
        )

    monkeypatch.setitem(ROUTES.group_commands, "three", answers_in_three_places)
    group = stage.lea.creates_group("Mobilité", bot=stage.account)
    stage.account.updates.drop()
    stage.lea.says("/three", group)
    await stage.answers()

    statement = select(outbox.c.chat_id, outbox.c.thread_id).order_by(outbox.c.id)
    places = await stage.database.read(lambda c: [tuple(row) for row in c.execute(statement)])
    assert places == [(stage.lea.id, None), (-1001, 7), (stage.lea.id, None)]


async def test_a_database_failure_leaves_the_update_waiting_until_it_is_well_again(stage: Stage) -> None:
    await stage.loses("outbox")
    stage.lea.says("/annuler")
    await stage.receives()
    with structlog.testing.capture_logs() as logs:
        await stage.runs()

    assert await stage.inbox() == [("waiting", "{}")]
    assert [line["event"] for line in logs] == ["turn failed", "turn not stored: its update waits in the inbox"]
    assert stage.woken == 0

    await stage.finds("outbox")
    await stage.runs()

    assert await stage.inbox() == [("done", "")]
    assert await stage.waiting() == [str(FRENCH.say("No question is under way: there is nothing to cancel."))]


def says_nothing(_: Turn) -> Reply:
    return Reply()


def answers_on_the_button(_: Turn) -> Reply:
    return toast("C’est noté. " * 30, alert=True)


def answers_in_the_chat(_: Turn) -> Reply:
    return say(Screen(FRENCH.say("Menu")))


@pytest.mark.parametrize(
    ("handler", "toasted", "alert"),
    [
        (says_nothing, "", False),
        (answers_in_the_chat, "", False),
        (answers_on_the_button, ("C’est noté. " * 30)[:TOAST_MAX], True),
        (begins_then_refuses, "", False),
        (begins_then_fails, "", False),
    ],
)
async def test_the_tap_is_always_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, handler: Handler, toasted: str, *, alert: bool
) -> None:
    monkeypatch.setitem(ROUTES.buttons, "route", handler)
    stage.asks(("Ici", "route"))
    tap = stage.lea.taps("Ici")
    with structlog.testing.capture_logs():
        await stage.answers()

    assert tap.answered is not None
    assert (tap.toast, tap.alert) == (toasted, alert)


@pytest.mark.parametrize("data", ["nowhere", "answer", "answer:x:y:z", "🎲" * 16, "agenda:-1"])
async def test_a_forged_tap_is_answered_too(stage: Stage, data: str) -> None:
    query = stage.lea.taps_data(data, stage.asks(("Ici", "menu")))
    await stage.answers()

    assert query.answered is not None
    assert await stage.inbox() == [("done", "")]


async def test_in_a_group_a_private_button_is_refused(stage: Stage) -> None:
    group = stage.lea.creates_group("Mobilité", bot=stage.account)
    stage.account.updates.drop()
    stage.asks(("Menu", "menu"), chat=group)
    tap = stage.lea.taps("Menu", chat=group)
    await stage.answers()

    assert (tap.toast, tap.alert, await stage.waiting()) == (NOT_THERE, True, [])


async def test_a_tap_that_telegram_does_not_let_us_answer_undoes_nothing(stage: Stage) -> None:
    stage.asks(("Menu", "menu"))
    stage.lea.taps("Menu")
    stage.telegram.faults.next(Fault.SERVER_ERROR, 1, "answerCallbackQuery")
    with structlog.testing.capture_logs() as logs:
        await stage.answers()

    assert await stage.inbox() == [("done", "")]
    assert len(await stage.waiting()) == 1
    assert [(line["event"], line["log_level"]) for line in logs] == [("query not answered", "info")]


def opens_the_private_chat(_: Turn) -> Reply:
    return Reply(toast="Écrivez-moi d’abord.", opens="https://t.me/jalon_bot?start=meeting_7")


async def test_a_tap_can_open_the_private_chat(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROUTES.buttons, "route", opens_the_private_chat)
    stage.asks(("Ici", "route"))
    tap = stage.lea.taps("Ici")
    await stage.answers()

    assert (tap.opens, tap.toast) == ("https://t.me/jalon_bot?start=meeting_7", "Écrivez-moi d’abord.")


def tells_what_is_answered(turn: Turn) -> Reply:
    assert isinstance(turn.said, Words)
    return say(Screen(FRENCH.say("Group: {title}", title=f"{turn.said.answers} {turn.said.text} {turn.message_id}")))


async def test_a_reply_to_a_message_of_the_bot_goes_to_who_answers_for_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROUTES.answers, "help", tells_what_is_answered)
    monkeypatch.setitem(ROUTES.group_answers, "help", tells_what_is_answered)
    group = stage.lea.creates_group("Mobilité", bot=stage.account)
    stage.account.updates.drop()
    numbers = []
    for chat in (stage.lea.chat_with(), group):
        asked, other = stage.asks(chat=chat), stage.asks(chat=chat)
        await stage.stands(asked, "help:12")
        await stage.stands(other, "menu")
        numbers.append(stage.lea.says("Oui", reply_to=asked).id)
        stage.lea.says("Non", reply_to=other)
    await stage.answers()

    private, not_understood, in_group = await stage.waiting()
    assert [text.partition("help:12")[2] for text in (private, in_group)] == [f" Oui {number}" for number in numbers]
    assert not_understood.startswith("Je n’ai pas compris")


def offers_two_of_three(turn: Turn) -> Reply:
    assert isinstance(turn.said, Inline)
    rows = ((button("Ici", "x"), link("Rejoindre", "https://t.me/jalon_bot?start=join_7")), (button("Là", "x"),))
    screen = Screen(FRENCH.say("<b>For which coalition?</b>"), rows)
    first = turn.said.offset
    offers = tuple(Offer(f"c{number}", f"Offre {number}", "Une ligne", screen) for number in (first, first + 1))
    return Reply(offers=offers, more_from=2 if first == 0 else None)


async def test_words_behind_the_bots_name_are_answered_with_offers(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROUTES.inline, "inline", offers_two_of_three)
    group = stage.lea.creates_group("Mobilité", bot=stage.account)
    stage.account.updates.drop()
    stage.account.inline = True
    asked, more = stage.lea.inline_query("éclairage"), stage.lea.inline_query("éclairage", offset="2")
    await stage.answers()

    assert [[one["title"] for one in found.results or ()] for found in (asked, more)] == [
        ["Offre 0", "Offre 1"],
        ["Offre 2", "Offre 3"],
    ]
    assert (asked.next_offset, more.next_offset) == ("2", "")
    shared = stage.lea.shares("Offre 1", asked, group)
    assert (shared.html, shared.buttons) == (str(FRENCH.say("<b>For which coalition?</b>")), [["Rejoindre"]])
    await stage.answers()
    assert await stage.waiting() == []


async def test_words_behind_the_bots_name_are_answered_where_nothing_is_offered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(ROUTES.inline, "inline", raising=False)
    stage.account.inline = True
    asked = stage.lea.inline_query("éclairage")
    await stage.answers()

    assert asked.results == []


async def test_a_stranger_is_answered_in_the_language_of_their_telegram(stage: Stage) -> None:
    joe = stage.telegram.new_person("Joe", language_code="en")
    jeanne = stage.telegram.new_person("Jeanne", language_code=None)
    for stranger in (joe, jeanne):
        stranger.says("/aide")
    await stage.answers()

    heads = [text.split("\n", 1)[0] for text in await stage.waiting()]
    assert heads == ["<b>Help</b>", "<b>Aide</b>"]
