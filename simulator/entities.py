"""Entities: what marks parts of a text (offsets and lengths in UTF-16 units), in order and written as HTML."""

import html
from typing import Any

Entity = dict[str, Any]

WRITTEN = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "strikethrough": ("<s>", "</s>"),
    "underline": ("<u>", "</u>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
    "pre": ("<pre>", "</pre>"),
    "code": ("<code>", "</code>"),
}
OUTER_FIRST = ("blockquote", "expandable_blockquote", "text_link", "text_mention", "custom_emoji", "pre", "code")


def units(text: str) -> int:
    """The length of a text in UTF-16 units, in which Telegram counts offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def in_order(entities: list[Entity]) -> list[Entity]:
    """The entities from left to right, the outer one first where two begin at one place."""
    return sorted(entities, key=lambda one: (one["offset"], -one["length"], one["type"] not in OUTER_FIRST))


def write_html(text: str, entities: list[Entity]) -> str:
    """Telegram's HTML of a text and its entities; entities that say nothing about the look are left out."""
    encoded = text.encode("utf-16-le")

    def cut(begin: int, end: int) -> str:
        return html.escape(encoded[2 * begin : 2 * end].decode("utf-16-le"), quote=False)

    def write(begin: int, end: int, inside: list[Entity]) -> str:
        parts = []
        while inside:
            entity, *rest = inside
            last = min(entity["offset"] + entity["length"], end)
            within = [other for other in rest if other["offset"] < last]
            inside = rest[len(within) :]
            before, after = tags_of(entity)
            parts += [cut(begin, entity["offset"]), before, write(entity["offset"], last, within), after]
            begin = last
        return "".join([*parts, cut(begin, end)])

    return write(0, len(encoded) // 2, in_order(entities))


def tags_of(entity: Entity) -> tuple[str, str]:
    """The start and end tag of an entity, empty where it has none."""
    match entity["type"]:
        case "text_link":
            return f'<a href="{html.escape(entity["url"])}">', "</a>"
        case "text_mention":
            return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
        case "pre" if entity.get("language"):
            return f'<pre><code class="language-{html.escape(entity["language"])}">', "</code></pre>"
        case kind:
            return WRITTEN.get(kind, ("", ""))
