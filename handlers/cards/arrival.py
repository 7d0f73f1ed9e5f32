"""What those who keep the doors of a forum read once somebody has shown a ticket, or given a name."""

from typing import Final

from markupsafe import Markup

from handlers.cards.forum import forum_lines
from handlers.navigation import way_out
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Msgid, _
from programme.doors import Arrival
from programme.forums import Registration
from programme.ids import ForumId
from programme.usecases.check_in import AtTheDoor, CheckedIn

WHY_NOT: Final[dict[AtTheDoor, Msgid]] = {
    AtTheDoor.GAVE_UP: _("This registration was cancelled."),
    AtTheDoor.WAITS: _("This person is on the waiting list."),
    AtTheDoor.NOT_CONFIRMED: _("The place is held, but was not confirmed."),
    AtTheDoor.FORUM_OVER: _("The forum is over."),
    AtTheDoor.FORUM_CANCELLED: _("The forum is cancelled."),
}


def checked_in_screen(turn: Turn, result: CheckedIn) -> Screen:
    """Say in the first line whether the ticket is valid, then whose it is, and what was noted or why nothing was."""
    language, forum, registration = turn.language, result.forum, result.registration
    back = way_out(language, "doors", forum.id)
    if result.arrival is not None:
        rows = ((undo_button(turn, result.arrival),), find_button(turn, forum.id), *back)
        return Screen(_noted(turn, result, result.arrival), rows)
    if result.became is AtTheDoor.DOORS_CLOSED:
        head = language.say("<b>✓ Valid ticket</b>")
        why = language.say("The doors are closed now: nothing was noted.")
    else:
        head = language.say("<b>✕ This ticket is not valid</b>")
        why = language.say(WHY_NOT[result.became])
    card = forum_lines(forum, language, turn.territory)
    return Screen(paragraphs(head, card, lines(holder_line(turn, registration), why)), back)


def taken_back_screen(turn: Turn, registration: Registration) -> Screen:
    """Say that an arrival is taken back, and offer to note it all the same."""
    language = turn.language
    text = lines(language.say("<b>Arrival taken back</b>"), holder_line(turn, registration))
    rows = (
        (button(language.plain("Note the arrival"), "doors.in", registration.id),),
        find_button(turn, registration.forum_id),
        *way_out(language, "doors", registration.forum_id),
    )
    return Screen(text, rows)


def unknown_ticket_screen(turn: Turn) -> Screen:
    """Say that nobody registered with a ticket."""
    language = turn.language
    text = paragraphs(
        language.say("<b>✕ This ticket is not valid</b>"), language.say("Nobody registered with this ticket.")
    )
    return Screen(text, way_out(language))


def holder_line(turn: Turn, registration: Registration) -> Markup:
    """Say who holds a ticket, for whom they come, and with how many places."""
    uow, language = turn.uow, turn.language
    name = (
        language.plain("a former member")
        if registration.person_id is None
        else uow.people.get(registration.person_id).name
    )
    if registration.organisation_id is not None:
        name = f"{name}, {uow.organisations.get(registration.organisation_id).name}"
    seats = language.plain_n("{n} place", "{n} places", registration.seats)
    return language.say("<b>{name}</b>: {seats}", name=name, seats=seats)


def undo_button(turn: Turn, arrival: Arrival) -> Button:
    """Give the button that takes an arrival back."""
    return button(
        turn.language.plain("Take the arrival back"), "doors.undo", arrival.registration_id, f"{arrival.day:%Y%m%d}"
    )


def find_button(turn: Turn, forum_id: ForumId) -> tuple[Button, ...]:
    """Give the row that finds who arrives by the name."""
    return (button(turn.language.plain("Find a name"), "doors.find", forum_id),)


def _noted(turn: Turn, result: CheckedIn, arrival: Arrival) -> Markup:
    language = turn.language
    time = language.clock(arrival.at.astimezone(turn.territory.zone).time())
    head, words = (
        (language.say("<b>✓ Valid ticket</b>"), language.say("Arrival noted at {time}.", time=time))
        if result.became is AtTheDoor.NOTED
        else (
            language.say("<b>⚠ Already arrived</b>"),
            language.say("This arrival was noted at {time}: the ticket has been used today.", time=time),
        )
    )
    title = language.say("{title}", title=result.forum.title)
    return paragraphs(head, lines(holder_line(turn, result.registration), words), title)
