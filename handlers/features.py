"""Every feature, listed by hand, by audience."""

from typing import Final

from handlers.facilitators import move_meeting, offer_pitch, plan_meeting, requests
from handlers.feature import Feature
from handlers.groups import bind_group, group_help
from handlers.groups import log_action as log_action_in_group
from handlers.members import (
    actions,
    agenda,
    calendar_feed,
    coalitions,
    first_contact,
    forum,
    log_action,
    menu,
    own_data,
    propose_coalition,
    register,
    settings,
)
from handlers.notices import why
from handlers.staff import change_forum, forums, team

FEATURES: Final[tuple[Feature, ...]] = (
    first_contact.FEATURE,
    menu.HELP,
    menu.FEATURE,
    coalitions.FEATURE,
    propose_coalition.FEATURE,
    log_action.FEATURE,
    actions.FEATURE,
    forum.FEATURE,
    register.FEATURE,
    agenda.FEATURE,
    calendar_feed.FEATURE,
    settings.FEATURE,
    own_data.FEATURE,
    why.FEATURE,
    plan_meeting.FEATURE,
    move_meeting.FEATURE,
    requests.FEATURE,
    offer_pitch.FEATURE,
    team.FEATURE,
    forums.FEATURE,
    change_forum.FEATURE,
    bind_group.FEATURE,
    log_action_in_group.FEATURE,
    group_help.FEATURE,
)
