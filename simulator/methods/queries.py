"""Queries that wait for a bot's answer: taps, and words written behind its name."""

from typing import Any, Final

from simulator.accounts import Bot
from simulator.links import DEEP_LINK
from simulator.network import Network, Query
from simulator.parameters import Parameters
from simulator.refusals import bad_request

TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
TOAST_MAX: Final = 200


def answer_callback_query(network: Network, bot: Bot, call: Parameters) -> Any:
    """Answer a tap, once and in time; an address that it opens is a link to the bot itself."""
    if len(call.text("text")) > TOAST_MAX:
        raise bad_request("MESSAGE_TOO_LONG")
    if address := call.text("url"):
        link = DEEP_LINK.fullmatch(address)
        if link is None or link["username"].lower() != bot.username.lower():
            raise bad_request("URL_INVALID")
    query = asked(network, bot, call.text("callback_query_id"))
    query.answered = dict(call.values)
    network.changed("answer", None, query=query)
    return True


def asked(network: Network, bot: Bot, number: str) -> Query:
    """The query with this number, if this bot may still answer it."""
    query = network.queries.get(number)
    if query is None or query.bot is not bot or query.answered is not None:
        raise bad_request(TOO_OLD)
    if network.now() - query.asked_at > network.callback_seconds:
        raise bad_request(TOO_OLD)
    return query
