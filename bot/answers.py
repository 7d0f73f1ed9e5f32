"""What only matters now: the answer to a tapped button or to an inline query goes straight to Telegram."""

import asyncio
from collections.abc import Awaitable
from typing import Final

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.bridge import Heard
from handlers.reply import Offer, Reply
from handlers.said import Inline, Tap

ANSWER_SECONDS: Final = 3.0
"""How long such an answer may hold up the person's next turn, and a stop."""
TOAST_MAX: Final = 200
"""Characters of the words shown on a tapped button (Bot API, answerCallbackQuery)."""
OFFERS_MAX: Final = 50
"""Results that one answer to an inline query holds (Bot API, answerInlineQuery)."""
OFFERS_KEPT: Final = 10
"""Seconds for which Telegram may show the same offers for the same words."""

log = structlog.get_logger("jalon.turns")


async def answer_query(bot: Bot, heard: Heard, reply: Reply) -> None:
    """Answer a tapped button, or it spins, and an inline query; a late answer matters to nobody."""
    if heard.query_id is None:
        return
    call: Awaitable[bool]
    if isinstance(heard.said, Tap):
        words = reply.toast[:TOAST_MAX] or None
        call = bot.answer_callback_query(heard.query_id, words, reply.alert or None, reply.opens or None)
    elif isinstance(heard.said, Inline):
        more = "" if reply.more_from is None else str(reply.more_from)
        offers = [_article(offer) for offer in reply.offers[:OFFERS_MAX]]
        call = bot.answer_inline_query(
            heard.query_id, offers, cache_time=OFFERS_KEPT, is_personal=True, next_offset=more
        )
    else:
        return
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await call
    except (TelegramError, TimeoutError) as error:
        log.info("query not answered", reason=type(error).__name__)


def _article(offer: Offer) -> InlineQueryResultArticle:
    """Show an offer; the message that it becomes stands in a chat where only addresses can be opened."""
    rows = [[InlineKeyboardButton(one.label, url=one.url) for one in row if one.url] for row in offer.screen.rows]
    kept = [row for row in rows if row]
    return InlineQueryResultArticle(
        id=offer.key,
        title=offer.title,
        description=offer.line,
        input_message_content=InputTextMessageContent(
            str(offer.screen.text),
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=InlineKeyboardMarkup(kept) if kept else None,
    )
