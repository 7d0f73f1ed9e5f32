"""Forums for the project team: those to come with how full they are, and announcing another one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from handlers.cards.forum import forum_button
from handlers.cards.forum_steering import forum_address, taken_line
from handlers.feature import Feature
from handlers.forms import Choice, Form, Option, Question, open_form
from handlers.members.forum import forum_screen
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button, lines, paragraphs
from handlers.staff.forum_facts import (
    CLOSES_AT,
    ENDS_AT,
    LASTS,
    OPENS_AT,
    PLACE,
    PLACES,
    PROGRAMME,
    STARTS_AT,
    TITLE,
    end_of,
)
from handlers.turn import Turn
from locales import _
from programme.forums import Forum
from programme.usecases.plan_forum import ForumPlan, plan_forum
from programme.usecases.rights import require_staff

FROM_NOW_ON: Final = "now"
OTHER_WINDOW: Final = "other"


@dataclass(frozen=True, slots=True)
class Announced:
    """What the conversation asks: how many hours it lasts, or else its end."""

    title: str
    starts_at: datetime
    lasts: str
    place: str
    places: int
    window: str
    ends_at: datetime | None = None
    programme: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None


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
    past = (
        ((button(language.plain("Forums that took place"), "forums.past"),),) if turn.uow.forums.past(turn.now) else ()
    )
    rows = (
        *((forum_button(forum, language, turn.territory.zone),) for forum in page.things),
        *page.turner(language, "team.forums"),
        (button(language.plain("Announce a forum"), "forum.plan"),),
        (button(language.plain("Announce a series of rendez-vous"), "forum.plan.series"),),
        *past,
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


def windows(turn: Turn) -> Sequence[Option]:
    """Give when people may register: from now on until it begins, or between moments of one's own."""
    plain = turn.language.plain
    return [
        Option(FROM_NOW_ON, plain("From now on, until it begins")),
        Option(OTHER_WINDOW, plain("Choose the opening or the closing")),
    ]


def has_window(answers: Mapping[str, Any]) -> bool:
    """Tell whether opening and closing are still to be asked."""
    return bool(answers["window"] == OTHER_WINDOW)


def _how_full(turn: Turn, forum: Forum) -> Markup:
    language, waiting = turn.language, len(turn.uow.registrations.waiting(forum.id))
    moment = language.moment(forum.starts_at, turn.territory.zone)
    return lines(
        language.say("• {moment}: <b>{title}</b>", moment=moment, title=forum.title),
        taken_line(turn.uow, forum, language),
        language.say_n("{n} person waits.", "{n} people wait.", waiting) if waiting else None,
    )


def _announce(turn: Turn, told: Announced) -> Reply:
    ends_at = end_of(told.starts_at, told.lasts, told.ends_at)
    plan = ForumPlan(
        told.title,
        told.starts_at,
        ends_at,
        told.place,
        told.programme,
        told.places,
        told.opens_at,
        told.closes_at,
    )
    forum = plan_forum(turn.uow, turn.me.id, plan, turn.now, turn.territory.zone)
    text = lines(
        turn.language.say("The forum is announced: everybody finds it under /forum. Share this link to make it known:"),
        turn.language.say("{address}", address=forum_address(forum, turn.bot_username)),
    )
    return say(Screen(text), forum_screen(turn, forum))


PLAN_FORUM = Form(
    name="plan_forum",
    version=2,
    into=Announced,
    questions=(
        TITLE,
        STARTS_AT,
        LASTS,
        ENDS_AT,
        PLACE,
        PROGRAMME,
        PLACES,
        Question("window", _("When can people register?"), Choice(windows), label=_("Registration")),
        replace(OPENS_AT, when=has_window),
        replace(CLOSES_AT, when=has_window),
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
