"""Add a milestone to a coalition: what, by when, and who looks after it."""

from dataclasses import dataclass, replace
from datetime import date

from handlers.chat import Chat
from handlers.facilitators.chosen_members import COALITION, find_members
from handlers.facilitators.led_coalition import led_coalition_first
from handlers.feature import Feature
from handlers.forms import Day, Form, Pick, Question, Text, open_form
from handlers.groups.begun_there import GROUP, chat_of, chat_words
from handlers.members.milestones import milestone_screen
from handlers.reply import Reply, Say, say
from handlers.said import Command
from handlers.screen import Screen
from handlers.turn import Turn
from locales import _, language_for
from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.ids import CoalitionId, PersonId
from programme.milestones import MILESTONE_TITLE_MAX
from programme.texts import clean_line
from programme.usecases.add_milestone import MilestonePlan, add_milestone


@dataclass(frozen=True, slots=True)
class NewMilestone:
    """What the conversation asks, the coalition it was opened for, and the group it was begun in."""

    title: str
    due_on: date
    owner: PersonId
    coalition: str = ""
    group: str = ""


def begin(turn: Turn, coalition: Coalition, group: Chat | None = None) -> Reply:
    """Open the conversation; « /jalon Words » is its title. The `group` it was begun in reads one line at the end."""
    context = {COALITION: str(coalition.id), **({} if group is None else {GROUP: chat_words(group)})}
    return open_form(turn, ADD_MILESTONE, context=context, known=_title(turn))


def _title(turn: Turn) -> dict[str, str]:
    line = clean_line(turn.said.words) if isinstance(turn.said, Command) else ""
    return {"title": line} if 0 < len(line) <= MILESTONE_TITLE_MAX else {}


def _again(turn: Turn) -> Reply:
    return START(replace(turn, said=Command("jalon")))


def _add(turn: Turn, told: NewMilestone) -> Reply:
    if not told.coalition.isdecimal():
        raise NotFound
    plan = MilestonePlan(told.title, told.due_on, told.owner)
    coalition_id = CoalitionId(int(told.coalition))
    milestone = add_milestone(turn.uow, turn.me.id, coalition_id, plan, turn.now, turn.territory.zone)
    kept = say(Screen(turn.language.say("The milestone is kept. I remind its owner in time.")))
    kept = say(*(one.screen for one in kept.messages), milestone_screen(turn, milestone))
    group = chat_of(told.group)
    if group is None:
        return kept
    language = turn.group_language or language_for(None)
    line = language.say(
        "New milestone: <b>{title}</b>, {day} ({owner})",
        title=milestone.title,
        day=language.day(milestone.due_on),
        owner=turn.uow.people.get(told.owner).name,
    )
    return Reply((*kept.messages, Say(Screen(line), chat=group)))


TITLE = Question(
    "title",
    _("What is to be reached?"),
    Text(longest=MILESTONE_TITLE_MAX),
    hint=_("For example: The charter is signed by five organisations"),
    label=_("Milestone"),
)
DUE_ON = Question(
    "due_on",
    _("By which day?"),
    Day(past=False),
    hint=_("For example: 14/03, in three weeks, next Tuesday"),
    label=_("Day"),
)
OWNER = Question("owner", _("Who looks after it?"), Pick(find_members), into=int, label=_("Looked after by"))

ADD_MILESTONE = Form(
    name="add_milestone",
    version=1,
    into=NewMilestone,
    questions=(TITLE, DUE_ON, OWNER),
    review=_("The milestone"),
    submit=_add,
)
START = led_coalition_first("milestone.new", begin)
FEATURE = Feature(
    commands={"jalon": START},
    buttons={"milestone.new": START},
    forms=(ADD_MILESTONE,),
    again={ADD_MILESTONE.name: _again},
)
