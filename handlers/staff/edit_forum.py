"""Change what a forum says of itself, line by line: title, programme, place, and when people can register."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.cards.forum import forum_lines
from handlers.feature import Feature
from handlers.forms import Form, open_form
from handlers.members.forum import forum_of, forum_screen
from handlers.navigation import way_out
from handlers.reply import Reply, Say, say
from handlers.screen import Screen, button, lines, paragraphs
from handlers.staff.forum_facts import CLOSES_AT, FORUM, OPENS_AT, PLACE, PROGRAMME, TITLE, forum_number
from handlers.staff.forums import begin_again
from handlers.turn import Turn
from locales import _
from programme.forums import Forum
from programme.usecases.change_forum import changeable_forum
from programme.usecases.edit_forum import change_window, relocate_forum, retitle_forum, rewrite_programme


@dataclass(frozen=True, slots=True)
class NewTitle:
    """What a forum will be called."""

    title: str
    forum: str = ""


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """What will be on its programme, if anything."""

    programme: str = ""
    forum: str = ""


@dataclass(frozen=True, slots=True)
class NewPlace:
    """Where it will be."""

    place: str
    forum: str = ""


@dataclass(frozen=True, slots=True)
class NewWindow:
    """When people can register."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    forum: str = ""


def show_lines(turn: Turn) -> Reply:
    """Show what can be changed of a forum."""
    forum, plain = _changeable(turn), turn.language.plain
    text = paragraphs(
        forum_lines(forum, turn.language, turn.territory),
        turn.language.say(
            "<b>What would you like to change?</b> Only a new moment or place is told to who is registered."
        ),
    )
    moment = () if forum.days else (button(plain("Date and place"), "forum.move", forum.id),)
    pitches = turn.uow.forums.pitches(forum.id)
    rows = (
        (button(plain("Title"), "forum.title", forum.id), button(plain("Programme"), "forum.programme", forum.id)),
        (button(plain("Place"), "forum.place", forum.id), *moment),
        (button(plain("Days"), "forum.days.edit", forum.id), button(plain("Registration"), "forum.window", forum.id)),
        (button(plain("Number of places"), "forum.places", forum.id),),
        *(((button(plain("Pitches"), "forum.pitches", forum.id),),) if pitches else ()),
        *way_out(turn.language, "forum", forum.id),
    )
    return turn.show(Screen(text, rows))


def start_title(turn: Turn) -> Reply:
    """Open the conversation that gives a forum another title."""
    return _open(turn, NEW_TITLE)


def start_programme(turn: Turn) -> Reply:
    """Open the conversation on the programme, under the present one."""
    forum = _changeable(turn)
    words = forum.programme or turn.language.plain("No programme yet.")
    return _open(turn, NEW_PROGRAMME).after(Say(Screen(turn.language.say("{programme}", programme=words))))


def start_place(turn: Turn) -> Reply:
    """Open the conversation that gives a forum another place."""
    return _open(turn, NEW_PLACE)


def start_window(turn: Turn) -> Reply:
    """Open the conversation on when people can register, under what holds now."""
    forum, language, zone = _changeable(turn), turn.language, turn.territory.zone
    text = lines(
        language.say("Registration opens at once.")
        if forum.opens_at is None
        else language.say("Registration opens {moment}.", moment=language.moment(forum.opens_at, zone)),
        language.say("It stays open until the forum begins.")
        if forum.closes_at is None
        else language.say("Registration closes {moment}.", moment=language.moment(forum.closes_at, zone)),
    )
    return _open(turn, NEW_WINDOW).after(Say(Screen(text)))


def _changeable(turn: Turn) -> Forum:
    return changeable_forum(turn.uow, turn.me.id, forum_of(turn).id, turn.now)


def _open(turn: Turn, form: Form[NewTitle] | Form[NewProgramme] | Form[NewPlace] | Form[NewWindow]) -> Reply:
    return open_form(turn, form, context={FORUM: str(_changeable(turn).id)})


def _retitle(turn: Turn, told: NewTitle) -> Reply:
    return _changed(turn, retitle_forum(turn.uow, turn.me.id, forum_number(told.forum), told.title, turn.now))


def _rewrite(turn: Turn, told: NewProgramme) -> Reply:
    forum_id = forum_number(told.forum)
    return _changed(turn, rewrite_programme(turn.uow, turn.me.id, forum_id, told.programme, turn.now))


def _relocate(turn: Turn, told: NewPlace) -> Reply:
    before, zone = turn.uow.forums.get(forum_number(told.forum)), turn.territory.zone
    forum = relocate_forum(turn.uow, turn.me.id, before.id, told.place, turn.now, zone)
    if forum.version == before.version:
        return _changed(turn, forum)
    words = turn.language.say("The place is changed: everybody registered or waiting is told.")
    return say(Screen(words), forum_screen(turn, forum))


def _change_window(turn: Turn, told: NewWindow) -> Reply:
    forum_id = forum_number(told.forum)
    forum = change_window(turn.uow, turn.me.id, forum_id, told.opens_at, told.closes_at, turn.now)
    return _changed(turn, forum)


def _changed(turn: Turn, forum: Forum) -> Reply:
    words = turn.language.say("Noted. Nobody is sent a message about it.")
    return say(Screen(words), forum_screen(turn, forum))


NEW_TITLE = Form(name="retitle_forum", version=1, into=NewTitle, questions=(TITLE,), submit=_retitle)
NEW_PROGRAMME = Form(
    name="rewrite_programme",
    version=1,
    into=NewProgramme,
    questions=(replace(PROGRAMME, prompt=_("What is on the programme now? It takes the place of the one above.")),),
    submit=_rewrite,
)
NEW_PLACE = Form(
    name="relocate_forum", version=1, into=NewPlace, questions=(PLACE,), review=_("The new place"), submit=_relocate
)
NEW_WINDOW = Form(
    name="change_window",
    version=1,
    into=NewWindow,
    questions=(OPENS_AT, CLOSES_AT),
    review=_("Registration"),
    submit=_change_window,
)

FEATURE = Feature(
    buttons={
        "forum.edit": show_lines,
        "forum.title": start_title,
        "forum.programme": start_programme,
        "forum.place": start_place,
        "forum.window": start_window,
    },
    forms=(NEW_TITLE, NEW_PROGRAMME, NEW_PLACE, NEW_WINDOW),
    again={form.name: begin_again for form in (NEW_TITLE, NEW_PROGRAMME, NEW_PLACE, NEW_WINDOW)},
)
