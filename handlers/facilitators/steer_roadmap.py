"""Steer the roadmap: take an action off it, and have the members vote on it."""

from handlers.feature import Feature
from handlers.members.roadmap import roadmap_screen
from handlers.members.vote import vote_screen
from handlers.navigation import way_out
from handlers.reply import Reply
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from programme.actions import to_validate
from programme.errors import NotFound, TooLate
from programme.ids import ActionId, CoalitionId
from programme.usecases.propose_action import steered_action, take_off_roadmap
from programme.usecases.rights import led_coalition
from programme.usecases.vote import ROADMAP_ID, open_vote
from programme.votes import VoteSubject


def ask_to_take_off(turn: Turn) -> Reply:
    """Ask once before an action leaves the roadmap."""
    action, language = steered_action(turn.uow, turn.me.id, ActionId(turn.number(0))), turn.language
    if action.roadmap is None:
        raise NotFound
    text = lines(
        language.say("<b>Take “{title}” off the roadmap?</b>", title=action.title),
        language.say("It stays an action of the coalition."),
    )
    rows = (
        (
            button(language.plain("Take it off"), "roadmap.off.sure", action.id),
            button(language.plain("Keep it"), "roadmap.item", action.id),
        ),
    )
    return turn.show(Screen(text, rows))


def take_off(turn: Turn) -> Reply:
    """Take an action off the roadmap."""
    action = take_off_roadmap(turn.uow, turn.me.id, ActionId(turn.number(0)), turn.now)
    coalition = turn.uow.coalitions.get(action.coalition_id)
    return turn.show(roadmap_screen(turn, coalition, 0), toast=turn.language.plain("It is off the roadmap."))


def ask_to_vote(turn: Turn) -> Reply:
    """Ask once before the members are told to vote."""
    language, rules = turn.language, turn.territory.votes
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    waiting = len(to_validate(turn.uow.actions.roadmap(coalition.id)))
    if not waiting:
        raise TooLate
    text = lines(
        language.say_n(
            "<b>Have the members vote on {n} action?</b>", "<b>Have the members vote on {n} actions?</b>", waiting
        ),
        language.say_n(
            "They are told at once, and have {n} day to vote.",
            "They are told at once, and have {n} days to vote.",
            rules.days,
        ),
    )
    rows = (
        (button(language.plain("Open the vote"), "roadmap.vote.sure", coalition.id),),
        *way_out(language, "roadmap", coalition.id),
    )
    return turn.show(Screen(text, rows))


def have_voted(turn: Turn) -> Reply:
    """Open the vote on what is proposed; a second tap shows the one that is open."""
    rules, coalition_id = turn.territory.votes, CoalitionId(turn.number(0))
    vote = open_vote(turn.uow, turn.me.id, coalition_id, VoteSubject.ROADMAP, ROADMAP_ID, rules, turn.now)
    return turn.show(vote_screen(turn, vote), toast=turn.language.plain("The vote is open."))


FEATURE = Feature(
    buttons={
        "roadmap.off": ask_to_take_off,
        "roadmap.off.sure": take_off,
        "roadmap.vote": ask_to_vote,
        "roadmap.vote.sure": have_voted,
    }
)
