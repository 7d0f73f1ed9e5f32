"""Methods that ask about chats, their members, files and polls."""

from typing import Any

from simulator.accounts import Bot
from simulator.chats import USUAL_PERMISSIONS, Chat, Member
from simulator.keyboards import checked_markup
from simulator.methods.access import chat_of, message_of, present_in
from simulator.network import Network
from simulator.parameters import Parameters
from simulator.posting import edit, set_member
from simulator.refusals import bad_request

NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def get_chat(network: Network, bot: Bot, call: Parameters) -> Any:
    """What is known about a chat."""
    chat = _open(network, bot, call)
    fields = {**chat.fields, "accent_color_id": abs(chat.id) % 7, "max_reaction_count": 11}
    fields["accepted_gift_types"] = NO_GIFTS
    if not chat.private:
        fields["permissions"] = {name: value and name not in chat.denied for name, value in USUAL_PERMISSIONS.items()}
    elif "username" in chat.fields:
        fields["active_usernames"] = [chat.fields["username"]]
    if chat.pinned and (message := chat.kept.get(chat.pinned[-1])) is not None:
        fields["pinned_message"] = message.fields
    return fields


def get_chat_member(network: Network, bot: Bot, call: Parameters) -> Any:
    """Somebody's place in a chat: one who was never there has left, one who does not exist is not found."""
    chat = _open(network, bot, call)
    number = call.integer("user_id")
    known = {one.id: one.user for one in network.bots.values()}
    known |= {one.id: one.user for one in network.accounts.values()}
    if number not in known:
        raise bad_request("invalid user_id specified" if number <= 0 else "PARTICIPANT_ID_INVALID")
    return chat.member(known[number]).json


def get_chat_administrators(network: Network, bot: Bot, call: Parameters) -> Any:
    """The owner and the administrators of a group; of bots only the asking one, unless `return_bots`."""
    chat = _open(network, bot, call)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    every = call.boolean("return_bots")
    found = [member for member in chat.members.values() if member.administers]
    return [one.json for one in found if every or not one.user["is_bot"] or one.user["id"] == bot.id]


def get_chat_member_count(network: Network, bot: Bot, call: Parameters) -> Any:
    """How many are in a chat, bots too."""
    return sum(member.present for member in _open(network, bot, call).members.values())


def leave_chat(network: Network, bot: Bot, call: Parameters) -> Any:
    """Leave a group."""
    chat = _open(network, bot, call)
    if chat.private:
        raise bad_request("chat_id must be a group or channel")
    set_member(network, chat, Member(bot.user, "left"), bot.user)
    return True


def get_file(network: Network, bot: Bot, call: Parameters) -> Any:  # noqa: ARG001 - every method is called alike
    """Where a file can be downloaded."""
    stored = network.files.downloadable(call.text("file_id"))
    return stored.json | {"file_path": stored.path}


def stop_poll(network: Network, bot: Bot, call: Parameters) -> Any:
    """Close a poll and tell its result."""
    chat = _open(network, bot, call)
    message = message_of(chat, call, "message with poll to stop not found")
    if "poll" not in message.fields:
        raise bad_request("message is not a poll")
    if message.sender_id != bot.id:
        raise bad_request("poll can't be stopped")
    poll = network.polls[message.fields["poll"]["id"]]
    if poll.closed:
        raise bad_request("poll has already been closed")
    markup = checked_markup(call.json("reply_markup", "reply keyboard markup"), inline_only=True)
    poll.closed = True
    edit(network, message, {"poll": poll.json}, markup)
    bot.updates.push("poll", poll.json)
    return poll.json


def _open(network: Network, bot: Bot, call: Parameters) -> Chat:
    chat = chat_of(network, bot, call)
    return chat if chat.private else present_in(network, bot, chat)
