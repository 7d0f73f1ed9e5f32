"""Keyboards that Telegram takes, changes or refuses."""

from typing import Any

import pytest

from simulator.people import Person
from tests.simulator.conftest import Api


def button(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Oui"} | fields]]}


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (button(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (button(callback_data="🌱" * 17), "BUTTON_DATA_INVALID"),
        (
            button(callback_data=""),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            button(url="http://localhost:8080"),
            "inline keyboard button URL 'http://localhost:8080' is invalid: Wrong HTTP URL",
        ),
        (
            button(url="ftp://a.fr"),
            "inline keyboard button URL 'ftp://a.fr' is invalid: Unsupported URL protocol",
        ),
        (button(text=" ", callback_data="y"), "inline keyboard button text must be non-empty"),
        (
            {"inline_keyboard": [[{"callback_data": "y"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}, "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "a" * 200, "callback_data": "b"}]] * 60}, "reply markup is too long"),
        ([], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_a_keyboard_telegram_refuses(api: Api, lea: Person, markup: Any, reason: str) -> None:
    refusal = await api.refusal("sendMessage", chat_id=lea.id, text="a", reply_markup=markup)
    assert refusal == f"Bad Request: {reason}"


async def test_callback_data_may_fill_64_bytes_and_100_buttons_pass(api: Api, lea: Person) -> None:
    rows = [[{"text": "a", "callback_data": "🌱" * 16}]] + [[{"text": "a", "callback_data": "b"}]] * 99
    sent = await api("sendMessage", chat_id=lea.id, text="a", reply_markup={"inline_keyboard": rows})
    assert sent["reply_markup"] == {"inline_keyboard": rows}


async def test_of_two_actions_the_first_wins_in_silence(api: Api, lea: Person) -> None:
    both = button(callback_data="y", url="brest.fr/climat")
    sent = await api("sendMessage", chat_id=lea.id, text="a", reply_markup=both)
    assert sent["reply_markup"] == button(url="http://brest.fr/climat")


async def test_buttons_beyond_eight_in_a_row_are_dropped(
    api: Api, lea: Person, caplog: pytest.LogCaptureFixture
) -> None:
    row = [{"text": str(number), "callback_data": "b"} for number in range(9)]
    sent = await api("sendMessage", chat_id=lea.id, text="a", reply_markup={"inline_keyboard": [row]})
    assert sent["reply_markup"] == {"inline_keyboard": [row[:8]]}
    assert caplog.messages == ["Telegram shows 8 buttons a row; 9 were sent, the others are dropped."]


async def test_an_empty_keyboard_is_none(api: Api, lea: Person) -> None:
    sent = await api("sendMessage", chat_id=lea.id, text="a", reply_markup={"inline_keyboard": []})
    assert "reply_markup" not in sent


async def test_a_reply_keyboard_lies_in_the_chat_until_it_is_removed(api: Api, lea: Person) -> None:
    await api("sendMessage", chat_id=lea.id, text="a", reply_markup={"keyboard": [["Oui", {"text": "Non"}]]})
    laid = lea.chat_with().keyboard
    await api("sendMessage", chat_id=lea.id, text="b", reply_markup={"remove_keyboard": True})
    assert laid == {"keyboard": [[{"text": "Oui"}, {"text": "Non"}]]}
    assert lea.chat_with().keyboard is None
