"""How long before or after its event a reminder comes."""

from enum import StrEnum
from typing import Final


class EventKind(StrEnum):
    """What a reminder is about."""

    MEETING = "meeting"
    MILESTONE = "milestone"
    FORUM = "forum"
    AFTER_MEETING = "after_meeting"
    CHAIR = "chair"
    CAMPAIGN = "campaign"
    CAMPAIGN_OPENING = "campaign_opening"


class Lead(StrEnum):
    """How long before or after its event a reminder comes, as people choose it."""

    MONTH = "d-30"
    FORTNIGHT = "d-14"
    WEEK = "d-7"
    DAY = "d-1"
    HOURS = "h-2"
    SAME_DAY = "d-0"
    THREE_DAYS_AFTER = "d+3"
    TEN_DAYS_AFTER = "d+10"
    AFTERWARDS = "h+1"
    SEVEN_DAYS_AFTER = "d+7"


LEADS: Final = {
    EventKind.MEETING: (Lead.WEEK, Lead.DAY, Lead.HOURS),
    EventKind.MILESTONE: (
        Lead.MONTH,
        Lead.FORTNIGHT,
        Lead.WEEK,
        Lead.DAY,
        Lead.SAME_DAY,
        Lead.THREE_DAYS_AFTER,
        Lead.TEN_DAYS_AFTER,
    ),
    EventKind.FORUM: (Lead.MONTH, Lead.WEEK, Lead.DAY, Lead.HOURS, Lead.AFTERWARDS),
    EventKind.AFTER_MEETING: (Lead.AFTERWARDS, Lead.THREE_DAYS_AFTER, Lead.SEVEN_DAYS_AFTER),
    EventKind.CHAIR: (Lead.WEEK,),
    EventKind.CAMPAIGN: (
        Lead.MONTH,
        Lead.FORTNIGHT,
        Lead.WEEK,
        Lead.DAY,
        Lead.SAME_DAY,
        Lead.THREE_DAYS_AFTER,
    ),
    EventKind.CAMPAIGN_OPENING: (Lead.SAME_DAY,),
}
"""The reminders of each kind of event, in the order of time by default."""

CHOSEN_LEADS: Final = tuple(lead for lead in Lead if lead not in {Lead.AFTERWARDS, Lead.SEVEN_DAYS_AFTER})
"""The leads that people choose; the questions after an event are no reminders."""
