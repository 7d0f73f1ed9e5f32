"""Open a campaign: who facilitates is told on its first day, and asked again as long as a card is awaited."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.campaigns import CAMPAIGN_TITLE_MAX, CAMPAIGN_WORD_MAX, Campaign
from programme.errors import EndsBeforeStart
from programme.ids import CampaignId, PersonId
from programme.leads import EventKind
from programme.ports import UnitOfWork
from programme.reminders import campaign_opening, campaign_reminders, on_the_clock
from programme.texts import checked_line, checked_text
from programme.usecases.add_milestone import day_to_come
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What staff say of a campaign: its first day, its last, and a word to those who are asked."""

    title: str
    opens_on: date
    due_on: date
    word: str = ""


def open_campaign(uow: UnitOfWork, by: PersonId, plan: CampaignPlan, now: datetime, zone: ZoneInfo) -> Campaign:
    """Keep a campaign, the only one that is open.

    Raises NotAllowed, NotWellFormed, InThePast, EndsBeforeStart, or Outdated where another one is open.
    """
    require_staff(uow, by)
    opens_on = day_to_come(plan.opens_on, now, zone)
    campaign = uow.campaigns.add(
        Campaign(
            id=CampaignId(0),
            title=checked_line(plan.title, "title", CAMPAIGN_TITLE_MAX),
            word=checked_text(plan.word, "word", CAMPAIGN_WORD_MAX, may_be_empty=True),
            opens_at=on_the_clock(opens_on, time(0), zone),
            due_on=last_day(plan.due_on, opens_on),
            opened_by=by,
        )
    )
    opening = campaign_opening(opens_on, campaign.due_on, zone)
    uow.reminders.plan(EventKind.CAMPAIGN_OPENING, campaign.id, campaign.version, [opening])
    ask_in_time(uow, campaign, now, zone)
    uow.audit.add(AuditLine(now, by, "open_campaign", f"campaign:{campaign.id}"))
    return campaign


def last_day(due_on: date, opens_on: date) -> date:
    """Give the day; raises EndsBeforeStart where it does not come after the first one."""
    if due_on <= opens_on:
        raise EndsBeforeStart
    return due_on


def ask_in_time(uow: UnitOfWork, campaign: Campaign, now: datetime, zone: ZoneInfo) -> None:
    """Plan when the cards are asked for again, by the campaign's present version; what is over is left out."""
    opens_on = campaign.opens_at.astimezone(zone).date()
    ahead = [planned for planned in campaign_reminders(opens_on, campaign.due_on, zone) if planned.due_at > now]
    uow.reminders.plan(EventKind.CAMPAIGN, campaign.id, campaign.version, ahead)
