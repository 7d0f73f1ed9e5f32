"""What makes a setting right; each refusal is the end of a sentence that starts with the setting's name."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr, ValidationInfo
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

TELEGRAM: Final = "https://api.telegram.org"
DRIVERS: Final = ("sqlite+aiosqlite", "postgresql+psycopg")
TOKEN_EXAMPLE: Final = "123456789:AAbb…"  # noqa: S105 - an example's start opens nothing
DATABASE_EXAMPLE: Final = "sqlite+aiosqlite:///data/jalon.db"

_WEBHOOK_PORTS: Final = (80, 88, 443, 8443)  # those that Telegram calls
_THIS_MACHINE: Final = ("127.0.0.1", "localhost", "::1")
_TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
_PERSON_ID: Final = re.compile(r"[1-9]\d{0,15}", re.ASCII)
_GROUP_ID: Final = re.compile(r"-[1-9]\d{0,17}", re.ASCII)
_WEBHOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the web part listens; port 0 lets the system choose."""

    host: str
    port: int


def bot_token(token: SecretStr) -> SecretStr:
    """A token as @BotFather gives it, without blanks around it."""
    word = token.get_secret_value().strip()
    if not _TOKEN.fullmatch(word):
        raise ValueError(f"is no bot token; copy all of the one that @BotFather gave ({TOKEN_EXAMPLE})")
    return SecretStr(word)


def api_root(url: str) -> str:
    """The root of a Bot API server, without a slash at its end."""
    parts = _split(url)
    if parts is None or parts.scheme not in {"http", "https"}:
        raise ValueError(f"is no web address; write one such as {TELEGRAM}")
    if parts.path.strip("/").startswith("bot") or parts.query or parts.fragment:
        raise ValueError(f"must be the root only, without /bot; write it such as {TELEGRAM}")
    if parts.scheme == "http" and parts.hostname == urlsplit(TELEGRAM).hostname:
        raise ValueError(f"would send the token unprotected; write {TELEGRAM}")
    return url.rstrip("/")


def database_address(url: str) -> str:
    """An address that SQLAlchemy understands, with one of our drivers."""
    try:
        driver = make_url(url).drivername
    except (ArgumentError, ValueError):
        raise ValueError(f"is no database address; write one such as {DATABASE_EXAMPLE}") from None
    if driver not in DRIVERS:
        raise ValueError(f"starts with “{driver}”; start it with {' or '.join(DRIVERS)}")
    return url


def person_ids(ids: object) -> object:
    """Telegram ids from a text with commas, each once; what is no text is left to pydantic."""
    if not isinstance(ids, str):
        return ids
    words = [word.strip() for word in ids.split(",") if word.strip()]
    wrong = [f"“{word}”" for word in words if not _PERSON_ID.fullmatch(word)]
    if wrong:
        raise ValueError(
            f"names {', '.join(wrong)}, and a Telegram id is a number; "
            "write such numbers with commas between them, as in 123456789,987654321"
        )
    return tuple(dict.fromkeys(int(word) for word in words))


def group_id(number: object) -> object:
    """The Telegram id of a group, which is below zero; what is no text is left to pydantic."""
    if not isinstance(number, str):
        return number
    if not _GROUP_ID.fullmatch(number.strip()):
        raise ValueError("is no id of a group; write the number below zero, such as -1001234567890")
    return int(number)


def webhook_address(url: str | None, info: ValidationInfo) -> str | None:
    """An address that the server of `api_url` calls: Telegram asks more of it than a self-hosted server."""
    if url is None:
        return None
    parts = _split(url)
    example = "write one such as https://jalon.example.org/telegram"
    if parts is None or parts.scheme not in {"http", "https"}:
        raise ValueError(f"is no web address; {example}")
    if info.data.get("api_url", TELEGRAM) != TELEGRAM:
        return url
    if parts.scheme != "https":
        raise ValueError(f"must start with https, because Telegram calls nothing else; {example}")
    if (parts.port or 443) not in _WEBHOOK_PORTS:
        ports = ", ".join(str(port) for port in _WEBHOOK_PORTS)
        raise ValueError(f"names port {parts.port}, which Telegram never calls; use one of {ports}")
    return url


def public_root(url: str | None) -> str | None:
    """The root under which people's calendars find their feeds, without a slash at its end."""
    if url is None:
        return None
    parts = _split(url)
    example = "write one such as https://jalon.example.org"
    if parts is None or parts.scheme not in {"http", "https"}:
        raise ValueError(f"is no web address; {example}")
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"must be the root only; {example}")
    if parts.scheme == "http" and parts.hostname not in _THIS_MACHINE:
        raise ValueError(f"must start with https, because the addresses of people's agendas are secret; {example}")
    return url.rstrip("/")


def webhook_secret(secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
    """A secret of signs that Telegram takes; it must be there where there is a webhook."""
    # An address that was refused is missing in info.data, but it was given.
    if secret is None and info.data.get("webhook_url", "given") is not None:
        raise ValueError(
            "is not set, and a webhook needs it; "
            'make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    if secret is not None and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError("has a sign that Telegram refuses or is too long; use 1 to 256 of A-Z, a-z, 0-9, _ and -")
    return secret


def host_and_port(listen: object) -> object:
    """Host and port from a text; what is no text is left to pydantic."""
    if not isinstance(listen, str):
        return listen
    parts = _split(f"//{listen}")
    if parts is None or not parts.hostname or parts.port is None or parts.netloc != listen:
        raise ValueError("is no host and port; write them such as 127.0.0.1:8080")
    return Listen(parts.hostname, parts.port)


def lower_case(word: object) -> object:
    """A word of a closed list as we write it."""
    return word.strip().lower() if isinstance(word, str) else word


def _split(url: str) -> SplitResult | None:
    """The parts of an address whose host is there and whose port can be; None for what is no address."""
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and not re.search(r"\s", url) and (parts.port or 0) >= 0 else None
    except ValueError:
        return None
