"""All that one turn reads and changes, over one connection: committed together, or not at all."""

from sqlalchemy import Connection

from storage.actions import SqlActions
from storage.afterwards import SqlAfterwards
from storage.announcements import SqlAnnouncements
from storage.audit import SqlAudit
from storage.campaigns import SqlCampaigns
from storage.coalitions import SqlCoalitions
from storage.commitment_cards import SqlCommitmentCards
from storage.commitment_levels import SqlLevelRequests
from storage.date_polls import SqlDatePolls
from storage.doors import SqlDoors
from storage.drafts import SqlDrafts
from storage.exports import SqlExports
from storage.feeds import SqlFeeds
from storage.findings import SqlFindings
from storage.forum_questions import SqlForumQuestions
from storage.forums import SqlForums
from storage.group_cards import SqlGroupCards
from storage.groups import SqlGroups
from storage.health import SqlHealth
from storage.invitations import SqlInvitations
from storage.meetings import SqlMeetings
from storage.memberships import SqlMemberships
from storage.milestones import SqlMilestones
from storage.notices import SqlNotices
from storage.organisations import SqlOrganisations
from storage.own_data import SqlOwnData
from storage.path import SqlPath
from storage.people import SqlPeople
from storage.registrations import SqlRegistrations
from storage.reminders import SqlReminders
from storage.series import SqlSeries
from storage.statistics import SqlStatistics
from storage.support import SqlSupportRequests
from storage.votes import SqlVotes


class SqlUnitOfWork:
    """The repositories of one transaction; who opened it commits. Made anew for each turn."""

    def __init__(self, connection: Connection, staff_ids: frozenset[int]) -> None:
        self.people = SqlPeople(connection, staff_ids)
        self.organisations = SqlOrganisations(connection)
        self.coalitions = SqlCoalitions(connection)
        self.memberships = SqlMemberships(connection)
        self.meetings = SqlMeetings(connection)
        self.milestones = SqlMilestones(connection)
        self.series = SqlSeries(connection)
        self.afterwards = SqlAfterwards(connection)
        self.date_polls = SqlDatePolls(connection)
        self.path = SqlPath(connection)
        self.votes = SqlVotes(connection)
        self.commitment_cards = SqlCommitmentCards(connection)
        self.campaigns = SqlCampaigns(connection)
        self.level_requests = SqlLevelRequests(connection)
        self.invitations = SqlInvitations(connection)
        self.support = SqlSupportRequests(connection)
        self.findings = SqlFindings(connection)
        self.actions = SqlActions(connection)
        self.groups = SqlGroups(connection)
        self.group_cards = SqlGroupCards(connection)
        self.forums = SqlForums(connection)
        self.registrations = SqlRegistrations(connection)
        self.forum_questions = SqlForumQuestions(connection)
        self.doors = SqlDoors(connection)
        self.feeds = SqlFeeds(connection)
        self.own_data = SqlOwnData(connection)
        self.statistics = SqlStatistics(connection)
        self.exports = SqlExports(connection)
        self.reminders = SqlReminders(connection)
        self.notices = SqlNotices(connection)
        self.announcements = SqlAnnouncements(connection, staff_ids)
        self.drafts = SqlDrafts(connection)
        self.health = SqlHealth(connection)
        self.audit = SqlAudit(connection)
