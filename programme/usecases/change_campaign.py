"""Change an open campaign: its words, its deadline, which the chasers follow, or its end."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.campaigns import CAMPAIGN_TITLE_MAX, CAMPAIGN_WORD_MAX, Campaign, CampaignState, Result
from programme.errors import TooLate
from programme.ids import CampaignId, PersonId
from programme.leads import EventKind
from programme.notices import CampaignClosed, CampaignMoved
from programme.ports import UnitOfWork
from programme.texts import checked_line, checked_text
from programme.usecases.add_milestone import day_to_come
from programme.usecases.campaign_board import awaited_coalitions
from programme.usecases.open_campaign import ask_in_time, last_day
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class ChangedPlan:
    """An open campaign as it should be."""

    title: str
    due_on: date
    word: str = ""


def open_campaign_of(uow: UnitOfWork, by: PersonId, campaign_id: CampaignId) -> Campaign:
    """Give an open campaign to staff; raises NotAllowed, NotFound, or TooLate once it is closed."""
    require_staff(uow, by)
    campaign = uow.campaigns.get(campaign_id)
    if campaign.state is not CampaignState.OPEN:
        raise TooLate
    return campaign


def change_campaign(
    uow: UnitOfWork, by: PersonId, campaign_id: CampaignId, plan: ChangedPlan, now: datetime, zone: ZoneInfo
) -> Campaign:
    """Keep its new lines; whoever is asked for a card is told of another deadline, once the campaign has begun.

    Raises NotAllowed, NotFound, NotWellFormed, TooLate, InThePast or EndsBeforeStart.
    """
    campaign = open_campaign_of(uow, by, campaign_id)
    moved = plan.due_on != campaign.due_on
    opens_on = campaign.opens_at.astimezone(zone).date()
    changed = replace(
        campaign,
        title=checked_line(plan.title, "title", CAMPAIGN_TITLE_MAX),
        word=checked_text(plan.word, "word", CAMPAIGN_WORD_MAX, may_be_empty=True),
        due_on=last_day(day_to_come(plan.due_on, now, zone), opens_on) if moved else campaign.due_on,
        version=campaign.version + int(moved),
    )
    if changed == campaign:
        return campaign
    uow.campaigns.save(changed)
    if moved:
        ask_in_time(uow, changed, now, zone)
        if changed.opens_at <= now:
            notice = CampaignMoved(changed.id, changed.version)
            told = sorted(_asked(uow, changed))
            uow.notices.tell(told, notice, f"campaign_moved:{changed.id}:{changed.version}", now)
    uow.audit.add(AuditLine(now, by, "change_campaign", f"campaign:{changed.id}", {"due_on": f"{changed.due_on}"}))
    return changed


def close_campaign(uow: UnitOfWork, by: PersonId, campaign_id: CampaignId, now: datetime) -> Campaign:
    """End a campaign: nobody is asked any more, and the others of the team read what came of it.

    Raises NotAllowed, NotFound, or TooLate where a colleague closed it before.
    """
    campaign = open_campaign_of(uow, by, campaign_id)
    active, awaited = len(uow.coalitions.active()), len(awaited_coalitions(uow, campaign))
    closed = replace(campaign, state=CampaignState.CLOSED, closed_at=now, result=Result(active - awaited, active))
    uow.campaigns.save(closed)
    for event in (EventKind.CAMPAIGN, EventKind.CAMPAIGN_OPENING):
        uow.reminders.cancel(event, closed.id)
    colleagues = [person.id for person in uow.people.staff() if person.id != by]
    uow.notices.tell(colleagues, CampaignClosed(closed.id), f"campaign_closed:{closed.id}", now)
    uow.audit.add(AuditLine(now, by, "close_campaign", f"campaign:{closed.id}"))
    return closed


def _asked(uow: UnitOfWork, campaign: Campaign) -> set[PersonId]:
    """Give who facilitates a coalition whose card is awaited."""
    awaited = awaited_coalitions(uow, campaign)
    return {person for coalition in awaited for person in uow.memberships.facilitators(coalition.id)}
