"""Forums for the project team: those to come with how full they are, and announcing another one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from markupsafe import Markup

from handlers.cards.forum import forum_button
from handlers.cards.forum_steering import forum_address, taken_line
from handlers.feature import Feature
from handlers.forms import Choice, Form, Moment, Number, Option, Question, Text, open_form
from handlers.members.forum import forum_screen
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import _
from programme.forums import FORUM_PLACE_MAX, FORUM_PROGRAMME_MAX, FORUM_TITLE_MAX, PLACES_MOST, Forum
from programme.usecases.plan_forum import ForumPlan, plan_forum
from programme.usecases.rights import require_staff

HOURS: Final = (2, 3, 4, 6, 8)
"""How long most forums last."""
OTHER_END: Final = "other"


@dataclass(frozen=True, slots=True)
class Announced:
    """What the conversation asks: how many hours it lasts, or else its end."""

    title: str
    starts_at: datetime
    lasts: str
    place: str
    places: int
    ends_at: datetime | None = None
    programme: str = ""


def show_forums(turn: Turn) -> Reply:
    """Show the forums to come with how full they are."""
    return _list(turn, turn.number(0) if turn.word(0) else 0)


def _list(turn: Turn, page_number: int) -> Reply:
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    page = page_of(turn.uow.forums.upcoming(turn.now), page_number)
    text = paragraphs(
        language.say("<b>Forums to come</b>"),
        *(_how_full(turn, forum) for forum in page.things),
        None if page.things else language.say("None announced yet."),
    )
    rows = (
        *((forum_button(forum, language, turn.territory.zone),) for forum in page.things),
        *page.turner(language, "team.forums"),
        (button(language.plain("Announce a forum"), "forum.plan"),),
        *way_out(language, "team"),
    )
    return turn.show(Screen(text, rows))


def begin_again(turn: Turn) -> Reply:
    """Lead back to the forums after a conversation that ended without its answer."""
    return _list(turn, 0)


def start_announcing(turn: Turn) -> Reply:
    """Open the conversation that announces a forum."""
    require_staff(turn.uow, turn.me.id)
    return open_form(turn, PLAN_FORUM)


def lengths(turn: Turn) -> Sequence[Option]:
    """Give how long a forum may last."""
    hours = [Option(str(number), turn.language.plain_n("{n} hour", "{n} hours", number)) for number in HOURS]
    return [*hours, Option(OTHER_END, turn.language.plain("Until another moment"))]


def ends_otherwise(answers: Mapping[str, Any]) -> bool:
    """Tell whether the end is still to be asked."""
    return bool(answers["lasts"] == OTHER_END)


def _how_full(turn: Turn, forum: Forum) -> Markup:
    language, waiting = turn.language, len(turn.uow.registrations.waiting(forum.id))
    moment = language.moment(forum.starts_at, turn.territory.zone)
    return lines(
        language.say("• {moment}: <b>{title}</b>", moment=moment, title=forum.title),
        taken_line(turn.uow, forum, language),
        language.say_n("{n} person waits.", "{n} people wait.", waiting) if waiting else None,
    )


def _announce(turn: Turn, told: Announced) -> Reply:
    ends_at = told.ends_at or told.starts_at + timedelta(hours=int(told.lasts))
    plan = ForumPlan(told.title, told.starts_at, ends_at, told.place, told.programme, told.places)
    forum = plan_forum(turn.uow, turn.me.id, plan, turn.now, turn.territory.zone)
    text = lines(
        turn.language.say("The forum is announced: everybody finds it under /forum. Share this link to make it known:"),
        turn.language.say("{address}", address=forum_address(forum, turn.bot_username)),
    )
    return say(Screen(text), forum_screen(turn, forum))


PLAN_FORUM = Form(
    name="plan_forum",
    version=1,
    into=Announced,
    questions=(
        Question(
            "title",
            _("What is the forum called?"),
            Text(longest=FORUM_TITLE_MAX),
            hint=_("For example: Forum of committed actors 2027"),
            label=_("Title"),
        ),
        Question(
            "starts_at",
            _("When does the forum begin?"),
            Moment(),
            hint=_("For example: Tuesday 18:30, 24/11 at 18:00, tomorrow noon"),
            label=_("Beginning"),
        ),
        Question("lasts", _("How long does it last?"), Choice(lengths), label=_("Length")),
        Question("ends_at", _("When does it end?"), Moment(), label=_("End"), when=ends_otherwise),
        Question(
            "place",
            _("Where? A place, or a link."),
            Text(longest=FORUM_PLACE_MAX),
            hint=_("For example: town hall, room 2"),
            label=_("Where"),
        ),
        Question(
            "programme",
            _("What is on the programme?"),
            Text(longest=FORUM_PROGRAMME_MAX, multiline=True),
            hint=_("A few lines: hours, guests, workshops…"),
            label=_("Programme"),
            optional=True,
        ),
        Question(
            "places",
            _("How many places are there?"),
            Number(least=1, most=PLACES_MOST),
            hint=_("For example: 120"),
            label=_("Places"),
        ),
    ),
    review=_("The forum"),
    submit=_announce,
)

FEATURE = Feature(
    buttons={
        "team.forums": show_forums,
        "forum.plan": start_announcing,
    },
    forms=(PLAN_FORUM,),
    again={PLAN_FORUM.name: begin_again},
)
