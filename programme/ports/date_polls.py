"""Date polls and what members answer to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from programme.date_polls import DateAnswer, DateOption, DatePoll
from programme.ids import CoalitionId, DateOptionId, DatePollId, PersonId


class DatePolls(Protocol):
    """Proposed moments."""

    def get(self, poll_id: DatePollId) -> DatePoll:
        """Give a poll; raises NotFound."""

    def get_to_answer(self, poll_id: DatePollId) -> DatePoll:
        """Give a poll that does not change until this turn is over; raises NotFound."""

    def get_to_change(self, poll_id: DatePollId) -> DatePoll:
        """Give a poll, and hold up whoever wants to change or answer it until this turn is over; raises NotFound."""

    def add(self, poll: DatePoll, moments: Sequence[datetime]) -> DatePoll:
        """Keep a new poll with its proposed moments; its id is given here, whatever it was."""

    def save(self, poll: DatePoll) -> None:
        """Keep what changed of a poll."""

    def options(self, poll_id: DatePollId) -> Sequence[DateOption]:
        """Give the proposed moments, soonest first."""

    def option(self, option_id: DateOptionId) -> DateOption:
        """Give a proposed moment; raises NotFound."""

    def put_answer(self, option_id: DateOptionId, person_id: PersonId, answer: DateAnswer, at: datetime) -> None:
        """Keep a person's answer in place of the one before."""

    def answers(self, poll_id: DatePollId) -> Mapping[DateOptionId, Mapping[PersonId, DateAnswer]]:
        """Give the answers of those who are accepted members, for every option, in the order they came."""

    def open_of(self, coalition_id: CoalitionId) -> Sequence[DatePoll]:
        """Give a coalition's polls that are open, or closed and wait for a choice, oldest first."""

    def due_to_close(self, now: datetime, limit: int) -> Sequence[DatePoll]:
        """Give the open polls whose time is over, oldest first."""

    def next_close(self) -> datetime | None:
        """Tell when the next open poll closes."""
