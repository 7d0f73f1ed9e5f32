"""What the use cases need to have kept: one port per aggregate, gathered in a unit of work.

Longer than most modules: it is the one page that says what storage owes to the programme.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from programme.actions import Action, ActionState
from programme.audit import AuditLine
from programme.coalitions import Coalition
from programme.forums import Forum, Pitch, Registration
from programme.groups import Group
from programme.ids import (
    ActionId,
    CoalitionId,
    ForumId,
    MeetingId,
    MembershipId,
    MilestoneId,
    OrganisationId,
    PersonId,
    PitchId,
    RegistrationId,
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

    def without_digest(self, week: date, limit: int) -> Sequence[Person]:
        """Give the reachable people who want a digest and whose one of the week beginning on `week` is not settled."""

    def settle_digest(self, person_ids: Iterable[PersonId], week: date) -> None:
        """Note that these people's digest of a week is settled: told, or left out since there was nothing to tell."""


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


class Actions(Protocol):
    """What the actors did, do or plan; a deleted one is given only where that is said."""

    def get(self, action_id: ActionId) -> Action:
        """Give an action, a deleted one too while it is there; raises NotFound."""

    def add(self, action: Action) -> Action:
        """Keep a new action; its id is given here, whatever it was."""

    def save(self, action: Action) -> None:
        """Keep what changed of an action."""

    def of_person(self, person_id: PersonId, state: ActionState | None = None) -> Sequence[Action]:
        """Give what a person logged, in one state or any, the latest by their own date first."""

    def of_coalitions(self, coalition_ids: Iterable[CoalitionId], state: ActionState | None = None) -> Sequence[Action]:
        """Give the actions of coalitions, in one state or any, the latest by their own date first."""

    def logged_between(
        self, coalition_ids: Iterable[CoalitionId], since: datetime, until: datetime
    ) -> Sequence[Action]:
        """Give the actions logged in coalitions from `since` to before `until`, the latest first."""

    def drop_deleted(self, before: datetime) -> int:
        """Forget for good what was deleted before this moment; gives how many."""


class Groups(Protocol):
    """Telegram groups, and topics of them, in which coalitions talk."""

    def of_chat(self, chat_id: int, thread_id: int | None) -> Group | None:
        """Give what a topic is bound to, else what its whole group is bound to."""

    def bind(self, group: Group, now: datetime) -> None:
        """Bind a group, or a topic of it, in place of what it was bound to."""

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[Group]:
        """Give where a coalition talks."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Keep the bindings of a group that became a supergroup."""


class Forums(Protocol):
    """Forums and their pitches."""

    def get(self, forum_id: ForumId) -> Forum:
        """Give a forum; raises NotFound."""

    def get_to_change(self, forum_id: ForumId) -> Forum:
        """Give a forum, and hold up whoever wants to change its places until this turn is over; raises NotFound."""

    def by_code(self, code: str) -> Forum | None:
        """Give the forum that a link names."""

    def add(self, forum: Forum) -> Forum:
        """Keep a new forum; its id is given here, whatever it was."""

    def save(self, forum: Forum) -> None:
        """Keep what changed of a forum."""

    def upcoming(self, now: datetime) -> Sequence[Forum]:
        """Give the planned forums that are not over, soonest first."""

    def pitches(self, forum_id: ForumId) -> Sequence[Pitch]:
        """Give a forum's pitches in the order they were offered."""

    def add_pitch(self, pitch: Pitch) -> Pitch:
        """Keep a new pitch; its id is given here, whatever it was."""

    def pitch(self, pitch_id: PitchId) -> Pitch:
        """Give a pitch; raises NotFound."""


@dataclass(frozen=True, slots=True)
class RegistrationEntry:
    """A registration in somebody's agenda, with its forum."""

    forum: Forum
    registration: Registration


class Registrations(Protocol):
    """Who has, waits for or is offered a place; each coming makes a new one, and a cancelled one stays so."""

    def get(self, registration_id: RegistrationId) -> Registration:
        """Give a registration; raises NotFound."""

    def of(self, person_id: PersonId, forum_id: ForumId) -> Registration | None:
        """Give a person's registration for a forum that is not cancelled."""

    def by_ticket(self, ticket: str) -> Registration | None:
        """Give the registration that a ticket names."""

    def add(self, registration: Registration) -> Registration:
        """Keep a new registration, after all that are there; its id is given here, whatever it was."""

    def save(self, registration: Registration) -> None:
        """Keep what changed of a registration."""

    def seats_taken(self, forum_id: ForumId) -> int:
        """Count the seats confirmed and offered."""

    def waiting(self, forum_id: ForumId) -> Sequence[Registration]:
        """Give who waits, first come first."""

    def holding(self, forum_id: ForumId) -> Sequence[Registration]:
        """Give who holds seats, offered or confirmed, first come first."""

    def lapsed(self, now: datetime, limit: int) -> Sequence[Registration]:
        """Give the offers whose time is over, oldest first."""

    def next_lapse(self) -> datetime | None:
        """Tell when the next offer ends."""

    def upcoming(self, person_id: PersonId, now: datetime) -> Sequence[RegistrationEntry]:
        """Give a person's registrations that are not cancelled, for planned forums that are not over, soonest first."""

    def of_person(self, person_id: PersonId) -> Sequence[Registration]:
        """Give every registration of a person, cancelled and past ones too, oldest first."""

    def concerned(self, forum_id: ForumId, after: PersonId, limit: int) -> Sequence[Concerned]:
        """Give the reachable people whose place is confirmed, by id from after `after`; none is a facilitator here."""


class Feeds(Protocol):
    """Secret addresses under which people's calendars find their agenda."""

    def secret_of(self, person_id: PersonId) -> str | None:
        """Give a person's secret, if they have one."""

    def put(self, person_id: PersonId, secret: str, now: datetime) -> None:
        """Keep a person's secret in place of the one before, which opens nothing any more."""

    def drop(self, person_id: PersonId) -> None:
        """Forget a person's secret."""

    def person_of(self, secret: str) -> PersonId | None:
        """Give whose agenda a secret opens."""


class OwnData(Protocol):
    """All that is kept of one person, wherever it is kept."""

    def gather(self, person: Person) -> dict[str, Any]:
        """Give everything kept about a person, by table, as JSON values; no row of anybody else."""

    def erase(self, person: Person) -> None:
        """Forget a person everywhere; what others need stays without them: actions, past places, audit lines."""


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
    def actions(self) -> Actions:
        """What was done, is done or is planned."""

    @property
    def groups(self) -> Groups:
        """Where coalitions talk."""

    @property
    def forums(self) -> Forums:
        """The gatherings."""

    @property
    def registrations(self) -> Registrations:
        """Who has a place there."""

    @property
    def feeds(self) -> Feeds:
        """Private calendars."""

    @property
    def own_data(self) -> OwnData:
        """All that is kept of one person."""

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
