"""Helpers at the doors of a forum: named among the people known, or by a link; listed, and taken off."""

from dataclasses import dataclass
from typing import Final

from handlers.feature import Feature
from handlers.forms import Form, Pick, Question, open_form
from handlers.members.forum import forum_of
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.staff.forums import begin_again
from handlers.staff.roles import people_found
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound
from programme.forums import Forum
from programme.ids import ForumId, PersonId
from programme.people import Person
from programme.usecases.name_helper import (
    helpers_of,
    make_helper_link,
    name_helper,
    remove_helper,
    withdraw_helper_link,
)
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class Sought:
    """The person who is to help."""

    person: str
    forum: str = ""


def show_helpers(turn: Turn) -> Reply:
    """Show who helps, and the link by which others come."""
    return turn.show(_helpers_screen(turn, forum_of(turn), turn.number(1) if turn.word(1) else 0))


def start_naming(turn: Turn) -> Reply:
    """Open the search among everybody known."""
    require_staff(turn.uow, turn.me.id)
    return open_form(turn, NAME_HELPER, context={"forum": str(forum_of(turn).id)})


def take_off(turn: Turn) -> Reply:
    """Take somebody off, who is told."""
    forum = forum_of(turn)
    remove_helper(turn.uow, turn.me.id, forum.id, PersonId(turn.number(1)), turn.now)
    return turn.show(_helpers_screen(turn, forum, 0), toast=turn.language.plain("Done: the person is told."))


def make_link(turn: Turn) -> Reply:
    """Make the link by which helpers come."""
    forum = forum_of(turn)
    make_helper_link(turn.uow, turn.me.id, forum.id, turn.now)
    return turn.show(_helpers_screen(turn, forum, 0))


def withdraw_link(turn: Turn) -> Reply:
    """Withdraw that link; who came by it stays."""
    forum = forum_of(turn)
    withdraw_helper_link(turn.uow, turn.me.id, forum.id, turn.now)
    return turn.show(_helpers_screen(turn, forum, 0), toast=turn.language.plain("The link is withdrawn."))


def _helpers_screen(turn: Turn, forum: Forum, page_number: int) -> Screen:
    language, plain = turn.language, turn.language.plain
    page = page_of(helpers_of(turn.uow, turn.me.id, forum.id), page_number)
    code = turn.uow.doors.helper_code(forum.id)
    text = paragraphs(
        lines(
            language.say("<b>Helpers at the doors</b> · {title}", title=forum.title),
            language.say("They note arrivals while the doors are open, and see nothing else."),
        ),
        language.say("Tap a name to take somebody off.") if page.things else language.say("Nobody yet."),
        None
        if code is None
        else language.say("Whoever opens this link helps: {address}", address=_address(turn, code)),
    )
    link = (
        button(plain("Make a link"), "helpers.link", forum.id)
        if code is None
        else button(plain("Withdraw the link"), "helpers.link.off", forum.id)
    )
    rows = (
        *((_take_off_button(forum, person),) for person in page.things),
        *page.turner(language, "helpers", forum.id),
        (button(plain("Name somebody"), "helpers.name", forum.id), link),
        *way_out(language, "doors", forum.id),
    )
    return Screen(text, rows)


def _take_off_button(forum: Forum, person: Person) -> Button:
    return button(f"✕ {person.name}", "helpers.off", forum.id, person.id)


def _address(turn: Turn, code: str) -> str:
    return f"https://t.me/{turn.bot_username}?start=accueil_{code}"


def _name(turn: Turn, sought: Sought) -> Reply:
    if not (sought.person.isdecimal() and sought.forum.isdecimal()):
        raise NotFound
    forum = turn.uow.forums.get(ForumId(int(sought.forum)))
    name_helper(turn.uow, turn.me.id, forum.id, PersonId(int(sought.person)), turn.now)
    return say(_helpers_screen(turn, forum, 0))


NAME_HELPER: Final = Form(
    name="name_helper",
    version=1,
    into=Sought,
    questions=(
        Question("person", _("Who helps at the doors?"), Pick(people_found), hint=_("A name, or an organisation")),
    ),
    submit=_name,
)

FEATURE = Feature(
    buttons={
        "helpers": show_helpers,
        "helpers.name": start_naming,
        "helpers.off": take_off,
        "helpers.link": make_link,
        "helpers.link.off": withdraw_link,
    },
    forms=(NAME_HELPER,),
    again={NAME_HELPER.name: begin_again},
)
