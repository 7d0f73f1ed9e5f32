"""What protects the page: only this machine's own addresses, acts only from the page itself, nothing from outside."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
READING = frozenset({"GET", "HEAD"})
ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Refuses (403) other hosts' names and acts that other pages ask for; sets the headers that protect."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what this machine's own page asks for."""

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                headers.update(ALWAYS)
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        if _allowed(scope["method"], Headers(scope=scope)):
            await self.app(scope, receive, protected)
        else:
            await PlainTextResponse("Interdit", 403)(scope, receive, protected)


def _allowed(method: str, headers: Headers) -> bool:
    host = headers.get("host", "")
    # A name of another site may lead to this machine (DNS rebinding): only its own names count.
    if urlsplit(f"//{host}").hostname not in HERE:
        return False
    return method in READING or headers.get("origin") == f"http://{host}"
