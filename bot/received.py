"""What Telegram hands over, read once: what to keep of it, what to answer, and why some of it can't be read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from telegram import Update

OF_A_TAPPED_MESSAGE: Final = ("message_id", "date", "chat", "message_thread_id", "is_topic_message")
"""What is wanted of the message whose button was tapped, which Telegram sends along with all that it shows."""

_CONTENTS: Final = frozenset(map(str, Update.ALL_TYPES))
_LAST_SQL_INTEGER: Final = 2**63 - 1

log = structlog.get_logger("jalon.inbox")


@dataclass(frozen=True, slots=True)
class Received:
    """What came from Telegram, by update_id: updates to answer, and why others can't be read."""

    updates: dict[int, Update]
    unread: dict[int, str]


def by_number(handed_over: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Give raw updates by their update_id; what has none can't be kept, and is only noted."""
    raws: dict[int, dict[str, Any]] = {}
    for raw in handed_over:
        if isinstance(raw, dict) and _is_id(raw.get("update_id")):
            raws[raw["update_id"]] = raw
        else:
            log.error("update_without_id")
    return raws


def bodies_of(raws: Mapping[int, dict[str, Any]]) -> dict[int, str]:
    """Give what to keep of raw updates: pure ASCII, as the database would refuse half of a surrogate pair."""
    return {update_id: json.dumps(raw) for update_id, raw in raws.items()}


def read_updates(raws: Mapping[int, dict[str, Any]]) -> Received:
    """Read raw updates; those that PTB can't parse, or that hold nothing it knows, get a reason without any text."""
    received = Received({}, {})
    for update_id, raw in raws.items():
        try:
            update = read_update(raw)
        except Exception as error:  # noqa: BLE001 - PTB raises whatever it meets in what it does not know
            received.unread[update_id] = type(error).__name__
            continue
        if has_content(update):
            received.updates[update_id] = update
        else:
            received.unread[update_id] = "NothingKnown"
    return received


def read_update(raw: dict[str, Any]) -> Update:
    """Make the library's update of a raw one, with no more of a tapped message than is wanted; raises what PTB does."""
    return Update.de_json(_lightened(raw), None)


def has_content(update: Update) -> bool:
    """Tell whether an update holds more than its number."""
    return any(getattr(update, kind) is not None for kind in _CONTENTS)


def _lightened(raw: dict[str, Any]) -> dict[str, Any]:
    query = raw.get("callback_query")
    if not isinstance(query, dict):
        return raw
    message = query.get("message")
    if not isinstance(message, dict):
        return raw
    bare = {name: message[name] for name in OF_A_TAPPED_MESSAGE if name in message}
    return {**raw, "callback_query": {**query, "message": bare}}


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LAST_SQL_INTEGER
