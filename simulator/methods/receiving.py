"""Methods by which a bot says how it wants its updates: by getUpdates or by webhook."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from simulator.accounts import WEBHOOK_CONNECTIONS, Bot, Webhook
from simulator.network import Network
from simulator.parameters import Parameters
from simulator.refusals import bad_request, conflict
from simulator.updates import Update

POLL_SECONDS_MAX = 50
BATCH_MAX = 100
WEBHOOK_PORTS = (80, 88, 443, 8443)
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
WEBHOOK_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
POLL_ENDED = "terminated by setWebhook request"


async def get_updates(network: Network, bot: Bot, call: Parameters, gone: asyncio.Future[None]) -> list[Update]:  # noqa: ARG001 - every method is called alike
    """The updates from `offset` on, waited for up to `timeout` seconds, or until the caller is `gone`."""
    if bot.webhook is not None:
        raise conflict(WEBHOOK_SET)
    bot.updates.allow(_kinds(call))
    limit = min(max(call.integer("limit", BATCH_MAX), 1), BATCH_MAX)
    seconds = min(max(call.integer("timeout"), 0), POLL_SECONDS_MAX)
    return await bot.updates.poll(call.integer("offset"), limit, seconds, gone)


def set_webhook(network: Network, bot: Bot, call: Parameters) -> Any:
    """Have the updates sent to an address; an empty one ends it."""
    url = call.text("url")
    if not url:
        return delete_webhook(network, bot, call)
    _check_address(network, url)
    secret = call.text("secret_token")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = min(max(call.integer("max_connections", WEBHOOK_CONNECTIONS), 1), 100)
    bot.updates.allow(_kinds(call))
    if call.boolean("drop_pending_updates"):
        bot.updates.drop()
    bot.webhook = Webhook(url, secret, connections)
    bot.updates.end_poll(conflict(POLL_ENDED))
    network.changed("webhook", None, bot=bot)
    return True


def delete_webhook(network: Network, bot: Bot, call: Parameters) -> Any:
    """Go back to getUpdates."""
    if call.boolean("drop_pending_updates"):
        bot.updates.drop()
    bot.webhook = None
    network.changed("webhook", None, bot=bot)
    return True


def get_webhook_info(network: Network, bot: Bot, call: Parameters) -> Any:  # noqa: ARG001 - every method is called alike
    """Where the updates go, how many wait, and what went wrong last."""
    webhook = bot.webhook
    fields: dict[str, Any] = {
        "url": "" if webhook is None else webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": network.unconfirmed(bot),
    }
    if webhook is not None:
        fields["max_connections"] = webhook.connections
        if webhook.last_error_at is not None:
            fields |= {"last_error_date": webhook.last_error_at, "last_error_message": webhook.last_error}
    if bot.updates.allowed is not None:
        fields["allowed_updates"] = sorted(bot.updates.allowed)
    return fields


def log_out(network: Network, bot: Bot, call: Parameters) -> Any:  # noqa: ARG001 - every method is called alike
    """Leave this server; here it has no further effect."""
    return True


def _kinds(call: Parameters) -> list[str] | None:
    kinds = call.json("allowed_updates", "allowed_updates")
    if kinds is not None and not (isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)):
        raise bad_request("can't parse allowed updates JSON object")
    return kinds


def _check_address(network: Network, url: str) -> None:
    """Refuse an address to which Telegram sends nothing: plain http, or an unusual port."""
    if network.any_webhook:
        return
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in WEBHOOK_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
