"""Propose dates to a coalition: the conversation, and the polls that are still to be decided."""

from dataclasses import dataclass
from datetime import datetime

from handlers.facilitators.led_coalition import led_coalition_first
from handlers.facilitators.meeting_questions import AGENDA, KIND, PLACE, TITLE
from handlers.feature import Feature
from handlers.forms import Form, Moment, Moments, Question, open_form
from handlers.members.answer_dates import poll_screen
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from locales import _
from programme.coalitions import Coalition
from programme.date_polls import DATES_LEAST, DATES_MOST
from programme.errors import NotFound
from programme.ids import CoalitionId
from programme.meetings import MeetingKind
from programme.usecases.ask_for_dates import DatesAsked, ask_for_dates


@dataclass(frozen=True, slots=True)
class DatesTold:
    """What the conversation asks, and the number of the coalition that it was opened for."""

    title: str
    kind: MeetingKind
    place: str
    moments: tuple[datetime, ...]
    agenda: str = ""
    closes_at: datetime | None = None
    coalition: str = ""


def start_date_poll(turn: Turn, coalition: Coalition) -> Reply:
    """Open the conversation that proposes dates to a coalition; in private only."""
    return open_form(turn, ASK_FOR_DATES, context={"coalition": str(coalition.id)})


def _ask(turn: Turn, told: DatesTold) -> Reply:
    if not told.coalition.isdecimal():
        raise NotFound
    asked = DatesAsked(
        coalition=CoalitionId(int(told.coalition)),
        title=told.title,
        moments=told.moments,
        place=told.place,
        kind=told.kind,
        agenda=told.agenda or "",
        closes_at=told.closes_at,
    )
    poll = ask_for_dates(turn.uow, turn.me.id, asked, turn.now, turn.territory.zone)
    members = len([one for one in turn.uow.memberships.members(poll.coalition_id) if one != turn.me.id])
    words = turn.language.say_n(
        "The dates are proposed; {n} member is asked.", "The dates are proposed; {n} members are asked.", members
    )
    return say(Screen(words), poll_screen(turn, poll))


ASK_FOR_DATES = Form(
    name="ask_for_dates",
    version=1,
    into=DatesTold,
    questions=(
        TITLE,
        KIND,
        PLACE,
        AGENDA,
        Question(
            "moments",
            _("Which dates do you propose? Two to ten."),
            Moments(least=DATES_LEAST, most=DATES_MOST),
            label=_("Dates"),
        ),
        Question(
            "closes_at",
            _("Until when may they answer? Skip this for the day before the first date."),
            Moment(),
            label=_("Answers until"),
            optional=True,
        ),
    ),
    review=_("Your poll"),
    submit=_ask,
)

FEATURE = Feature(
    buttons={"dates.ask": led_coalition_first("dates.ask", start_date_poll)},
    forms=(ASK_FOR_DATES,),
    again={ASK_FOR_DATES.name: led_coalition_first("dates.ask", start_date_poll)},
)
