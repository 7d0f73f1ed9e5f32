"""Say a field of the commitment card otherwise than it is known, or leave it to what is known again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from handlers.cards.commitment import CARD_FIELDS
from handlers.facilitators.prepare_card import preparing_screen, tapped_field
from handlers.feature import Feature
from handlers.forms import Choice, Form, Lines, Option, Question, Several, Text, open_form
from handlers.members.log_action import stakes
from handlers.members.own_coalition import own_coalition_first
from handlers.reply import Reply, say
from handlers.turn import Turn
from locales import _
from programme.coalitions import Coalition
from programme.commitment_cards import (
    CARD_ACTION_MAX,
    CARD_ACTIONS_MOST,
    CARD_MEMBERS_MOST,
    CARD_OBJECTIVE_MAX,
    WAY_OF_WORKING_MAX,
    CardField,
)
from programme.errors import NotFound
from programme.ids import CoalitionId
from programme.organisations import ORGANISATION_NAME_MAX
from programme.usecases.commitment_card import correct_card, take_back_correction
from programme.usecases.rights import led_coalition

COALITION: Final = "coalition"


@dataclass(frozen=True, slots=True)
class Written:
    """What the conversation asks: which field, and what is written there."""

    field: CardField
    objective: str = ""
    members: tuple[str, ...] = ()
    way_of_working: str = ""
    first_actions: tuple[str, ...] = ()
    stakes: tuple[str, ...] = ()
    coalition: str = ""


def start_writing(turn: Turn) -> Reply:
    """Open the conversation for the tapped field."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    field = tapped_field(turn)
    return open_form(turn, CORRECT_CARD, context={COALITION: str(coalition.id)}, known={"field": field.value})


def take_back(turn: Turn) -> Reply:
    """Leave the tapped field to what is known."""
    coalition_id = CoalitionId(turn.number(0))
    take_back_correction(turn.uow, turn.me.id, coalition_id, tapped_field(turn), turn.now)
    shown = preparing_screen(turn, turn.uow.coalitions.get(coalition_id))
    return turn.show(shown, toast=turn.language.plain("Back to what is known."))


def fields(turn: Turn) -> Sequence[Option]:
    """Give the five fields."""
    return [Option(field.value, turn.language.plain(name)) for field, name in CARD_FIELDS.items()]


def _is(field: CardField) -> Callable[[Mapping[str, Any]], bool]:
    return lambda answers: bool(answers["field"] == field)


def _correct(turn: Turn, written: Written) -> Reply:
    if not written.coalition.isdecimal():
        raise NotFound
    coalition_id = CoalitionId(int(written.coalition))
    value = getattr(written, written.field)
    correct_card(turn.uow, turn.me.id, coalition_id, written.field, value, turn.territory, turn.now)
    return say(preparing_screen(turn, turn.uow.coalitions.get(coalition_id)))


def _prepare(turn: Turn, coalition: Coalition) -> Reply:
    return say(preparing_screen(turn, led_coalition(turn.uow, turn.me.id, coalition.id)))


CORRECT_CARD = Form(
    name="correct_card",
    version=1,
    into=Written,
    questions=(
        Question("field", _("Which field?"), Choice(fields), into=CardField),
        Question(
            "objective",
            _("What does the coalition commit to reach?"),
            Text(longest=CARD_OBJECTIVE_MAX, multiline=True),
            hint=_("For example: Cut by a third the trips to work alone in a car by 2028."),
            when=_is(CardField.OBJECTIVE),
        ),
        Question(
            "members",
            _("Which organisations commit?"),
            Lines(longest=ORGANISATION_NAME_MAX, most=CARD_MEMBERS_MOST),
            when=_is(CardField.MEMBERS),
        ),
        Question(
            "way_of_working",
            _("How does the group work?"),
            Text(longest=WAY_OF_WORKING_MAX, multiline=True),
            hint=_("For example: a meeting a month, chaired in turn; a shared folder."),
            when=_is(CardField.WAY_OF_WORKING),
        ),
        Question(
            "first_actions",
            _("What are the first actions, under way or planned?"),
            Lines(longest=CARD_ACTION_MAX, most=CARD_ACTIONS_MOST),
            when=_is(CardField.FIRST_ACTIONS),
        ),
        Question(
            "stakes",
            _("Which stakes of the Plan Climat does it serve?"),
            Several(stakes),
            when=_is(CardField.STAKES),
        ),
    ),
    submit=_correct,
)

FEATURE = Feature(
    buttons={"card.write": start_writing, "card.known": take_back},
    forms=(CORRECT_CARD,),
    again={CORRECT_CARD.name: own_coalition_first("card.of", _prepare)},
)
