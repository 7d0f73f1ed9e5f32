"""Move a forum, give it more or fewer places, or call it off: everybody registered is told at once."""

from dataclasses import dataclass
from datetime import datetime

from handlers.cards.forum import forum_lines
from handlers.cards.forum_steering import taken_line
from handlers.feature import Feature
from handlers.forms import Form, Moment, Number, Question, Text, open_form
from handlers.members.forum import forum_screen
from handlers.reply import Reply, Say, say
from handlers.screen import Screen, button, lines, paragraphs
from handlers.staff.forum_facts import as_long, forum_number
from handlers.staff.forums import begin_again
from handlers.turn import Turn
from locales import _
from programme.errors import Outdated
from programme.forums import FORUM_PLACE_MAX, PLACES_MOST, Forum
from programme.ids import ForumId
from programme.usecases.change_forum import ForumMove, cancel_forum, changeable_forum, move_forum, resize_forum


@dataclass(frozen=True, slots=True)
class NewMoment:
    """A forum's new moment; without an end it lasts as long as before, without a place it stays there."""

    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    forum: str = ""


@dataclass(frozen=True, slots=True)
class NewPlaces:
    """How many places a forum will have."""

    places: int
    forum: str = ""


def start_move(turn: Turn) -> Reply:
    """Open the conversation that moves a forum; one that has several days has each of them moved by itself."""
    forum = _changeable(turn)
    if forum.days:
        raise Outdated
    return open_form(turn, MOVE_FORUM, context={"forum": str(forum.id)})


def start_resizing(turn: Turn) -> Reply:
    """Open the conversation that gives a forum another number of places, under a word on how full it is."""
    forum = _changeable(turn)
    asked = open_form(turn, RESIZE_FORUM, context={"forum": str(forum.id)})
    return asked.after(Say(Screen(taken_line(turn.uow, forum, turn.language))))


def ask_cancellation(turn: Turn) -> Reply:
    """Ask once before a forum is called off: it can't be undone, and everybody registered is told."""
    language, forum = turn.language, _changeable(turn)
    text = paragraphs(
        forum_lines(forum, language, turn.territory),
        language.say("<b>Cancel this forum?</b> It can’t be undone."),
        language.say_n(
            "{n} person, registered or waiting, is told at once.",
            "{n} people, registered or waiting, are told at once.",
            _registered(turn, forum),
        ),
    )
    rows = (
        (button(language.plain("Yes, cancel the forum"), "forum.off.sure", forum.id, forum.version),),
        (button(language.plain("No, keep it"), "forum", forum.id),),
    )
    return turn.show(Screen(text, rows))


def cancel(turn: Turn) -> Reply:
    """Call a forum off, unless it has moved since it was shown."""
    forum = _changeable(turn)
    if forum.version != turn.number(1):
        raise Outdated
    cancelled = cancel_forum(turn.uow, turn.me.id, forum.id, turn.now)
    return turn.show(forum_screen(turn, cancelled), toast=turn.language.plain("The forum is cancelled."))


def _registered(turn: Turn, forum: Forum) -> int:
    registrations = turn.uow.registrations
    held = [*registrations.holding(forum.id), *registrations.waiting(forum.id)]
    return sum(each.person_id is not None for each in held)


def _changeable(turn: Turn) -> Forum:
    return changeable_forum(turn.uow, turn.me.id, ForumId(turn.number(0)), turn.now)


def _move(turn: Turn, told: NewMoment) -> Reply:
    before = turn.uow.forums.get(forum_number(told.forum))
    ends_at = told.ends_at or as_long(before.starts_at, before.ends_at, told.starts_at, turn.territory.zone)
    move = ForumMove(told.starts_at, ends_at, told.place)
    moved = move_forum(turn.uow, turn.me.id, before.id, move, turn.now, turn.territory.zone)
    if moved.version == before.version:
        words = turn.language.say("It stays as it was: nobody is told anything.")
    else:
        words = turn.language.say_n(
            "The forum has moved: {n} person is told.",
            "The forum has moved: {n} people are told.",
            _registered(turn, moved),
        )
    return say(Screen(words), forum_screen(turn, moved))


def _resize(turn: Turn, told: NewPlaces) -> Reply:
    say_n = turn.language.say_n
    resized = resize_forum(turn.uow, turn.me.id, forum_number(told.forum), told.places, turn.now, turn.territory.zone)
    promoted = taken_back = above = None
    if resized.promoted:
        promoted = say_n(
            "{n} registration that waited has a place now, and is told.",
            "{n} registrations that waited have a place now, and are told.",
            resized.promoted,
        )
    if resized.taken_back:
        taken_back = say_n(
            "{n} place offered and not confirmed is taken back; who had it is told and waits again.",
            "{n} places offered and not confirmed are taken back; those who had them are told and wait again.",
            resized.taken_back,
        )
    if resized.above:
        above = say_n(
            "{n} confirmed place is above this number: nobody loses theirs, and none is given until enough are free.",
            "{n} confirmed places are above this number: nobody loses theirs, and none is given until enough are free.",
            resized.above,
        )
    kept = say_n("The forum has {n} place now.", "The forum has {n} places now.", told.places)
    return say(Screen(lines(kept, promoted, taken_back, above)), forum_screen(turn, resized.forum))


MOVE_FORUM = Form(
    name="move_forum",
    version=1,
    into=NewMoment,
    questions=(
        Question(
            "starts_at",
            _("When does the forum begin now?"),
            Moment(),
            hint=_("For example: Tuesday 18:30, 24/11 at 18:00, tomorrow noon"),
            label=_("Beginning"),
        ),
        Question(
            "ends_at",
            _("When does it end? Skip this where it lasts as long as before."),
            Moment(),
            label=_("End"),
            optional=True,
        ),
        Question(
            "place",
            _("Another place? Skip this where it stays the same."),
            Text(longest=FORUM_PLACE_MAX),
            label=_("Where"),
            optional=True,
        ),
    ),
    review=_("The new moment"),
    submit=_move,
)

RESIZE_FORUM = Form(
    name="resize_forum",
    version=1,
    into=NewPlaces,
    questions=(
        Question(
            "places",
            _("How many places are there now?"),
            Number(least=1, most=PLACES_MOST),
            hint=_("For example: 120"),
            label=_("Places"),
        ),
    ),
    review=_("The number of places"),
    submit=_resize,
)

FEATURE = Feature(
    buttons={
        "forum.move": start_move,
        "forum.places": start_resizing,
        "forum.off": ask_cancellation,
        "forum.off.sure": cancel,
    },
    forms=(MOVE_FORUM, RESIZE_FORUM),
    again={MOVE_FORUM.name: begin_again, RESIZE_FORUM.name: begin_again},
)
