"""The baseline: the least that python-telegram-bot can do, an echo of each message, durable in nothing."""

import asyncio
from typing import Annotated, Any, Final

import typer
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

from benchmarks.processes import TOKEN
from bot.telegram_request import TelegramRequest

BROADCAST: Final = "/broadcast"
RETRIES: Final = 5
POOL: Final = 512
POOL_SECONDS: Final = 600.0


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


async def broadcast(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Write to a range of chats, « /broadcast 1000 3000 together » or « … in_turn »."""
    if update.message is None or update.message.text is None:
        return
    _, first, count, how = update.message.text.split()
    chats = range(int(first), int(first) + int(count))
    if how == "together":
        await asyncio.gather(*(_tell(context, chat_id) for chat_id in chats))
    else:
        for chat_id in chats:
            await _tell(context, chat_id)


async def _tell(context: ContextTypes.DEFAULT_TYPE, chat_id: int) -> None:
    try:
        await context.bot.send_message(chat_id, "La rencontre aura lieu mardi 24 novembre 2026 à 18 h 30.")
    except TelegramError:
        return  # what is lost is counted by the server, as what did not arrive


def main(
    api_url: str,
    *,
    our_request: Annotated[bool, typer.Option(help="Jalon's transport in place of PTB's own.")] = False,
    at_once: Annotated[int, typer.Option(help="PTB's concurrent_updates; 1 is its default.")] = 1,
    limited: Annotated[bool, typer.Option(help="With PTB's AIORateLimiter.")] = False,
) -> None:
    """Run the echo bot until it is told to stop."""
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{api_url}/bot").concurrent_updates(at_once)
    if our_request:
        builder = builder.request(TelegramRequest()).get_updates_request(TelegramRequest())
    if limited:
        limiter = AIORateLimiter(max_retries=RETRIES)
        builder = builder.rate_limiter(limiter)  # type: ignore[arg-type]  # it wants an int with a call, or nothing
    application: Application[Any, Any, Any, Any, Any, Any] = builder.build()
    application.add_handler(MessageHandler(filters.Regex(f"^{BROADCAST} "), broadcast, block=False))
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    typer.run(main)
