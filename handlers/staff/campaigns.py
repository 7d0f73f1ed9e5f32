"""`/campagne`: the board of the campaign that is open, and the results of those that are over."""

from handlers.cards.campaign import MARKS, campaign_head, counts_line, result_line, standing_line
from handlers.cards.commitment import in_words
from handlers.feature import Feature
from handlers.forms.option import LABEL_MAX
from handlers.forms.wording import shortened
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.campaigns import Board, Campaign, CampaignState
from programme.ids import CampaignId
from programme.usecases.campaign_board import campaign_board
from programme.usecases.change_campaign import close_campaign, open_campaign_of
from programme.usecases.rights import require_staff


def show_campaigns(turn: Turn) -> Reply:
    """Show the board of the campaign that is open; where there is none, those that are over."""
    require_staff(turn.uow, turn.me.id)
    campaign = turn.uow.campaigns.open_one()
    return _past(turn, 0) if campaign is None else turn.show(board_screen(turn, campaign.id, 0))


def show_past(turn: Turn) -> Reply:
    """Show the campaigns that are over, and open another one where none is open."""
    require_staff(turn.uow, turn.me.id)
    return _past(turn, turn.number(0) if turn.word(0) else 0)


def show_board(turn: Turn) -> Reply:
    """Show a page of the board of one campaign."""
    return turn.show(board_screen(turn, CampaignId(turn.number(0)), turn.number(1) if turn.word(1) else 0))


def ask_before_closing(turn: Turn) -> Reply:
    """Say what closing means, and ask."""
    campaign, language = open_campaign_of(turn.uow, turn.me.id, CampaignId(turn.number(0))), turn.language
    text = lines(
        language.say("<b>Close “{title}”?</b>", title=campaign.title),
        language.say("Nobody is reminded any more, and the team reads what came of it."),
    )
    sure = button(language.plain("Yes, close it"), "campaign.close.sure", campaign.id)
    return turn.show(Screen(text, ((sure, button(language.plain("No, go back"), "campaign", campaign.id, 0)),)))


def close(turn: Turn) -> Reply:
    """Close the campaign."""
    campaign = close_campaign(turn.uow, turn.me.id, CampaignId(turn.number(0)), turn.now)
    return turn.show(board_screen(turn, campaign.id, 0), toast=turn.language.plain("Closed: the team is told."))


def board_screen(turn: Turn, campaign_id: CampaignId, number: int) -> Screen:
    """Give a page of a campaign's board with what can be done; what came of it once it is closed."""
    language = turn.language
    board = campaign_board(turn.uow, turn.me.id, campaign_id, turn.territory, in_words(turn))
    head = campaign_head(board.campaign, language, turn.territory, turn.now)
    if board.campaign.state is CampaignState.CLOSED:
        return Screen(head, way_out(language, "campaigns.past", 0))
    page = page_of(board.standings, number)
    text = paragraphs(
        lines(head, counts_line(board, language)),
        lines(*(standing_line(one, language, turn.territory) for one in page.things))
        or language.say("No coalition is active yet."),
    )
    rows = (
        *(
            (button(shortened(f"{MARKS[one.progress]} {one.coalition.name}", LABEL_MAX), "card", one.coalition.id),)
            for one in page.things
        ),
        *page.turner(language, "campaign", campaign_id),
        *_deeds(turn, board),
        *way_out(language, "team"),
    )
    return Screen(text, rows)


def _deeds(turn: Turn, board: Board) -> tuple[tuple[Button, ...], ...]:
    plain, campaign_id = turn.language.plain, board.campaign.id
    awaited = sum(one.late for one in board.standings)
    begun = board.campaign.opens_at <= turn.now
    remind = (button(plain("Remind ({n})", n=awaited), "campaign.chasing", campaign_id, 0),)
    change = button(plain("Change it"), "campaign.edit", campaign_id)
    past = ((button(plain("Earlier campaigns"), "campaigns.past", 0),),) if turn.uow.campaigns.closed() else ()
    return (
        *((remind,) if awaited and begun else ()),
        (change, button(plain("Close it"), "campaign.close", campaign_id)),
        *past,
    )


def _past(turn: Turn, number: int) -> Reply:
    language, opened = turn.language, turn.uow.campaigns.open_one()
    page = page_of(turn.uow.campaigns.closed(), number)
    text = paragraphs(
        lines(
            language.say("<b>Campaigns</b>"),
            language.say("A campaign asks every coalition for its commitment card, by a deadline."),
        ),
        lines(*(_over(turn, one) for one in page.things)) or language.say("None is over yet."),
    )
    start = (button(language.plain("Open a campaign"), "campaign.new"),)
    board = (button(language.plain("The campaign that is open"), "campaigns"),)
    rows = (
        *((button(shortened(one.title, LABEL_MAX), "campaign", one.id, 0),) for one in page.things),
        *page.turner(language, "campaigns.past"),
        start if opened is None else board,
        *way_out(language, "team"),
    )
    return turn.show(Screen(text, rows))


def _over(turn: Turn, campaign: Campaign) -> str:
    result = result_line(campaign, turn.language) or ""
    return turn.language.say("• <b>{title}</b>: {result}", title=campaign.title, result=result)


FEATURE = Feature(
    commands={"campagne": show_campaigns},
    buttons={
        "campaigns": show_campaigns,
        "campaigns.past": show_past,
        "campaign": show_board,
        "campaign.close": ask_before_closing,
        "campaign.close.sure": close,
    },
)
