"""Run the demo: `python -m demo --port 8100`."""

import asyncio
import errno
import signal
from typing import Annotated, Final

import typer

from demo.stage import LANGUAGE, staged

PORT: Final = 8100
PORT_MAX: Final = 65535
WRONG: Final = 2
"""The exit code where something must be put right first."""


async def serve(port: int) -> None:
    """Run until SIGINT or SIGTERM; raises OSError where the port is taken."""
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told_to_stop.set)
    async with staged(port) as stage:
        typer.echo(stage.address)
        typer.echo(LANGUAGE.plain("Open this address in a browser. Ctrl-C ends the demo."))
        await told_to_stop.wait()


def main(
    port: Annotated[int, typer.Option(min=0, max=PORT_MAX, help="Where to listen on 127.0.0.1; 0: any port.")] = PORT,
) -> None:
    """Show Jalon on a simulated Telegram, in a web page; nothing of it stays."""
    try:
        asyncio.run(serve(port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        taken = LANGUAGE.plain(
            "Port {port} is taken by another program. Choose another one: {command}",
            port=port,
            command=f"make demo PORT={port + 1}",
        )
        typer.echo(taken, err=True)
        raise typer.Exit(WRONG) from None


if __name__ == "__main__":
    typer.run(main)
