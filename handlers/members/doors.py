"""The doors of a forum on its day: scan a ticket or find a name, note the arrival, take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from handlers.cards.arrival import checked_in_screen, find_button, taken_back_screen, unknown_ticket_screen
from handlers.cards.forum import forum_lines
from handlers.feature import Feature
from handlers.forms import Form, Option, Pick, Question, context_of, open_form
from handlers.members.forum import forum_of, forum_screen, show_forums
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import _
from programme.doors import (
    OpenDoors,
    Registrant,
    RegistrantsView,
    next_opening,
    open_doors,
    sorted_registrants,
)
from programme.errors import NotAllowed, NotFound
from programme.forums import Forum, ForumState
from programme.ids import ForumId, RegistrationId
from programme.usecases.check_in import (
    check_in,
    expected,
    keeps_doors,
    require_doors,
    take_back_arrival,
)
from programme.usecases.name_helper import come_as_helper

DAY_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Sought:
    """The registration that was looked for."""

    registration: str


def show_doors(turn: Turn) -> Reply:
    """Show how many have come, and the ways to note the next one."""
    return turn.show(doors_screen(turn, _kept_forum(turn)))


def show_ticket_holder(turn: Turn, ticket: str) -> Reply:
    """Take a scanned ticket: its owner sees the forum, who keeps the doors notes the arrival while they are open."""
    registration = turn.uow.registrations.by_ticket(ticket)
    if registration is None:
        if not turn.staff:
            raise NotFound
        return say(unknown_ticket_screen(turn))
    forum = turn.uow.forums.get(registration.forum_id)
    doors = open_doors(forum, turn.now, turn.territory.zone)
    keeps = keeps_doors(turn.uow, turn.me.id, forum.id)
    if keeps and (turn.staff or doors is not None):
        return say(_checked_in(turn, registration.id))
    if registration.person_id == turn.me.id:
        return say(forum_screen(turn, forum))
    if not keeps:
        raise NotFound
    return say(doors_screen(turn, forum))


def help_by_code(turn: Turn, code: str) -> Reply:
    """Have somebody help at the doors of the forum of a link, and show what there is to do."""
    forum = come_as_helper(turn.uow, turn.me.id, code, turn.now)
    return say(doors_screen(turn, forum))


def find(turn: Turn) -> Reply:
    """Open the search by name among those who are expected."""
    forum = _kept_forum(turn)
    require_doors(turn.uow, turn.me.id, forum, turn.now, turn.territory.zone)
    return open_form(turn, FIND_ARRIVAL, context={"forum": str(forum.id)})


def note(turn: Turn) -> Reply:
    """Note an arrival."""
    return turn.show(_checked_in(turn, RegistrationId(turn.number(0))))


def take_back(turn: Turn) -> Reply:
    """Take an arrival back that was noted by mistake."""
    registration_id, day = RegistrationId(turn.number(0)), _day_of(turn.word(1))
    zone = turn.territory.zone
    registration = take_back_arrival(turn.uow, turn.me.id, registration_id, day, turn.now, zone)
    screen = taken_back_screen(turn, registration)
    return turn.show(screen, toast=turn.language.plain("Taken back: this person has not arrived."))


def people_expected(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give those who are expected and whose name or organisation hold the words; nobody to who may not see them."""
    number = context_of(turn).get("forum", "")
    if not number:
        return (), 0
    forum, zone = turn.uow.forums.get(ForumId(int(number))), turn.territory.zone
    try:
        found = expected(turn.uow, turn.me.id, forum.id, words, turn.now, zone)
    except NotAllowed:
        return (), 0
    doors = open_doors(forum, turn.now, zone)
    came = frozenset() if doors is None else turn.uow.doors.arrived_on(forum.id, doors.day)
    options = [
        Option(str(one.registration.id), _label(one) + (" ✓" if one.registration.id in came else ""))
        for one in found[offset : offset + limit]
    ]
    return options, len(found)


def doors_screen(turn: Turn, forum: Forum) -> Screen:
    """Give the doors of a forum: to the project team with everything about who registered, to who helps its day."""
    language, zone = turn.language, turn.territory.zone
    doors = open_doors(forum, turn.now, zone)
    registrants = turn.uow.registrations.registrants(forum.id) if turn.staff or doors is not None else ()
    text = paragraphs(
        forum_lines(forum, language, turn.territory),
        _registered(turn, forum, registrants) if turn.staff else None,
        _doors_lines(turn, forum, doors, registrants),
    )
    rows: Rows = (
        *((find_button(turn, forum.id),) if doors is not None else ()),
        *(_team_rows(turn, forum) if turn.staff else ()),
        *way_out(language, "forum", forum.id),
    )
    return Screen(text, rows)


def _kept_forum(turn: Turn) -> Forum:
    forum = forum_of(turn)
    if not keeps_doors(turn.uow, turn.me.id, forum.id):
        raise NotAllowed
    return forum


def _registered(turn: Turn, forum: Forum, registrants: Sequence[Registrant]) -> Markup:
    language = turn.language
    views = sorted_registrants(registrants, over=forum.ends_at <= turn.now)
    confirmed, waiting = views[RegistrantsView.CONFIRMED], views[RegistrantsView.WAITING]
    absent = views[RegistrantsView.NO_SHOW]
    return lines(
        language.say_n(
            "{n} registration confirmed ({seats}).",
            "{n} registrations confirmed ({seats}).",
            len(confirmed),
            seats=language.plain_n("{n} place", "{n} places", sum(one.registration.seats for one in confirmed)),
        ),
        language.say_n("{n} person waits.", "{n} people wait.", len(waiting)) if waiting else None,
        language.say_n("{n} person did not come.", "{n} people did not come.", len(absent)) if absent else None,
    )


def _doors_lines(turn: Turn, forum: Forum, doors: OpenDoors | None, registrants: Sequence[Registrant]) -> Markup | None:
    language, zone = turn.language, turn.territory.zone
    if doors is not None:
        came = turn.uow.doors.arrived_on(forum.id, doors.day)
        confirmed = sorted_registrants(registrants, over=False)[RegistrantsView.CONFIRMED]
        return lines(
            language.say_n(
                "Arrivals noted today: {n} of {total}.",
                "Arrivals noted today: {n} of {total}.",
                len(came),
                total=language.number(len(confirmed)),
            ),
            language.say("Scan a ticket with the phone’s camera, or find a name."),
        )
    opens_at = next_opening(forum, turn.now)
    if opens_at is None:
        return None
    return language.say("You can note arrivals {when}.", when=language.from_now(opens_at, turn.now, zone))


def _team_rows(turn: Turn, forum: Forum) -> Rows:
    plain, held = turn.language.plain, forum.state is ForumState.PLANNED
    over = forum.ends_at <= turn.now
    lists = (button(plain("Who registered"), "registrants", forum.id),)
    if held and over:
        return (lists, (button(plain("What people said"), "after.said", forum.id),))
    if not held:
        return (lists,)
    return (
        (*lists, button(plain("Helpers"), "helpers", forum.id)),
        (
            button(plain("Questions"), "questions", forum.id),
            button(plain("Message afterwards"), "after", forum.id),
        ),
    )


def _checked_in(turn: Turn, registration_id: RegistrationId) -> Screen:
    return checked_in_screen(turn, check_in(turn.uow, turn.me.id, registration_id, turn.now, turn.territory.zone))


def _label(registrant: Registrant) -> str:
    return f"{registrant.name}, {registrant.organisation}" if registrant.organisation else registrant.name


def _day_of(digits: str) -> date:
    """Read the day of a button; raises NotFound for a forged one."""
    if not (digits.isascii() and digits.isdecimal() and len(digits) == DAY_DIGITS):
        raise NotFound
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise NotFound from None


def _note_found(turn: Turn, sought: Sought) -> Reply:
    if not sought.registration.isdecimal():
        raise NotFound
    return say(_checked_in(turn, RegistrationId(int(sought.registration))))


FIND_ARRIVAL: Final = Form(
    name="find_arrival",
    version=1,
    into=Sought,
    questions=(
        Question(
            "registration", _("Who is arriving?"), Pick(people_expected), hint=_("A few letters of the name are enough")
        ),
    ),
    submit=_note_found,
)

FEATURE = Feature(
    buttons={
        "doors": show_doors,
        "doors.find": find,
        "doors.in": note,
        "doors.undo": take_back,
    },
    forms=(FIND_ARRIVAL,),
    again={FIND_ARRIVAL.name: show_forums},
)
