"""The road of a coalition in private: read it, and for who facilitates it: mark steps, name owners, set dates."""

from dataclasses import dataclass
from datetime import date

from handlers.facilitators.chosen_members import COALITION, find_members
from handlers.facilitators.road_screens import road_screen, step_screen
from handlers.feature import Feature
from handlers.forms import Day, Form, Pick, Question, open_form
from handlers.members.own_coalition import own_coalition, own_coalition_first
from handlers.names import step_name
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button
from handlers.turn import Turn
from locales import _
from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotFound
from programme.ids import CoalitionId, PersonId
from programme.path import Step
from programme.usecases.rights import facilitates, is_member, led_coalition
from programme.usecases.steps import entrust, mark_done, open_again, set_due


@dataclass(frozen=True, slots=True)
class Entrusted:
    """Who looks after a step, nobody where it was skipped."""

    owner: int | None
    coalition: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """By when a step is to be done, without a date where it was skipped."""

    due_on: date | None
    coalition: str = ""
    step: str = ""


def show_road(turn: Turn, coalition: Coalition) -> Reply:
    """Show the whole road of a coalition."""
    return turn.show(road_screen(turn, coalition))


def open_by_code(turn: Turn, code: str) -> Reply:
    """Show the road that a group's card leads to; who is not in the coalition is shown how to come in."""
    coalition = turn.uow.coalitions.by_code(code)
    if coalition is None or coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    if is_member(turn.uow, turn.me.id, coalition.id) or facilitates(turn.uow, turn.me.id, coalition.id):
        return say(road_screen(turn, coalition))
    text = turn.language.say(
        "The steps are open to the members of “{name}”. To see them, join it.", name=coalition.name
    )
    see = button(turn.language.plain("See the coalition"), "coalition", coalition.id)
    return say(Screen(text, ((see,), *way_out(turn.language))))


def show_step(turn: Turn) -> Reply:
    """Show one step: what it asks, where it stands, and the help that fits it."""
    coalition = own_coalition(turn, CoalitionId(turn.number(0)))
    return turn.show(step_screen(turn, coalition, tapped_step(turn)))


def mark(turn: Turn) -> Reply:
    """Mark a step as done today."""
    coalition, step = _led(turn)
    mark_done(turn.uow, turn.me.id, coalition.id, step, _today(turn), turn.now)
    words = turn.language.plain("Step done: {step}", step=step_name(step, turn.language))
    return turn.show(step_screen(turn, coalition, step), toast=words)


def undo(turn: Turn) -> Reply:
    """Take back that a step is done."""
    coalition, step = _led(turn)
    open_again(turn.uow, turn.me.id, coalition.id, step, turn.now)
    return turn.show(step_screen(turn, coalition, step), toast=turn.language.plain("This step is open again."))


def ask_owner(turn: Turn) -> Reply:
    """Ask which member looks after a step."""
    return _open(turn, STEP_OWNER)


def ask_date(turn: Turn) -> Reply:
    """Ask by when a step is to be done."""
    return _open(turn, STEP_DATE)


def tapped_step(turn: Turn) -> Step:
    """Read the step of the tapped button; raises NotFound for a forged one."""
    return _step(turn.word(1))


def _led(turn: Turn) -> tuple[Coalition, Step]:
    return led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0))), tapped_step(turn)


def _open(turn: Turn, form: Form[Entrusted] | Form[Dated]) -> Reply:
    coalition, step = _led(turn)
    return open_form(turn, form, context={COALITION: str(coalition.id), "step": step.value})


def _step(word: str) -> Step:
    if word not in list(Step):
        raise NotFound
    return Step(word)


def _told_for(coalition: str) -> CoalitionId:
    if not coalition.isdecimal():
        raise NotFound
    return CoalitionId(int(coalition))


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.territory.zone).date()


def _entrust(turn: Turn, told: Entrusted) -> Reply:
    coalition_id, step = _told_for(told.coalition), _step(told.step)
    owner = None if told.owner is None else PersonId(told.owner)
    entrust(turn.uow, turn.me.id, coalition_id, step, owner, turn.now)
    return say(step_screen(turn, turn.uow.coalitions.get(coalition_id), step))


def _date(turn: Turn, told: Dated) -> Reply:
    coalition_id, step = _told_for(told.coalition), _step(told.step)
    set_due(turn.uow, turn.me.id, coalition_id, step, told.due_on, turn.now)
    return say(step_screen(turn, turn.uow.coalitions.get(coalition_id), step))


STEP_OWNER = Form(
    name="step_owner",
    version=1,
    into=Entrusted,
    questions=(
        Question(
            "owner",
            _("Who is in charge of this step? Skip this for nobody."),
            Pick(find_members),
            into=int,
            label=_("In charge"),
            optional=True,
        ),
    ),
    submit=_entrust,
)
STEP_DATE = Form(
    name="step_date",
    version=1,
    into=Dated,
    questions=(
        Question(
            "due_on",
            _("By when is this step to be done? Skip this for no date."),
            Day(past=False),
            label=_("By when"),
            optional=True,
        ),
    ),
    submit=_date,
)

begin = own_coalition_first("steps", show_road)
"""Shows the road; which coalition is asked only of who belongs to several."""

FEATURE = Feature(
    commands={"etapes": begin},
    buttons={
        "steps": begin,
        "step": show_step,
        "step.done": mark,
        "step.undo": undo,
        "step.owner": ask_owner,
        "step.due": ask_date,
    },
    forms=(STEP_OWNER, STEP_DATE),
    again={STEP_OWNER.name: begin, STEP_DATE.name: begin},
)
