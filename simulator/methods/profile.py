"""Methods by which a bot tells about itself: its name, its texts, its commands."""

import re
from collections.abc import Callable
from typing import Any

from simulator.accounts import Bot
from simulator.network import Network
from simulator.parameters import Parameters
from simulator.refusals import bad_request

COMMAND = re.compile(r"[a-z0-9_]+")
COMMAND_MAX = 32
COMMAND_DESCRIPTION_MAX = 256
COMMANDS_MAX = 100
NAME_MAX = 64
DESCRIPTION_MAX = 512
SHORT_DESCRIPTION_MAX = 120
# The scopes, and what each needs beside its type.
SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
LANGUAGE = re.compile(r"(?:[a-z]{2})?")

Method = Callable[[Network, Bot, Parameters], Any]


def get_me(network: Network, bot: Bot, call: Parameters) -> Any:  # noqa: ARG001 - every method is called alike
    """The bot's own account."""
    return bot.me


def set_my_commands(network: Network, bot: Bot, call: Parameters) -> Any:
    """Set the commands that one scope sees in one language."""
    given = call.json("commands", "commands")
    if not isinstance(given, list):
        raise bad_request("can't parse commands JSON object")
    if len(given) > COMMANDS_MAX:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = _scope(call), _language(call)
    commands = [_command(one) for one in given]
    if commands:
        bot.profile.commands[key] = commands
    else:
        bot.profile.commands.pop(key, None)
    network.changed("profile", None, bot=bot)
    return True


def get_my_commands(network: Network, bot: Bot, call: Parameters) -> Any:  # noqa: ARG001 - every method is called alike
    """The commands that were set for exactly this scope and language."""
    return bot.profile.commands.get((_scope(call), _language(call)), [])


def delete_my_commands(network: Network, bot: Bot, call: Parameters) -> Any:
    """Take away the commands of one scope in one language."""
    bot.profile.commands.pop((_scope(call), _language(call)), None)
    network.changed("profile", None, bot=bot)
    return True


def _setter(texts: Callable[[Bot], dict[str, str]], name: str, most: int) -> Method:
    """A method that sets one text of the bot in one language; an empty one takes it away."""

    def method(network: Network, bot: Bot, call: Parameters) -> Any:
        value = call.text(name).strip()
        if len(value) > most:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        language = _language(call)
        if value:
            texts(bot)[language] = value
        else:
            texts(bot).pop(language, None)
        network.changed("profile", None, bot=bot)
        return True

    return method


def _getter(texts: Callable[[Bot], dict[str, str]], name: str) -> Method:
    """A method that tells one text of the bot in one language, or else the one for all languages."""

    def method(network: Network, bot: Bot, call: Parameters) -> Any:  # noqa: ARG001 - every method is called alike
        found = texts(bot)
        fallback = bot.user["first_name"] if name == "name" else ""
        return {name: found.get(_language(call), found.get("", fallback))}

    return method


set_my_name = _setter(lambda bot: bot.profile.names, "name", NAME_MAX)
get_my_name = _getter(lambda bot: bot.profile.names, "name")
set_my_description = _setter(lambda bot: bot.profile.descriptions, "description", DESCRIPTION_MAX)
get_my_description = _getter(lambda bot: bot.profile.descriptions, "description")
set_my_short_description = _setter(
    lambda bot: bot.profile.short_descriptions, "short_description", SHORT_DESCRIPTION_MAX
)
get_my_short_description = _getter(lambda bot: bot.profile.short_descriptions, "short_description")


def _scope(call: Parameters) -> str:
    """The scope as one word and its numbers: `default`, `chat:-100`, `chat_member:-100:7`."""
    scope = call.json("scope", "BotCommandScope") or {"type": "default"}
    needed = SCOPES.get(scope.get("type", "")) if isinstance(scope, dict) else None
    if needed is None:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if missing := [name for name in needed if not scope.get(name)]:
        raise bad_request(f"can't parse BotCommandScope: Can't find field \"{missing[0]}\"")
    return ":".join([scope["type"], *(str(scope[name]) for name in needed)])


def _language(call: Parameters) -> str:
    language = call.text("language_code")
    if not LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return language


def _command(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > COMMAND_MAX:
        raise bad_request(f"command length must not exceed {COMMAND_MAX}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > COMMAND_DESCRIPTION_MAX:
        raise bad_request(f"command description length must not exceed {COMMAND_DESCRIPTION_MAX}")
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}
