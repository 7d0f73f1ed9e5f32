"""The identifiers of the programme's records."""

from typing import NewType

PersonId = NewType("PersonId", int)
OrganisationId = NewType("OrganisationId", int)
CoalitionId = NewType("CoalitionId", int)
MembershipId = NewType("MembershipId", int)
MeetingId = NewType("MeetingId", int)
MilestoneId = NewType("MilestoneId", int)
ActionId = NewType("ActionId", int)
ForumId = NewType("ForumId", int)
PitchId = NewType("PitchId", int)
RegistrationId = NewType("RegistrationId", int)
ReminderId = NewType("ReminderId", int)
TelegramId = NewType("TelegramId", int)
