"""Polls: sent, voted on, closed."""

from typing import Any

import pytest

from simulator.people import Person
from tests.simulator.conftest import Api, Hands

DAYS = {"question": "Quel jour ?", "options": [{"text": "Mardi"}, {"text": "Jeudi"}], "is_anonymous": False}


async def test_a_vote_reaches_the_bot_with_its_options(api: Api, lea: Person) -> None:
    sent = await api("sendPoll", chat_id=lea.id, **DAYS)
    message = lea.chat_with().last

    lea.votes(message, "Jeudi")

    answer, poll = await api.updates()
    chosen = sent["poll"]["options"][1]["persistent_id"]
    assert answer["poll_answer"] == {
        "poll_id": sent["poll"]["id"],
        "user": lea.user,
        "option_ids": [1],
        "option_persistent_ids": [chosen],
    }
    assert [one["voter_count"] for one in poll["poll"]["options"]] == [0, 1]
    lea.votes(message)
    assert (await api.updates())[0]["poll_answer"]["option_ids"] == []


async def test_an_anonymous_poll_tells_only_the_counts(api: Api, lea: Person) -> None:
    await api("sendPoll", chat_id=lea.id, question="Quel jour ?", options=["Mardi", "Jeudi"])
    lea.votes(lea.chat_with().last, "Mardi")
    assert [list(update)[1] for update in await api.updates()] == ["poll"]


async def test_a_stopped_poll_takes_no_vote(api: Api, lea: Person) -> None:
    sent = await api("sendPoll", chat_id=lea.id, **DAYS)
    place = {"chat_id": lea.id, "message_id": sent["message_id"]}
    result = await api("stopPoll", **place)

    assert (result["is_closed"], lea.chat_with().last.fields["poll"]["is_closed"]) == (True, True)
    assert await api.refusal("stopPoll", **place) == "Bad Request: poll has already been closed"
    with pytest.raises(AssertionError, match="This poll is closed"):
        lea.votes(lea.chat_with().last, "Mardi")


async def test_a_poll_closes_after_its_time(api: Api, lea: Person, clock: Hands) -> None:
    await api("sendPoll", chat_id=lea.id, **DAYS, open_period=60)
    clock.pass_by(seconds=60)
    with pytest.raises(AssertionError, match="This poll is closed"):
        lea.votes(lea.chat_with().last, "Mardi")


async def test_two_answers_need_a_poll_that_takes_several(api: Api, lea: Person) -> None:
    await api("sendPoll", chat_id=lea.id, **DAYS)
    with pytest.raises(AssertionError, match="one answer only"):
        lea.votes(lea.chat_with().last, "Mardi", "Jeudi")
    await api("sendPoll", chat_id=lea.id, **DAYS, allows_multiple_answers=True)
    lea.votes(lea.chat_with().last, "Mardi", "Jeudi")
    assert lea.chat_with().last.fields["poll"]["total_voter_count"] == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"question": ""}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least 1 option"),
        ({"options": ["x"] * 13}, "poll can't have more than 12 options"),
        ({"options": ["x", " "]}, "poll options must be non-empty"),
        ({"options": ["x" * 101]}, "poll options length must not exceed 100"),
        ({"open_period": 4}, "POLL_CLOSE_DATE_INVALID"),
        ({"type": "quiz"}, "wrong correct option ID specified"),
    ],
)
async def test_a_poll_telegram_refuses(api: Api, lea: Person, changes: dict[str, Any], reason: str) -> None:
    assert await api.refusal("sendPoll", chat_id=lea.id, **(DAYS | changes)) == f"Bad Request: {reason}"


async def test_only_a_poll_can_be_stopped(api: Api, lea: Person) -> None:
    number = (await api("sendMessage", chat_id=lea.id, text="a"))["message_id"]
    refusal = await api.refusal("stopPoll", chat_id=lea.id, message_id=number)
    assert refusal == "Bad Request: message is not a poll"
