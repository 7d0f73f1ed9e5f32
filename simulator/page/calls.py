"""The Bot API calls as the page tells them: in one line, and in full when they are opened; never a token."""

import json
from collections.abc import Iterable
from typing import Any

from simulator.network import Call, Network

LINE_MAX = 140
VALUE_MAX = 60
SHOWN_AT_FIRST = 200
POLL = "getupdates"
HIDDEN = "•••"
SECRET = frozenset({"secret_token", "certificate"})


def latest_calls(network: Network) -> list[dict[str, Any]]:
    """The latest calls in one line each, the oldest first; of the polls only those since the oldest one shown."""
    numbers = [number for number, call in enumerate(network.calls) if call.method.lower() != POLL]
    first = numbers[-SHOWN_AT_FIRST] if len(numbers) > SHOWN_AT_FIRST else 0
    first = max(first, len(network.calls) - 2 * SHOWN_AT_FIRST)
    return [call_line(network, number) for number in range(first, len(network.calls))]


def call_line(network: Network, number: int) -> dict[str, Any]:
    """A call in one line; `number` is its place among all the calls."""
    call = network.calls[number]
    return {
        "number": number,
        "at": call.at.timestamp(),
        "method": call.method,
        "status": call.status,
        "poll": call.method.lower() == POLL,
        "line": _without_tokens(network, _line(call)),
    }


def call_in_full(network: Network, number: int) -> str:
    """The parameters and the answer of a call as indented JSON."""
    call = network.calls[number]
    asked = {name: HIDDEN if name in SECRET else _read(value) for name, value in call.parameters.items()}
    told = {"method": call.method, "parameters": asked, "status": call.status, "answer": call.answer}
    return _without_tokens(network, json.dumps(told, ensure_ascii=False, indent=2))


def _line(call: Call) -> str:
    if not call.answer.get("ok"):
        return str(call.answer.get("description", ""))
    return _cut(" · ".join(_short(call.parameters.items())), LINE_MAX)


def _short(parameters: Iterable[tuple[str, Any]]) -> list[str]:
    return [f"{name} {HIDDEN if name in SECRET else _cut(_one_line(value), VALUE_MAX)}" for name, value in parameters]


def _one_line(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text.split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _read(value: Any) -> Any:
    """A form field as JSON where it holds an object or a list, so that it can be read."""
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _without_tokens(network: Network, text: str) -> str:
    for token in network.bots:
        text = text.replace(token, HIDDEN)
    return text
