"""What a bot tells about itself."""

from typing import Any

import pytest

from simulator.accounts import Bot
from tests.simulator.conftest import Api

HELP = [{"command": "aide", "description": "Que puis-je faire ?"}]


async def test_commands_are_kept_by_scope_and_language(api: Api, bot: Bot) -> None:
    groups = {"type": "all_group_chats"}
    assert await api("setMyCommands", commands=HELP) is True
    await api("setMyCommands", commands=[{"command": "/help", "description": "Help"}], scope=groups, language_code="en")

    assert await api("getMyCommands") == HELP
    assert await api("getMyCommands", scope=groups) == []
    assert await api("getMyCommands", scope=groups, language_code="en") == [{"command": "help", "description": "Help"}]

    await api("deleteMyCommands", scope=groups, language_code="en")
    assert list(bot.profile.commands) == [("default", "")]


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([{"command": "Aide", "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "réglages", "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "a"}], "command length must not exceed 32"),
        ([{"command": "", "description": "a"}], "command must be non-empty"),
        ([{"command": "a", "description": " "}], "command description must be non-empty"),
        ([{"command": "a", "description": "x" * 257}], "command description length must not exceed 256"),
        (HELP * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands_telegram_refuses(api: Api, commands: list[dict[str, str]], reason: str) -> None:
    assert await api.refusal("setMyCommands", commands=commands) == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        ({"type": "everybody"}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"type": "chat"}, "can't parse BotCommandScope: Can't find field \"chat_id\""),
    ],
)
async def test_a_scope_telegram_refuses(api: Api, scope: dict[str, Any], reason: str) -> None:
    assert await api.refusal("setMyCommands", commands=HELP, scope=scope) == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("method", "name", "most"),
    [("Name", "name", 64), ("Description", "description", 512), ("ShortDescription", "short_description", 120)],
)
async def test_a_text_of_the_profile_falls_back_on_that_for_all_languages(
    api: Api, method: str, name: str, most: int
) -> None:
    await api(f"setMy{method}", **{name: "Jalon, à Brest"})
    await api(f"setMy{method}", **{name: "Jalon, in Brest"}, language_code="en")

    assert await api(f"getMy{method}") == {name: "Jalon, à Brest"}
    assert await api(f"getMy{method}", language_code="en") == {name: "Jalon, in Brest"}
    assert await api(f"getMy{method}", language_code="br") == {name: "Jalon, à Brest"}
    refusal = await api.refusal(f"setMy{method}", **{name: "x" * (most + 1)})
    assert refusal == f"Bad Request: {name.replace('_', ' ')} is too long"


async def test_a_language_has_two_letters(api: Api) -> None:
    refusal = await api.refusal("setMyCommands", commands=HELP, language_code="fra")
    assert refusal == "Bad Request: LANG_CODE_INVALID"
