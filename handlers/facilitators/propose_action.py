"""Put planned actions on the roadmap: with which means, to reach what, by when, and who looks after each."""

from dataclasses import dataclass, replace
from typing import Any

from handlers.cards.roadmap import open_vote_on
from handlers.facilitators.chosen_members import COALITION, find_members
from handlers.feature import Feature
from handlers.forms import DayOrMonth, Form, Pick, Question, Text, open_form
from handlers.forms.fields.day_or_month import when_value
from handlers.members.log_action import STAKES
from handlers.members.roadmap import LIST, item_screen
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.said import Command
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from locales import _
from programme.actions import ACTION_TITLE_MAX, DETAIL_MAX, Action, ActionState, When
from programme.errors import NotFound, TooLate
from programme.ids import ActionId, CoalitionId, PersonId
from programme.usecases.propose_action import ActionProposed, propose_action, put_on_roadmap, steered_action
from programme.usecases.rights import is_member, led_coalition


@dataclass(frozen=True, slots=True)
class Planned:
    """What the conversation asks of an action; `action` is the number of one that exists."""

    title: str
    means: str
    target: str
    due: When
    owner: PersonId
    stakes: tuple[str, ...] = ()
    coalition: str = ""
    action: str = ""


def start_new(turn: Turn) -> Reply:
    """Open the conversation for a new action."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    return open_form(turn, PLAN_ACTION, context={COALITION: str(coalition.id)})


def choose(turn: Turn) -> Reply:
    """Show the actions of the coalition that are to be done and not on its roadmap yet."""
    language = turn.language
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    to_do = [
        action
        for action in turn.uow.actions.of_coalitions([coalition.id])
        if action.roadmap is None and action.state in {ActionState.PLANNED, ActionState.UNDER_WAY}
    ]
    page = page_of(to_do, turn.number(1) if turn.word(1) else 0)
    text = (
        language.say("<b>Which action goes on the roadmap?</b>")
        if page.things
        else language.say("Every planned action is on the roadmap already.")
    )
    rows = (
        *((button(action.title, "roadmap.edit", action.id),) for action in page.things),
        *page.turner(language, "roadmap.choose", coalition.id),
        *way_out(language, "roadmap", coalition.id),
    )
    return turn.show(Screen(text, rows))


def start_from(turn: Turn) -> Reply:
    """Open the conversation with what is known of an action: what is missing is asked, then every line can change."""
    action = steered_action(turn.uow, turn.me.id, ActionId(turn.number(0)))
    if action.state not in {ActionState.PLANNED, ActionState.UNDER_WAY}:
        raise TooLate
    context = {COALITION: str(action.coalition_id), "action": str(action.id)}
    return open_form(turn, PLAN_ACTION, context=context, known=_known(turn, action))


def _known(turn: Turn, action: Action) -> dict[str, Any]:
    known: dict[str, Any] = {
        "title": action.title,
        "due": when_value(action.when),
        "stakes": list(action.stakes) or None,
    }
    if action.details.means:
        known["means"] = action.details.means
    if action.details.expected_result:
        known["target"] = action.details.expected_result
    if action.owner_id is not None and is_member(turn.uow, action.owner_id, action.coalition_id):
        known["owner"] = str(action.owner_id)
    return known


def _again(turn: Turn) -> Reply:
    return LIST(replace(turn, said=Command("feuillederoute")))


def _keep(turn: Turn, told: Planned) -> Reply:
    if not told.coalition.isdecimal() or not (told.action.isdecimal() or not told.action):
        raise NotFound
    coalition = turn.uow.coalitions.get(CoalitionId(int(told.coalition)))
    voted_on = open_vote_on(turn.uow, coalition)
    lines_of_it = ActionProposed(told.title, told.means, told.target, told.due, told.owner, told.stakes)
    uow, own = turn.uow, turn.me.id
    if told.action:
        action = put_on_roadmap(uow, own, ActionId(int(told.action)), lines_of_it, turn.territory, turn.now)
    else:
        action = propose_action(uow, own, coalition.id, lines_of_it, turn.territory, turn.now)
    withdrawn = voted_on is not None and open_vote_on(turn.uow, coalition) is None
    head = lines(
        turn.language.say("It is on the roadmap."),
        turn.language.say("The vote is withdrawn, since it was on the roadmap as it was: open another one.")
        if withdrawn
        else None,
    )
    return say(Screen(head), item_screen(turn, action))


PLAN_ACTION = Form(
    name="plan_action",
    version=1,
    into=Planned,
    questions=(
        Question(
            "title",
            _("Which action, in one sentence?"),
            Text(longest=ACTION_TITLE_MAX),
            hint=_("For example: Insulating the roof of the sports hall"),
            label=_("Action"),
        ),
        Question(
            "means",
            _("With which means?"),
            Text(longest=DETAIL_MAX, multiline=True),
            hint=_("For example: two days of work, 3,000 € of materials"),
            label=_("Means"),
        ),
        Question(
            "target",
            _("What is it to reach?"),
            Text(longest=DETAIL_MAX, multiline=True),
            hint=_("For example: 20 % of the staff come by bicycle"),
            label=_("Target"),
        ),
        Question(
            "due",
            _("By when?"),
            DayOrMonth(past=False),
            hint=_("For example: 14/03, next Tuesday, in May"),
            label=_("By"),
        ),
        Question("owner", _("Who looks after it?"), Pick(find_members), into=int, label=_("Looked after by")),
        STAKES,
    ),
    review=_("The action on the roadmap"),
    submit=_keep,
)
FEATURE = Feature(
    buttons={"roadmap.new": start_new, "roadmap.choose": choose, "roadmap.edit": start_from},
    forms=(PLAN_ACTION,),
    again={PLAN_ACTION.name: _again},
)
