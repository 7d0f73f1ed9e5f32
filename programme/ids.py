"""The identifiers of the programme's records."""

from typing import NewType

PersonId = NewType("PersonId", int)
OrganisationId = NewType("OrganisationId", int)
CoalitionId = NewType("CoalitionId", int)
MembershipId = NewType("MembershipId", int)
MeetingId = NewType("MeetingId", int)
MilestoneId = NewType("MilestoneId", int)
ReminderId = NewType("ReminderId", int)
TelegramId = NewType("TelegramId", int)
