"""Move a milestone, correct its title or entrust it to somebody else: reminders follow."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.facilitators.add_milestone import DUE_ON, OWNER, TITLE
from handlers.facilitators.chosen_members import COALITION
from handlers.feature import Feature
from handlers.forms import Form, open_form
from handlers.members.milestones import LIST, milestone_screen
from handlers.reply import Reply, say
from handlers.said import Command
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound, TooLate
from programme.ids import MilestoneId, PersonId
from programme.milestones import MilestoneState
from programme.usecases.add_milestone import MilestonePlan
from programme.usecases.change_milestone import change_milestone, steered_milestone
from programme.usecases.rights import is_member


@dataclass(frozen=True, slots=True)
class ChangedMilestone:
    """A milestone as it should be, and which one it is."""

    title: str
    due_on: date
    owner: PersonId
    milestone: str = ""


def start(turn: Turn) -> Reply:
    """Open the review of a milestone, every line of which can be corrected."""
    milestone = steered_milestone(turn.uow, turn.me.id, MilestoneId(turn.number(0)))
    if milestone.state is not MilestoneState.OPEN or milestone.coalition_id is None:
        raise TooLate
    context = {COALITION: str(milestone.coalition_id), "milestone": str(milestone.id)}
    known: dict[str, Any] = {"title": milestone.title, "due_on": milestone.due_on.isoformat()}
    if milestone.owner_id is not None and is_member(turn.uow, milestone.owner_id, milestone.coalition_id):
        known["owner"] = str(milestone.owner_id)
    return open_form(turn, CHANGE_MILESTONE, context=context, known=known)


def _again(turn: Turn) -> Reply:
    return LIST(replace(turn, said=Command("jalons")))


def _change(turn: Turn, told: ChangedMilestone) -> Reply:
    if not told.milestone.isdecimal():
        raise NotFound
    plan, milestone_id = MilestonePlan(told.title, told.due_on, told.owner), MilestoneId(int(told.milestone))
    milestone = change_milestone(turn.uow, turn.me.id, milestone_id, plan, turn.now, turn.territory.zone)
    return say(milestone_screen(turn, milestone))


CHANGE_MILESTONE = Form(
    name="change_milestone",
    version=1,
    into=ChangedMilestone,
    questions=(TITLE, DUE_ON, OWNER),
    review=_("The milestone, as it will be kept"),
    submit=_change,
)
FEATURE = Feature(
    buttons={"milestone.edit": start},
    forms=(CHANGE_MILESTONE,),
    again={CHANGE_MILESTONE.name: _again},
)
