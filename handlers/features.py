"""Every feature, listed by hand, by audience."""

from typing import Final

from handlers.facilitators import move_meeting, plan_meeting, requests
from handlers.feature import Feature
from handlers.members import agenda, coalitions, first_contact, menu, propose_coalition, settings
from handlers.notices import why
from handlers.staff import team

FEATURES: Final[tuple[Feature, ...]] = (
    first_contact.FEATURE,
    menu.HELP,
    menu.FEATURE,
    coalitions.FEATURE,
    propose_coalition.FEATURE,
    agenda.FEATURE,
    settings.FEATURE,
    why.FEATURE,
    plan_meeting.FEATURE,
    move_meeting.FEATURE,
    requests.FEATURE,
    team.FEATURE,
)
