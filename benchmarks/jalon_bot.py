"""Jalon as it is, but for Telegram's pace: what the machine can do, not what Telegram allows. For benchmarks only."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Final

from bot.chat_allowance import ChatAllowance, Window
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.process import running, tune_interpreter
from bot.rate_limits import PacedRateLimiter
from bot.settings import load_settings
from bot.territory_file import load_territory

NO_LIMIT: Final = 1_000_000


async def _run(env_file: Path) -> None:
    settings = load_settings(env_file)
    tune_interpreter()
    set_up_logs(settings.log_format, settings.log_level, settings.secrets)
    limiter = PacedRateLimiter(NO_LIMIT, NO_LIMIT, allowance=lambda _: ChatAllowance((Window(NO_LIMIT, 1.0),)))
    told_to_stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_stop.set)
    async with running(settings, load_territory(settings.territory), SystemClock(), limiter):
        await told_to_stop.wait()


if __name__ == "__main__":
    asyncio.run(_run(Path(sys.argv[1])))
