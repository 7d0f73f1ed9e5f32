"""What the use cases need to have kept: one port per aggregate, gathered in a unit of work."""

from programme.ports.actions import Actions
from programme.ports.audit import Audit
from programme.ports.coalitions import Coalitions, Memberships
from programme.ports.drafts import Drafts, KeptDraft
from programme.ports.forums import Forums, RegistrationEntry, Registrations
from programme.ports.groups import Groups
from programme.ports.meetings import AgendaEntry, Concerned, Meetings
from programme.ports.milestones import Milestones
from programme.ports.own_data import Feeds, OwnData
from programme.ports.people import Organisations, People
from programme.ports.reminders import Notices, Reminders
from programme.ports.unit_of_work import UnitOfWork

__all__ = [
    "Actions",
    "AgendaEntry",
    "Audit",
    "Coalitions",
    "Concerned",
    "Drafts",
    "Feeds",
    "Forums",
    "Groups",
    "KeptDraft",
    "Meetings",
    "Memberships",
    "Milestones",
    "Notices",
    "Organisations",
    "OwnData",
    "People",
    "RegistrationEntry",
    "Registrations",
    "Reminders",
    "UnitOfWork",
]
