"""How a bot receives updates: getUpdates."""

import asyncio

import pytest

from simulator.accounts import Bot
from simulator.people import Person
from simulator.telegram import Telegram
from tests.simulator.conftest import Api, Hands


async def test_updates_come_until_they_are_confirmed(api: Api, lea: Person, telegram: Telegram, bot: Bot) -> None:
    lea.says("un")
    lea.says("deux")

    first = await api("getUpdates")
    again = await api("getUpdates", offset=first[0]["update_id"])
    rest = await api("getUpdates", offset=first[0]["update_id"] + 1)

    assert [one["message"]["text"] for one in first] == ["un", "deux"]
    assert (again, rest, telegram.unconfirmed(bot)) == (first, first[1:], 1)


async def test_a_negative_offset_keeps_only_the_last(api: Api, lea: Person, telegram: Telegram, bot: Bot) -> None:
    for word in ("un", "deux", "trois"):
        lea.says(word)
    found = await api("getUpdates", offset=-1)
    assert ([one["message"]["text"] for one in found], telegram.unconfirmed(bot)) == (["trois"], 1)


async def test_a_limit_bounds_the_batch(api: Api, lea: Person) -> None:
    for number in range(5):
        lea.says(str(number))
    assert [one["message"]["text"] for one in await api("getUpdates", limit=2)] == ["0", "1"]


async def test_a_long_poll_ends_with_the_first_update(api: Api, lea: Person, telegram: Telegram, bot: Bot) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api("getUpdates", timeout=50))
        await telegram.until(lambda: bot.updates.polled)
        lea.says("Bonjour")
        assert [one["message"]["text"] for one in await poll] == ["Bonjour"]


async def test_a_long_poll_ends_empty_after_its_time(api: Api, bot: Bot) -> None:
    assert bot.webhook is None
    assert await api("getUpdates", timeout=1) == []


async def test_a_second_poller_ends_the_first(api: Api, lea: Person, telegram: Telegram, bot: Bot) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(api.answer("getUpdates", timeout=50))
        await telegram.until(lambda: bot.updates.polled)
        second = group.create_task(api.answer("getUpdates", timeout=50))
        assert await first == {
            "ok": False,
            "error_code": 409,
            "description": "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
        }
        lea.says("Bonjour")
        assert [one["message"]["text"] for one in (await second)["result"]] == ["Bonjour"]


async def test_a_poller_that_hung_up_takes_nothing_away(api: Api, lea: Person, telegram: Telegram, bot: Bot) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(api("getUpdates", timeout=50), 0.1)
    await telegram.until(lambda: not bot.updates.polled)
    lea.says("Bonjour")
    assert [one["message"]["text"] for one in await api("getUpdates")] == ["Bonjour"]


async def test_kinds_that_were_not_asked_for_do_not_come(api: Api, lea: Person) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    lea.says("Bonjour")
    assert await api("getUpdates", allowed_updates=[]) == []
    lea.says("Bonsoir")
    assert [one["message"]["text"] for one in await api("getUpdates")] == ["Bonsoir"]


async def test_reactions_come_only_when_asked_for(api: Api, lea: Person) -> None:
    message = lea.says("Bonjour")
    await api.updates()
    lea.reacts(message, "👍")
    assert await api.updates(allowed_updates=["message_reaction"]) == []

    lea.reacts(message, "🎉")

    (update,) = await api.updates()
    reaction = update["message_reaction"]
    assert reaction["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert reaction["new_reaction"] == [{"type": "emoji", "emoji": "🎉"}]


async def test_updates_are_forgotten_after_a_day(api: Api, lea: Person, clock: Hands) -> None:
    lea.says("hier")
    clock.pass_by(hours=24, seconds=1)
    lea.says("aujourd’hui")
    assert [one["message"]["text"] for one in await api("getUpdates")] == ["aujourd’hui"]


async def test_a_webhook_forbids_polling(api: Api) -> None:
    await api("setWebhook", url="https://jalon.example/hook")
    assert await api.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
