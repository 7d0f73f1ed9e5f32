"""Telegram's refusals: the status, the sentence and the parameters of an answer that is not ok."""

from http import HTTPStatus


class Refused(Exception):  # noqa: N818 - a refusal is Telegram's ordinary answer, not an error of this program
    """A call that Telegram answers with `ok: false`; `description` is the sentence the bot receives."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str, **parameters: int) -> Refused:
    """A 400: the call is wrong, and would be wrong again."""
    return Refused(HTTPStatus.BAD_REQUEST, f"Bad Request: {reason}", **parameters)


def forbidden(reason: str) -> Refused:
    """A 403: the bot may not do this in that chat."""
    return Refused(HTTPStatus.FORBIDDEN, f"Forbidden: {reason}")


def unauthorized() -> Refused:
    """A 401: no bot has this token."""
    return Refused(HTTPStatus.UNAUTHORIZED, "Unauthorized")


def not_found() -> Refused:
    """A 404: there is no such method or file."""
    return Refused(HTTPStatus.NOT_FOUND, "Not Found")


def conflict(reason: str) -> Refused:
    """A 409: two receivers contend for one bot's updates."""
    return Refused(HTTPStatus.CONFLICT, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> Refused:
    """A 429: the bot has to wait for `retry_after` seconds."""
    sentence = f"Too Many Requests: retry after {retry_after}"
    return Refused(HTTPStatus.TOO_MANY_REQUESTS, sentence, retry_after=retry_after)
