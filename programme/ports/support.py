"""Support requests and what is said about them."""

from collections.abc import Sequence
from typing import Protocol

from programme.ids import CoalitionId, SupportMessageId, SupportRequestId
from programme.support import SupportMessage, SupportRequest


class SupportRequests(Protocol):
    """Help asked of the authority."""

    def get(self, request_id: SupportRequestId) -> SupportRequest:
        """Give a request; raises NotFound."""

    def add(self, request: SupportRequest) -> SupportRequest:
        """Keep a new request; its id is given here, whatever it was."""

    def save(self, request: SupportRequest) -> None:
        """Keep what changed of a request."""

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[SupportRequest]:
        """Give a coalition's requests, the latest first."""

    def unclosed(self) -> Sequence[SupportRequest]:
        """Give every request that is not closed, oldest first."""

    def messages(self, request_id: SupportRequestId) -> Sequence[SupportMessage]:
        """Give what was said about a request, in order."""

    def message(self, message_id: SupportMessageId) -> SupportMessage:
        """Give something that was said; raises NotFound."""

    def add_message(self, message: SupportMessage) -> SupportMessage:
        """Keep something new that was said; its id is given here, whatever it was."""
