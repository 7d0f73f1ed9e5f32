"""Whose turn it is to chair, in private: pass a turn, change places, come in, go out, put somebody forward."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.facilitators.chosen_members import COALITION, find_members
from handlers.facilitators.rotation_screens import order_screen, partners_screen, rotation_screen
from handlers.feature import Feature
from handlers.forms import Form, Pick, Question, open_form
from handlers.members.own_coalition import own_coalition, own_coalition_first, own_coalition_of_code
from handlers.reply import Reply, say, toast
from handlers.turn import Turn
from locales import _
from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.ids import CoalitionId, MeetingId, PersonId
from programme.usecases.chairs import (
    chairs_in_order,
    join_rotation,
    leave_rotation,
    name_chair,
    set_order,
    skip,
    swap,
)
from programme.usecases.rights import led_coalition, require_facilitator


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who takes turns from now on."""

    person: int
    coalition: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Who chairs one meeting."""

    person: int
    coalition: str = ""
    meeting: str = ""


def show_chairs(turn: Turn, coalition: Coalition) -> Reply:
    """Show whose turn it is, and the order."""
    return turn.show(rotation_screen(turn, coalition))


def open_by_code(turn: Turn, code: str) -> Reply:
    """Show the order that a group's message leads to, to those whom it concerns."""
    return say(rotation_screen(turn, own_coalition_of_code(turn, code)))


def pass_turn(turn: Turn) -> Reply:
    """Have the next one take somebody's turn: at the meeting that the button names, or the turn to come."""
    coalition, person_id = _coalition(turn), PersonId(turn.number(1))
    meeting_id = MeetingId(turn.number(2)) if turn.number(2) else None
    taker = skip(turn.uow, turn.me.id, coalition.id, person_id, meeting_id, turn.now)
    if taker is None:
        return toast(turn.language.plain("Nobody else takes turns yet: add somebody first."), alert=True)
    words = turn.language.plain("It is the turn of {name} now.", name=turn.uow.people.get(taker).name)
    return turn.show(rotation_screen(turn, coalition), toast=words)


def choose_partner(turn: Turn) -> Reply:
    """Ask with whom somebody changes places."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    return turn.show(partners_screen(turn, coalition, PersonId(turn.number(1)), _page(turn, 2)))


def change_places(turn: Turn) -> Reply:
    """Have two people change places."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    one, other = PersonId(turn.number(1)), PersonId(turn.number(2))
    swap(turn.uow, turn.me.id, coalition.id, one, other, turn.now)
    words = turn.language.plain("Done: they change places.")
    return turn.show(rotation_screen(turn, coalition), toast=words)


def show_order(turn: Turn) -> Reply:
    """Show the order with the buttons that change it."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    return turn.show(order_screen(turn, coalition, _page(turn, 1)))


def put_forward(turn: Turn) -> Reply:
    """Put somebody one place forward."""
    coalition, person_id = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0))), PersonId(turn.number(1))
    order = list(chairs_in_order(turn.uow, coalition.id))
    if person_id not in order:
        raise NotFound
    place = order.index(person_id)
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
        set_order(turn.uow, turn.me.id, coalition.id, order, turn.now)
    return turn.show(order_screen(turn, coalition, _page(turn, 2)))


def take_out(turn: Turn) -> Reply:
    """Take somebody out of the order."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    leave_rotation(turn.uow, turn.me.id, coalition.id, PersonId(turn.number(1)), turn.now)
    return turn.show(order_screen(turn, coalition, _page(turn, 2)))


def come_in(turn: Turn) -> Reply:
    """Take turns oneself."""
    coalition = _coalition(turn)
    join_rotation(turn.uow, turn.me.id, coalition.id, turn.me.id, turn.now)
    words = turn.language.plain("Thank you: your turn will come.")
    return turn.show(rotation_screen(turn, coalition), toast=words)


def go_out(turn: Turn) -> Reply:
    """Take turns no longer oneself."""
    coalition = _coalition(turn)
    leave_rotation(turn.uow, turn.me.id, coalition.id, turn.me.id, turn.now)
    words = turn.language.plain("Done: you take turns no longer.")
    return turn.show(rotation_screen(turn, coalition), toast=words)


def ask_newcomer(turn: Turn) -> Reply:
    """Ask who takes turns from now on."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    return open_form(turn, NEW_CHAIR, context={COALITION: str(coalition.id)})


def ask_chair(turn: Turn) -> Reply:
    """Ask who chairs a meeting."""
    meeting = turn.uow.meetings.get(MeetingId(turn.number(0)))
    require_facilitator(turn.uow, turn.me.id, meeting.coalition_id)
    context = {COALITION: str(meeting.coalition_id), "meeting": str(meeting.id)}
    return open_form(turn, MEETING_CHAIR, context=context)


def _coalition(turn: Turn) -> Coalition:
    return own_coalition(turn, CoalitionId(turn.number(0)))


def _page(turn: Turn, position: int) -> int:
    return turn.number(position) if turn.word(position) else 0


def _numbers(words: Sequence[str]) -> list[int]:
    if not all(word.isdecimal() for word in words):
        raise NotFound
    return [int(word) for word in words]


def _add(turn: Turn, told: Newcomer) -> Reply:
    (number,) = _numbers([told.coalition])
    coalition = turn.uow.coalitions.get(CoalitionId(number))
    join_rotation(turn.uow, turn.me.id, coalition.id, PersonId(told.person), turn.now)
    return say(order_screen(turn, coalition, 0))


def _name(turn: Turn, told: Named) -> Reply:
    (number,) = _numbers([told.meeting])
    meeting = name_chair(turn.uow, turn.me.id, MeetingId(number), PersonId(told.person), turn.now, turn.territory.zone)
    return say(rotation_screen(turn, turn.uow.coalitions.get(meeting.coalition_id)))


NEW_CHAIR = Form(
    name="new_chair",
    version=1,
    into=Newcomer,
    questions=(
        Question("person", _("Who takes turns from now on?"), Pick(find_members), into=int, label=_("In turn")),
    ),
    submit=_add,
)
MEETING_CHAIR = Form(
    name="meeting_chair",
    version=1,
    into=Named,
    questions=(Question("person", _("Who chairs this meeting?"), Pick(find_members), into=int, label=_("Chair")),),
    submit=_name,
)

begin = own_coalition_first("chairs", show_chairs)
"""Shows whose turn it is; which coalition is asked only of who belongs to several."""

FEATURE = Feature(
    commands={"animation": begin},
    buttons={
        "chairs": begin,
        "chairs.skip": pass_turn,
        "chairs.with": choose_partner,
        "chairs.swap": change_places,
        "chairs.order": show_order,
        "chairs.up": put_forward,
        "chairs.drop": take_out,
        "chairs.in": come_in,
        "chairs.out": go_out,
        "chairs.new": ask_newcomer,
        "chairs.name": ask_chair,
    },
    forms=(NEW_CHAIR, MEETING_CHAIR),
    again={NEW_CHAIR.name: begin, MEETING_CHAIR.name: begin},
)
