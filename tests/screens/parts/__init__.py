"""The parts of the tour, in the order in which they are walked: time only goes forward."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from tests.screens.parts import (
    actions,
    coalitions,
    conversations,
    first_contact,
    forum_places,
    forums,
    groups,
    meetings,
    milestones,
    own_data,
    project_team,
    settings,
    without_words,
)
from tests.screens.tour import Tour


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the page, and the walk that shows what stands under it."""

    title: str
    walk: Callable[[Tour], Awaitable[None]]


PARTS: Final = (
    Part("What Telegram shows by itself", without_words.walk),
    Part("First contact", first_contact.walk),
    Part("Menu, help, and what is not understood", first_contact.walk_around),
    Part("Coalitions", coalitions.walk),
    Part("Requests and invitations", coalitions.walk_requests),
    Part("A coalition is proposed", project_team.walk),
    Part("Questions and their answers", conversations.walk),
    Part("An action is logged", actions.walk),
    Part("Actions afterwards", actions.walk_afterwards),
    Part("Settings", settings.walk),
    Part("Groups", groups.walk),
    Part("A forum is announced", forums.walk),
    Part("A place at a forum", forum_places.walk),
    Part("A forum is changed", forums.walk_changes),
    Part("Meetings", meetings.walk),
    Part("Agenda and calendar", meetings.walk_agenda),
    Part("Summary of the week", settings.walk_digest),
    Part("Before and after a forum", forum_places.walk_reminders),
    Part("Conversations left open", conversations.walk_left),
    Part("Milestones", milestones.walk),
    Part("One’s own data", own_data.walk),
)
