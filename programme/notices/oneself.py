"""Notices about what one person left open, or reads once a week."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Digest:
    """To who prefers one message a week: what there is in the week that begins on `week`, a Monday."""

    week: date


@dataclass(frozen=True, slots=True)
class ConversationLeftOpen:
    """To who stopped in the middle: whether to go on. Asked once, after a day."""

    draft_id: int
