"""Logs, as text or JSON, in which neither a secret nor what people write can be read.

Jalon's loggers are named "jalon" and "jalon.…"; those of libraries, which tell at DEBUG what people write,
are heard from WARNING on, whatever the level asked for.
"""

import copy
import logging
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import Final, Literal, TextIO

import structlog

from bot.masking import MASK, Masking

_OURS: Final = "jalon"
_PROCESSORS: Final = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def set_up_logs(
    log_format: Literal["text", "json"],
    level: Literal["debug", "info", "warning", "error"],
    secrets: tuple[str, ...],
    stream: TextIO | None = None,
) -> None:
    """Send what all loggers of the process say to one stream (stderr), without the secrets.

    What crashes the process is logged too instead of printed. A second call replaces the first.
    """
    least = logging.getLevelNamesMapping()[level.upper()]
    least_of_others = max(least, logging.WARNING)
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(_formatter(log_format, secrets))
    # A library may set its own logger's level, so the root's is not enough.
    handler.addFilter(lambda record: record.levelno >= (least if _is_ours(record) else least_of_others))
    root = logging.getLogger()
    for former in [former for former in root.handlers if isinstance(former, _Handler)]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(least_of_others)
    logging.getLogger(_OURS).setLevel(least)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_PROCESSORS,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,  # a second call must reach the loggers there are
    )
    sys.excepthook = _log_crash
    threading.excepthook = _log_thread_crash


class _Handler(logging.StreamHandler[TextIO]):
    """Writes lines; where one can't be written it says so without its words, which logging itself would print."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Tell where the line that can't be written comes from."""
        with suppress(OSError, ValueError):  # the stream itself may be gone
            self.stream.write(f"A log line of {record.name} can't be written ({record.pathname}:{record.lineno}).\n")


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Renders a record of structlog or of logging; python-telegram-bot's lose the data received they quote."""

    def format(self, record: logging.LogRecord) -> str:
        """Render one record."""
        if record.name.split(".")[0] == "telegram" and record.args:
            quotes_data = "data" in str(record.msg)
            # logging unpacks a lone argument that is a mapping.
            args = record.args if isinstance(record.args, tuple) else (record.args,)
            record = copy.copy(record)
            record.args = tuple(arg if _is_harmless(arg, quotes_data) else MASK for arg in args)
        return super().format(record)


def _formatter(log_format: Literal["text", "json"], secrets: tuple[str, ...]) -> _Formatter:
    renderer: structlog.typing.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if log_format == "text":
        renderer = structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback, sort_keys=False
        )
    return _Formatter(
        foreign_pre_chain=_PROCESSORS,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,  # the plain traceback, without local variables
            Masking(secrets),
            renderer,
        ],
    )


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] == _OURS


def _is_harmless(arg: object, quotes_data: bool) -> bool:
    """Whether an argument is a number, an error, or a text of a line that quotes no data."""
    return isinstance(arg, int | float | BaseException) or (isinstance(arg, str) and not quotes_data)


def _log_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        logging.getLogger(_OURS).warning("interrupted")
    else:
        logging.getLogger(_OURS).critical("crashed", exc_info=(kind, error, trace))


def _log_thread_crash(crash: threading.ExceptHookArgs) -> None:
    _log_crash(crash.exc_type, crash.exc_value or crash.exc_type(), crash.exc_traceback)
