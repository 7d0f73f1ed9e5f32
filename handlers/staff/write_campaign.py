"""Open a campaign, and change the one that is open: a title, its days, a word to those who are asked."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from handlers.feature import Feature
from handlers.forms import Day, Form, Question, Text, open_form
from handlers.members.milestones import today
from handlers.reply import Reply, say
from handlers.screen import Screen, lines
from handlers.staff.campaigns import board_screen, show_campaigns
from handlers.turn import Turn
from locales import _
from programme.campaigns import CAMPAIGN_TITLE_MAX, CAMPAIGN_WORD_MAX
from programme.errors import NotFound, Outdated
from programme.ids import CampaignId
from programme.usecases.change_campaign import ChangedPlan, change_campaign, open_campaign_of
from programme.usecases.open_campaign import CampaignPlan, open_campaign
from programme.usecases.rights import require_staff

SUMMER: Final = 7
"""From which month on the next spring is that of the year to come."""


@dataclass(frozen=True, slots=True)
class ChangedCampaign:
    """A campaign as it should be, and which one it is."""

    title: str
    due_on: date
    word: str = ""
    campaign: str = ""


def start_opening(turn: Turn) -> Reply:
    """Open the conversation that opens a campaign; raises Outdated where one is open already."""
    require_staff(turn.uow, turn.me.id)
    if turn.uow.campaigns.open_one() is not None:
        raise Outdated
    return open_form(turn, OPEN_CAMPAIGN)


def start_changing(turn: Turn) -> Reply:
    """Open the review of the campaign, every line of which can be corrected."""
    campaign = open_campaign_of(turn.uow, turn.me.id, CampaignId(turn.number(0)))
    known = {"title": campaign.title, "due_on": campaign.due_on.isoformat(), "word": campaign.word or None}
    return open_form(turn, CHANGE_CAMPAIGN, context={"campaign": str(campaign.id)}, known=known)


def _spring(turn: Turn) -> str:
    on = today(turn)
    year = on.year + 1 if on.month >= SUMMER else on.year
    return turn.language.plain("Spring commitments {year}", year=year)


def _open(turn: Turn, plan: CampaignPlan) -> Reply:
    campaign = open_campaign(turn.uow, turn.me.id, plan, turn.now, turn.territory.zone)
    language = turn.language
    told = language.say("The campaign is open: I tell who facilitates.")
    if campaign.opens_at > turn.now:
        told = language.say("The campaign is kept: I tell who facilitates on {day}.", day=language.day(plan.opens_on))
    text = lines(told, language.say("As long as a card is awaited, I remind of it until three days after the end."))
    return say(Screen(text), board_screen(turn, campaign.id, 0))


def _change(turn: Turn, told: ChangedCampaign) -> Reply:
    if not told.campaign.isdecimal():
        raise NotFound
    plan = ChangedPlan(told.title, told.due_on, told.word)
    campaign_id = CampaignId(int(told.campaign))
    campaign = change_campaign(turn.uow, turn.me.id, campaign_id, plan, turn.now, turn.territory.zone)
    return say(board_screen(turn, campaign.id, 0))


TITLE = Question(
    "title",
    _("What is the campaign called?"),
    Text(longest=CAMPAIGN_TITLE_MAX, suggestion=_spring),
    label=_("Title"),
)
DUE_ON = Question(
    "due_on",
    _("By which day is each card to be published?"),
    Day(past=False, today=False),
    hint=_("For example: 18/06, in three months"),
    label=_("Deadline"),
)
WORD = Question(
    "word",
    _("A word to those who facilitate?"),
    Text(longest=CAMPAIGN_WORD_MAX, multiline=True),
    hint=_("For example: the cards are read out at the council of June."),
    label=_("Word"),
    optional=True,
)

OPEN_CAMPAIGN = Form(
    name="open_campaign",
    version=1,
    into=CampaignPlan,
    questions=(
        TITLE,
        Question(
            "opens_on",
            _("On which day does it begin?"),
            Day(past=False),
            hint=_("Those who facilitate are told that morning; for today, at once."),
            label=_("First day"),
        ),
        DUE_ON,
        WORD,
    ),
    review=_("The campaign"),
    submit=_open,
)
CHANGE_CAMPAIGN = Form(
    name="change_campaign",
    version=1,
    into=ChangedCampaign,
    questions=(TITLE, DUE_ON, WORD),
    review=_("The campaign, as it will be kept"),
    submit=_change,
)

FEATURE = Feature(
    buttons={"campaign.new": start_opening, "campaign.edit": start_changing},
    forms=(OPEN_CAMPAIGN, CHANGE_CAMPAIGN),
    again={OPEN_CAMPAIGN.name: show_campaigns, CHANGE_CAMPAIGN.name: show_campaigns},
)
