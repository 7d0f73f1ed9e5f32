"""Support requests, what is said about them, and what was found."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from programme.ids import CoalitionId, FindingId, SupportMessageId, SupportRequestId
from programme.support import Finding, FoundTotal, SupportMessage, SupportRequest, SupportState, Tally


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

    def count_unclosed(self) -> int:
        """Count the requests that are not closed."""

    def queue(self, states: Collection[SupportState], kind: str, offset: int, limit: int) -> Sequence[SupportRequest]:
        """Give some of the requests in these states, oldest first, the closed ones latest first; of any kind if ""."""

    def tally(self, kind: str) -> Tally:
        """Count the requests of a kind, or of all where it is "", by where they stand."""

    def recalled_on(self, day: date) -> Sequence[SupportRequest]:
        """Give the requests of which the project team was last reminded on a day and that still wait, oldest first."""

    def note_recalled(self, request_ids: Collection[SupportRequestId], day: date) -> None:
        """Note that the project team is reminded of these requests on a day."""

    def messages(self, request_id: SupportRequestId) -> Sequence[SupportMessage]:
        """Give what was said about a request, in order."""

    def message(self, message_id: SupportMessageId) -> SupportMessage:
        """Give something that was said; raises NotFound."""

    def add_message(self, message: SupportMessage) -> SupportMessage:
        """Keep something new that was said; its id is given here, whatever it was."""


class Findings(Protocol):
    """What the project team found for support requests."""

    def get(self, finding_id: FindingId) -> Finding:
        """Give something that was found; raises NotFound."""

    def of_request(self, request_id: SupportRequestId) -> Sequence[Finding]:
        """Give what was found for a request, in the order in which it was noted."""

    def add(self, finding: Finding) -> Finding:
        """Keep something that was found; its id is given here, whatever it was."""

    def save(self, finding: Finding) -> None:
        """Keep what changed of it."""

    def drop(self, finding_id: FindingId) -> None:
        """Forget something that was noted by mistake."""

    def totals(self, first: date, last: date, since: datetime, until: datetime) -> Sequence[FoundTotal]:
        """Count by kind what takes place on these days, and what has no day and was noted from `since` to `until`."""
