"""What the use cases need to have kept: one port per aggregate, gathered in a unit of work.

Longer than most modules: it is the one page that says what storage owes to the programme.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from programme.audit import AuditLine
from programme.coalitions import Coalition
from programme.ids import (
    CoalitionId,
    MeetingId,
    MembershipId,
    MilestoneId,
    OrganisationId,
    PersonId,
    ReminderId,
    TelegramId,
)
from programme.leads import EventKind
from programme.meetings import Answer, AnswerCounts, Meeting
from programme.memberships import Membership, MembershipState
from programme.milestones import Milestone
from programme.notices import Notice
from programme.organisations import Organisation
from programme.people import Person, Preferences
from programme.reminders import Planned, Reminder
from programme.territory import OrganisationKind, ScopeKind


class People(Protocol):
    """People who agreed to be known."""

    def get(self, person_id: PersonId) -> Person:
        """Give a person; raises NotFound."""

    def by_telegram(self, telegram_id: TelegramId) -> Person | None:
        """Give the person behind a Telegram id, if known."""

    def add(
        self,
        telegram_id: TelegramId,
        name: str,
        organisation_id: OrganisationId | None,
        consented_at: datetime,
        preferences: Preferences,
    ) -> Person:
        """Keep a new person."""

    def save(self, person: Person) -> None:
        """Keep a person's new name, organisation, preferences and reachability."""

    def staff(self) -> Sequence[Person]:
        """Give the known people of the project team."""

    def facilitators(self) -> Sequence[Person]:
        """Give the people who facilitate an active coalition."""

    def is_staff(self, person_id: PersonId) -> bool:
        """Tell whether a person is of the project team."""


class Organisations(Protocol):
    """The territory's organisations."""

    def get(self, organisation_id: OrganisationId) -> Organisation:
        """Give an organisation; raises NotFound."""

    def by_name(self, name: str) -> Organisation | None:
        """Give the organisation of this name, whatever its accents and capitals."""

    def find(self, words: str, limit: int, offset: int = 0) -> Sequence[Organisation]:
        """Give those whose names hold these words, whatever accents and capitals, best first; no words find all."""

    def add(self, name: str, kind: OrganisationKind) -> Organisation:
        """Keep a new organisation."""

    def in_coalition(self, coalition_id: CoalitionId) -> Sequence[Organisation]:
        """Give a coalition's organisations, its first ones and those of its accepted members, by name."""

    def attach(self, organisation_id: OrganisationId, coalition_id: CoalitionId) -> None:
        """Make an organisation one of a coalition's first ones; harmless when it is already."""


class Coalitions(Protocol):
    """The alliances."""

    def get(self, coalition_id: CoalitionId) -> Coalition:
        """Give a coalition; raises NotFound."""

    def by_code(self, code: str) -> Coalition | None:
        """Give the coalition that a link names."""

    def by_name(self, name: str) -> Coalition | None:
        """Give the proposed or active coalition of this name, whatever its accents and capitals."""

    def add(self, coalition: Coalition) -> Coalition:
        """Keep a new coalition; its id is given here, whatever it was."""

    def save(self, coalition: Coalition) -> None:
        """Keep what changed of a coalition."""

    def active(self, scope: ScopeKind | None = None) -> Sequence[Coalition]:
        """Give the active coalitions by name, of one kind of scope or all."""

    def proposed(self) -> Sequence[Coalition]:
        """Give those that wait for staff, oldest first."""

    def of_person(self, person_id: PersonId) -> Sequence[Coalition]:
        """Give the active coalitions a person is an accepted member of, by name."""

    def led_by(self, person_id: PersonId) -> Sequence[Coalition]:
        """Give the active coalitions a person facilitates, by name."""


class Memberships(Protocol):
    """Who belongs to what."""

    def get(self, membership_id: MembershipId) -> Membership:
        """Give a membership; raises NotFound."""

    def of(self, person_id: PersonId, coalition_id: CoalitionId) -> Membership | None:
        """Give a person's membership of a coalition, whatever its state."""

    def put(
        self,
        person_id: PersonId,
        coalition_id: CoalitionId,
        state: MembershipState,
        since: datetime,
        *,
        facilitator: bool = False,
    ) -> Membership:
        """Keep a membership in its new state, the only one of this pair."""

    def facilitators(self, coalition_id: CoalitionId) -> Sequence[PersonId]:
        """Give who facilitates a coalition."""

    def members(self, coalition_id: CoalitionId) -> Sequence[PersonId]:
        """Give the accepted members of a coalition, facilitators included, in the order they came."""

    def waiting(self, coalition_ids: Iterable[CoalitionId]) -> Sequence[Membership]:
        """Give the memberships asked for in these coalitions, oldest first."""


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


class Milestones(Protocol):
    """Dated goals."""

    def get(self, milestone_id: MilestoneId) -> Milestone:
        """Give a milestone; raises NotFound."""

    def programme_ones(self) -> Sequence[Milestone]:
        """Give the programme's own, by date."""

    def add(self, milestone: Milestone) -> Milestone:
        """Keep a new milestone; its id is given here, whatever it was."""

    def save(self, milestone: Milestone) -> None:
        """Keep what changed of a milestone."""

    def concerned(self, milestone_id: MilestoneId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give the reachable accepted members of its coalition, or of any active one, by id from after `after`."""


class Reminders(Protocol):
    """Reminders of events, kept until everybody they concern has theirs."""

    def plan(self, event: EventKind, event_id: int, version: int, planned: Sequence[Planned]) -> None:
        """Keep an event's reminders; those of earlier versions are cancelled, those already there stay."""

    def cancel(self, event: EventKind, event_id: int) -> None:
        """Cancel every planned reminder of an event."""

    def next_due(self, now: datetime) -> Reminder | None:
        """Give the planned reminder to look at first, if its time has come."""

    def next_at(self) -> datetime | None:
        """Tell when the next planned reminder is to be looked at."""

    def save(self, reminder: Reminder) -> None:
        """Keep where a reminder stands."""

    def look_again(self, now: datetime) -> None:
        """Have every reminder whose window is open looked at again, since somebody's situation changed."""

    def get(self, event: EventKind, event_id: int, version: int, lead: str) -> Reminder | None:
        """Give one reminder of an event."""

    def by_id(self, reminder_id: ReminderId) -> Reminder:
        """Give a reminder; raises NotFound."""


class Notices(Protocol):
    """What is to be told to people, each in their private chat, once per key."""

    def tell(self, people: Iterable[PersonId], notice: Notice, key: str, now: datetime) -> int:
        """Tell each of these people once: « key:person » is kept for ever. Gives how many were new."""

    def skip(self, people: Iterable[PersonId], notice: Notice, key: str, now: datetime, reason: str) -> int:
        """Record that these people are not told, and why. Gives how many were new."""


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


class Audit(Protocol):
    """The audit log."""

    def add(self, line: AuditLine) -> None:
        """Write a line; none is ever changed."""


class UnitOfWork(Protocol):
    """All that one turn reads and changes, kept in one commit or not at all."""

    @property
    def people(self) -> People:
        """Who is known."""

    @property
    def organisations(self) -> Organisations:
        """Whom they speak for."""

    @property
    def coalitions(self) -> Coalitions:
        """The alliances."""

    @property
    def memberships(self) -> Memberships:
        """Who belongs to what."""

    @property
    def meetings(self) -> Meetings:
        """Meetings and answers."""

    @property
    def milestones(self) -> Milestones:
        """Dated goals."""

    @property
    def reminders(self) -> Reminders:
        """What is to be reminded, and when."""

    @property
    def notices(self) -> Notices:
        """What is to be told."""

    @property
    def drafts(self) -> Drafts:
        """Conversations under way."""

    @property
    def audit(self) -> Audit:
        """What was decided by whom."""
