"""The road of a coalition in its group: one card, on which who facilitates marks steps as done."""

from handlers.facilitators.steps import tapped_step
from handlers.feature import Feature
from handlers.groups.here import for_member
from handlers.names import step_name
from handlers.reply import SILENCE, Reply, toast
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.errors import NotAllowed
from programme.groups import CardKind, Group, GroupCard
from programme.ids import CoalitionId
from programme.usecases.steps import mark_done


def show(turn: Turn, coalition: Coalition) -> Reply:
    """Say the card where it is asked for; the one that stood in the group goes."""
    here = Group(turn.chat.id, turn.chat.thread_id, coalition.id)
    turn.uow.group_cards.show(GroupCard(CardKind.STEPS, coalition.id), here, turn.now)
    return SILENCE


def mark(turn: Turn) -> Reply:
    """Mark a step as done by a tap on the card, which then changes in place; who is unknown goes on in private."""
    coalition, step = turn.uow.coalitions.get(CoalitionId(turn.number(0))), tapped_step(turn)
    if turn.person is None:
        return Reply(opens=f"https://t.me/{turn.bot_username}?start=steps_{coalition.code}")
    language, today = turn.language, turn.now.astimezone(turn.territory.zone).date()
    try:
        mark_done(turn.uow, turn.person.id, coalition.id, step, today, turn.now)
    except NotAllowed:
        words = language.plain(
            "Only those who facilitate the coalition “{coalition}” can do this.", coalition=coalition.name
        )
        return toast(words, alert=True)
    return toast(language.plain("Step done: {step}", step=step_name(step, language)))


FEATURE = Feature(group_commands={"etapes": for_member(show)}, group_buttons={"step.done": mark})
