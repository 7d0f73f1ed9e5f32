"""The commands that Telegram proposes behind « / »: those of the narrowest scope and language that a bot has set."""

from typing import Any

from simulator.accounts import Bot
from simulator.network import Network
from simulator.page.seats import Room


def commands_for(network: Network, room: Room) -> list[dict[str, str]]:
    """The commands of the bots in a chat as this person sees them: `command` as it is sent, and `description`."""
    bots = [room.chat.bot] if room.chat.bot is not None else _bots_in(network, room)
    found = []
    for bot in bots:
        ending = f"@{bot.username}" if len(bots) > 1 else ""
        found += [
            {"command": f"/{one['command']}{ending}", "description": one["description"]} for one in _set_by(bot, room)
        ]
    return found


def _bots_in(network: Network, room: Room) -> list[Bot]:
    return [bot for bot in network.bots.values() if room.chat.member(bot.user).present]


def _set_by(bot: Bot, room: Room) -> list[dict[str, str]]:
    language = str(room.seat.person.user.get("language_code", ""))
    for scope in scopes(room):
        for code in dict.fromkeys((language, "")):
            if commands := bot.profile.commands.get((scope, code)):
                return commands
    return []


def scopes(room: Room) -> list[str]:
    """The scopes that cover a person in a chat, the narrowest first, as the bot's profile names them."""
    chat = room.chat
    if chat.private:
        return [f"chat:{chat.id}", "all_private_chats", "default"]
    administers = chat.member(room.seat.person.user).administers
    found: list[Any] = [
        f"chat_member:{chat.id}:{room.seat.id}",
        administers and f"chat_administrators:{chat.id}",
        f"chat:{chat.id}",
        administers and "all_chat_administrators",
        "all_group_chats",
        "default",
    ]
    return [scope for scope in found if scope]
