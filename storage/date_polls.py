"""Date polls, their proposed moments, and what members answer to them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, Select, bindparam, func, insert, select, update

from programme.date_polls import DateAnswer, DateOption, DatePoll, DatePollState
from programme.errors import NotFound
from programme.ids import CoalitionId, DateOptionId, DatePollId, PersonId
from programme.meetings import MeetingKind
from programme.memberships import MembershipState
from storage.engine import insert_new
from storage.tables.meetings import date_answers, date_options, date_polls
from storage.tables.programme import memberships

BY_ID: Final = select(date_polls).where(date_polls.c.id == bindparam("poll"))
# On PostgreSQL answers go side by side, but not beside a decision; SQLite has one writer at a time and no such locks.
TO_ANSWER: Final = BY_ID.with_for_update(read=True)
TO_CHANGE: Final = BY_ID.with_for_update()
ADD: Final = insert(date_polls)
ADD_OPTIONS: Final = insert(date_options)
SAVE: Final = update(date_polls).where(date_polls.c.id == bindparam("poll"))
OPTIONS: Final = (
    select(date_options).where(date_options.c.poll_id == bindparam("poll")).order_by(date_options.c.starts_at)
)
OPTION: Final = select(date_options).where(date_options.c.id == bindparam("option"))
CHANGE_ANSWER: Final = update(date_answers).where(
    date_answers.c.option_id == bindparam("option"), date_answers.c.person_id == bindparam("person")
)
ANSWERS: Final = (
    select(date_answers.c.option_id, date_answers.c.person_id, date_answers.c.answer)
    .join(date_options, date_options.c.id == date_answers.c.option_id)
    .join(date_polls, date_polls.c.id == date_options.c.poll_id)
    .join(
        memberships,
        (memberships.c.coalition_id == date_polls.c.coalition_id)
        & (memberships.c.person_id == date_answers.c.person_id)
        & (memberships.c.state == MembershipState.ACCEPTED),
    )
    .where(date_polls.c.id == bindparam("poll"))
    .order_by(date_answers.c.answered_at, date_answers.c.person_id)
)
OPEN_OF: Final = (
    select(date_polls)
    .where(
        date_polls.c.coalition_id == bindparam("coalition"),
        date_polls.c.state.in_([DatePollState.OPEN, DatePollState.CLOSED]),
    )
    .order_by(date_polls.c.id)
)
DUE: Final = (
    select(date_polls)
    .where(date_polls.c.state == DatePollState.OPEN, date_polls.c.closes_at <= bindparam("now"))
    .order_by(date_polls.c.closes_at, date_polls.c.id)
    .limit(bindparam("most"))
)
NEXT_CLOSE: Final = select(func.min(date_polls.c.closes_at)).where(date_polls.c.state == DatePollState.OPEN)


class SqlDatePolls:
    """The date polls in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, poll_id: DatePollId) -> DatePoll:
        """Give a poll; raises NotFound."""
        return self._one(BY_ID, poll_id)

    def get_to_answer(self, poll_id: DatePollId) -> DatePoll:
        """Give a poll that does not change until this turn is over; raises NotFound."""
        return self._one(TO_ANSWER, poll_id)

    def get_to_change(self, poll_id: DatePollId) -> DatePoll:
        """Give a poll, and hold up whoever wants to change or answer it until this turn is over; raises NotFound."""
        return self._one(TO_CHANGE, poll_id)

    def add(self, poll: DatePoll, moments: Sequence[datetime]) -> DatePoll:
        """Keep a new poll with its proposed moments, under an id given here."""
        values = {"coalition_id": poll.coalition_id, "asked_by": poll.asked_by, **_columns(poll)}
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        options = [{"poll_id": new_id, "starts_at": moment} for moment in sorted(set(moments))]
        self._connection.execute(ADD_OPTIONS, options)
        return replace(poll, id=DatePollId(new_id))

    def save(self, poll: DatePoll) -> None:
        """Keep what changed of a poll, its coalition and who asked excepted."""
        self._connection.execute(SAVE, {"poll": poll.id, **_columns(poll)})

    def options(self, poll_id: DatePollId) -> Sequence[DateOption]:
        """Give the proposed moments, soonest first."""
        return [_option(row) for row in self._connection.execute(OPTIONS, {"poll": poll_id}).mappings()]

    def option(self, option_id: DateOptionId) -> DateOption:
        """Give a proposed moment; raises NotFound."""
        row = self._connection.execute(OPTION, {"option": option_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _option(row)

    def put_answer(self, option_id: DateOptionId, person_id: PersonId, answer: DateAnswer, at: datetime) -> None:
        """Keep a person's answer in place of the one before."""
        values: dict[str, Any] = {"answer": answer, "answered_at": at}
        new = {"option_id": option_id, "person_id": person_id, **values}
        if not insert_new(self._connection, date_answers, [new]):
            self._connection.execute(CHANGE_ANSWER, {"option": option_id, "person": person_id, **values})

    def answers(self, poll_id: DatePollId) -> Mapping[DateOptionId, Mapping[PersonId, DateAnswer]]:
        """Give the answers of those who are accepted members, for every option, in the order they came."""
        found: dict[DateOptionId, dict[PersonId, DateAnswer]] = {option.id: {} for option in self.options(poll_id)}
        for row in self._connection.execute(ANSWERS, {"poll": poll_id}):
            found[row.option_id][row.person_id] = DateAnswer(row.answer)
        return found

    def open_of(self, coalition_id: CoalitionId) -> Sequence[DatePoll]:
        """Give a coalition's polls that are open, or closed and wait for a choice, oldest first."""
        rows = self._connection.execute(OPEN_OF, {"coalition": coalition_id}).mappings()
        return [_poll(row) for row in rows]

    def due_to_close(self, now: datetime, limit: int) -> Sequence[DatePoll]:
        """Give the open polls whose time is over, oldest first."""
        return [_poll(row) for row in self._connection.execute(DUE, {"now": now, "most": limit}).mappings()]

    def next_close(self) -> datetime | None:
        """Tell when the next open poll closes."""
        next_close: datetime | None = self._connection.scalar(NEXT_CLOSE)
        return next_close

    def _one(self, statement: Select[Any], poll_id: DatePollId) -> DatePoll:
        row = self._connection.execute(statement, {"poll": poll_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _poll(row)


def _poll(row: RowMapping) -> DatePoll:
    return DatePoll(
        id=row[date_polls.c.id],
        coalition_id=row[date_polls.c.coalition_id],
        title=row[date_polls.c.title],
        kind=MeetingKind(row[date_polls.c.kind]),
        place=row[date_polls.c.place],
        agenda=row[date_polls.c.agenda],
        closes_at=row[date_polls.c.closes_at],
        state=DatePollState(row[date_polls.c.state]),
        asked_by=row[date_polls.c.asked_by],
        meeting_id=row[date_polls.c.meeting_id],
    )


def _columns(poll: DatePoll) -> dict[str, Any]:
    return {
        "title": poll.title,
        "kind": poll.kind,
        "place": poll.place,
        "agenda": poll.agenda,
        "closes_at": poll.closes_at,
        "state": poll.state,
        "meeting_id": poll.meeting_id,
    }


def _option(row: RowMapping) -> DateOption:
    return DateOption(
        id=row[date_options.c.id], poll_id=row[date_options.c.poll_id], starts_at=row[date_options.c.starts_at]
    )
