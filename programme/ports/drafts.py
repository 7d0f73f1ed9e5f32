"""Conversations under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from programme.ids import TelegramId


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A conversation under way; what it holds is for handlers to read."""

    id: int
    chat_id: int
    telegram_id: TelegramId
    form: str
    version: int
    content: dict[str, Any]
    touched_at: datetime
    reminded: bool


class Drafts(Protocol):
    """Conversations under way: one per person and chat."""

    def get(self, chat_id: int, telegram_id: TelegramId) -> KeptDraft | None:
        """Give the conversation a person has under way in a chat."""

    def by_id(self, draft_id: int) -> KeptDraft | None:
        """Give a conversation under way."""

    def put(
        self,
        chat_id: int,
        telegram_id: TelegramId,
        form: str,
        version: int,
        content: dict[str, Any],
        now: datetime,
        *,
        new: bool,
    ) -> KeptDraft:
        """Keep a conversation's new state; a `new` one takes the place of another and has another id."""

    def drop(self, draft_id: int) -> None:
        """Forget a conversation."""

    def drop_untouched_since(self, moment: datetime) -> int:
        """Forget the conversations that nobody touched since `moment`; gives how many."""

    def untouched_since(self, moment: datetime, limit: int) -> Sequence[KeptDraft]:
        """Give conversations that nobody touched since `moment` and that were not asked about yet."""

    def mark_reminded(self, draft_id: int) -> None:
        """Note that a conversation was asked about."""
