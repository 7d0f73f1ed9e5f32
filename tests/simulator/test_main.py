"""The simulator run by itself."""

import asyncio
import sys

import aiohttp


async def test_it_prints_its_address_and_answers_there() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", "--limits", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        address = (await process.stdout.readline()).decode().strip()
        username, token = (await process.stdout.readline()).decode().split()
        assert username == "@jalon_bot"
        async with aiohttp.ClientSession() as session, session.get(f"{address}/bot{token}/getMe") as response:
            assert (await response.json())["result"]["username"] == "jalon_bot"
    finally:
        process.terminate()
        await process.wait()
