import asyncio
import io
import json
import logging
import sys
import threading
from contextvars import copy_context
from urllib.parse import quote

import pytest
import structlog
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.logs import set_up_logs
from bot.masking import unlogged

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ"
SECRET = 'wEb"höok&'
WORDS = "Je viens au Technopôle avec <b>Léa</b>"


pytestmark = pytest.mark.usefixtures("_former_logs")


@pytest.fixture(params=["text", "json"])
def log(request: pytest.FixtureRequest) -> io.StringIO:
    stream = io.StringIO()
    set_up_logs(request.param, "debug", (TOKEN, SECRET), stream)
    return stream


def assert_nothing_secret(written: str) -> None:
    hidden = (TOKEN, TOKEN.split(":")[1], quote(TOKEN, safe=""), SECRET, quote(SECRET), "höok", "Technopôle", "<b>")
    assert written != ""
    assert [word for word in hidden if word in written] == []


class Canned(BaseRequest):
    """A Telegram that always gives the same answer."""

    read_timeout = 5.0

    def __init__(self, body: bytes) -> None:
        self.body = body

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        return 200, self.body


def test_jalon_is_heard_at_the_level_asked_for() -> None:
    stream = io.StringIO()
    set_up_logs("text", "info", (), stream)

    structlog.get_logger("jalon.outbox").debug("unheard")
    structlog.get_logger("jalon.outbox").info("sent", count=3)
    logging.getLogger("jalon").info("ready")

    assert [line.split(None, 1)[1].split() for line in stream.getvalue().splitlines()] == [
        ["[info", "]", "sent", "[jalon.outbox]", "count=3"],
        ["[info", "]", "ready", "[jalon]"],
    ]


def test_json_lines_carry_their_facts() -> None:
    stream = io.StringIO()
    set_up_logs("json", "info", (TOKEN,), stream)

    with structlog.contextvars.bound_contextvars(update_id=7):
        structlog.get_logger("jalon.outbox").info("sent", count=3, to={"chat": -100, "url": f"/bot{TOKEN}/x"})

    line = json.loads(stream.getvalue())
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "sent",
        "logger": "jalon.outbox",
        "level": "info",
        "update_id": 7,
        "count": 3,
        "to": {"chat": -100, "url": "/bot•••/x"},
    }


@pytest.mark.parametrize(
    "name",
    [
        "telegram",
        "telegram.ext.ExtBot",
        "aiosqlite",
        "sqlalchemy.engine.Engine",
        "aiohttp.client",
        "apscheduler.scheduler",
        "httpx",
        "httpcore.http11",
        "uvicorn.access",
        "asyncio",
        "some_library",
        "jalonnage",
    ],
)
def test_libraries_are_unheard_below_warning_even_where_they_ask_for_more(
    log: io.StringIO, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = logging.getLogger(name)
    monkeypatch.setattr(library, "propagate", True)  # a server of an earlier test has silenced its own
    level = library.level
    library.setLevel(logging.DEBUG)

    library.debug("update: %s", WORDS)
    library.info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    unheard = log.getvalue()
    library.warning("careful")
    library.setLevel(level)

    assert (unheard, log.getvalue().count("careful")) == ("", 1)


def test_level_error_holds_for_libraries_too() -> None:
    stream = io.StringIO()
    set_up_logs("text", "error", (), stream)

    logging.getLogger("telegram").warning("unheard")
    structlog.get_logger("jalon").warning("unheard")

    assert stream.getvalue() == ""


def test_secrets_are_masked_in_events_arguments_and_values(log: io.StringIO) -> None:
    logger = structlog.get_logger("jalon.test").bind(address=f"https://x/bot{TOKEN}/getMe?s={quote(SECRET)}")

    logger.info(
        *["with " + TOKEN], deep=[{"a": (SECRET, {TOKEN: TOKEN})}], error=ValueError(SECRET), raw=SECRET.encode()
    )
    logger.info("by position %s", TOKEN.split(":")[1])
    logging.getLogger("jalon.test").info("secret %s and %r, in quotes %s", SECRET, SECRET, json.dumps(SECRET))
    logging.getLogger("telegram").warning("url %s", quote(TOKEN, safe="").lower().replace("aabb", "AAbb"))
    logging.getLogger("telegram").error("url https://x/bot%s/getMe", quote(TOKEN, safe=""))

    assert_nothing_secret(log.getvalue())


def test_secrets_are_masked_in_chained_tracebacks_and_groups(log: io.StringIO) -> None:
    def connect(token: str) -> None:
        raise ConnectionError(f"no way to https://api.telegram.org/bot{token}/getMe")

    def poll(token: str) -> None:
        try:
            connect(token)
        except ConnectionError as error:
            error.add_note(f"with {SECRET!r}")
            raise ExceptionGroup("poll", [TelegramError(f"bot{token}"), ValueError(SECRET)]) from error

    try:
        poll(TOKEN)
    except* (TelegramError, ValueError):
        structlog.get_logger("jalon.test").exception("failed")
        logging.getLogger("telegram.ext").exception("failed")

    assert log.getvalue().count("ConnectionError: no way to https://api.telegram.org/bot•••/getMe") == 2
    assert_nothing_secret(log.getvalue())


def test_traceback_shows_no_local_variables(log: io.StringIO) -> None:
    def answer(words: str) -> float:
        return len(words) / 0

    try:
        answer(WORDS)
    except ZeroDivisionError:
        structlog.get_logger("jalon.test").exception("failed")

    assert_nothing_secret(log.getvalue())


def test_words_of_a_person_are_masked_while_they_are_dealt_with(log: io.StringIO) -> None:
    logger = structlog.get_logger("jalon.turns")

    with unlogged(WORDS, f"Première ligne\n{WORDS}\n", "non"):
        try:
            int(WORDS)
        except ValueError:
            logger.exception("failed", text=WORDS, answer="non")
        logging.getLogger("asyncio").error("Task failed: %r", ValueError(WORDS))
        copy_context().run(logger.info, "second line: " + WORDS)
    inside = log.getvalue()
    logger.info("later", text=WORDS)

    assert_nothing_secret(inside)
    assert "Technopôle" in log.getvalue().removeprefix(inside)


async def test_words_are_masked_in_their_own_turn_only(log: io.StringIO) -> None:
    logger = structlog.get_logger("jalon.turns")
    both_inside = asyncio.Barrier(2)

    async def turn(mine: str, other: str) -> None:
        with unlogged(mine):
            await both_inside.wait()
            logger.info("turn", mine=mine, other=other)

    async with asyncio.TaskGroup() as turns:
        turns.create_task(turn("premier", "second"))
        turns.create_task(turn("second", "premier"))

    lines = log.getvalue().splitlines()
    assert [("premier" in line, "second" in line, line.count("•••")) for line in sorted(lines)] in (
        [(False, True, 1), (True, False, 1)],
        [(True, False, 1), (False, True, 1)],
    )


async def test_updates_that_the_library_cannot_parse_are_not_quoted(log: io.StringIO) -> None:
    body = json.dumps({"ok": True, "result": [{"update_id": 1, "message": {"text": WORDS}}]}).encode()
    bot = Bot(TOKEN, get_updates_request=Canned(body), request=Canned(body))

    with pytest.raises(KeyError):
        await bot.get_updates()

    assert log.getvalue().count("Error while parsing updates! Received data was '•••'") == 1
    assert_nothing_secret(log.getvalue())


def test_data_received_by_the_library_is_not_quoted_in_any_shape(log: io.StringIO) -> None:
    library = logging.getLogger("telegram.ext.Application")

    library.critical("It was *not* processed! Received data was: %r", {"text": WORDS})
    library.critical("Error while building CallbackContext for update %s.", [WORDS])
    library.warning("%s Failed run number %s of %s. Aborting.", "Polling", 3, 5)

    assert log.getvalue().count("•••") == 2
    assert log.getvalue().count("Polling Failed run number 3 of 5. Aborting.") == 1
    assert_nothing_secret(log.getvalue())


async def test_answer_that_is_no_json_is_not_quoted(log: io.StringIO) -> None:
    bot = Bot(TOKEN, get_updates_request=Canned(WORDS.encode()), request=Canned(WORDS.encode()))

    with pytest.raises(TelegramError):
        await bot.get_updates()

    assert_nothing_secret(log.getvalue())


def test_line_that_cannot_be_written_is_told_without_its_words(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    record = logging.LogRecord("jalon.test", logging.INFO, "here.py", 7, "%d people", (WORDS + TOKEN,), None)
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter):  # pytest's own would stop the test
            handler.handle(record)

    assert log.getvalue() == "A log line of jalon.test can't be written (here.py:7).\n"
    assert capsys.readouterr() == ("", "")


def test_crash_is_logged_without_secrets(log: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    def crash() -> None:
        raise RuntimeError(f"bot{TOKEN}")

    try:
        crash()
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()

    assert log.getvalue().count("RuntimeError: bot•••") == 2
    assert_nothing_secret(log.getvalue())
    assert capsys.readouterr() == ("", "")


def test_interruption_is_one_line() -> None:
    stream = io.StringIO()
    set_up_logs("text", "info", (), stream)

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert [line.split()[3] for line in stream.getvalue().splitlines()] == ["interrupted"]


def test_second_set_up_replaces_the_first() -> None:
    first, second = io.StringIO(), io.StringIO()
    set_up_logs("text", "info", (), first)
    set_up_logs("text", "info", (), second)

    structlog.get_logger("jalon").info("once")

    assert (first.getvalue(), second.getvalue().count("once")) == ("", 1)


def test_stderr_is_the_stream_where_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("text", "info", ())

    structlog.get_logger("jalon").info("once")

    assert (capsys.readouterr().err.count("once"), capsys.readouterr().out) == (1, "")
