"""Offer a pitch, and change it: a coalition, or the project team, gives a short talk at a forum."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from handlers.feature import Feature
from handlers.forms import Form, Number, Option, Pick, Question, Text, open_form
from handlers.forms.option import LABEL_MAX
from handlers.forms.wording import shortened
from handlers.members.forum import forum_screen, show_forums
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from locales import _
from programme.errors import NotAllowed, NotFound, TooLate
from programme.forums import PITCH_TITLE_MAX, PLACES_MOST
from programme.ids import CoalitionId, ForumId, PitchId
from programme.texts import folded
from programme.usecases.offer_pitch import change_pitch, changeable_pitch, offer_pitch
from programme.usecases.places import takes_registrations

TEAM: Final = "team"
"""Stands for the project team where coalitions are chosen."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the conversation asks: who gives the pitch and under which title."""

    coalition: str
    title: str
    seats: int | None = None
    forum: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What may be changed of a pitch; without seats as many come as like to."""

    title: str
    seats: int | None = None
    pitch: str = ""


def start_offer(turn: Turn) -> Reply:
    """Open the conversation; who gives the pitch is asked only of who may offer it for several."""
    forum = turn.uow.forums.get(ForumId(turn.number(0)))
    givers = _givers(turn)
    if not givers:
        raise NotAllowed
    if not takes_registrations(forum, turn.now):
        raise TooLate
    known: dict[str, Any] = {"coalition": givers[0].value} if len(givers) == 1 else {}
    return open_form(turn, OFFER_PITCH, context={"forum": str(forum.id)}, known=known)


def show_own_pitches(turn: Turn) -> Reply:
    """Show the pitches of a forum that one may change."""
    language = turn.language
    forum = turn.uow.forums.get(ForumId(turn.number(0)))
    own = {option.value for option in _givers(turn)}
    if not own:
        raise NotAllowed
    pitches = [one for one in turn.uow.forums.pitches(forum.id) if str(one.coalition_id or TEAM) in own]
    page = page_of(pitches, turn.number(1) if turn.word(1) else 0)
    text = language.say("<b>Which pitch?</b>") if pitches else language.say("No pitch is offered yet.")
    rows = (
        *((button(shortened(one.title, LABEL_MAX), "forum.pitch.edit", one.id),) for one in page.things),
        *page.turner(language, "forum.pitches", forum.id),
        *way_out(language, "forum", forum.id),
    )
    return turn.show(Screen(text, rows))


def start_change(turn: Turn) -> Reply:
    """Open the conversation that changes a pitch, with what it says now; each line can be corrected."""
    pitch = changeable_pitch(turn.uow, turn.me.id, PitchId(turn.number(0)), turn.now)
    known = {"title": pitch.title, "seats": None if pitch.seats is None else str(pitch.seats)}
    return open_form(turn, CHANGE_PITCH, context={"pitch": str(pitch.id)}, known=known)


def offer_again(turn: Turn) -> Reply:
    """Lead back to the forums after a conversation that ended without its answer."""
    return show_forums(turn)


def givers(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give those for whom one may offer a pitch, and whose names hold the words."""
    found = [option for option in _givers(turn) if folded(words) in folded(option.label)]
    return found[offset : offset + limit], len(found)


def _givers(turn: Turn) -> Sequence[Option]:
    led = turn.uow.coalitions.active() if turn.staff else turn.uow.coalitions.led_by(turn.me.id)
    team = [Option(TEAM, turn.language.plain("The project team"))] if turn.staff else []
    return [*team, *(Option(str(coalition.id), coalition.name) for coalition in led)]


def _offer(turn: Turn, offered: Offered) -> Reply:
    if not offered.forum.isdecimal():
        raise NotFound
    forum_id = ForumId(int(offered.forum))
    coalition_id = None if offered.coalition == TEAM else CoalitionId(int(offered.coalition))
    offer_pitch(turn.uow, turn.me.id, forum_id, coalition_id, offered.title, turn.now, offered.seats)
    told = turn.language.say("The pitch now stands on the forum’s page. Those who register can choose it.")
    return say(Screen(told), forum_screen(turn, turn.uow.forums.get(forum_id)))


def _change(turn: Turn, changed: Changed) -> Reply:
    if not changed.pitch.isdecimal():
        raise NotFound
    pitch_id = PitchId(int(changed.pitch))
    pitch = change_pitch(turn.uow, turn.me.id, pitch_id, changed.title, changed.seats, turn.now)
    asked = turn.uow.registrations.pitch_seats(pitch.forum_id).get(pitch.id, 0)
    above = 0 if pitch.seats is None else max(0, asked - pitch.seats)
    told = lines(
        turn.language.say("The pitch is changed."),
        turn.language.say_n(
            "{n} seat chosen already is above this number: nobody loses theirs.",
            "{n} seats chosen already are above this number: nobody loses theirs.",
            above,
        )
        if above
        else None,
    )
    return say(Screen(told), forum_screen(turn, turn.uow.forums.get(pitch.forum_id)))


TITLE = Question(
    "title",
    _("What is it about, in a few words?"),
    Text(longest=PITCH_TITLE_MAX),
    hint=_("For example: Lending cargo bikes between neighbours"),
    label=_("Pitch"),
)
SEATS = Question(
    "seats",
    _("How many seats does it have? Skip this where there is no limit."),
    Number(least=1, most=PLACES_MOST),
    hint=_("For example: 20"),
    label=_("Seats"),
    optional=True,
)

OFFER_PITCH = Form(
    name="offer_pitch",
    version=2,
    into=Offered,
    questions=(
        Question("coalition", _("Who gives this pitch?"), Pick(givers), label=_("Given by")),
        TITLE,
        SEATS,
    ),
    review=_("The pitch"),
    submit=_offer,
)

CHANGE_PITCH = Form(
    name="change_pitch",
    version=1,
    into=Changed,
    questions=(TITLE, SEATS),
    review=_("The pitch"),
    submit=_change,
)

FEATURE = Feature(
    buttons={
        "forum.pitch": start_offer,
        "forum.pitches": show_own_pitches,
        "forum.pitch.edit": start_change,
    },
    forms=(OFFER_PITCH, CHANGE_PITCH),
    again={OFFER_PITCH.name: offer_again, CHANGE_PITCH.name: offer_again},
)
