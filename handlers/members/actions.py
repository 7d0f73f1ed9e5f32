"""Actions: one's own and those of one's coalitions, by state; correct, complete, move on, delete, bring back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from handlers.cards.action import action_screen, when_words
from handlers.feature import Feature
from handlers.forms import Choice, Form, Option, Question, Text, open_form
from handlers.forms.fields.day_or_month import when_value
from handlers.members.log_action import DONE_ON, DUE_ON, FIGURE, PHOTO, STAKES
from handlers.names import ACTION_STATES, action_state, counted_actions
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, Say, say
from handlers.screen import Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Msgid, _
from programme.actions import ACTION_TITLE_MAX, DETAIL_MAX, Action, ActionState, Figure, When
from programme.errors import NotAllowed, NotFound, Outdated, TooLate
from programme.ids import ActionId, CoalitionId
from programme.usecases.change_action import (
    ActionCorrected,
    change_action,
    delete_action,
    move_action_on,
    own_action,
    restore_action,
)
from programme.usecases.rights import facilitates, is_member

MINE: Final = "me"
OURS: Final = "us"
ALL: Final = "all"
MARKS: Final = {
    ActionState.PLANNED: "○",
    ActionState.UNDER_WAY: "◐",
    ActionState.DONE: "●",
    ActionState.GIVEN_UP: "✕",
}
"""A sign before each title, beside the words that say the same on its card."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the correction asks: as for a new action, and what the PCAET decree wants to know besides."""

    title: str
    state: ActionState
    done_on: When | None = None
    due_on: When | None = None
    stakes: tuple[str, ...] = ()
    figure: Figure | None = None
    photo: str | None = None
    means: str = ""
    public: str = ""
    partners: str = ""
    expected_result: str = ""
    sector: str = ""
    action: str = ""


def show_actions(turn: Turn) -> Reply:
    """Show one's own actions, or those of one's coalitions, in one state or in all."""
    language = turn.language
    whose, state, number = turn.word(0) or MINE, turn.word(1) or ALL, turn.number(2) if turn.word(2) else 0
    everything = _of_whom(turn, whose)
    chosen = [action for action in everything if state in {ALL, action.state.value}]
    page = page_of(chosen, number)
    text = paragraphs(
        lines(
            language.say("<b>Actions</b> · {which}", which=_which(turn, whose)),
            language.say("Open one to read, correct or move it on:") if page.things else None,
        ),
        lines(*(_line(turn, action) for action in page.things)) if page.things else _nothing(turn, whose, state),
    )
    rows = (
        *((button(_label(action), "action", action.id),) for action in page.things),
        *page.turner(language, "actions", whose, state),
        *_filters(turn, whose, state, everything),
        (button(language.plain("Log an action"), "action.new"),),
        *way_out(language),
    )
    return turn.show(Screen(text, rows))


def show_action(turn: Turn) -> Reply:
    """Show one action to the members of its coalition."""
    return turn.show(action_screen(turn, _seen(turn)))


def send_photo(turn: Turn) -> Reply:
    """Send an action's photo, which stays at Telegram."""
    action = _seen(turn)
    if not action.photo:
        raise NotFound
    caption = turn.language.say("<b>{title}</b>", title=action.title)
    return Reply((Say(Screen(caption, photo=action.photo)),))


def move_on(turn: Turn) -> Reply:
    """Move an action on in one tap; where it moved already, show where it stands."""
    if turn.word(1) not in list(ActionState):
        raise NotFound
    seen, today = ActionState(turn.word(1)), turn.now.astimezone(turn.territory.zone).date()
    try:
        action = move_action_on(turn.uow, turn.me.id, ActionId(turn.number(0)), seen, today, turn.now)
    except Outdated:
        now_shown = turn.show(action_screen(turn, _seen(turn)))
        return Reply(now_shown.messages, turn.language.plain("It had moved on already: here is where it stands."))
    noted = turn.language.plain("Noted: {answer}", answer=action_state(action.state, turn.language))
    return turn.show(action_screen(turn, action), toast=noted)


def correct(turn: Turn) -> Reply:
    """Open the review of an action, every line of which can be corrected or completed."""
    action = own_action(turn.uow, turn.me.id, ActionId(turn.number(0)))
    return open_form(turn, CORRECT_ACTION, context={"action": str(action.id)}, known=_known(action))


def correct_again(turn: Turn) -> Reply:
    """Lead back to the list after a correction that ended without its confirmation."""
    return show_actions(turn)


def delete(turn: Turn) -> Reply:
    """Delete an action, with a button that brings it back within a minute."""
    action = delete_action(turn.uow, turn.me.id, ActionId(turn.number(0)), turn.now)
    text = lines(
        turn.language.say("“{title}” is deleted.", title=action.title),
        turn.language.say("You have one minute to bring it back."),
    )
    rows: Rows = (
        (button(turn.language.plain("Bring it back"), "action.restore", action.id),),
        *way_out(turn.language, "actions", MINE, ALL, 0),
    )
    return turn.show(Screen(text, rows))


def restore(turn: Turn) -> Reply:
    """Bring a deleted action back; say so where its minute is over."""
    action_id = ActionId(turn.number(0))
    try:
        action = restore_action(turn.uow, turn.me.id, action_id, turn.now)
    except (TooLate, NotFound):
        gone = turn.language.say("The minute is over: the action is deleted for good.")
        return turn.show(Screen(gone, way_out(turn.language, "actions", MINE, ALL, 0)))
    return turn.show(action_screen(turn, action), toast=turn.language.plain("It is back."))


def states(turn: Turn) -> Sequence[Option]:
    """Give where an action can stand, given up too."""
    return [Option(state.value, turn.language.plain(words)) for state, words in ACTION_STATES.items()]


def sectors(turn: Turn) -> Sequence[Option]:
    """Give the sectors in which the PCAET decree wants actions counted."""
    return [Option(sector.key, sector.label_in(turn.language.code)) for sector in turn.territory.sectors]


def _of_whom(turn: Turn, whose: str) -> Sequence[Action]:
    if whose == MINE:
        return turn.uow.actions.of_person(turn.me.id)
    if whose == OURS:
        return turn.uow.actions.of_coalitions([one.id for one in turn.uow.coalitions.of_person(turn.me.id)])
    coalition_id = _coalition_id(turn, whose)
    return turn.uow.actions.of_coalitions([coalition_id])


def _coalition_id(turn: Turn, whose: str) -> CoalitionId:
    """Read whose actions a button shows: a coalition's id; raises NotAllowed for who has no part in it."""
    if not whose.isascii() or not whose.isdecimal():
        raise NotFound
    coalition = turn.uow.coalitions.get(CoalitionId(turn.number(0)))
    if not (is_member(turn.uow, turn.me.id, coalition.id) or facilitates(turn.uow, turn.me.id, coalition.id)):
        raise NotAllowed
    return coalition.id


def _which(turn: Turn, whose: str) -> str:
    if whose == MINE:
        return turn.language.plain("my own")
    if whose == OURS:
        return turn.language.plain("my coalitions")
    return turn.uow.coalitions.get(CoalitionId(int(whose))).name


def _nothing(turn: Turn, whose: str, state: str) -> Markup:
    if state != ALL:
        return turn.language.say("There is none in this state.")
    if whose == MINE:
        return turn.language.say("You have logged none yet: it takes less than a minute.")
    return turn.language.say("None is logged yet.")


def _filters(turn: Turn, whose: str, state: str, actions: Sequence[Action]) -> Rows:
    """Give the rows that choose whose actions and which state; the present choice has no button."""
    language = turn.language
    others = [(MINE, language.plain("My own")), (OURS, language.plain("My coalitions"))]
    people = tuple(button(words, "actions", key, ALL, 0) for key, words in others if key != whose)
    present = [
        button(counted_actions(key, count, language), "actions", whose, key.value, 0)
        for key in ACTION_STATES
        if key.value != state and (count := sum(action.state is key for action in actions))
    ]
    if state != ALL:
        present.append(button(language.plain("All states"), "actions", whose, ALL, 0))
    by_two = tuple(tuple(present[start : start + 2]) for start in range(0, len(present), 2))
    return (*(by_two if len(present) > 1 or state != ALL else ()), people)


def _line(turn: Turn, action: Action) -> Markup:
    return turn.language.say(
        "{mark} {title} ({state}, {when})",
        mark=MARKS[action.state],
        title=action.title,
        state=action_state(action.state, turn.language).lower(),
        when=when_words(action.when, turn.language),
    )


def _label(action: Action) -> str:
    return f"{MARKS[action.state]} {action.title}"


def _seen(turn: Turn) -> Action:
    """Give the action of the tapped button; raises NotAllowed for who is not in its coalition."""
    action = turn.uow.actions.get(ActionId(turn.number(0)))
    if action.deleted_at is not None:
        raise NotFound
    seen_by = is_member(turn.uow, turn.me.id, action.coalition_id) or action.logged_by == turn.me.id
    if not (seen_by or facilitates(turn.uow, turn.me.id, action.coalition_id)):
        raise NotAllowed
    return action


def _known(action: Action) -> dict[str, Any]:
    """Give an action as the answers of its correction; None stands for a line left empty."""
    figure, details = action.figure, action.details
    dated = "done_on" if action.state is ActionState.DONE else "due_on"
    return {
        "title": action.title,
        "state": action.state.value,
        dated: when_value(action.when),
        "stakes": list(action.stakes) or None,
        "figure": None if figure is None else {"figure": format(figure.value, "f"), "unit": figure.unit.value},
        "photo": {"kind": "photo", "file_id": action.photo, "name": ""} if action.photo else None,
        "means": details.means or None,
        "public": details.public or None,
        "partners": details.partners or None,
        "expected_result": details.expected_result or None,
        "sector": details.sector or None,
    }


def _correct(turn: Turn, corrected: Corrected) -> Reply:
    when = corrected.done_on if corrected.state is ActionState.DONE else corrected.due_on
    if when is None:
        raise ValueError("every state asks for a date")
    lines_of_it = ActionCorrected(
        title=corrected.title,
        state=corrected.state,
        when=when,
        stakes=corrected.stakes,
        figure=corrected.figure,
        photo=corrected.photo,
        means=corrected.means,
        public=corrected.public,
        partners=corrected.partners,
        expected_result=corrected.expected_result,
        sector=corrected.sector,
    )
    action = change_action(turn.uow, turn.me.id, ActionId(int(corrected.action)), lines_of_it, turn.territory, turn.now)
    return say(action_screen(turn, action))


def _detail(key: str, prompt: Msgid, label: Msgid, hint: Msgid) -> Question:
    return Question(key, prompt, Text(longest=DETAIL_MAX, multiline=True), hint=hint, label=label, optional=True)


CORRECT_ACTION = Form(
    name="correct_action",
    version=1,
    into=Corrected,
    questions=(
        Question("title", _("What is it, in one sentence?"), Text(longest=ACTION_TITLE_MAX), label=_("Action")),
        Question("state", _("Where does it stand?"), Choice(states), label=_("State"), into=ActionState),
        DONE_ON,
        DUE_ON,
        STAKES,
        FIGURE,
        PHOTO,
        _detail("means", _("With which means?"), _("Means"), _("For example: two days of work, 3,000 € of materials")),
        _detail("public", _("For whom?"), _("For whom"), _("For example: the employees, the residents of the quarter")),
        _detail("partners", _("With which partners?"), _("Partners"), _("For example: BAPAV, the town hall")),
        _detail(
            "expected_result",
            _("What result do you expect?"),
            _("Expected result"),
            _("For example: 20 % of the staff come by bicycle"),
        ),
        Question(
            "sector",
            _("In which sector does the Plan Climat count it?"),
            Choice(sectors),
            label=_("Sector"),
            optional=True,
        ),
    ),
    review=_("The action, as it will be kept"),
    submit=_correct,
)

FEATURE = Feature(
    commands={"actions": show_actions},
    buttons={
        "actions": show_actions,
        "action": show_action,
        "action.photo": send_photo,
        "action.on": move_on,
        "action.edit": correct,
        "action.delete": delete,
        "action.restore": restore,
    },
    forms=(CORRECT_ACTION,),
    again={CORRECT_ACTION.name: correct_again},
)
