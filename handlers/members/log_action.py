"""Log an action: what a coalition did, does or plans, told in under a minute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from handlers.cards.action import action_screen
from handlers.chat import Chat
from handlers.feature import Feature
from handlers.forms import Choice, DayOrMonth, Form, Measure, Option, Pick, Question, Several, Text, Upload, open_form
from handlers.names import ACTION_STATES
from handlers.navigation import way_out
from handlers.reply import Reply, Say, say
from handlers.said import Command
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from locales import _
from programme.actions import ACTION_TITLE_MAX, ActionState, Figure, When
from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotAllowed, NotFound
from programme.ids import CoalitionId
from programme.texts import clean_line, folded
from programme.usecases.log_action import ActionLogged, log_action
from programme.usecases.rights import facilitates, is_member

GROUP: Final = "group"
"""What the conversation remembers of the group it was begun in: « chat:thread »."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the conversation asks: the date of an action that is done, else the one by which it will be."""

    title: str
    coalition: CoalitionId
    state: ActionState
    done_on: When | None = None
    due_on: When | None = None
    stakes: tuple[str, ...] = ()
    figure: Figure | None = None
    photo: str | None = None
    group: str = ""


def start_action(turn: Turn) -> Reply:
    """Open the conversation; which coalition is asked only of who is in several. « /action Words » is its title."""
    title = turn.said.words if isinstance(turn.said, Command) else ""
    if turn.word(0):
        return start_action_for(turn, turn.uow.coalitions.get(CoalitionId(turn.number(0))), None)
    return _open(turn, _title(title))


def start_again(turn: Turn) -> Reply:
    """Begin again after a conversation that ended without its answer."""
    return _open(turn, {})


def start_by_code(turn: Turn, code: str) -> Reply:
    """Open the conversation of a link; who is not in its coalition is shown how to come in."""
    coalition = turn.uow.coalitions.by_code(code)
    if coalition is None or coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    if is_member(turn.uow, turn.me.id, coalition.id) or facilitates(turn.uow, turn.me.id, coalition.id):
        return start_action_for(turn, coalition, None)
    text = turn.language.say("To log an action of “{name}”, join it first.", name=coalition.name)
    rows = ((button(turn.language.plain("See the coalition"), "coalition", coalition.id),), *way_out(turn.language))
    return say(Screen(text, rows))


def start_action_for(turn: Turn, coalition: Coalition, group: Chat | None, title: str = "") -> Reply:
    """Open the conversation for one coalition; the `group` it was begun in gets one line when it is done."""
    if not (is_member(turn.uow, turn.me.id, coalition.id) or facilitates(turn.uow, turn.me.id, coalition.id)):
        raise NotAllowed
    context = {} if group is None else {GROUP: f"{group.id}:{group.thread_id or ''}"}
    return open_form(turn, LOG_ACTION, context=context, known={"coalition": str(coalition.id), **_title(title)})


def _open(turn: Turn, title: Mapping[str, str]) -> Reply:
    mine = _mine(turn)
    if not mine:
        text = lines(
            turn.language.say("An action belongs to a coalition, and you are in none yet."),
            turn.language.say("Choose one that concerns you: you can log your actions as soon as you are a member."),
        )
        rows = ((button(turn.language.plain("Coalitions"), "coalitions"),), *way_out(turn.language))
        return turn.show(Screen(text, rows))
    known: dict[str, Any] = {"coalition": str(mine[0].id)} if len(mine) == 1 else {}
    return open_form(turn, LOG_ACTION, known={**known, **title})


def own_coalitions(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give the coalitions in which who speaks may log an action, and whose names hold the words."""
    found = [coalition for coalition in _mine(turn) if folded(words) in folded(coalition.name)]
    return [Option(str(one.id), one.name) for one in found[offset : offset + limit]], len(found)


def stages(turn: Turn) -> Sequence[Option]:
    """Give where a new action can stand."""
    return [
        Option(state.value, turn.language.plain(ACTION_STATES[state]))
        for state in (ActionState.DONE, ActionState.UNDER_WAY, ActionState.PLANNED)
    ]


def stakes(turn: Turn) -> Sequence[Option]:
    """Give the stakes of the territory."""
    return [Option(stake.key, stake.label_in(turn.language.code)) for stake in turn.territory.stakes]


def is_done(answers: Mapping[str, Any]) -> bool:
    """Tell whether the action is done, so that its date is past."""
    return answers["state"] is not None and ActionState(answers["state"]) is ActionState.DONE


def is_to_come(answers: Mapping[str, Any]) -> bool:
    """Tell whether the action is still to be done; so it seems until its state is known."""
    return not is_done(answers)


def photo_id(uploaded: Mapping[str, str]) -> str:
    """Give the photo's file id at Telegram: nothing more of it is kept."""
    return uploaded["file_id"]


STATE = Question("state", _("Where does it stand?"), Choice(stages), label=_("State"), into=ActionState)
DONE_ON = Question(
    "done_on",
    _("When was it done?"),
    DayOrMonth(future=False),
    hint=_("For example: yesterday, last Tuesday, 14/03, in May"),
    label=_("When"),
    when=is_done,
)
DUE_ON = Question(
    "due_on",
    _("By when will it be done?"),
    DayOrMonth(past=False),
    hint=_("For example: 14/03, next Tuesday, in May"),
    label=_("By"),
    when=is_to_come,
)
STAKES = Question(
    "stakes",
    _("Which stakes of the Plan Climat does it serve?"),
    Several(stakes),
    label=_("Stakes"),
    optional=True,
)
FIGURE = Question(
    "figure",
    _("A figure that shows what it brings?"),
    Measure(),
    hint=_("For example: 1200.5 kWh saved, 3 tCO2e avoided, 25 people reached"),
    label=_("Figure"),
    optional=True,
)
PHOTO = Question(
    "photo",
    _("A photo?"),
    Upload(kinds=("photo",)),
    hint=_("Only with the agreement of the people one recognises on it."),
    label=_("Photo"),
    optional=True,
    into=photo_id,
)


def _mine(turn: Turn) -> Sequence[Coalition]:
    if turn.staff:
        return turn.uow.coalitions.active()
    return turn.uow.coalitions.of_person(turn.me.id)


def _title(words: str) -> dict[str, str]:
    """Take words behind the command as the title, where they can be one."""
    line = clean_line(words)
    return {"title": line} if 0 < len(line) <= ACTION_TITLE_MAX else {}


def _log(turn: Turn, told: Told) -> Reply:
    when = told.done_on or told.due_on
    if when is None:
        raise ValueError("every state asks for a date")
    logged = ActionLogged(
        title=told.title,
        coalition=told.coalition,
        state=told.state,
        when=when,
        stakes=told.stakes,
        figure=told.figure,
        photo=told.photo,
    )
    action = log_action(turn.uow, turn.me.id, logged, turn.territory, turn.now)
    kept = say(Screen(turn.language.say("Your action is kept. Thank you!")), action_screen(turn, action))
    group = _group(told.group)
    if group is None:
        return kept
    language = turn.group_language or turn.language
    line = language.say("✓ {name} logged an action: <b>{title}</b>", name=turn.me.name, title=action.title)
    return Reply((*kept.messages, Say(Screen(line), chat=group)))


def _group(remembered: str) -> Chat | None:
    if not remembered:
        return None
    chat_id, _colon, thread_id = remembered.partition(":")
    return Chat(int(chat_id), private=False, thread_id=int(thread_id) if thread_id else None)


LOG_ACTION = Form(
    name="log_action",
    version=1,
    into=Told,
    questions=(
        Question("coalition", _("For which coalition?"), Pick(own_coalitions), into=int, label=_("Coalition")),
        Question(
            "title",
            _("What is it, in one sentence?"),
            Text(longest=ACTION_TITLE_MAX),
            hint=_("For example: Insulating the roof of the sports hall"),
            label=_("Action"),
        ),
        STATE,
        DONE_ON,
        DUE_ON,
        STAKES,
        FIGURE,
        PHOTO,
    ),
    review=_("Your action"),
    submit=_log,
)

FEATURE = Feature(
    commands={"action": start_action},
    buttons={"action.new": start_action},
    forms=(LOG_ACTION,),
    again={LOG_ACTION.name: start_again},
)
