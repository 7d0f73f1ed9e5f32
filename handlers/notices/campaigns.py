"""Notices about campaigns: opened, near its end, over; a new deadline; and, to staff, what came of one."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.cards.campaign import awaited_lines, campaign_head, deadline_words
from handlers.cards.commitment import agreement_words
from handlers.forms.option import LABEL_MAX
from handlers.forms.wording import bold, shortened
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, lines, paragraphs
from locales import language_for
from programme import notices
from programme.campaigns import Campaign, CampaignState, Standing
from programme.ids import CampaignId
from programme.leads import Lead
from programme.usecases.campaign_board import awaited_coalitions, awaited_from

CARDS_MOST = 4
"""How many coalitions have a button of their own; who facilitates more finds them under /fiche."""
NAMES_MOST = 12


def campaign_opened(notice: notices.CampaignOpened, reader: Reader) -> Screen:
    """Tell who facilitates until when their coalition is asked for its card, with the word of staff."""
    campaign, awaited = _awaited(notice.campaign_id, reader)
    told = reader.language.say("Each coalition is asked to publish its commitment card, new or renewed.")
    word = reader.language.say("{word}", word=campaign.word) if campaign.word else None
    return _asking(notice, campaign, awaited, reader, told, word)


def campaign_reminder(notice: notices.CampaignReminder, reader: Reader) -> Screen:
    """Remind who facilitates that the card of their coalition is awaited, in words that are true today."""
    campaign, awaited = _awaited(notice.campaign_id, reader)
    today = reader.now.astimezone(reader.territory.zone).date()
    paused_until = reader.person.preferences.paused_until
    if paused_until is not None and today < paused_until:
        raise Untrue("paused")
    if campaign.version != notice.version:
        raise Untrue("moved")
    if today > campaign.due_on and notice.lead is not Lead.THREE_DAYS_AFTER:
        raise Untrue("too late")
    return _asking(notice, campaign, awaited, reader, reader.language.say("The commitment card is awaited."))


def campaign_chased(notice: notices.CampaignChased, reader: Reader) -> Screen:
    """Ask again in the name of staff."""
    campaign, awaited = _awaited(notice.campaign_id, reader)
    told = reader.language.say("The project team asks how far your commitment card is.")
    return _asking(notice, campaign, awaited, reader, told)


def campaign_moved(notice: notices.CampaignMoved, reader: Reader) -> Screen:
    """Tell the new deadline."""
    campaign, awaited = _awaited(notice.campaign_id, reader)
    if campaign.version != notice.version:
        raise Untrue("moved again")
    told = reader.language.say("There is another deadline.")
    return _asking(notice, campaign, awaited, reader, told)


def campaign_closed(notice: notices.CampaignClosed, reader: Reader) -> Screen:
    """Tell the others of the team what came of a campaign, and who has not published."""
    if not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    language, campaign = reader.language, reader.uow.campaigns.get(notice.campaign_id)
    names = [coalition.name for coalition in awaited_coalitions(reader.uow, campaign)]
    others = len(names) - NAMES_MOST
    more = [language.plain_n("{n} other", "{n} others", others)] if others > 0 else []
    text = paragraphs(
        campaign_head(campaign, language, reader.territory, reader.now),
        language.say("Without a new card: {names}", names=language.listing([*names[:NAMES_MOST], *more]))
        if names
        else language.say("Every card is published."),
    )
    see = (button(language.plain("Campaigns"), "campaigns"),)
    return Screen(text, (see, why_button(notice, language), *way_out(language)))


def _awaited(campaign_id: CampaignId, reader: Reader) -> tuple[Campaign, Sequence[Standing]]:
    """Give the campaign and how far the reader's coalitions are; raises Untrue where nothing is awaited of them."""
    campaign = reader.uow.campaigns.get(campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise Untrue("closed")
    # A card speaks the language of the territory, whoever reads of it.
    french = language_for(None)
    standings = awaited_from(
        reader.uow, campaign, reader.person.id, reader.territory, lambda known: agreement_words(known, french)
    )
    if not standings:
        raise Untrue("published, or facilitates no more")
    return campaign, standings


def _asking(
    notice: notices.Notice,
    campaign: Campaign,
    awaited: Sequence[Standing],
    reader: Reader,
    told: Markup,
    word: Markup | None = None,
) -> Screen:
    language, today = reader.language, reader.now.astimezone(reader.territory.zone).date()
    text = paragraphs(
        lines(bold(campaign.title), told, deadline_words(campaign, today, language)),
        word,
        awaited_lines(awaited[:CARDS_MOST], language, reader.territory),
    )
    cards = (
        (
            button(
                shortened(language.plain("Card: {name}", name=one.coalition.name), LABEL_MAX), "card", one.coalition.id
            ),
        )
        for one in awaited[:CARDS_MOST]
    )
    return Screen(text, (*cards, why_button(notice, language), *way_out(language)))
