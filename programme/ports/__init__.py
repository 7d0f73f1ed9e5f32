"""What the use cases need to have kept: one port per aggregate, gathered in a unit of work."""

from programme.ports.actions import Actions
from programme.ports.announcements import Announcements
from programme.ports.audit import Audit
from programme.ports.campaigns import Campaigns
from programme.ports.coalitions import Coalitions, MemberEntry, Memberships
from programme.ports.commitment_cards import CommitmentCards
from programme.ports.commitment_levels import LevelRequests
from programme.ports.date_polls import DatePolls
from programme.ports.doors import Doors
from programme.ports.drafts import Drafts, KeptDraft
from programme.ports.exports import Exports
from programme.ports.forum_questions import ForumQuestions
from programme.ports.forums import Forums, RegistrationEntry, Registrations
from programme.ports.groups import GroupCards, Groups
from programme.ports.invitations import Invitations
from programme.ports.meetings import Afterwards, AgendaEntry, AllSeries, Concerned, Meetings
from programme.ports.milestones import Milestones
from programme.ports.own_data import Feeds, OwnData
from programme.ports.path import Path
from programme.ports.people import Organisations, People
from programme.ports.reminders import Notices, Reminders
from programme.ports.statistics import Statistics
from programme.ports.support import Findings, SupportRequests
from programme.ports.unit_of_work import UnitOfWork
from programme.ports.votes import Votes

__all__ = [
    "Actions",
    "Afterwards",
    "AgendaEntry",
    "AllSeries",
    "Announcements",
    "Audit",
    "Campaigns",
    "Coalitions",
    "CommitmentCards",
    "Concerned",
    "DatePolls",
    "Doors",
    "Drafts",
    "Exports",
    "Feeds",
    "Findings",
    "ForumQuestions",
    "Forums",
    "GroupCards",
    "Groups",
    "Invitations",
    "KeptDraft",
    "LevelRequests",
    "Meetings",
    "MemberEntry",
    "Memberships",
    "Milestones",
    "Notices",
    "Organisations",
    "OwnData",
    "Path",
    "People",
    "RegistrationEntry",
    "Registrations",
    "Reminders",
    "Statistics",
    "SupportRequests",
    "UnitOfWork",
    "Votes",
]
