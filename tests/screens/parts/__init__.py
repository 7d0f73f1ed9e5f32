"""The parts of the tour, in the order of the page, and in which of the walks each is made: time only goes forward."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tests.screens.parts import (
    actions,
    after_meetings,
    announcements,
    campaigns,
    chairs,
    coalitions,
    commitment_card,
    conversations,
    counting,
    date_polls,
    first_contact,
    forum_days,
    forum_doors,
    forum_places,
    forums,
    group_meetings,
    groups,
    invitations,
    keeping_watch,
    launch,
    meetings,
    members,
    milestones,
    own_data,
    project_team,
    roadmap,
    roles,
    series,
    settings,
    support,
    support_desk,
    without_words,
)
from tests.screens.tour import Tour


class Walk(StrEnum):
    """One of the walks, each in a world of its own, so that they go side by side."""

    PROGRAMME = "programme"
    """What each person meets in the programme, one after the other."""
    COALITION = "coalition"
    """One coalition with its group, from its launch to its card."""
    FORUM = "forum"
    """Forums as they are held: days, pitches, questions, doors, and what comes after."""
    TEAM = "team"
    """What the project team does for the programme as a whole, over two years."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the page, and the walk that shows what stands under it."""

    title: str
    walk: Callable[[Tour], Awaitable[None]]
    among: Walk = Walk.PROGRAMME


PARTS: Final = (
    Part("What Telegram shows by itself", without_words.walk),
    Part("First contact", first_contact.walk),
    Part("Menu, help, and what is not understood", first_contact.walk_around),
    Part("Coalitions", coalitions.walk),
    Part("Requests and invitations", coalitions.walk_requests),
    Part("A coalition is proposed", project_team.walk),
    Part("Questions and their answers", conversations.walk),
    Part("Groups", groups.walk),
    Part("Steps of a coalition", launch.walk, Walk.COALITION),
    Part("How a coalition works", launch.walk_agreement, Walk.COALITION),
    Part("Who chairs", chairs.walk, Walk.COALITION),
    Part("Members", members.walk, Walk.COALITION),
    Part("Invitation links", invitations.walk, Walk.COALITION),
    Part("Meetings in a group", group_meetings.walk, Walk.COALITION),
    Part("Dates to choose from", date_polls.walk, Walk.COALITION),
    Part("Meetings that come again", series.walk, Walk.COALITION),
    Part("After a meeting", after_meetings.walk, Walk.COALITION),
    Part("Roadmap", roadmap.walk, Walk.COALITION),
    Part("Votes", roadmap.walk_votes, Walk.COALITION),
    Part("Milestones of a coalition", milestones.walk_own, Walk.COALITION),
    Part("Commitment card", commitment_card.walk, Walk.COALITION),
    Part("Somebody else facilitates", members.walk_leading, Walk.COALITION),
    Part("Groups that are lost", groups.walk_losses, Walk.COALITION),
    Part("An action is logged", actions.walk),
    Part("Actions afterwards", actions.walk_afterwards),
    Part("Settings", settings.walk),
    Part("Support from the project team", support.walk),
    Part("Support in a group", support.walk_group),
    Part("Resources", support.walk_resources),
    Part("A forum is announced", forums.walk),
    Part("A place at a forum", forum_places.walk),
    Part("A forum is changed", forums.walk_changes),
    Part("Meetings in private", meetings.walk),
    Part("Agenda and calendar", meetings.walk_agenda),
    Part("Sharing in any chat", support.walk_sharing),
    Part("Summary of the week", settings.walk_digest),
    Part("Before and after a forum", forum_places.walk_reminders),
    Part("Conversations left open", conversations.walk_left),
    Part("Milestones of the programme", milestones.walk),
    Part("One’s own data", own_data.walk),
    Part("A forum is changed line by line", forum_days.walk, Walk.FORUM),
    Part("Days of a forum", forum_days.walk_days, Walk.FORUM),
    Part("Pitches with seats", forum_days.walk_pitches, Walk.FORUM),
    Part("Rendez-vous in a series", forum_days.walk_series, Walk.FORUM),
    Part("Questions at registration", forum_doors.walk_questions, Walk.FORUM),
    Part("Helpers, and a message afterwards", forum_doors.walk_helpers, Walk.FORUM),
    Part("Who registered", forum_doors.walk_registrants, Walk.FORUM),
    Part("The day of a forum", forum_doors.walk_day, Walk.FORUM),
    Part("After a forum", forum_doors.walk_afterwards, Walk.FORUM),
    Part("Roles in the programme", roles.walk, Walk.TEAM),
    Part("The log", roles.walk_log, Walk.TEAM),
    Part("What has waited for long", roles.walk_recalls, Walk.TEAM),
    Part("An announcement", announcements.walk, Walk.TEAM),
    Part("Other announcements", announcements.walk_others, Walk.TEAM),
    Part("Health of the bot", keeping_watch.walk, Walk.TEAM),
    Part("Dashboard", counting.walk, Walk.TEAM),
    Part("Lists to take out", counting.walk_lists, Walk.TEAM),
    Part("The territory’s roadmap", counting.walk_roadmap, Walk.TEAM),
    Part("A campaign", campaigns.walk, Walk.TEAM),
    Part("Milestones for all", campaigns.walk_milestones, Walk.TEAM),
    Part("Levels of commitment", campaigns.walk_levels, Walk.TEAM),
    Part("Desk of support requests", support_desk.walk, Walk.TEAM),
    Part("Files about support requests", support_desk.walk_files, Walk.TEAM),
    Part("Silence", keeping_watch.walk_silence, Walk.TEAM),
)
"""Those of one walk are made in this order, after each other."""
