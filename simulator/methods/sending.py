"""Methods that put messages into chats."""

import re
from typing import Any

from simulator.accounts import Bot
from simulator.chats import Action, Chat, Message
from simulator.files import file_fields
from simulator.keyboards import checked_markup
from simulator.methods.access import answered_message, chat_of, message_of, present_in, thread_of, writable
from simulator.network import Network
from simulator.parameters import Parameters
from simulator.polls import checked_poll
from simulator.posting import post
from simulator.refusals import bad_request
from simulator.texts import FormattedText, caption_text, message_text

ACTION = re.compile(
    r"typing|(?:upload|record)_(?:photo|video|voice|document|video_note)|upload_document|choose_sticker|find_location"
)
ALBUM_SIZES = range(2, 11)
NOT_COPIED = frozenset(
    {
        "message_id",
        "from",
        "sender_chat",
        "chat",
        "date",
        "edit_date",
        "message_thread_id",
        "is_topic_message",
        "reply_to_message",
        "reply_markup",
        "media_group_id",
        "forward_origin",
        "has_protected_content",
    }
)


def send_message(network: Network, bot: Bot, call: Parameters) -> Any:
    """Send a text."""
    text = message_text(call)
    return send(network, bot, call, "text messages", resolved(network, text).fields()).fields


def send_photo(network: Network, bot: Bot, call: Parameters) -> Any:
    """Send a photo."""
    return _send_file(network, bot, call, "photo")


def send_document(network: Network, bot: Bot, call: Parameters) -> Any:
    """Send a file."""
    return _send_file(network, bot, call, "document")


def send_media_group(network: Network, bot: Bot, call: Parameters) -> Any:
    """Send 2 to 10 photos, or as many documents, as one album."""
    given = call.json("media", "media")
    if not isinstance(given, list) or len(given) not in ALBUM_SIZES:
        raise bad_request("there must be from 2 to 10 media in the album" if given else "MEDIA_EMPTY")
    kinds = {one.get("type") for one in given if isinstance(one, dict)}
    if kinds not in ({"photo"}, {"document"}):
        raise bad_request(
            "documents can't be mixed with other media types" if len(kinds) > 1 else "wrong type of media"
        )
    chat = writable(network, bot, call, "photos" if kinds == {"photo"} else "documents", len(given))
    thread, answered = thread_of(bot, chat, call), answered_message(chat, call)
    contents = [media_content(network, call, one) for one in given]
    album = {"media_group_id": str(network.number("album", 13_500_000_000_000_001))}
    sent = [post(network, chat, bot.user, album | one, thread=thread, reply_to=answered) for one in contents]
    return [message.fields for message in sent]


def send_location(network: Network, bot: Bot, call: Parameters) -> Any:
    """Send a place on the map."""
    latitude, longitude = call.number("latitude"), call.number("longitude")
    if latitude is None or longitude is None:
        raise bad_request(f"{'latitude' if latitude is None else 'longitude'} is empty")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 - the degrees of the earth
        raise bad_request("invalid location specified")
    location = {"latitude": latitude, "longitude": longitude}
    return send(network, bot, call, "locations", {"location": location}).fields


def send_poll(network: Network, bot: Bot, call: Parameters) -> Any:
    """Send a poll."""
    number = str(network.number("poll", 5_300_000_000_000_000_001))
    poll = checked_poll(call, number, bot, network.date())
    message = send(network, bot, call, "polls", {"poll": poll.json})
    network.polls[poll.id] = poll
    return message.fields


def send_chat_action(network: Network, bot: Bot, call: Parameters) -> Any:
    """Show for five seconds what the bot is doing."""
    name = call.text("action")
    if not ACTION.fullmatch(name):
        raise bad_request("wrong parameter action in request")
    chat = present_in(network, bot, chat_of(network, bot, call))
    # Unlike messages, an action may name General by its number 1.
    thread = None if call.integer("message_thread_id") == 1 else thread_of(bot, chat, call)
    chat.actions.append(Action(name, network.now(), chat.last_id, thread))
    network.changed("action", chat, action=name)
    return True


def copy_message(network: Network, bot: Bot, call: Parameters) -> Any:
    """Send what another message holds, without telling where it came from."""
    original = _original(network, bot, call, "message to copy not found")
    content = copied(original)
    if not content:
        raise bad_request("message can't be copied")
    if "caption" in call and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= caption_text(call).fields("caption", "caption_entities")
    return {"message_id": send(network, bot, call, "text messages", content).id}


def forward_message(network: Network, bot: Bot, call: Parameters) -> Any:
    """Send another message on, with the name of its author."""
    original = _original(network, bot, call, "message to forward not found")
    content = forwarded(original)
    return send(network, bot, call, "text messages", content).fields


def send(network: Network, bot: Bot, call: Parameters, what: str, content: dict[str, Any]) -> Message:
    """Send content as this bot where the call says, with its keyboard; raises Refused where it may not."""
    markup = checked_markup(call.json("reply_markup", "reply keyboard markup"))
    chat = writable(network, bot, call, what)
    thread, answered = thread_of(bot, chat, call), answered_message(chat, call)
    if markup is not None and "inline_keyboard" in markup:
        content = content | {"reply_markup": markup}
    elif markup is not None:
        _lay_keyboard(chat, markup)
    if call.boolean("protect_content"):
        content = content | {"has_protected_content": True}
    return post(network, chat, bot.user, content, thread=thread, reply_to=answered)


def resolved(network: Network, text: FormattedText) -> FormattedText:
    """The text with mentions of people made of what Telegram knows of them; unknown people are not marked."""
    if all(entity["type"] != "text_mention" for entity in text.entities):
        return text
    kept = []
    for entity in text.entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
        elif (account := network.accounts.get(int(entity["user"]["id"]))) is not None:
            kept.append({**entity, "user": account.user})
    return FormattedText(text.text, tuple(kept))


def media_content(network: Network, call: Parameters, given: Any) -> dict[str, Any]:
    """What a message shows for an InputMedia: its file and its caption."""
    if not isinstance(given, dict) or given.get("type") not in {"photo", "document"}:
        raise bad_request("can't parse InputMedia: unsupported type")
    stored = network.files.sent(call, str(given.get("media", "")), given["type"])
    caption = caption_text(Parameters(given))
    return file_fields(stored) | resolved(network, caption).fields("caption", "caption_entities")


def copied(message: Message) -> dict[str, Any]:
    """The content of a message without its author, place and buttons."""
    return {name: value for name, value in message.fields.items() if name not in NOT_COPIED}


def forwarded(message: Message) -> dict[str, Any]:
    """The content of a message and where it comes from."""
    fields = message.fields
    origin: dict[str, Any] = {"date": fields["date"], "type": "user", "sender_user": fields["from"]}
    if "sender_chat" in fields:
        origin = {"date": fields["date"], "type": "chat", "sender_chat": fields["sender_chat"]}
    return {"forward_origin": fields.get("forward_origin", origin), **copied(message)}


def _original(network: Network, bot: Bot, call: Parameters, missing: str) -> Message:
    chat = chat_of(network, bot, call, "from_chat_id")
    return message_of(present_in(network, bot, chat), call, missing)


def _send_file(network: Network, bot: Bot, call: Parameters, kind: str) -> Any:
    caption = resolved(network, caption_text(call))
    # A file that comes as a part of the form may have no value of its own.
    stored = network.files.sent(call, call.text(kind) or kind, kind)
    content = file_fields(stored) | caption.fields("caption", "caption_entities")
    return send(network, bot, call, f"{kind}s", content).fields


def _lay_keyboard(chat: Chat, markup: dict[str, Any]) -> None:
    """Show or take away the keyboard that stands in place of the person's own."""
    if "keyboard" in markup:
        chat.keyboard = markup
    elif "remove_keyboard" in markup:
        chat.keyboard = None
