"""Milestones in a group: the list with what is left of each, done in one tap; adding one goes on in private."""

from handlers.cards.milestone import milestone_lines
from handlers.facilitators import add_milestone
from handlers.feature import Feature
from handlers.groups.here import for_facilitator, for_member, in_private, not_bound
from handlers.members.milestones import milestones_of, today
from handlers.navigation import page_of
from handlers.reply import Reply, say_in_passing
from handlers.screen import Screen, button, paragraphs
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.errors import NotAllowed
from programme.ids import MilestoneId
from programme.milestones import MilestoneState
from programme.usecases.bind_group import bound_coalition
from programme.usecases.change_milestone import complete_milestone
from programme.usecases.rights import facilitates, is_member


def begin(turn: Turn, coalition: Coalition) -> Reply:
    """Open the conversation in private; the group reads one line when it is done."""
    group = turn.chat
    return in_private(turn, lambda private: add_milestone.begin(private, coalition, group))


def show(turn: Turn, coalition: Coalition) -> Reply:
    """Answer with the coalition's milestones and the programme's, the nearest first."""
    return turn.show(_listed(turn, coalition, 0))


def turn_page(turn: Turn) -> Reply:
    """Turn a page of the list, for a member."""
    coalition = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
    if coalition is None:
        return say_in_passing(not_bound(turn))
    own = turn.me.id
    if not (is_member(turn.uow, own, coalition.id) or facilitates(turn.uow, own, coalition.id)):
        raise NotAllowed
    return turn.show(_listed(turn, coalition, turn.number(0)))


def complete(turn: Turn) -> Reply:
    """Note in one tap of its owner or a facilitator that a milestone is reached; the list changes in place."""
    complete_milestone(turn.uow, turn.me.id, MilestoneId(turn.number(0)), turn.now)
    noted = turn.language.plain("Noted: reached. Well done!")
    coalition = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
    if coalition is None:
        return Reply(toast=noted)
    return turn.show(_listed(turn, coalition, turn.number(1) if turn.word(1) else 0), toast=noted)


def _listed(turn: Turn, coalition: Coalition, number: int) -> Screen:
    language = turn.group_language or turn.language
    page = page_of(milestones_of(turn, coalition), number)
    text = paragraphs(
        language.say("<b>Milestones</b> · {name}", name=coalition.name),
        milestone_lines(page.things, turn.uow, language, turn.territory, today(turn))
        or language.say("There is none yet."),
    )
    done = tuple(
        (button(language.plain("✓ Reached: {title}", title=one.title), "milestone.done", one.id, page.number),)
        for one in page.things
        if one.state is MilestoneState.OPEN and one.coalition_id is not None
    )
    return Screen(text, (*done, *page.turner(language, "milestones")))


FEATURE = Feature(
    group_commands={"jalon": for_facilitator(begin), "jalons": for_member(show)},
    group_buttons={"milestones": turn_page, "milestone.done": complete},
)
