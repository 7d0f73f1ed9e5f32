"""Links as Telegram takes them: which addresses it accepts in texts and buttons, and how it writes them."""

import re

PROTOCOL = re.compile(r"(?i)([a-z][a-z0-9+.-]*)://")
HOST = re.compile(r"(?:[^/?#@]*@)?(?P<host>\[[0-9a-fA-F:.]+\]|[^/?#:]*)(?::(?P<port>[^/?#]*))?(?P<rest>.*)", re.DOTALL)
DEEP_LINK = re.compile(
    r"https?://(?:t|telegram)\.me/(?P<username>[A-Za-z0-9_]+)/?\?start=(?P<payload>[A-Za-z0-9_-]{1,64})"
)
MENTION = re.compile(r"(?i)tg:(?://)?user\?id=(\d+)")
PORT_MAX = 65535


class WrongLinkError(ValueError):
    """Telegram does not take this address; the sentence says why."""


def checked_link(address: str) -> str:
    """The address as Telegram keeps it: with a protocol, a lower-case host and a path; raises WrongLinkError."""
    address = address.strip()
    if address.lower().startswith(("tg:", "ton:")):
        scheme, rest = address.split(":", 1)
        return f"{scheme.lower()}://{rest.removeprefix('//')}"
    protocol = PROTOCOL.match(address)
    scheme = protocol[1].lower() if protocol else "http"
    if scheme not in {"http", "https"}:
        raise WrongLinkError("Unsupported URL protocol")
    parts = HOST.match(address[protocol.end() :] if protocol else address)
    if parts is None or not parts["host"]:
        raise WrongLinkError("URL host is empty")
    host, port, rest = parts["host"].lower(), parts["port"], parts["rest"]
    if port is not None and not (port.isdecimal() and 0 < int(port) <= PORT_MAX):
        raise WrongLinkError("Wrong port number specified in the URL")
    if "." not in host and not host.startswith("["):
        raise WrongLinkError("Wrong HTTP URL")
    if not rest.startswith("/"):
        rest = f"/{rest}"
    return f"{scheme}://{host}{'' if port is None else f':{port}'}{rest.replace(' ', '%20')}"


def mentioned_user(address: str) -> int | None:
    """The id in a `tg://user?id=` link, None where the address is something else."""
    found = MENTION.fullmatch(address.strip())
    return int(found[1]) if found else None
