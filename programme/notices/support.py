"""Notices about the help that is asked of the authority."""

from dataclasses import dataclass
from datetime import date

from programme.ids import (
    FindingId,
    SupportMessageId,
    SupportRequestId,
)


@dataclass(frozen=True, slots=True)
class SupportAsked:
    """To staff: a coalition asks for help."""

    request_id: SupportRequestId


@dataclass(frozen=True, slots=True)
class SupportSaid:
    """To the other side of a support request: what was said."""

    message_id: SupportMessageId


@dataclass(frozen=True, slots=True)
class SupportChanged:
    """To who asked for help: the request is taken, answered or closed."""

    request_id: SupportRequestId
    version: int


@dataclass(frozen=True, slots=True)
class SupportFound:
    """To who asked for help: what the project team found."""

    finding_id: FindingId


@dataclass(frozen=True, slots=True)
class SupportRecalled:
    """To staff: the support requests of theirs that a day recalled because they wait too long."""

    recalled_on: date
