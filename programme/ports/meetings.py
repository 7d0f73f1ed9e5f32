"""Meetings, what people answer to them, and whom they concern."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from programme.coalitions import Coalition
from programme.ids import CoalitionId, MeetingId, PersonId
from programme.meetings import Answer, AnswerCounts, Meeting
from programme.people import Preferences


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """A meeting in somebody's agenda, with what they answered."""

    meeting: Meeting
    coalition: Coalition
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody an event concerns, with what decides when they are reminded."""

    person_id: PersonId
    preferences: Preferences
    facilitator: bool


class Meetings(Protocol):
    """Meetings and answers."""

    def get(self, meeting_id: MeetingId) -> Meeting:
        """Give a meeting; raises NotFound."""

    def add(self, meeting: Meeting) -> Meeting:
        """Keep a new meeting; its id is given here, whatever it was."""

    def save(self, meeting: Meeting) -> None:
        """Keep what changed of a meeting."""

    def next_of(self, coalition_id: CoalitionId, now: datetime) -> Meeting | None:
        """Give a coalition's next planned meeting."""

    def upcoming_led_by(self, person_id: PersonId, now: datetime) -> Sequence[Meeting]:
        """Give the planned meetings to come of the coalitions a person facilitates, soonest first."""

    def agenda(self, person_id: PersonId, now: datetime) -> Sequence[AgendaEntry]:
        """Give the planned meetings to come of a person's coalitions, soonest first."""

    def answer_of(self, meeting_id: MeetingId, person_id: PersonId) -> Answer | None:
        """Give what a person answered."""

    def put_answer(self, meeting_id: MeetingId, person_id: PersonId, answer: Answer, at: datetime) -> None:
        """Keep a person's answer in place of the one before."""

    def forget_answers(self, meeting_id: MeetingId) -> None:
        """Drop every answer, as a move asks again."""

    def counts(self, meeting_id: MeetingId) -> AnswerCounts:
        """Count the answers of those who are still members."""

    def concerned(self, meeting_id: MeetingId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give accepted, reachable members who did not decline, by id from after `after`."""
