"""Keyboards as Telegram takes them: what it refuses, what it drops in silence, and what it then shows."""

import json
import logging
from typing import Any

from simulator.links import WrongLinkError, checked_link, mentioned_user
from simulator.refusals import bad_request

log = logging.getLogger("simulator")

BUTTONS_MAX = 100
ROW_MAX = 8
MARKUP_BYTES_MAX = 10_240
DATA_BYTES_MAX = 64
PLACEHOLDER_MAX = 64
COPIED_MAX = 256
# The order in which Telegram looks for a button's action: the first one found is the one it keeps.
ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "login_url",
    "web_app",
)
KEYBOARDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")

Markup = dict[str, Any]


def checked_markup(markup: Any, *, inline_only: bool = False) -> Markup | None:
    """The reply markup as Telegram keeps it, None where it is none or empty; raises Refused where it is wrong."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    kind = next((name for name in KEYBOARDS if name in markup), None)
    if kind == "inline_keyboard":
        rows = [row for row in map(_inline_row, _rows(markup, "inline_keyboard")) if row]
        kept = {"inline_keyboard": rows}
        if sum(map(len, rows)) > BUTTONS_MAX or len(json.dumps(kept, ensure_ascii=False).encode()) > MARKUP_BYTES_MAX:
            raise bad_request("reply markup is too long")
        return kept if rows else None
    if inline_only and kind:
        raise bad_request("inline keyboard expected")
    if kind == "keyboard":
        rows = [[_key(key) for key in row] for row in _rows(markup, "keyboard")]
        return {**markup, "keyboard": rows} if any(rows) else None
    if kind == "force_reply" and len(markup.get("input_field_placeholder", "")) > PLACEHOLDER_MAX:
        raise bad_request("input field placeholder is too long")
    return markup if kind and markup[kind] else None


def _rows(markup: Markup, name: str) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" of the reply markup must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" of the reply markup must be an Array of Arrays')
    return rows


def _inline_row(row: list[Any]) -> list[dict[str, Any]]:
    if len(row) > ROW_MAX:
        log.warning("Telegram shows %d buttons a row; %d were sent, the others are dropped.", ROW_MAX, len(row))
    return [_inline_button(button) for button in row[:ROW_MAX]]


def _inline_button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        found = "Can't find field" if text is None else "Field"
        must = "" if text is None else " must be of type String"
        raise bad_request(f'can\'t parse inline keyboard button: {found} "text"{must}')
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    kept: dict[str, Any] = {"text": text}
    kept |= {name: button[name] for name in ("style", "icon_custom_emoji_id") if name in button}
    action = next((name for name in ACTIONS if button.get(name) not in (None, "") or _empty_query(button, name)), None)
    if action is None:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        )
    return {**kept, action: _action(action, button[action])}


def _empty_query(button: dict[str, Any], name: str) -> bool:
    """Tell whether this is an inline query left empty on purpose: the one action that may be an empty text."""
    return name.startswith("switch_inline_query") and button.get(name) == ""


def _action(name: str, value: Any) -> Any:
    """The value of a button's action, checked."""
    if name == "url":
        if mentioned_user(value) is not None:
            return value
        try:
            return checked_link(value)
        except WrongLinkError as wrong:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: {wrong}") from None
    if name == "callback_data" and (not isinstance(value, str) or len(value.encode()) > DATA_BYTES_MAX):
        raise bad_request("BUTTON_DATA_INVALID")
    if name == "copy_text" and not 1 <= len(value.get("text", "")) <= COPIED_MAX:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if name == "web_app" and not str(value.get("url", "")).startswith("https://"):
        raise bad_request(
            f"inline keyboard button Web App URL '{value.get('url', '')}' is invalid: Only HTTPS links are allowed"
        )
    return value


def _key(key: Any) -> dict[str, Any]:
    """One key of a reply keyboard; a bare text counts as its label."""
    kept = {"text": key} if isinstance(key, str) else key
    if not isinstance(kept, dict) or not isinstance(kept.get("text"), str):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not kept["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return kept
