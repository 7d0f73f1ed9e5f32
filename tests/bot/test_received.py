import json
from typing import Any

from telegram import Message, Update

from bot.received import bodies_of, by_number, has_content, read_update, read_updates

LEA = {"id": 7, "is_bot": False, "first_name": "Léa"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Léa"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Mobilité", "is_forum": True}


def said(update_id: int, text: str = "Bonjour") -> dict[str, Any]:
    message = {"message_id": update_id, "date": 1_790_000_000, "chat": PRIVATE, "from": LEA, "text": text}
    return {"update_id": update_id, "message": message}


def tapped(chat: dict[str, Any], **facts: Any) -> Update:
    keyboard = {"inline_keyboard": [[{"text": "Oui", "callback_data": "answer:7:0:yes"}]]}
    message = {"message_id": 3, "date": 1_790_000_000, "chat": chat, "text": "Venez-vous ?", "reply_markup": keyboard}
    query = {"id": "9", "from": LEA, "chat_instance": "1", "data": "answer:7:0:yes", "message": message | facts}
    return read_update({"update_id": 1, "callback_query": query})


def test_updates_are_kept_whole_and_the_unreadable_told_apart() -> None:
    strange = {"update_id": 2, "message": {"message_id": "?", "text": "secret"}}
    unknown = {"update_id": 3, "holiday": {"text": "secret"}}

    raws = by_number([said(1, "Été \ud83d"), strange, unknown, {"message": {}}, 12, said(-1)])
    bodies, received = bodies_of(raws), read_updates(raws)

    assert (json.loads(bodies[1]), bodies[1].isascii()) == (said(1, "Été \ud83d"), True)
    assert bodies.keys() == {1, 2, 3}
    assert received.updates.keys() == {1}
    assert received.unread == {2: "KeyError", 3: "NothingKnown"}


def test_of_a_tapped_message_its_number_and_its_chat_are_read() -> None:
    query = tapped(PRIVATE).callback_query

    assert query is not None
    assert isinstance(query.message, Message)
    assert (query.data, query.message.message_id, query.message.chat.id) == ("answer:7:0:yes", 3, 7)
    assert (query.message.text, query.message.reply_markup) == (None, None)


def test_of_a_message_tapped_in_a_topic_the_topic_is_read_too() -> None:
    query = tapped(GROUP, message_thread_id=5, is_topic_message=True).callback_query

    assert query is not None
    assert isinstance(query.message, Message)
    assert (query.message.message_thread_id, query.message.text, query.message.reply_markup) == (5, None, None)


def test_a_bare_number_has_no_content() -> None:
    assert not has_content(read_update({"update_id": 5}))
    assert has_content(read_update(said(5)))
