"""Which chat, topic and message a call means, and whether the bot may do there what it asks."""

from typing import Any

from simulator.accounts import Bot
from simulator.chats import Chat, Member, Message
from simulator.network import Network
from simulator.parameters import Parameters
from simulator.refusals import bad_request, forbidden

NOT_A_MEMBER = {
    "group": "bot is not a member of the group chat",
    "supergroup": "bot is not a member of the supergroup chat",
}
# The permission that each kind of message needs, and how the refusal names it.
NEEDED = {
    "text messages": "can_send_messages",
    "photos": "can_send_photos",
    "documents": "can_send_documents",
    "polls": "can_send_polls",
}


def chat_of(network: Network, bot: Bot, call: Parameters, name: str = "chat_id") -> Chat:
    """The chat that a parameter names by number or @username; raises Refused where the bot doesn't know it."""
    given = call.text(name)
    if not given:
        raise bad_request(f"{name} is empty")
    chat = _named(network, bot, given) if given.startswith("@") else _numbered(network, bot, call.integer(name))
    if chat is None or not (chat.private or bot.id in chat.members or chat.migrated_to):
        raise bad_request("chat not found")
    return chat


def _named(network: Network, bot: Bot, name: str) -> Chat | None:
    username = name.removeprefix("@").lower()
    chats = (chat for chat in network.chats.values() if bot.id in chat.members)
    return next((chat for chat in chats if chat.fields.get("username", "").lower() == username), None)


def _numbered(network: Network, bot: Bot, number: int) -> Chat | None:
    chat = network.private.get((bot.id, number))
    if chat is None and number in network.accounts:
        groups = (group for group in network.chats.values() if bot.id in group.members)
        if not any(number in group.members for group in groups):
            return None
    if number in network.accounts and (chat is None or not chat.started):
        raise forbidden("bot can't initiate conversation with a user")
    return chat or network.chats.get(number)


def present_in(network: Network, bot: Bot, chat: Chat) -> Chat:
    """The chat, if the bot still is in it; raises Refused with the reason otherwise."""
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.private:
        if network.accounts[chat.id].deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat
    member = chat.member(bot.user)
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if not member.present:
        raise forbidden(NOT_A_MEMBER[chat.type])
    return chat


def writable(network: Network, bot: Bot, call: Parameters, what: str = "text messages", messages: int = 1) -> Chat:
    """The chat to write to; raises Refused where the bot may not write there, or writes too fast."""
    chat = present_in(network, bot, chat_of(network, bot, call))
    if not chat.private:
        member = chat.member(bot.user)
        denied = member.denied | (frozenset() if member.administers else chat.denied)
        if {NEEDED.get(what, "can_send_other_messages"), "can_send_messages"} & denied:
            raise bad_request(f"not enough rights to send {what} to the chat")
    network.limits.count(bot.id, chat.id, messages)
    return chat


def thread_of(bot: Bot, chat: Chat, call: Parameters) -> int | None:
    """The topic to write in, None for General and outside forums."""
    thread = call.integer("message_thread_id")
    if not thread:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not chat.member(bot.user).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic.id


def answered_message(chat: Chat, call: Parameters) -> Message | None:
    """The message that is answered, None where none is meant or it is gone and that does not matter."""
    reply: Any = call.json("reply_parameters", "reply parameters") or {}
    if not isinstance(reply, dict):
        raise bad_request("can't parse reply parameters JSON object")
    number = reply.get("message_id") or call.integer("reply_to_message_id")
    if not number:
        return None
    message = chat.kept.get(int(number))
    lenient = reply.get("allow_sending_without_reply") or call.boolean("allow_sending_without_reply")
    if message is None and not lenient:
        raise bad_request("message to be replied not found")
    return message


def message_of(chat: Chat, call: Parameters, missing: str) -> Message:
    """The message that `message_id` names; `missing` is the reason of the refusal where there is none."""
    if not call.integer("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.kept.get(call.integer("message_id"))
    if message is None:
        raise bad_request(missing)
    return message


def administrator(bot: Bot, chat: Chat, right: str, reason: str) -> Member:
    """The bot's place in a group where it has this right; raises Refused with the reason otherwise."""
    member = chat.member(bot.user)
    if not chat.private and not member.may(right):
        raise bad_request(reason)
    return member
