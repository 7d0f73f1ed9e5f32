"""Queries: taps that open a chat with the bot, and what a bot offers behind its name."""

from typing import Any

import pytest

from simulator.accounts import Bot
from simulator.answering import InlineQuestion
from simulator.people import Person
from tests.simulator.conftest import Api

YES = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
LINK = "https://t.me/jalon_bot?start=join_7"


def article(number: str = "1", text: str = "<b>Mobilité</b>", **more: Any) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": "Mobilité", "input_message_content": content, **more}


async def asked(api: Api, bot: Bot, lea: Person, words: str = "vélo") -> tuple[InlineQuestion, str]:
    """Ask the bot for something to share; gives the question and the number of its query."""
    bot.inline = True
    question = lea.inline_query(words)
    (update,) = await api.updates()
    return question, str(update["inline_query"]["id"])


def titles(question: InlineQuestion) -> list[str]:
    return [one["title"] for one in question.results or ()]


async def test_the_answer_to_a_tap_can_open_the_chat_with_the_bot(api: Api, lea: Person, sam: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", [sam], bot=bot)
    await api("sendMessage", chat_id=group.id, text="Venez-vous ?", reply_markup=YES)
    tap = sam.taps("Oui", chat=group)
    with pytest.raises(AssertionError, match="opened no chat"):
        sam.follows(tap)
    assert tap.query is not None

    for url in ("https://brest.fr/", "https://t.me/another_bot?start=join_7", "https://t.me/jalon_bot"):
        refusal = await api.refusal("answerCallbackQuery", callback_query_id=tap.query.id, url=url)
        assert refusal == "Bad Request: URL_INVALID"
    await api("answerCallbackQuery", callback_query_id=tap.query.id, url=LINK)

    assert (tap.opens, sam.follows(tap).text) == (LINK, "/start join_7")


async def test_an_inline_query_gets_its_results(api: Api, lea: Person, bot: Bot) -> None:
    with pytest.raises(AssertionError, match="answers no inline queries"):
        lea.inline_query("vélo")
    question, query = await asked(api, bot, lea)
    with pytest.raises(AssertionError, match="Nobody can ask with 257 characters"):
        lea.inline_query("a" * 257)
    assert question.results is None

    await api("answerInlineQuery", inline_query_id=query, results=[article()], next_offset="20")

    assert (titles(question), question.next_offset) == (["Mobilité"], "20")
    lea.inline_query("vélo", offset=question.next_offset)
    (more,) = await api.updates()
    assert more["inline_query"]["offset"] == "20"


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ("x", "can't parse inline query results JSON object"),
        (["x"], "can't parse inline query result: expected an Object"),
        ([article()] * 51, "RESULTS_TOO_MUCH"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("é" * 33)], "RESULT_ID_INVALID"),
        ([article(title=" ")], "ARTICLE_TITLE_EMPTY"),
        ([article(type="photo")], "can't parse inline query result: type of inline query result is not supported"),
        ([article(input_message_content=None)], "can't parse inline query result: message content expected"),
        ([article(text="")], "message text is empty"),
        ([article(text="<br>")], 'can\'t parse entities: Unsupported start tag "br" at byte offset 0'),
        ([article(reply_markup={"keyboard": [["a"]]})], "inline keyboard expected"),
    ],
)
async def test_results_that_telegram_refuses(api: Api, lea: Person, bot: Bot, results: Any, reason: str) -> None:
    _, query = await asked(api, bot, lea)

    assert await api.refusal("answerInlineQuery", inline_query_id=query, results=results) == f"Bad Request: {reason}"


async def test_an_offset_too_long_is_refused_and_a_query_is_answered_once(api: Api, lea: Person, bot: Bot) -> None:
    _, query = await asked(api, bot, lea)
    refusal = await api.refusal("answerInlineQuery", inline_query_id=query, results=[], next_offset="a" * 65)
    assert refusal == "Bad Request: NEXT_OFFSET_INVALID"

    await api("answerInlineQuery", inline_query_id=query, results=[])
    late = await api.refusal("answerInlineQuery", inline_query_id=query, results=[])
    assert late.startswith("Bad Request: query is too old")


async def test_what_somebody_shares_is_theirs_and_the_bot_hears_of_it(
    api: Api, lea: Person, sam: Person, bot: Bot
) -> None:
    group = lea.creates_group("Mobilité", [sam], bot=bot)
    await api.updates()
    question, query = await asked(api, bot, lea)
    markup = {"inline_keyboard": [[{"text": "Rejoindre", "url": LINK}]]}
    await api("answerInlineQuery", inline_query_id=query, results=[article(reply_markup=markup)])
    with pytest.raises(AssertionError, match="No “Vélo” is offered"):
        lea.shares("Vélo", question, group)

    shared = lea.shares("Mobilité", question, group)

    (update,) = await api.updates()
    assert (shared.html, shared.buttons, shared.sender_id) == ("<b>Mobilité</b>", [["Rejoindre"]], lea.id)
    assert update["message"]["via_bot"] == bot.user
    sam.taps("Rejoindre", chat=group)
    assert sam.chat_with().last.text == "/start join_7"
