"""Meetings of the coalitions, what people answer to them, and whom they concern."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, func, insert, or_, select, update

from programme.coalitions import CoalitionState
from programme.errors import NotFound
from programme.groups import CardKind
from programme.ids import CoalitionId, MeetingId, PersonId, SeriesId
from programme.meetings import Answer, AnswerCounts, Meeting, MeetingKind, MeetingState
from programme.memberships import MembershipState
from programme.ports import AgendaEntry, Concerned
from storage.coalitions import coalition_in
from storage.engine import insert_new
from storage.people import preferences_in
from storage.tables.groups import group_cards, group_chats
from storage.tables.programme import answers, coalitions, groups, meetings, memberships, people

BY_ID: Final = select(meetings).where(meetings.c.id == bindparam("meeting"))
TO_CHANGE: Final = BY_ID.with_for_update()
ADD: Final = insert(meetings)
SAVE: Final = update(meetings).where(meetings.c.id == bindparam("meeting"))
TO_COME: Final = (
    select(meetings)
    .where(meetings.c.state == MeetingState.PLANNED, meetings.c.starts_at > bindparam("now"))
    .order_by(meetings.c.starts_at, meetings.c.id)
)
NEXT_OF: Final = TO_COME.where(meetings.c.coalition_id == bindparam("coalition")).limit(1)
OF_MEMBER: Final = (
    TO_COME.join(coalitions, coalitions.c.id == meetings.c.coalition_id)
    .join(memberships, memberships.c.coalition_id == coalitions.c.id)
    .where(
        coalitions.c.state == CoalitionState.ACTIVE,
        memberships.c.person_id == bindparam("person"),
        memberships.c.state == MembershipState.ACCEPTED,
    )
)
LED_BY: Final = OF_MEMBER.where(memberships.c.facilitator)
AGENDA: Final = OF_MEMBER.outerjoin(
    answers, and_(answers.c.meeting_id == meetings.c.id, answers.c.person_id == memberships.c.person_id)
).add_columns(coalitions, answers.c.answer)
ANSWER: Final = select(answers.c.answer).where(
    answers.c.meeting_id == bindparam("meeting"), answers.c.person_id == bindparam("person")
)
CHANGE_ANSWER: Final = update(answers).where(
    answers.c.meeting_id == bindparam("meeting"), answers.c.person_id == bindparam("person")
)
FORGET_ANSWERS: Final = delete(answers).where(answers.c.meeting_id == bindparam("meeting"))
COUNTS: Final = (
    select(answers.c.answer, func.count())
    .join(meetings, meetings.c.id == answers.c.meeting_id)
    .join(
        memberships,
        and_(
            memberships.c.coalition_id == meetings.c.coalition_id,
            memberships.c.person_id == answers.c.person_id,
            memberships.c.state == MembershipState.ACCEPTED,
        ),
    )
    .where(answers.c.meeting_id == bindparam("meeting"))
    .group_by(answers.c.answer)
)
MEMBERS: Final = (
    select(memberships.c.person_id)
    .join(meetings, meetings.c.coalition_id == memberships.c.coalition_id)
    .where(meetings.c.id == bindparam("meeting"), memberships.c.state == MembershipState.ACCEPTED)
)
ANSWERS: Final = (
    select(answers.c.person_id, answers.c.answer)
    .where(answers.c.meeting_id == bindparam("meeting"), answers.c.person_id.in_(MEMBERS))
    .order_by(answers.c.answered_at, answers.c.person_id)
)
TO_SHOW: Final = (
    select(meetings)
    .where(
        meetings.c.state == MeetingState.PLANNED,
        meetings.c.starts_at > bindparam("now"),
        meetings.c.starts_at < bindparam("until"),
        select(groups.c.chat_id)
        .outerjoin(group_chats, group_chats.c.chat_id == groups.c.chat_id)
        .outerjoin(
            group_cards,
            and_(
                group_cards.c.chat_id == groups.c.chat_id,
                group_cards.c.kind == CardKind.MEETING,
                group_cards.c.subject_id == meetings.c.id,
            ),
        )
        .where(
            groups.c.coalition_id == meetings.c.coalition_id,
            or_(group_chats.c.chat_id.is_(None), and_(group_chats.c.present, group_chats.c.may_write)),
            group_cards.c.chat_id.is_(None),
        )
        .exists(),
    )
    .order_by(meetings.c.starts_at, meetings.c.id)
    .limit(bindparam("most"))
)
SILENT: Final = MEMBERS.where(
    memberships.c.person_id.not_in(select(answers.c.person_id).where(answers.c.meeting_id == bindparam("meeting")))
).order_by(memberships.c.person_id)
OF_SERIES: Final = (
    select(meetings)
    .where(meetings.c.series_id == bindparam("series"), meetings.c.starts_at > bindparam("after"))
    .order_by(meetings.c.starts_at, meetings.c.id)
)
BETWEEN: Final = (
    select(meetings)
    .where(
        meetings.c.state == MeetingState.PLANNED,
        meetings.c.starts_at >= bindparam("since"),
        meetings.c.starts_at < bindparam("until"),
    )
    .order_by(meetings.c.starts_at, meetings.c.id)
)
BETWEEN_OF: Final = BETWEEN.where(meetings.c.coalition_id == bindparam("coalition"))
WITHOUT_END: Final = datetime(9999, 12, 31, tzinfo=UTC)
KEEPERS: Final = (
    select(people, memberships.c.facilitator)
    .join(memberships, memberships.c.person_id == people.c.id)
    .join(meetings, meetings.c.coalition_id == memberships.c.coalition_id)
    .where(
        meetings.c.id == bindparam("meeting"),
        memberships.c.state == MembershipState.ACCEPTED,
        or_(memberships.c.facilitator, meetings.c.chair_id == people.c.id),
        people.c.reachable,
        people.c.id > bindparam("after"),
    )
    .order_by(people.c.id)
    .limit(bindparam("most"))
)
CHAIR: Final = KEEPERS.where(meetings.c.chair_id == people.c.id)
CONCERNED: Final = (
    select(people, memberships.c.facilitator)
    .join(memberships, memberships.c.person_id == people.c.id)
    .join(meetings, meetings.c.coalition_id == memberships.c.coalition_id)
    .outerjoin(answers, and_(answers.c.meeting_id == meetings.c.id, answers.c.person_id == people.c.id))
    .where(
        meetings.c.id == bindparam("meeting"),
        memberships.c.state == MembershipState.ACCEPTED,
        people.c.reachable,
        people.c.id > bindparam("after"),
        or_(answers.c.answer.is_(None), answers.c.answer != Answer.NO),
    )
    .order_by(people.c.id)
    .limit(bindparam("most"))
)


class SqlMeetings:
    """The meetings in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, meeting_id: MeetingId) -> Meeting:
        """Give a meeting; raises NotFound."""
        return self._one(BY_ID, meeting_id)

    def get_to_change(self, meeting_id: MeetingId) -> Meeting:
        """Give a meeting, and hold up whoever wants to change it until this turn is over; raises NotFound."""
        return self._one(TO_CHANGE, meeting_id)

    def add(self, meeting: Meeting) -> Meeting:
        """Keep a new meeting under an id given here."""
        values = {"coalition_id": meeting.coalition_id, "planned_by": meeting.planned_by, **_columns(meeting)}
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(meeting, id=MeetingId(new_id))

    def save(self, meeting: Meeting) -> None:
        """Keep what changed of a meeting, its coalition and planner excepted."""
        self._connection.execute(SAVE, {"meeting": meeting.id, **_columns(meeting)})

    def next_of(self, coalition_id: CoalitionId, now: datetime) -> Meeting | None:
        """Give a coalition's next planned meeting."""
        row = self._connection.execute(NEXT_OF, {"coalition": coalition_id, "now": now}).mappings().one_or_none()
        return None if row is None else _meeting(row)

    def upcoming_led_by(self, person_id: PersonId, now: datetime) -> Sequence[Meeting]:
        """Give the planned meetings to come of the active coalitions a person facilitates, soonest first."""
        rows = self._connection.execute(LED_BY, {"person": person_id, "now": now}).mappings()
        return [_meeting(row) for row in rows]

    def agenda(self, person_id: PersonId, now: datetime) -> Sequence[AgendaEntry]:
        """Give the planned meetings to come of a person's active coalitions, soonest first."""
        rows = self._connection.execute(AGENDA, {"person": person_id, "now": now}).mappings()
        return [AgendaEntry(_meeting(row), coalition_in(row), _answer(row[answers.c.answer])) for row in rows]

    def answer_of(self, meeting_id: MeetingId, person_id: PersonId) -> Answer | None:
        """Give what a person answered."""
        return _answer(self._connection.scalar(ANSWER, {"meeting": meeting_id, "person": person_id}))

    def put_answer(self, meeting_id: MeetingId, person_id: PersonId, answer: Answer, at: datetime) -> None:
        """Keep a person's answer in place of the one before."""
        values: dict[str, Any] = {"answer": answer, "answered_at": at}
        new = {"meeting_id": meeting_id, "person_id": person_id, **values}
        if not insert_new(self._connection, answers, [new]):
            self._connection.execute(CHANGE_ANSWER, {"meeting": meeting_id, "person": person_id, **values})

    def forget_answers(self, meeting_id: MeetingId) -> None:
        """Drop every answer, as a move asks again."""
        self._connection.execute(FORGET_ANSWERS, {"meeting": meeting_id})

    def answers(self, meeting_id: MeetingId) -> Mapping[PersonId, Answer]:
        """Give the answers of those who are accepted members, in the order they came."""
        rows = self._connection.execute(ANSWERS, {"meeting": meeting_id})
        return {row.person_id: Answer(row.answer) for row in rows}

    def silent(self, meeting_id: MeetingId) -> Sequence[PersonId]:
        """Give the accepted members who have not answered, by id."""
        return self._connection.scalars(SILENT, {"meeting": meeting_id}).all()

    def of_series(self, series_id: SeriesId, after: datetime) -> Sequence[Meeting]:
        """Give a series' meetings that begin after a moment, cancelled ones too, soonest first."""
        rows = self._connection.execute(OF_SERIES, {"series": series_id, "after": after}).mappings()
        return [_meeting(row) for row in rows]

    def of_coalition(self, coalition_id: CoalitionId, since: datetime, until: datetime | None) -> Sequence[Meeting]:
        """Give a coalition's planned meetings from `since` to before `until`, soonest first; None is without end."""
        values = {"coalition": coalition_id, "since": since, "until": until or WITHOUT_END}
        return [_meeting(row) for row in self._connection.execute(BETWEEN_OF, values).mappings()]

    def to_pin(self, since: datetime, until: datetime) -> Sequence[Meeting]:
        """Give every planned meeting that begins from `since` to before `until`, soonest first."""
        rows = self._connection.execute(BETWEEN, {"since": since, "until": until}).mappings()
        return [_meeting(row) for row in rows]

    def to_show(self, now: datetime, until: datetime, limit: int) -> Sequence[Meeting]:
        """Give planned meetings that begin between two moments and lack their card in a group in reach."""
        rows = self._connection.execute(TO_SHOW, {"now": now, "until": until, "most": limit}).mappings()
        return [_meeting(row) for row in rows]

    def keepers(self, meeting_id: MeetingId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give who facilitates the coalition and who chairs the meeting, reachable ones, by id from after `after`."""
        return self._concerned(KEEPERS, meeting_id, after, limit)

    def chair(self, meeting_id: MeetingId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give who chairs the meeting, if they are a reachable member and come after `after`."""
        return self._concerned(CHAIR, meeting_id, after, limit)

    def counts(self, meeting_id: MeetingId) -> AnswerCounts:
        """Count the answers of those who are still members."""
        rows = self._connection.execute(COUNTS, {"meeting": meeting_id})
        return AnswerCounts(**{Answer(answer).value: count for answer, count in rows})

    def concerned(self, meeting_id: MeetingId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give accepted, reachable members who did not decline, by id from after `after`."""
        return self._concerned(CONCERNED, meeting_id, after, limit)

    def _one(self, statement: Any, meeting_id: MeetingId) -> Meeting:
        row = self._connection.execute(statement, {"meeting": meeting_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _meeting(row)

    def _concerned(self, statement: Any, meeting_id: MeetingId, after: PersonId, limit: int) -> Sequence[Concerned]:
        values = {"meeting": meeting_id, "after": after, "most": limit}
        rows = self._connection.execute(statement, values).mappings()
        return [Concerned(row[people.c.id], preferences_in(row), row[memberships.c.facilitator]) for row in rows]


def _meeting(row: RowMapping) -> Meeting:
    return Meeting(
        id=row[meetings.c.id],
        coalition_id=row[meetings.c.coalition_id],
        title=row[meetings.c.title],
        starts_at=row[meetings.c.starts_at],
        place=row[meetings.c.place],
        state=MeetingState(row[meetings.c.state]),
        version=row[meetings.c.version],
        planned_by=row[meetings.c.planned_by],
        kind=MeetingKind(row[meetings.c.kind]),
        agenda=row[meetings.c.agenda],
        chair_id=row[meetings.c.chair_id],
        series_id=row[meetings.c.series_id],
        slot_on=row[meetings.c.slot_on],
        nudged_at=row[meetings.c.nudged_at],
    )


def _columns(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "starts_at": meeting.starts_at,
        "place": meeting.place,
        "state": meeting.state,
        "version": meeting.version,
        "kind": meeting.kind,
        "agenda": meeting.agenda,
        "chair_id": meeting.chair_id,
        "series_id": meeting.series_id,
        "slot_on": meeting.slot_on,
        "nudged_at": meeting.nudged_at,
    }


def _answer(kept: str | None) -> Answer | None:
    return None if kept is None else Answer(kept)
