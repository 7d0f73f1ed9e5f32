"""All that one turn reads and changes, over one connection: committed together, or not at all."""

from sqlalchemy import Connection

from storage.audit import SqlAudit
from storage.coalitions import SqlCoalitions
from storage.drafts import SqlDrafts
from storage.meetings import SqlMeetings
from storage.memberships import SqlMemberships
from storage.milestones import SqlMilestones
from storage.notices import SqlNotices
from storage.organisations import SqlOrganisations
from storage.people import SqlPeople
from storage.reminders import SqlReminders


class SqlUnitOfWork:
    """The repositories of one transaction; who opened it commits. Made anew for each turn."""

    def __init__(self, connection: Connection, staff_ids: frozenset[int]) -> None:
        self.people = SqlPeople(connection, staff_ids)
        self.organisations = SqlOrganisations(connection)
        self.coalitions = SqlCoalitions(connection)
        self.memberships = SqlMemberships(connection)
        self.meetings = SqlMeetings(connection)
        self.milestones = SqlMilestones(connection)
        self.reminders = SqlReminders(connection)
        self.notices = SqlNotices(connection)
        self.drafts = SqlDrafts(connection)
        self.audit = SqlAudit(connection)
