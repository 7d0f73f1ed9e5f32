"""Telegram's HTML, compared with TDLib's own parser."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tdjson import td_execute

from simulator.entities import write_html
from simulator.html_text import read_html
from simulator.refusals import Refused

TYPES = {
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeStrikethrough": "strikethrough",
    "textEntityTypeSpoiler": "spoiler",
    "textEntityTypeCode": "code",
    "textEntityTypePre": "pre",
    "textEntityTypePreCode": "pre",
    "textEntityTypeTextUrl": "text_link",
    "textEntityTypeMentionName": "text_mention",
    "textEntityTypeCustomEmoji": "custom_emoji",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeExpandableBlockQuote": "expandable_blockquote",
}
PIECES = (
    *("<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<pre>", "</pre>", "</a>", "</span>", "</blockquote>"),
    *("<a href='https://a.fr/x?y=1&amp;z'>", "<a href=a.fr>", '<a href="http://localhost">', "<a>", "<br>"),
    *("<span class='tg-spoiler'>", "<span>", "<blockquote expandable>", "<code class='language-py'>", "<B>", "</I>"),
    *("<u", "</u", ">", "<", "</", "</>", "<b x=1 y>", "&", "&lt", "&lt;", "&amp;", "&nbsp;", "&#233;", "&#x1F331;"),
    *("&#xD800;", "é", "🌱", " ", "\n", "x", "=", "'", '"', "<tg-emoji emoji-id='5368324170671202286'>"),
    *("</tg-emoji>", "<a href='tg://user?id=5'>"),
)
QUIET = b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}'


@pytest.fixture(scope="module", autouse=True)
def _quiet_tdlib() -> None:
    td_execute(QUIET)


def by_tdlib(source: str) -> str | tuple[str, list[tuple[int, int, str]]]:
    request = {"@type": "parseTextEntities", "text": source, "parse_mode": {"@type": "textParseModeHTML"}}
    answer: dict[str, Any] = json.loads(td_execute(json.dumps(request).encode()) or b"{}")
    if answer["@type"] == "error":
        return f"Bad Request: {answer['message'].replace('Can', 'can', 1)}"
    entities = [(one["offset"], one["length"], TYPES[one["type"]["@type"]]) for one in answer["entities"]]
    return answer["text"], sorted(entities)


def by_simulator(source: str) -> str | tuple[str, list[tuple[int, int, str]]]:
    try:
        text, entities = read_html(source)
    except Refused as refused:
        return refused.description
    return text, sorted((one["offset"], one["length"], one["type"]) for one in entities)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_html_is_read_as_tdlib_reads_it(source: str) -> None:
    assert by_simulator(source) == by_tdlib(source)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("Salut<br>", 'Unsupported start tag "br" at byte offset 5'),
        ("été<br>", 'Unsupported start tag "br" at byte offset 5'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_offsets_count_utf_16_units() -> None:
    assert read_html("🌱<b>é</b>") == ("🌱é", [{"type": "bold", "offset": 2, "length": 1}])


@pytest.mark.parametrize(
    "source",
    [
        "Un <b>jalon <i>tenu</i></b> &amp; fêté 🌱 <u>ici</u>",
        '<a href="https://brest.fr/?a=1&amp;b=2">Le site</a>',
        '<pre><code class="language-python">1 &lt; 2</code></pre>',
        "<blockquote>a</blockquote><blockquote expandable>b</blockquote>",
        '<a href="tg://user?id=5">Léa</a><tg-emoji emoji-id="5">🌱</tg-emoji><tg-spoiler>x</tg-spoiler>',
    ],
)
def test_html_is_written_as_it_was_read(source: str) -> None:
    assert write_html(*read_html(source)) == source


def test_overlapping_entities_are_written_without_losing_text() -> None:
    bold, italic = {"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 2}
    assert write_html("abcd", [bold, italic]) == "<b>a<i>b</i></b>cd"
