"""The method that answers inline queries: what a bot offers behind its name, judged before anybody chooses it."""

from typing import Any, Final

from simulator.accounts import Bot
from simulator.keyboards import checked_markup
from simulator.methods.queries import asked
from simulator.methods.sending import resolved
from simulator.network import Network
from simulator.parameters import Parameters
from simulator.refusals import bad_request
from simulator.texts import message_text

RESULTS_MAX: Final = 50
ID_BYTES: Final = range(1, 65)
OFFSET_BYTES_MAX: Final = 64


def answer_inline_query(network: Network, bot: Bot, call: Parameters) -> Any:
    """Answer an inline query, once and in time, with up to 50 articles."""
    given = call.json("results", "inline query results")
    if not isinstance(given, list):
        raise bad_request("can't parse inline query results JSON object")
    if len(given) > RESULTS_MAX:
        raise bad_request("RESULTS_TOO_MUCH")
    results = [_article(network, one) for one in given]
    if len({one["id"] for one in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(call.text("next_offset").encode()) > OFFSET_BYTES_MAX:
        raise bad_request("NEXT_OFFSET_INVALID")
    query = asked(network, bot, call.text("inline_query_id"))
    query.answered = dict(call.values) | {"results": results}
    network.changed("answer", None, query=query)
    return True


def _article(network: Network, given: Any) -> dict[str, Any]:
    """An article as Telegram keeps it: with the `message` that it becomes where somebody chooses it."""
    if not isinstance(given, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    if given.get("type") != "article":
        raise bad_request("can't parse inline query result: type of inline query result is not supported")
    if len(str(given.get("id") or "").encode()) not in ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not str(given.get("title") or "").strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = given.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("can't parse inline query result: message content expected")
    words = Parameters({**content, "text": content["message_text"]})
    message = resolved(network, message_text(words)).fields()
    markup = checked_markup(given.get("reply_markup"), inline_only=True)
    return {**given, "message": message if markup is None else message | {"reply_markup": markup}}
