"""Meetings, what people answer to them, and whom they concern."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from programme.coalitions import Coalition
from programme.ids import CoalitionId, MeetingId, MinutesId, PersonId, SeriesId
from programme.meetings import Answer, AnswerCounts, Meeting, Minutes
from programme.people import Preferences
from programme.series import Series


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """A meeting in somebody's agenda, with what they answered."""

    meeting: Meeting
    coalition: Coalition
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody an event concerns, with what decides when they are reminded.

    `owner` tells whether they look after it; None where nobody in particular does.
    """

    person_id: PersonId
    preferences: Preferences
    facilitator: bool
    owner: bool | None = None


class Meetings(Protocol):
    """Meetings and answers."""

    def get(self, meeting_id: MeetingId) -> Meeting:
        """Give a meeting; raises NotFound."""

    def get_to_change(self, meeting_id: MeetingId) -> Meeting:
        """Give a meeting, and hold up whoever wants to move, cancel or nudge it until this turn is over.

        Raises NotFound.
        """

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

    def answers(self, meeting_id: MeetingId) -> Mapping[PersonId, Answer]:
        """Give the answers of those who are accepted members, in the order they came."""

    def silent(self, meeting_id: MeetingId) -> Sequence[PersonId]:
        """Give the accepted members who have not answered, by id."""

    def of_series(self, series_id: SeriesId, after: datetime) -> Sequence[Meeting]:
        """Give a series' meetings that begin after a moment, cancelled ones too, soonest first."""

    def of_coalition(self, coalition_id: CoalitionId, since: datetime, until: datetime | None) -> Sequence[Meeting]:
        """Give a coalition's planned meetings from `since` to before `until`, soonest first; None is without end."""

    def to_pin(self, since: datetime, until: datetime) -> Sequence[Meeting]:
        """Give every planned meeting that begins from `since` to before `until`, soonest first."""

    def to_show(self, now: datetime, until: datetime, limit: int) -> Sequence[Meeting]:
        """Give planned meetings that begin after `now` and before `until` and lack their card in a group in reach.

        Soonest first.
        """

    def keepers(self, meeting_id: MeetingId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give who facilitates the coalition and who chairs the meeting, reachable ones, by id from after `after`."""

    def chair(self, meeting_id: MeetingId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give who chairs the meeting, if they are a reachable member and come after `after`."""

    def counts(self, meeting_id: MeetingId) -> AnswerCounts:
        """Count the answers of those who are still members."""

    def concerned(self, meeting_id: MeetingId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give accepted, reachable members who did not decline, by id from after `after`."""


class AllSeries(Protocol):
    """Meetings that come again by a rule."""

    def get(self, series_id: SeriesId) -> Series:
        """Give a series; raises NotFound."""

    def get_to_change(self, series_id: SeriesId) -> Series:
        """Give a series, and hold up whoever wants to make or change its meetings until this turn is over.

        Raises NotFound.
        """

    def add(self, series: Series) -> Series:
        """Keep a new series; its id is given here, whatever it was."""

    def save(self, series: Series) -> None:
        """Keep what changed of a series."""

    def running(self, coalition_id: CoalitionId | None = None) -> Sequence[Series]:
        """Give the series that have not ended, of one coalition or all, oldest first."""

    def slots_taken(self, series_id: SeriesId) -> frozenset[date]:
        """Give the days of the rule for which a meeting was made, wherever it was moved to."""


class Afterwards(Protocol):
    """What is kept after a meeting: who came, and the minutes."""

    def attendance(self, meeting_id: MeetingId) -> Mapping[PersonId, bool]:
        """Give who came and who did not, as far as it was noted, by id."""

    def note_attendance(self, meeting_id: MeetingId, present: Mapping[PersonId, bool], at: datetime) -> None:
        """Keep who came and who did not, in place of what was noted of them."""

    def forget_attendance(self, meeting_id: MeetingId, person_id: PersonId) -> None:
        """Forget what was noted of a person."""

    def minutes(self, meeting_id: MeetingId) -> Minutes | None:
        """Give the latest minutes of a meeting."""

    def minutes_by_id(self, minutes_id: MinutesId) -> Minutes:
        """Give minutes; raises NotFound."""

    def add_minutes(self, minutes: Minutes) -> Minutes:
        """Keep new minutes, in place of those before; their id is given here, whatever it was."""
