"""Lists that the project team takes out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from programme.exports import ActionRow, AttendanceRow, CoalitionRow, MemberRow, RegistrationRow, SupportRow


class Exports(Protocol):
    """What is kept, as lists; each is a few queries, however long it is."""

    def members(self) -> Sequence[MemberRow]:
        """Give everybody who agreed to be known, once for each coalition they belong to, by name."""

    def coalitions(self) -> Sequence[CoalitionRow]:
        """Give the active coalitions, by name."""

    def actions(self) -> Sequence[ActionRow]:
        """Give the actions of active coalitions that are not deleted, by coalition and date."""

    def registrations(self, now: datetime) -> Sequence[RegistrationRow]:
        """Give the registrations for forums, the latest forum first, in the order in which people came.

        Who did not come is told of forums that are over and where arrivals were noted.
        """

    def attendance(self, now: datetime) -> Sequence[AttendanceRow]:
        """Give who was noted present or absent: at meetings, the latest first, by name; then at forums."""

    def support(self) -> Sequence[SupportRow]:
        """Give the support requests with what was found for them, in the order in which they were asked."""
