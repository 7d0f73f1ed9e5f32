"""A run at debug level, with all that can go wrong: no log line holds the token, a name, or what people wrote."""

import asyncio
import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from simulator.accounts import Bot
from simulator.faults import Fault
from simulator.server import running as simulating
from simulator.telegram import Telegram
from tests.resilience.bot_process import BotProcess
from tests.resilience.patient import Patient, offers, reads
from tests.resilience.programme_evening import Actor

TOKEN: Final = "123456:AAH-zanzibar-token-of-the-simulator"
SECRET_HALF: Final = "AAH-zanzibar-token-of-the-simulator"
ACCOUNT: Final = ("Wenceslas-Kiki", "Tirebouchon", "wkt_xylophage")
NAME: Final = "Zébulon <Tourniquet>"
ORGANISATION: Final = "Brindezingue & Quetzal"
LOOSE_WORDS: Final = "Un ornithorynque mélancolique"
SAID: Final = ("Trop de trottinettes équivoques", "Coalition des Hurluberlus")
FORGED_WORDS: Final = "Saperlipopette confidentielle"
TOO_BIG: Final = 2**70
"""No database keeps this number: the turn of such a chat fails, and so does its apology."""


async def test_logs_hold_neither_the_token_nor_what_people_wrote(tmp_path: Path) -> None:
    formats = ("text", "json")
    async with asyncio.TaskGroup() as group:
        runs = [group.create_task(all_that_a_run_logs(tmp_path / name, name)) for name in formats]

    for logged in (run.result() for run in runs):
        went_wrong = ("turn failed", "turn not stored", "update_unread", "flood", "message_not_sent", "Traceback")
        assert [event for event in went_wrong if event not in logged] == []
        for secret in (TOKEN, SECRET_HALF, *ACCOUNT, NAME, ORGANISATION, *SAID, LOOSE_WORDS, FORGED_WORDS):
            assert [shape for shape in shapes_of(secret) if shape in logged] == []


def shapes_of(secret: str) -> list[str]:
    """A secret as addresses, JSON and Python may write it."""
    return [secret, quote(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1], ascii(secret)[1:-1]]


async def all_that_a_run_logs(folder: Path, log_format: str) -> str:
    """Run the bot at debug level through talk and trouble, and give all that it wrote."""
    telegram = Telegram()
    account = telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon")
    first_name, last_name, username = ACCOUNT
    person = telegram.new_person(first_name, last_name=last_name, username=username)
    actor = Actor(Patient(person), NAME, ORGANISATION, new=True, answer="yes")
    async with simulating(telegram) as address:
        settings = {"JALON_TOKEN": TOKEN, "JALON_API_URL": address, "JALON_LOG_LEVEL": "debug"}
        bot = BotProcess(folder, settings, log_format)
        await bot.start()
        try:
            await bot.is_running()
            await talks(actor)
            await sends_what_no_client_sends(account, actor)
            await goes_wrong(telegram, actor)
            await is_blocked(telegram, actor)
            await breaks_in_the_middle(telegram, actor)
            assert await bot.stop() == 0
        finally:
            await bot.end()
    return bot.logged


async def talks(actor: Actor) -> None:
    """Say something that nobody understands, arrive, and begin to propose a coalition."""
    await actor.patient.says(LOOSE_WORDS, offers("J’accepte"))
    await actor.arrives()
    await actor.patient.says("/proposer", reads("Quel besoin constatez-vous"))
    for words, question in zip(SAID, ("Quel nom conviendrait", "Que souhaitez-vous faire ensemble"), strict=True):
        await actor.patient.says(words, reads(question))
    await actor.patient.says("/annuler", reads("C’est annulé"))


async def sends_what_no_client_sends(account: Bot, actor: Actor) -> None:
    """Send updates that make a turn fail, or that can't be read at all."""
    person = {"is_bot": False, "id": TOO_BIG, "first_name": ACCOUNT[0], "last_name": ACCOUNT[1]}
    chat = {"id": TOO_BIG, "type": "private", "first_name": ACCOUNT[0]}
    message: dict[str, Any] = {"message_id": 1, "date": 1_790_000_000, "from": person, "chat": chat}
    account.updates.push("message", message | {"text": FORGED_WORDS})
    account.updates.push("message", {"message_id": 2, "text": FORGED_WORDS})
    await actor.patient.says("/reglages", reads("Réglages"))


async def goes_wrong(telegram: Telegram, actor: Actor) -> None:
    """Let Telegram answer in all the wrong ways."""
    for fault in (Fault.SERVER_ERROR, Fault.DROPPED, Fault.CUT_ANSWER):
        telegram.faults.next(fault, 1, "sendMessage")
        telegram.faults.next(fault, 1, "getUpdates")
        await actor.patient.says("/coalitions", reads("Des acteurs du territoire"))
    telegram.faults.next(Fault.FLOOD, 1, "sendMessage", seconds=1)
    await actor.patient.says("/agenda", reads("Mon agenda"))


async def is_blocked(telegram: Telegram, actor: Actor) -> None:
    """Block the bot before it has answered."""
    telegram.faults.next(Fault.SLOW, 1, "sendMessage", seconds=0.5)
    actor.patient.person.says(LOOSE_WORDS)
    await asyncio.sleep(0.2)
    actor.patient.person.blocks()
    await telegram.until(lambda: any(call.status == 403 for call in telegram.calls), 10, "a refusal")
    actor.patient.person.unblocks()


async def breaks_in_the_middle(telegram: Telegram, actor: Actor) -> None:
    """Drop every connection for a moment."""
    telegram.faults.often(Fault.DROPPED, 1.0)
    actor.patient.person.says("/coalitions")
    await asyncio.sleep(1.0)
    telegram.faults.calm()
    await telegram.until(lambda: telegram.calls[-1].method == "sendMessage", 20, "the answer after all")
