"""Run a Telegram by itself: `python -m simulator --port 8081`, with two people at its page: `--page`."""

import argparse
import asyncio
import contextlib
import logging
import sys

from simulator.limits import Limits
from simulator.page import Page, Seat
from simulator.server import running
from simulator.telegram import Telegram

TOKEN = "123456:a-token-that-only-the-simulator-knows"  # noqa: S105 - a token of this simulator opens nothing elsewhere

PEOPLE = (("Léa", "Le Goff"), ("Sam", "Kervella"))


async def serve(telegram: Telegram, port: int, page: Page | None = None) -> None:
    """Serve until the process is stopped."""
    async with running(telegram, port=port, page=page) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.writelines(f"@{bot.username} {bot.token}\n" for bot in telegram.bots.values())
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Read the command line and serve; ends with Ctrl-C."""
    parser = argparse.ArgumentParser(prog="simulator", description="A Telegram Bot API that runs on this machine.")
    parser.add_argument("--port", type=int, default=8081, help="where to listen on 127.0.0.1 (0: any free port)")
    parser.add_argument("--limits", action="store_true", help="refuse with 429 what exceeds Telegram’s flood limits")
    parser.add_argument("--token", default=TOKEN, help="the token of its one bot (default: %(default)s)")
    parser.add_argument("--username", default="jalon_bot", help="the bot’s username (default: %(default)s)")
    parser.add_argument("--page", action="store_true", help="show the chats of two invented people at the address")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    telegram = Telegram(limits=Limits(on=options.limits), any_webhook=True)
    telegram.new_bot(options.token, username=options.username, first_name="Jalon", inline=True)
    people = [Seat(telegram.new_person(name, last_name=last), "") for name, last in PEOPLE] if options.page else []
    page = Page(telegram, "Telegram de démonstration", people) if options.page else None
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(telegram, options.port, page))


if __name__ == "__main__":
    main()
