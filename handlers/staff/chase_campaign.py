"""Remind by hand who has not published in a campaign: all of them, or one coalition, once a day."""

from datetime import date

from markupsafe import Markup

from handlers.feature import Feature
from handlers.forms.option import LABEL_MAX
from handlers.forms.wording import shortened
from handlers.members.milestones import today
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.campaigns import Campaign
from programme.coalitions import Coalition
from programme.errors import NobodyFacilitates, TooLate
from programme.ids import CampaignId, CoalitionId
from programme.usecases.campaign_board import awaited_coalitions
from programme.usecases.change_campaign import open_campaign_of
from programme.usecases.chase_campaign import chase_campaign

ALL = "all"


def show_awaited(turn: Turn) -> Reply:
    """Show whose card is awaited, who facilitates there, and when they were last reminded by hand."""
    campaign = open_campaign_of(turn.uow, turn.me.id, CampaignId(turn.number(0)))
    return turn.show(_awaited_screen(turn, campaign, turn.number(1) if turn.word(1) else 0))


def chase(turn: Turn) -> Reply:
    """Remind all of them, or who facilitates one coalition, and say how many people that is."""
    campaign = open_campaign_of(turn.uow, turn.me.id, CampaignId(turn.number(0)))
    which = None if turn.word(1) == ALL else CoalitionId(turn.number(1))
    language, zone = turn.language, turn.territory.zone
    try:
        people = chase_campaign(turn.uow, turn.me.id, campaign.id, which, turn.now, zone)
    except TooLate:
        words = language.plain("Nobody was reminded: they were today already, or their card is there.")
    except NobodyFacilitates:
        words = language.plain("Nobody who facilitates can be reached just now: nobody was reminded.")
    else:
        words = language.plain_n("{n} person is reminded.", "{n} people are reminded.", people)
    return turn.show(_awaited_screen(turn, campaign, turn.number(2) if turn.word(2) else 0), toast=words)


def _awaited_screen(turn: Turn, campaign: Campaign, number: int) -> Screen:
    language, chased = turn.language, turn.uow.campaigns.chased(campaign.id)
    awaited = awaited_coalitions(turn.uow, campaign)
    page = page_of(awaited, number)
    text = paragraphs(
        lines(
            language.say("<b>Remind</b> · {title}", title=campaign.title),
            language.say("At most once a day, outside the quiet hours of each.") if awaited else None,
        ),
        lines(*(_line(turn, one, chased.get(one.id)) for one in page.things))
        or language.say("Every card is published."),
    )
    led = [one for one in awaited if turn.uow.memberships.facilitators(one.id)]
    left = [one for one in led if chased.get(one.id) != today(turn)]
    everybody = button(language.plain("Remind all ({n})", n=len(left)), "campaign.chase", campaign.id, ALL, page.number)
    rows = (
        *(((everybody,),) if left else ()),
        *(
            (button(shortened(one.name, LABEL_MAX), "campaign.chase", campaign.id, one.id, page.number),)
            for one in page.things
            if one in left
        ),
        *page.turner(language, "campaign.chasing", campaign.id),
        *way_out(language, "campaign", campaign.id, 0),
    )
    return Screen(text, rows)


def _line(turn: Turn, coalition: Coalition, chased_on: date | None) -> Markup:
    language = turn.language
    names = turn.uow.people.names(turn.uow.memberships.facilitators(coalition.id)).values()
    who = language.listing(names) if names else language.say("nobody facilitates it")
    facts = {"name": coalition.name, "who": who}
    if chased_on is None:
        return language.say("• <b>{name}</b>: {who}", **facts)
    return language.say("• <b>{name}</b>: {who}, reminded on {day}", **facts, day=language.short_day(chased_on))


FEATURE = Feature(buttons={"campaign.chasing": show_awaited, "campaign.chase": chase})
