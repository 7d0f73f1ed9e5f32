"""The card of a coalition's road: every step on it, and a tap that marks one as done."""

from typing import Final

from handlers.cards.road import road_lines
from handlers.group_cards.reader import CardReader
from handlers.names import step_name
from handlers.screen import Button, Screen, button, link
from programme.ids import CoalitionId
from programme.path import Step, current_step
from programme.usecases.steps import seem_done

OFFERED: Final = 3
"""How many steps the card offers to mark as done at most."""


def steps_card(subject_id: int, reader: CardReader) -> Screen:
    """Show the road of a coalition in a group; who facilitates it marks steps as done by a tap."""
    coalition, language = reader.uow.coalitions.get(CoalitionId(subject_id)), reader.language
    steps = reader.uow.path.steps(coalition.id)
    offered = {current_step(steps), *seem_done(reader.uow, coalition.id, reader.now)}
    rows: list[tuple[Button, ...]] = [
        (button(language.plain("Done: {step}", step=step_name(step, language)), "step.done", coalition.id, step.value),)
        for step in [each for each in Step if each in offered][:OFFERED]
    ]
    address = f"https://t.me/{reader.bot_username}?start=steps_{coalition.code}"
    rows.append((link(language.plain("Read it in private"), address),))
    text = road_lines(reader.uow, coalition, language, reader.territory, reader.now)
    return Screen(text, tuple(rows))
