"""The screens of the rotation in private: whose turn it is, who changes places, and the order to change."""

from collections.abc import Sequence

from handlers.cards.rotation import rotation_lines
from handlers.navigation import page_of, way_out
from handlers.screen import Button, Rows, Screen, button, lines
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.ids import PersonId
from programme.meetings import Meeting
from programme.usecases.chairs import chaired, chairs_in_order
from programme.usecases.rights import facilitates, is_member


def rotation_screen(turn: Turn, coalition: Coalition) -> Screen:
    """Give whose turn it is as one person sees it: who facilitates changes everything, others their own turn."""
    language = turn.language
    text = rotation_lines(turn.uow, coalition, language, turn.territory, turn.now)
    meetings, order = chaired(turn.uow, coalition.id, turn.now), chairs_in_order(turn.uow, coalition.id)
    leads = facilitates(turn.uow, turn.me.id, coalition.id)
    rows = (
        *(_led(turn, coalition, meetings, order) if leads else _own_turn(turn, coalition, meetings, order)),
        *_own_place(turn, coalition, order),
        *way_out(language, "agreement", coalition.id),
    )
    return Screen(text, rows)


def partners_screen(turn: Turn, coalition: Coalition, person_id: PersonId, number: int) -> Screen:
    """Ask with whom somebody changes places in the order and at the meetings to come."""
    language = turn.language
    others = [one for one in chairs_in_order(turn.uow, coalition.id) if one != person_id]
    page = page_of(others, number)
    names = turn.uow.people.names([*page.things, person_id])
    rows = tuple(
        (button(names[other], "chairs.swap", coalition.id, person_id, other),)
        for other in page.things
        if other in names
    )
    text = language.say("<b>With whom does {name} change places?</b>", name=names.get(person_id, ""))
    turner = page.turner(language, "chairs.with", coalition.id, person_id)
    return Screen(text, (*rows, *turner, *way_out(language, "chairs", coalition.id)))


def order_screen(turn: Turn, coalition: Coalition, number: int) -> Screen:
    """Give the order, with who is put forward or taken out by a tap."""
    language, plain = turn.language, turn.language.plain
    order = chairs_in_order(turn.uow, coalition.id)
    page = page_of(order, number)
    names = turn.uow.people.names(page.things)
    rows = tuple(
        (
            button(plain("↑ {name}", name=name), "chairs.up", coalition.id, person_id, page.number),
            button(plain("Take out"), "chairs.drop", coalition.id, person_id, page.number),
        )
        for person_id, name in names.items()
    )
    text = lines(
        language.say("<b>The order</b> · {name}", name=coalition.name),
        language.say("Tap a name to put it one place forward.") if order else language.say("Nobody takes turns yet."),
    )
    add = (button(plain("Add somebody"), "chairs.new", coalition.id),)
    turner = page.turner(language, "chairs.order", coalition.id)
    return Screen(text, (*rows, *turner, add, *way_out(language, "chairs", coalition.id)))


def _led(turn: Turn, coalition: Coalition, meetings: Sequence[Meeting], order: Sequence[PersonId]) -> Rows:
    plain, rows = turn.language.plain, list[tuple[Button, ...]]()
    meeting = next(iter(meetings), None)
    first = next(iter(order), None) if meeting is None else meeting.chair_id
    if first is not None and order:
        name = turn.uow.people.get(first).name
        about = 0 if meeting is None else meeting.id
        rows.append((button(plain("Pass the turn of {name}", name=name), "chairs.skip", coalition.id, first, about),))
        if first in order and len(order) > 1:
            rows.append((button(plain("Have {name} change places", name=name), "chairs.with", coalition.id, first, 0),))
    next_one = turn.uow.meetings.next_of(coalition.id, turn.now)
    if next_one is not None:
        rows.append((button(plain("Choose who chairs the next meeting"), "chairs.name", next_one.id),))
    agreement = turn.uow.path.agreement(coalition.id)
    if agreement is None:
        rows.append((button(plain("Write it down"), "agreement.write", coalition.id),))
    elif agreement.rotating:
        rows.append((button(plain("Change the order"), "chairs.order", coalition.id, 0),))
    return tuple(rows)


def _own_turn(turn: Turn, coalition: Coalition, meetings: Sequence[Meeting], order: Sequence[PersonId]) -> Rows:
    """Let who chairs a meeting, or is the next one, pass their turn."""
    own = turn.me.id
    meeting = next((one for one in meetings if one.chair_id == own), None)
    if not order or (meeting is None and order[0] != own):
        return ()
    about = 0 if meeting is None else meeting.id
    return ((button(turn.language.plain("Pass my turn"), "chairs.skip", coalition.id, own, about),),)


def _own_place(turn: Turn, coalition: Coalition, order: Sequence[PersonId]) -> Rows:
    """Let members come into the order, and go out of it."""
    agreement, own = turn.uow.path.agreement(coalition.id), turn.me.id
    if agreement is None or not agreement.rotating or not is_member(turn.uow, own, coalition.id):
        return ()
    if own in order:
        return ((button(turn.language.plain("I take turns no longer"), "chairs.out", coalition.id),),)
    return ((button(turn.language.plain("I take turns too"), "chairs.in", coalition.id),),)
