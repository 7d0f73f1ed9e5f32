"""Requests to join: read them, accept or refuse in one tap."""

from handlers.feature import Feature
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Button, Rows, Screen, button, lines
from handlers.turn import Turn
from locales import Language
from programme.errors import NotFound
from programme.ids import CoalitionId, MembershipId
from programme.memberships import Membership, MembershipState
from programme.ports import UnitOfWork
from programme.usecases.decide_membership import decide_membership
from programme.usecases.rights import led_coalition, require_facilitator

ACCEPT, REFUSE, HAND_OVER = "yes", "no", "lead"


def show_requests(turn: Turn) -> Reply:
    """Show who asks to join a coalition, oldest first."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    page = page_of(turn.uow.memberships.waiting([coalition.id]), turn.number(1) if turn.word(1) else 0)
    language = turn.language
    text = lines(
        language.say("<b>Requests to join</b> · {name}", name=coalition.name),
        None if page.things else language.say("Nobody is waiting."),
    )
    rows = (
        *((button(who_asks(turn.uow, asked, language), "request", asked.id),) for asked in page.things),
        *page.turner(language, "requests", coalition.id),
        *way_out(language, "coalition", coalition.id),
    )
    return turn.show(Screen(text, rows))


def show_request(turn: Turn) -> Reply:
    """Show one request with the buttons that decide it."""
    asked = turn.uow.memberships.get(MembershipId(turn.number(0)))
    require_facilitator(turn.uow, turn.me.id, asked.coalition_id)
    return turn.show(request_screen(turn.uow, asked, turn.language, staff=turn.staff))


def decide(turn: Turn) -> Reply:
    """Accept, refuse, or accept and hand over the facilitation."""
    decision = turn.word(1)
    if decision not in {ACCEPT, REFUSE, HAND_OVER}:
        raise NotFound
    decided = decide_membership(
        turn.uow,
        turn.me.id,
        MembershipId(turn.number(0)),
        turn.now,
        accepted=decision != REFUSE,
        as_facilitator=decision == HAND_OVER,
    )
    screen = request_screen(turn.uow, decided, turn.language, staff=turn.staff)
    return turn.show(screen, toast=turn.language.plain("Done: the person is told."))


def request_screen(uow: UnitOfWork, asked: Membership, language: Language, *, staff: bool) -> Screen:
    """Give a request to join as it stands: with its buttons while it waits, else with what was decided."""
    coalition = uow.coalitions.get(asked.coalition_id)
    who = who_asks(uow, asked, language)
    text = lines(
        language.say("<b>{name}</b> asks to join “{coalition}”.", name=who, coalition=coalition.name),
        _decision(asked.state, language),
    )
    rows: Rows = ()
    if asked.state is MembershipState.ASKED:
        rows = _decision_buttons(uow, asked, language, staff=staff)
    return Screen(text, (*rows, *way_out(language, "requests", coalition.id)))


def who_asks(uow: UnitOfWork, asked: Membership, language: Language) -> str:
    """Name somebody with their organisation: « Léa Martin, ENIB »."""
    person = uow.people.get(asked.person_id)
    if person.organisation_id is None:
        return language.plain("{name}, in their own name", name=person.name)
    return f"{person.name}, {uow.organisations.get(person.organisation_id).name}"


def _decision_buttons(uow: UnitOfWork, asked: Membership, language: Language, *, staff: bool) -> Rows:
    first: tuple[Button, ...] = (
        button(language.plain("Accept"), "decide", asked.id, ACCEPT),
        button(language.plain("Refuse"), "decide", asked.id, REFUSE),
    )
    if staff and not uow.memberships.facilitators(asked.coalition_id):
        hand_over = button(language.plain("Accept and entrust with facilitation"), "decide", asked.id, HAND_OVER)
        return (first, (hand_over,))
    return (first,)


def _decision(state: MembershipState, language: Language) -> str | None:
    if state is MembershipState.ACCEPTED:
        return language.say("✓ Accepted")
    if state is MembershipState.REFUSED:
        return language.say("Refused")
    if state is MembershipState.LEFT:
        return language.say("The request was taken back.")
    return None


FEATURE = Feature(
    buttons={"requests": show_requests, "request": show_request, "decide": decide},
)
