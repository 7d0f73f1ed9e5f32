"""Register for a forum: in one tap or with seats, organisation and pitches; confirm an offered place, give one up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from handlers.cards.forum import forum_lines, pitch_words
from handlers.feature import Feature
from handlers.forms import Choice, Form, Option, Question, Several, context_of, open_form
from handlers.members.forum import forum_of, forum_screen, show_forums
from handlers.members.forum_answers import ask_what_is_open
from handlers.reply import Reply, say
from handlers.screen import Screen, button, paragraphs
from handlers.turn import Turn
from locales import _
from programme.errors import TooLate
from programme.forums import SEATS_MOST, Forum, RegistrationState
from programme.ids import ForumId, OrganisationId, PitchId
from programme.usecases.cancel_registration import cancel_registration
from programme.usecases.confirm_offer import confirm_offer, decline_offer
from programme.usecases.places import check_open, pitch_seats_left, takes_registrations
from programme.usecases.register import RegistrationAsked, register

OWN_NAME: Final = "own"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the conversation asks: seats, in whose name, and which pitches one comes for."""

    seats: int
    organisation: str
    pitches: tuple[str, ...] = ()
    forum: str = ""


def register_one(turn: Turn) -> Reply:
    """Register oneself in one tap, for one's own organisation."""
    forum = forum_of(turn)
    if turn.uow.registrations.of(turn.me.id, forum.id) is None:
        own = RegistrationAsked(seats=1, organisation=turn.me.organisation_id)
        register(turn.uow, turn.me.id, forum.id, own, turn.now, turn.territory.zone)
    return with_questions(turn, forum, turn.show(forum_screen(turn, forum), toast=_noted(turn, forum)))


def choose(turn: Turn) -> Reply:
    """Open the conversation on seats, organisation and pitches; only what there is to choose is asked."""
    forum = forum_of(turn)
    if not takes_registrations(forum, turn.now):
        raise TooLate
    if turn.uow.registrations.of(turn.me.id, forum.id) is None:
        check_open(forum, turn.now, turn.territory.zone)
    known: dict[str, Any] = {}
    if turn.me.organisation_id is None:
        known["organisation"] = OWN_NAME
    if not turn.uow.forums.pitches(forum.id):
        known["pitches"] = None
    return open_form(turn, REGISTER, context={"forum": str(forum.id)}, known=known)


def with_questions(turn: Turn, forum: Forum, noted: Reply) -> Reply:
    """Give an answer to who registers, and then the first question that the project team asks and that is open."""
    asked = ask_what_is_open(turn, forum)
    return noted if asked is None else replace(noted, messages=(*noted.messages, *asked.messages))


def choose_again(turn: Turn) -> Reply:
    """Lead back to the forums after a conversation that ended without its answer."""
    return show_forums(turn)


def confirm(turn: Turn) -> Reply:
    """Take an offered place."""
    forum = forum_of(turn)
    confirm_offer(turn.uow, turn.me.id, forum.id, turn.now, turn.territory.zone)
    return turn.show(forum_screen(turn, forum), toast=turn.language.plain("Your place is confirmed."))


def decline(turn: Turn) -> Reply:
    """Leave an offered place to the next one."""
    forum = forum_of(turn)
    decline_offer(turn.uow, turn.me.id, forum.id, turn.now, turn.territory.zone)
    return turn.show(forum_screen(turn, forum), toast=turn.language.plain("Noted: the place is free for others."))


def ask_whether_to_cancel(turn: Turn) -> Reply:
    """Ask before a place is given up: it goes to somebody else at once."""
    forum = forum_of(turn)
    registration = turn.uow.registrations.of(turn.me.id, forum.id)
    if registration is None or not takes_registrations(forum, turn.now):
        raise TooLate
    waits = registration.state is RegistrationState.WAITING
    text = paragraphs(
        forum_lines(forum, turn.language, turn.territory),
        turn.language.say("Leave the waiting list? If you came back, you would be last.")
        if waits
        else turn.language.say("Cancel your registration? Your place is free for others at once."),
    )
    yes = turn.language.plain("Yes, leave the list") if waits else turn.language.plain("Yes, cancel")
    rows = (
        (button(yes, "forum.leave", forum.id),),
        (button(turn.language.plain("No, keep it"), "forum", forum.id),),
    )
    return turn.show(Screen(text, rows))


def cancel(turn: Turn) -> Reply:
    """Give one's place up, or the one in the waiting list."""
    forum, plain = forum_of(turn), turn.language.plain
    before = turn.uow.registrations.of(turn.me.id, forum.id)
    cancel_registration(turn.uow, turn.me.id, forum.id, turn.now, turn.territory.zone)
    waited = before is not None and before.state is RegistrationState.WAITING
    words = plain("You are no longer on the waiting list.") if waited else plain("Your registration is cancelled.")
    return turn.show(forum_screen(turn, forum), toast=words)


def seat_numbers(turn: Turn) -> Sequence[Option]:
    """Give how many seats one may ask for."""
    return [
        Option(str(number), turn.language.plain_n("{n} place", "{n} places", number))
        for number in range(1, SEATS_MOST + 1)
    ]


def own_names(turn: Turn) -> Sequence[Option]:
    """Give in whose name one may come: one's organisation's, or one's own."""
    own = Option(OWN_NAME, turn.language.plain("I come in my own name"))
    if turn.me.organisation_id is None:
        return [own]
    organisation = turn.uow.organisations.get(turn.me.organisation_id)
    return [Option(str(organisation.id), organisation.name), own]


def open_pitches(turn: Turn) -> Sequence[Option]:
    """Give the pitches of the forum that the conversation is about."""
    forum = context_of(turn).get("forum", "")
    if not forum:
        return []
    forum_id = ForumId(int(forum))
    left = pitch_seats_left(turn.uow, forum_id, besides=turn.me.id)
    return [
        Option(str(pitch.id), pitch_words(pitch, left.get(pitch.id), turn.language))
        for pitch in turn.uow.forums.pitches(forum_id)
    ]


def _noted(turn: Turn, forum: Forum) -> str:
    registration = turn.uow.registrations.of(turn.me.id, forum.id)
    if registration is None or registration.state is RegistrationState.WAITING:
        return turn.language.plain("You are on the waiting list.")
    if registration.state is RegistrationState.OFFERED:
        return turn.language.plain("A place is held for you: confirm it.")
    return turn.language.plain("You are registered.")


def _register(turn: Turn, asked: Asked) -> Reply:
    forum = turn.uow.forums.get(ForumId(int(asked.forum)))
    organisation = None if asked.organisation == OWN_NAME else OrganisationId(int(asked.organisation))
    pitches = tuple(PitchId(int(pitch)) for pitch in asked.pitches)
    wanted = RegistrationAsked(asked.seats, organisation, pitches)
    register(turn.uow, turn.me.id, forum.id, wanted, turn.now, turn.territory.zone)
    return with_questions(turn, forum, say(forum_screen(turn, forum)))


REGISTER = Form(
    name="register",
    version=1,
    into=Asked,
    questions=(
        Question("seats", _("How many places, yours included?"), Choice(seat_numbers), into=int, label=_("Places")),
        Question("organisation", _("In whose name do you come?"), Choice(own_names), label=_("In the name of")),
        Question(
            "pitches",
            _("Which pitches would you like to hear?"),
            Several(open_pitches),
            label=_("Pitches"),
            optional=True,
        ),
    ),
    submit=_register,
)

FEATURE = Feature(
    buttons={
        "forum.in": register_one,
        "forum.choose": choose,
        "forum.confirm": confirm,
        "forum.decline": decline,
        "forum.out": ask_whether_to_cancel,
        "forum.leave": cancel,
    },
    forms=(REGISTER,),
    again={REGISTER.name: choose_again},
)
