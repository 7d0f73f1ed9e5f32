"""A turn: one transaction, kept whole or not at all, and answered once."""

import asyncio
import io
from typing import Literal

import pytest
import structlog
from sqlalchemy import select

from bot.logs import set_up_logs
from handlers.apologies import apologise, apologise_for_failure
from handlers.chat import Chat as ChatOfTurn
from handlers.feature import Handler
from handlers.reply import Change, Reply, Say, say
from handlers.router import ROUTES
from handlers.said import Words
from handlers.screen import Screen
from handlers.turn import Turn
from programme.errors import NotAllowed
from storage.tables.delivery import outbox
from tests.bot.post_office import TOKEN
from tests.bot.stage import FRENCH, Stage, begins_then_fails, begins_then_refuses

WORDS = "Je viens au Technopôle avec Sam"
REFUSAL = str(apologise(NotAllowed(), FRENCH).text)
FAILURE = str(apologise_for_failure(FRENCH).text)


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


async def test_a_stranger_is_answered_in_the_language_of_their_telegram(stage: Stage) -> None:
    joe = stage.telegram.new_person("Joe", language_code="en")
    jeanne = stage.telegram.new_person("Jeanne", language_code=None)
    for stranger in (joe, jeanne):
        stranger.says("/aide")
    await stage.answers()

    heads = [text.split("\n", 1)[0] for text in await stage.waiting()]
    assert heads == ["<b>Help</b>", "<b>Aide</b>"]
