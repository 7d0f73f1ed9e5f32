"""Methods that change messages, take them away, pin them and react to them."""

from typing import Any

from simulator.accounts import Bot
from simulator.chats import Chat, Message
from simulator.keyboards import checked_markup
from simulator.methods.access import administrator, chat_of, message_of, present_in
from simulator.methods.sending import media_content, resolved
from simulator.network import Network
from simulator.parameters import Parameters
from simulator.posting import CONTENT, delete, edit, post
from simulator.refusals import bad_request
from simulator.texts import caption_text, message_text

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
DELETABLE_SECONDS = 48 * 3600
BATCH_MAX = 100
MEDIA = ("photo", "document", "voice", "sticker")


def edit_message_text(network: Network, bot: Bot, call: Parameters) -> Any:
    """Replace a message's text and buttons."""
    text = resolved(network, message_text(call, too_long="MESSAGE_TOO_LONG"))
    message = _own(network, bot, call)
    if "text" not in message.fields:
        raise bad_request("there is no text in the message to edit")
    return _replace(network, message, call, text.fields())


def edit_message_caption(network: Network, bot: Bot, call: Parameters) -> Any:
    """Replace a file's caption and its buttons."""
    caption = resolved(network, caption_text(call))
    message = _own(network, bot, call)
    if not any(name in message.fields for name in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    media = {name: message.fields[name] for name in MEDIA if name in message.fields}
    return _replace(network, message, call, media | caption.fields("caption", "caption_entities"))


def edit_message_media(network: Network, bot: Bot, call: Parameters) -> Any:
    """Replace a message's file, caption and buttons."""
    message = _own(network, bot, call)
    content = media_content(network, call, call.json("media", "InputMedia"))
    if "media_group_id" in message.fields and not set(content) & set(message.fields) & set(MEDIA):
        raise bad_request("MEDIA_GROUP_INVALID")
    return _replace(network, message, call, content)


def edit_message_reply_markup(network: Network, bot: Bot, call: Parameters) -> Any:
    """Replace a message's buttons."""
    message = _own(network, bot, call)
    content = {name: message.fields[name] for name in CONTENT if name in message.fields}
    return _replace(network, message, call, content)


def delete_message(network: Network, bot: Bot, call: Parameters) -> Any:
    """Delete a message: the bot's own, a person's in private, any as administrator; not after 48 hours."""
    chat = present_in(network, bot, chat_of(network, bot, call))
    message = message_of(chat, call, "message to delete not found")
    _deletable(network, bot, chat, message)
    delete(network, message)
    return True


def delete_messages(network: Network, bot: Bot, call: Parameters) -> Any:
    """Delete up to 100 messages; those that are not there are passed over."""
    numbers = call.json("message_ids", "message identifiers")
    if not isinstance(numbers, list) or not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > BATCH_MAX:
        raise bad_request("too many message identifiers specified")
    chat = present_in(network, bot, chat_of(network, bot, call))
    messages = [message for number in numbers if (message := chat.kept.get(int(number))) is not None]
    for message in messages:
        _deletable(network, bot, chat, message)
    for message in messages:
        delete(network, message)
    return True


def pin_chat_message(network: Network, bot: Bot, call: Parameters) -> Any:
    """Pin a message, with the service message that tells it."""
    chat = _pinnable(network, bot, call)
    message = message_of(chat, call, "message to pin not found")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        shown = {name: value for name, value in message.fields.items() if name != "reply_to_message"}
        post(network, chat, bot.user, {"pinned_message": shown}, thread=message.thread)
    return True


def unpin_chat_message(network: Network, bot: Bot, call: Parameters) -> Any:
    """Unpin a message, or the one pinned last."""
    chat = _pinnable(network, bot, call)
    number = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    network.changed("pin", chat)
    return True


def set_message_reaction(network: Network, bot: Bot, call: Parameters) -> Any:
    """Put the bot's reaction on a message, or take it away; a bot has one at most."""
    chat = present_in(network, bot, chat_of(network, bot, call))
    message = message_of(chat, call, "message to react not found")
    given = call.json("reaction", "reactions") or []
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(one.get("type") != "emoji" or not one.get("emoji") for one in given):
        raise bad_request("REACTION_INVALID")
    message.reactions[bot.id] = given
    network.changed("reaction", chat, message=message)
    return True


def _own(network: Network, bot: Bot, call: Parameters) -> Message:
    """The bot's own message that a call wants to edit."""
    if call.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = present_in(network, bot, chat_of(network, bot, call))
    message = message_of(chat, call, "message to edit not found")
    if message.sender_id != bot.id or "forward_origin" in message.fields:
        raise bad_request("message can't be edited")
    return message


def _replace(network: Network, message: Message, call: Parameters, content: dict[str, Any]) -> Any:
    """Give the message this content and the call's buttons: without any, those it had go away."""
    markup = checked_markup(call.json("reply_markup", "reply keyboard markup"), inline_only=True)
    network.limits.count(message.sender_id, message.chat.id)
    before = {name: message.fields[name] for name in CONTENT if name in message.fields}
    if before == content and message.markup == markup:
        raise bad_request(NOT_MODIFIED)
    edit(network, message, content, markup)
    return message.fields


def _deletable(network: Network, bot: Bot, chat: Chat, message: Message) -> None:
    if chat.member(bot.user).may("can_delete_messages"):
        return
    if not chat.private and message.sender_id != bot.id:
        raise bad_request("message can't be deleted")
    if network.now() - message.fields["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")


def _pinnable(network: Network, bot: Bot, call: Parameters) -> Chat:
    chat = present_in(network, bot, chat_of(network, bot, call))
    administrator(bot, chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    return chat
