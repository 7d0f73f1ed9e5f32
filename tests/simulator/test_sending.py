"""What a bot sends, how it comes back, and what Telegram refuses."""

import json
from typing import Any

import aiohttp
import pytest

from simulator.accounts import Bot
from simulator.people import Person
from simulator.telegram import Telegram
from tests.simulator.conftest import PIXEL, Api, Hands


async def test_a_text_comes_back_read_with_its_entities(api: Api, lea: Person, bot: Bot) -> None:
    sent = await api("sendMessage", chat_id=lea.id, text=" <b>Été</b> &amp; plus ", parse_mode="HTML")

    assert sent == {
        "message_id": 2,
        "from": bot.user,
        "chat": {"id": lea.id, "first_name": "Léa", "username": "lea", "type": "private"},
        "date": 1795541400,
        "text": "Été & plus",
        "entities": [{"type": "bold", "offset": 0, "length": 3}],
    }
    assert (lea.last_read, lea.chat_with().last.html) == ("Été & plus", "<b>Été</b> &amp; plus")


async def test_commands_in_a_text_are_marked(api: Api, lea: Person) -> None:
    sent = await api("sendMessage", chat_id=lea.id, text="🌱 Voyez /aide ou /menu@jalon_bot, pas a/b ni /été")
    assert sent["entities"] == [
        {"type": "bot_command", "offset": 9, "length": 5},
        {"type": "bot_command", "offset": 18, "length": 15},
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("x" * 32_769, "text is too long"),
        ("<b>" + "x" * 4097 + "</b>", "message is too long"),
        ("a<br>b", 'can\'t parse entities: Unsupported start tag "br" at byte offset 1'),
    ],
)
async def test_a_text_telegram_refuses(api: Api, lea: Person, text: str, reason: str) -> None:
    assert await api.refusal("sendMessage", chat_id=lea.id, text=text, parse_mode="HTML") == f"Bad Request: {reason}"


async def test_length_is_counted_after_reading_the_html(api: Api, lea: Person) -> None:
    sent = await api("sendMessage", chat_id=lea.id, text="<b>" + "🌱" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent["text"]) == 4096


async def test_more_than_a_hundred_entities_are_dropped(api: Api, lea: Person) -> None:
    sent = await api("sendMessage", chat_id=lea.id, text="<b>a</b> " * 120, parse_mode="HTML")
    assert (len(sent["entities"]), sent["text"].count("a")) == (100, 120)


async def test_control_characters_and_direction_marks_are_cleaned(api: Api, lea: Person) -> None:
    sent = await api("sendMessage", chat_id=lea.id, text="a\0b\tc\r\u202ed\ne")
    assert sent["text"] == "a b cd\ne"


@pytest.mark.parametrize("mode", ["Markdown", "MarkdownV2", "XML"])
async def test_a_mode_that_is_not_html_is_refused(api: Api, lea: Person, mode: str) -> None:
    refusal = await api.refusal("sendMessage", chat_id=lea.id, text="*a*", parse_mode=mode)
    assert refusal == "Bad Request: unsupported parse_mode"


async def test_a_mention_shows_what_telegram_knows_of_the_person(api: Api, lea: Person, sam: Person) -> None:
    text = f'<a href="tg://user?id={sam.id}">Sam</a> <a href="tg://user?id=1">?</a>'
    sent = await api("sendMessage", chat_id=lea.id, text=text, parse_mode="HTML")
    assert sent["entities"] == [{"type": "text_mention", "offset": 0, "length": 3, "user": sam.user}]


async def test_entities_given_as_such_move_with_the_trimmed_text(api: Api, lea: Person) -> None:
    entities = [{"type": "bold", "offset": 2, "length": 3}, {"type": "italic", "offset": 5, "length": 2}]
    sent = await api("sendMessage", chat_id=lea.id, text="  abc  ", entities=entities)
    assert (sent["text"], sent["entities"]) == ("abc", [{"type": "bold", "offset": 0, "length": 3}])


class TestWhereABotMayNotWrite:
    async def test_a_chat_that_is_not_there(self, api: Api) -> None:
        assert await api.refusal("sendMessage", chat_id=99, text="a") == "Bad Request: chat not found"
        assert await api.refusal("sendMessage", text="a") == "Bad Request: chat_id is empty"

    async def test_somebody_it_never_met(self, api: Api, sam: Person) -> None:
        assert await api.refusal("sendMessage", chat_id=sam.id, text="a") == "Bad Request: chat not found"

    async def test_somebody_who_has_not_started_it(self, api: Api, lea: Person, sam: Person, bot: Bot) -> None:
        lea.creates_group("Mobilité", [sam], bot=bot)
        answer = await api.answer("sendMessage", chat_id=sam.id, text="a")
        assert answer == {
            "ok": False,
            "error_code": 403,
            "description": "Forbidden: bot can't initiate conversation with a user",
        }

    async def test_somebody_who_blocked_it(self, api: Api, lea: Person) -> None:
        lea.blocks()
        refusal = await api.refusal("sendMessage", chat_id=lea.id, text="a")
        assert refusal == "Forbidden: bot was blocked by the user"
        lea.unblocks()
        assert (await api("sendMessage", chat_id=lea.id, text="a"))["text"] == "a"

    async def test_somebody_who_left_telegram(self, api: Api, lea: Person) -> None:
        lea.deletes_account()
        refusal = await api.refusal("sendMessage", chat_id=lea.id, text="a")
        assert refusal == "Forbidden: user is deactivated"


async def test_an_answer_shows_what_it_answers(api: Api, lea: Person) -> None:
    asked = lea.says("Quand ?")
    sent = await api("sendMessage", chat_id=lea.id, text="Demain", reply_parameters={"message_id": asked.id})
    assert (sent["reply_to_message"]["text"], lea.chat_with().last.reply_to) == ("Quand ?", asked.id)


async def test_an_answer_to_nothing_is_refused_unless_it_does_not_matter(api: Api, lea: Person) -> None:
    refusal = await api.refusal("sendMessage", chat_id=lea.id, text="a", reply_parameters={"message_id": 77})
    assert refusal == "Bad Request: message to be replied not found"

    lenient = {"message_id": 77, "allow_sending_without_reply": True}
    sent = await api("sendMessage", chat_id=lea.id, text="a", reply_parameters=lenient)
    assert "reply_to_message" not in sent


async def _upload(api: Api, method: str, fields: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> dict[str, Any]:
    form = aiohttp.FormData({name: str(value) for name, value in fields.items()}, default_to_multipart=True)
    for name, (file_name, content) in files.items():
        form.add_field(name, content, filename=file_name)
    async with api.session.post(f"{api.address}/bot{api.token}/{method}", data=form) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def test_a_photo_shows_its_size_and_caption(api: Api, lea: Person) -> None:
    fields = {"chat_id": lea.id, "caption": "<i>Vélo</i>", "parse_mode": "HTML"}
    sent = (await _upload(api, "sendPhoto", fields, {"photo": ("velo.png", PIXEL)}))["result"]

    assert [(one["width"], one["height"]) for one in sent["photo"]] == [(320, 240), (640, 480)]
    assert (sent["caption"], lea.last_message and lea.last_message.html) == ("Vélo", "<i>Vélo</i>")
    again = await api("sendPhoto", chat_id=lea.id, photo=sent["photo"][-1]["file_id"])
    assert again["photo"] == sent["photo"]


async def test_a_document_keeps_its_name(api: Api, lea: Person) -> None:
    files = {"here": ("rencontre.ics", b"BEGIN:VCALENDAR")}
    fields = {"chat_id": lea.id, "document": "attach://here"}
    sent = (await _upload(api, "sendDocument", fields, files))["result"]
    assert (sent["document"]["file_name"], sent["document"]["file_size"]) == ("rencontre.ics", 15)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"no picture", "IMAGE_PROCESS_FAILED"), (b"", "file must be non-empty")],
)
async def test_a_photo_that_is_none_is_refused(api: Api, lea: Person, content: bytes, reason: str) -> None:
    answer = await _upload(api, "sendPhoto", {"chat_id": lea.id}, {"photo": ("a.png", content)})
    assert answer["description"] == f"Bad Request: {reason}"


async def test_a_file_nobody_sent_is_refused(api: Api, lea: Person) -> None:
    refusal = await api.refusal("sendDocument", chat_id=lea.id, document="AgADunknown")
    assert refusal == "Bad Request: wrong file identifier/HTTP URL specified"


async def test_a_caption_is_shorter_than_a_text(api: Api, lea: Person) -> None:
    photo = lea.sends_photo(PIXEL).fields["photo"][-1]["file_id"]
    refusal = await api.refusal("sendPhoto", chat_id=lea.id, photo=photo, caption="x" * 1025)
    assert refusal == "Bad Request: message caption is too long"


async def test_an_album_is_several_messages_of_one_group(api: Api, lea: Person) -> None:
    media = [
        {"type": "photo", "media": "attach://a", "caption": "<b>Un</b>", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://b"},
    ]
    fields = {"chat_id": lea.id, "media": json.dumps(media)}
    sent = (await _upload(api, "sendMediaGroup", fields, {"a": ("a.png", PIXEL), "b": ("b.png", PIXEL)}))["result"]
    assert ([one.get("caption") for one in sent], len({one["media_group_id"] for one in sent})) == (["Un", None], 1)


async def test_an_album_of_one_is_refused(api: Api, lea: Person) -> None:
    media = [{"type": "photo", "media": "x"}]
    refusal = await api.refusal("sendMediaGroup", chat_id=lea.id, media=media)
    assert refusal == "Bad Request: there must be from 2 to 10 media in the album"


async def test_a_place_is_sent_and_a_wrong_one_refused(api: Api, lea: Person) -> None:
    sent = await api("sendLocation", chat_id=lea.id, latitude=48.39, longitude=-4.49)
    assert sent["location"] == {"latitude": 48.39, "longitude": -4.49}
    refusal = await api.refusal("sendLocation", chat_id=lea.id, latitude=91, longitude=0)
    assert refusal == "Bad Request: invalid location specified"


async def test_an_action_shows_for_five_seconds_or_until_the_message(
    api: Api, lea: Person, telegram: Telegram, clock: Hands
) -> None:
    chat = lea.chat_with()
    await api("sendChatAction", chat_id=lea.id, action="typing")
    shown = [telegram.typing(chat)]
    clock.pass_by(seconds=5)
    shown.append(telegram.typing(chat))
    await api("sendChatAction", chat_id=lea.id, action="upload_document")
    await api("sendMessage", chat_id=lea.id, text="Voilà")
    shown.append(telegram.typing(chat))

    assert shown == [True, False, False]
    assert [action.name for action in chat.actions] == ["typing", "upload_document"]
    refusal = await api.refusal("sendChatAction", chat_id=lea.id, action="thinking")
    assert refusal == "Bad Request: wrong parameter action in request"


async def test_a_copy_hides_and_a_forward_tells_where_it_comes_from(api: Api, lea: Person) -> None:
    original = lea.sends_photo(PIXEL, "Vélo")
    place = {"chat_id": lea.id, "from_chat_id": lea.id, "message_id": original.id}

    copy = await api("copyMessage", **place, caption="Marche")
    forward = await api("forwardMessage", **place)

    copied = lea.chat_with().kept[copy["message_id"]]
    assert (copied.text, "forward_origin" in copied.fields) == ("Marche", False)
    assert (forward["caption"], forward["forward_origin"]["sender_user"]) == ("Vélo", lea.user)
    missing = await api.refusal("copyMessage", **(place | {"message_id": 999}))
    assert missing == "Bad Request: message to copy not found"
