"""Ask again for the cards of a campaign, by hand: at most once a day each coalition, and each person."""

from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.errors import NobodyFacilitates, TooEarly, TooLate
from programme.ids import CampaignId, CoalitionId, PersonId
from programme.notices import CampaignChased
from programme.people import Person
from programme.ports import UnitOfWork
from programme.reminders import out_of_quiet_hours
from programme.usecases.campaign_board import awaited_coalitions
from programme.usecases.change_campaign import open_campaign_of


def chase_campaign(
    uow: UnitOfWork,
    by: PersonId,
    campaign_id: CampaignId,
    coalition_id: CoalitionId | None,
    now: datetime,
    zone: ZoneInfo,
) -> int:
    """Ask who facilitates the coalitions whose card is awaited, or one of them, and give how many they are.

    Quiet hours hold the message back until they end; who has paused is left alone. Raises NotAllowed, NotFound,
    TooEarly before the first day, TooLate where the card is there or everybody was asked today, or NobodyFacilitates.
    """
    campaign = open_campaign_of(uow, by, campaign_id)
    if now < campaign.opens_at:
        raise TooEarly
    today = now.astimezone(zone).date()
    chased = uow.campaigns.chased(campaign.id)
    awaited = [one.id for one in awaited_coalitions(uow, campaign) if coalition_id in {None, one.id}]
    left = [one for one in awaited if chased.get(one) != today]
    if not left:
        raise TooLate
    led = {one: people for one in left if (people := _willing(uow, one, now, zone))}
    if not led:
        raise TooLate if len(left) < len(awaited) else NobodyFacilitates
    told = {person.id: person for people in led.values() for person in people}
    for person in told.values():
        at = out_of_quiet_hours(now, person.preferences.quiet_hours, zone)
        uow.notices.tell([person.id], CampaignChased(campaign.id), f"campaign_chased:{campaign.id}:{today}", at)
    uow.campaigns.note_chased(campaign.id, led, today)
    counted = {"coalitions": len(led), "people": len(told)}
    uow.audit.add(AuditLine(now, by, "chase_campaign", f"campaign:{campaign.id}", counted))
    return len(told)


def _willing(uow: UnitOfWork, coalition_id: CoalitionId, now: datetime, zone: ZoneInfo) -> list[Person]:
    """Give who facilitates a coalition, can be reached and has not paused."""
    today = now.astimezone(zone).date()
    people = [uow.people.get(person_id) for person_id in uow.memberships.facilitators(coalition_id)]
    paused = {one.id for one in people if (until := one.preferences.paused_until) is not None and today < until}
    return [one for one in people if one.reachable and one.id not in paused]
