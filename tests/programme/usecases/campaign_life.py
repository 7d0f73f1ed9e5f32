"""A spring campaign for stories: opened by Anne, cards published, time that goes by."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from programme.campaigns import Campaign
from programme.coalitions import Coalition
from programme.commitment_cards import CardFields, CommitmentCard
from programme.ids import CommitmentCardId
from programme.usecases.commitment_card import latest_card
from programme.usecases.open_campaign import CampaignPlan, open_campaign
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

TODAY: Final = date(2026, 11, 24)
DEADLINE: Final = date(2027, 2, 1)
SPRING: Final = CampaignPlan("Engagements de printemps", TODAY, DEADLINE, "Le conseil lira chaque fiche.")
FIELDS: Final = CardFields("Isoler", ("ENIB",), "Chaque mois", ("Un toit",), ("mobility",))


def nine(day: date) -> datetime:
    """Nine in the morning in Brest."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=PARIS).astimezone(UTC)


def days_from_deadline(days: int) -> datetime:
    """Nine in the morning, so many days after the deadline."""
    return nine(DEADLINE + timedelta(days=days))


def opened(town: Town, plan: CampaignPlan = SPRING, now: datetime = NOW) -> Campaign:
    """Have Anne open a campaign."""
    return open_campaign(town.uow, town.staff.id, plan, now, PARIS)


def publishes(town: Town, coalition: Coalition, at: datetime) -> CommitmentCard:
    """Have a coalition publish its next version."""
    latest = latest_card(town.uow, coalition.id)
    version = 1 if latest is None else latest.version + 1
    card = CommitmentCard(
        CommitmentCardId(0), coalition.id, version, coalition.name, FIELDS, ("Mobilités",), town.staff.id, at
    )
    return town.uow.commitment_cards.publish(card)
