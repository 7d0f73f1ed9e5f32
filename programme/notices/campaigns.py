"""Notices about campaigns, and levels of commitment."""

from dataclasses import dataclass

from programme.ids import (
    CampaignId,
    LevelRequestId,
    OrganisationId,
)
from programme.leads import Lead


@dataclass(frozen=True, slots=True)
class CampaignOpened:
    """To who facilitates: until when their coalition is asked for its commitment card."""

    campaign_id: CampaignId


@dataclass(frozen=True, slots=True)
class CampaignReminder:
    """To who facilitates a coalition whose card is awaited: its day comes near, is there, or is over."""

    campaign_id: CampaignId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class CampaignChased:
    """To who facilitates a coalition whose card is awaited: staff ask how far it is."""

    campaign_id: CampaignId


@dataclass(frozen=True, slots=True)
class CampaignMoved:
    """To who facilitates a coalition whose card is awaited: there is another deadline."""

    campaign_id: CampaignId
    version: int


@dataclass(frozen=True, slots=True)
class CampaignClosed:
    """To the others of the project team: what came of a campaign."""

    campaign_id: CampaignId


@dataclass(frozen=True, slots=True)
class LevelAsked:
    """To staff: an organisation asks for a level of commitment."""

    request_id: LevelRequestId


@dataclass(frozen=True, slots=True)
class LevelRecalled:
    """To staff: such a request has waited for more than three working days."""

    request_id: LevelRequestId


@dataclass(frozen=True, slots=True)
class LevelDecided:
    """To who asked: the level is confirmed, or not, as the request says when this is read."""

    request_id: LevelRequestId


@dataclass(frozen=True, slots=True)
class LevelLowered:
    """To staff: an organisation has gone down to a level, or has none any more (empty)."""

    organisation_id: OrganisationId
    level: str
