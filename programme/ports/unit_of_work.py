"""All that one turn reads and changes."""

from typing import Protocol

from programme.ports.actions import Actions
from programme.ports.announcements import Announcements
from programme.ports.audit import Audit
from programme.ports.campaigns import Campaigns
from programme.ports.coalitions import Coalitions, Memberships
from programme.ports.commitment_cards import CommitmentCards
from programme.ports.commitment_levels import LevelRequests
from programme.ports.date_polls import DatePolls
from programme.ports.doors import Doors
from programme.ports.drafts import Drafts
from programme.ports.exports import Exports
from programme.ports.forum_questions import ForumQuestions
from programme.ports.forums import Forums, Registrations
from programme.ports.groups import GroupCards, Groups
from programme.ports.health import HealthRecords
from programme.ports.invitations import Invitations
from programme.ports.meetings import Afterwards, AllSeries, Meetings
from programme.ports.milestones import Milestones
from programme.ports.own_data import Feeds, OwnData
from programme.ports.path import Path
from programme.ports.people import Organisations, People
from programme.ports.reminders import Notices, Reminders
from programme.ports.statistics import Statistics
from programme.ports.support import Findings, SupportRequests
from programme.ports.votes import Votes


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
    def series(self) -> AllSeries:
        """Meetings that come again."""

    @property
    def afterwards(self) -> Afterwards:
        """Who came to meetings, and their minutes."""

    @property
    def date_polls(self) -> DatePolls:
        """Proposed dates."""

    @property
    def path(self) -> Path:
        """Steps, working agreements and chairs."""

    @property
    def votes(self) -> Votes:
        """What members validate."""

    @property
    def commitment_cards(self) -> CommitmentCards:
        """What coalitions commit to."""

    @property
    def campaigns(self) -> Campaigns:
        """By when they are asked to."""

    @property
    def level_requests(self) -> LevelRequests:
        """The levels of commitment that organisations ask for."""

    @property
    def invitations(self) -> Invitations:
        """Links that bring people."""

    @property
    def support(self) -> SupportRequests:
        """Help asked of the authority."""

    @property
    def findings(self) -> Findings:
        """What was found for those who asked."""

    @property
    def actions(self) -> Actions:
        """What was done, is done or is planned."""

    @property
    def groups(self) -> Groups:
        """Where coalitions talk."""

    @property
    def group_cards(self) -> GroupCards:
        """What stands in groups and changes there."""

    @property
    def forums(self) -> Forums:
        """The gatherings."""

    @property
    def registrations(self) -> Registrations:
        """Who has a place there."""

    @property
    def forum_questions(self) -> ForumQuestions:
        """What is asked about them."""

    @property
    def doors(self) -> Doors:
        """Who has come there, and who helps."""

    @property
    def feeds(self) -> Feeds:
        """Private calendars."""

    @property
    def own_data(self) -> OwnData:
        """All that is kept of one person."""

    @property
    def statistics(self) -> Statistics:
        """Figures about the whole."""

    @property
    def exports(self) -> Exports:
        """Lists for the project team."""

    @property
    def reminders(self) -> Reminders:
        """What is to be reminded, and when."""

    @property
    def notices(self) -> Notices:
        """What is to be told."""

    @property
    def announcements(self) -> Announcements:
        """What staff announce."""

    @property
    def drafts(self) -> Drafts:
        """Conversations under way."""

    @property
    def health(self) -> HealthRecords:
        """How well the bot does."""

    @property
    def audit(self) -> Audit:
        """What was decided by whom."""
