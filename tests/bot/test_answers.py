"""What a tap, a reply and words behind the bot’s name get at once."""

import pytest
import structlog

from bot.answers import TOAST_MAX
from handlers.feature import Handler
from handlers.reply import Offer, Reply, say, toast
from handlers.router import ROUTES
from handlers.said import Inline
from handlers.screen import Screen, button, link
from handlers.turn import Turn
from simulator.faults import Fault
from tests.bot.stage import FRENCH, NOT_THERE, Stage, begins_then_fails, begins_then_refuses


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
