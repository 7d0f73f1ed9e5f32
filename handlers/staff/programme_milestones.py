"""Milestones of the whole programme, made and changed in chat; those of the territory file are changed there only."""

from dataclasses import dataclass
from datetime import date

from handlers.facilitators.add_milestone import DUE_ON, TITLE
from handlers.feature import Feature
from handlers.forms import Form, Question, Text, open_form
from handlers.members.milestones import milestone_screen, show_all
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound
from programme.ids import MilestoneId
from programme.milestones import MILESTONE_DETAIL_MAX
from programme.usecases.programme_milestones import (
    ProgrammePlan,
    add_programme_milestone,
    change_programme_milestone,
    changeable_milestone,
)
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class ChangedForAll:
    """A milestone as it should be, and which one it is."""

    title: str
    due_on: date
    detail: str = ""
    milestone: str = ""


def start_adding(turn: Turn) -> Reply:
    """Open the conversation that adds one."""
    require_staff(turn.uow, turn.me.id)
    return open_form(turn, ADD_FOR_ALL)


def start_changing(turn: Turn) -> Reply:
    """Open the review of one, every line of which can be corrected."""
    milestone = changeable_milestone(turn.uow, turn.me.id, MilestoneId(turn.number(0)))
    known = {
        "title": milestone.title,
        "due_on": milestone.due_on.isoformat(),
        "detail": milestone.detail or None,
    }
    return open_form(turn, CHANGE_FOR_ALL, context={"milestone": str(milestone.id)}, known=known)


def _add(turn: Turn, plan: ProgrammePlan) -> Reply:
    milestone = add_programme_milestone(turn.uow, turn.me.id, plan, turn.now, turn.territory.zone)
    kept = turn.language.say("The milestone is kept. I remind the members of every coalition in time.")
    return say(Screen(kept), milestone_screen(turn, milestone))


def _change(turn: Turn, told: ChangedForAll) -> Reply:
    if not told.milestone.isdecimal():
        raise NotFound
    plan, milestone_id = ProgrammePlan(told.title, told.due_on, told.detail), MilestoneId(int(told.milestone))
    milestone = change_programme_milestone(turn.uow, turn.me.id, milestone_id, plan, turn.now, turn.territory.zone)
    return say(milestone_screen(turn, milestone))


DETAIL = Question(
    "detail",
    _("What should everybody know about it?"),
    Text(longest=MILESTONE_DETAIL_MAX, multiline=True),
    hint=_("For example: The form is on the site of the authority."),
    label=_("Detail"),
    optional=True,
)

ADD_FOR_ALL = Form(
    name="add_for_all",
    version=1,
    into=ProgrammePlan,
    questions=(TITLE, DUE_ON, DETAIL),
    review=_("The milestone"),
    submit=_add,
)
CHANGE_FOR_ALL = Form(
    name="change_for_all",
    version=1,
    into=ChangedForAll,
    questions=(TITLE, DUE_ON, DETAIL),
    review=_("The milestone, as it will be kept"),
    submit=_change,
)

FEATURE = Feature(
    buttons={"milestone.all.new": start_adding, "milestone.all.edit": start_changing},
    forms=(ADD_FOR_ALL, CHANGE_FOR_ALL),
    again={ADD_FOR_ALL.name: show_all, CHANGE_FOR_ALL.name: show_all},
)
