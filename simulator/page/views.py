"""What the browser is given: seats, chats and messages as JSON; messages keep the fields that the Bot API names."""

from collections.abc import Sequence
from typing import Any

from simulator.accounts import Bot
from simulator.chats import Chat, Message
from simulator.network import Network
from simulator.page.commands import commands_for
from simulator.page.seats import Room, Seat, chat_key, rooms_of

MESSAGES_MAX = 300
NOT_SHOWN = frozenset({"chat", "message_thread_id", "is_topic_message", "pinned_message"})


def places(network: Network, seats: Sequence[Seat]) -> dict[str, Any]:
    """Everybody at the page with their chats, and the head of each chat; without messages."""
    rooms = {seat.id: rooms_of(network, seat) for seat in seats}
    return {
        "seats": [
            {
                "id": seat.id,
                "name": seat.name,
                "mark": seat.mark,
                "rooms": [_room(network, one) for one in rooms[seat.id]],
            }
            for seat in seats
        ],
        "heads": [head(network, chat) for chat in _chats(rooms)],
    }


def snapshot(network: Network, seats: Sequence[Seat]) -> dict[str, Any]:
    """All that the page shows, with the latest messages of each chat, the oldest first."""
    shown = places(network, seats)
    chats = _chats({seat.id: rooms_of(network, seat) for seat in seats})
    return shown | {"messages": {chat_key(chat): messages_before(network, chat, seats) for chat in chats}}


def messages_before(
    network: Network, chat: Chat, seats: Sequence[Seat], before: int | None = None
) -> list[dict[str, Any]]:
    """Up to 300 messages of a chat, the latest or those before a number, the oldest first."""
    messages = [message for message in chat.messages if before is None or message.id < before]
    return [message_view(network, message, seats) for message in messages[-MESSAGES_MAX:]]


def head(network: Network, chat: Chat) -> dict[str, Any]:
    """What stands above a chat, and what may be done in it."""
    members = [member.user for member in chat.members.values() if member.present]
    return {
        "key": chat_key(chat),
        "private": chat.private,
        "title": chat.title if chat.bot is None else _name(chat.bot),
        "username": None if chat.bot is None else chat.bot.username,
        "description": "" if chat.bot is None else _description(chat.bot, members),
        "members": [" ".join(user[one] for one in ("first_name", "last_name") if one in user) for user in members],
        "forum": chat.forum,
        "topics": [{"id": one.id, "name": one.name, "closed": one.closed} for one in chat.topics.values()],
        "started": chat.started,
        "blocked": chat.blocked,
        "keyboard": chat.keyboard,
        "pinned": [
            {"id": one.id, "thread": one.thread, "fields": _quote(one.fields)}
            for number in chat.pinned
            if (one := chat.kept.get(number)) is not None
        ],
        "bots": [bot.username for bot in network.bots.values()],
    }


def message_view(network: Network, message: Message, seats: Sequence[Seat]) -> dict[str, Any]:
    """A message with its Bot API fields, its topic, and what those at the page chose in its poll."""
    fields = {name: value for name, value in message.fields.items() if name not in NOT_SHOWN}
    if "reply_to_message" in fields:
        fields = {name: value for name, value in fields.items() if name != "reply_to_message"}
        if message.reply_to is not None:
            fields["reply_to_message"] = _quote(message.fields["reply_to_message"])
    if "pinned_message" in message.fields:
        fields["pinned_message"] = _quote(message.fields["pinned_message"])
    poll = network.polls.get(message.fields["poll"]["id"]) if "poll" in message.fields else None
    return {
        "id": message.id,
        "sender": message.sender_id,
        "thread": message.thread,
        "fields": fields,
        "chosen": {} if poll is None else {str(one.id): list(poll.votes.get(one.id, ())) for one in seats},
        "reactions": [one["emoji"] for given in message.reactions.values() for one in given if "emoji" in one],
    }


def _room(network: Network, room: Room) -> dict[str, Any]:
    return {"chat": chat_key(room.chat), "commands": commands_for(network, room)}


def _chats(rooms: dict[int, list[Room]]) -> list[Chat]:
    found = {chat_key(room.chat): room.chat for several in rooms.values() for room in several}
    return list(found.values())


def _name(bot: Bot) -> str:
    return bot.profile.names.get("", str(bot.user["first_name"]))


def _description(bot: Bot, members: list[dict[str, Any]]) -> str:
    """The bot's own description in the person's language, or else the one for all."""
    language = next((str(one["language_code"]) for one in members if "language_code" in one), "")
    return bot.profile.descriptions.get(language, bot.profile.descriptions.get("", ""))


def _quote(fields: dict[str, Any]) -> dict[str, Any]:
    """What is shown of a message in another one that answers or pins it."""
    kept = ("message_id", "from", "sender_chat", "text", "caption", "photo", "document", "poll")
    return {name: fields[name] for name in kept if name in fields}
