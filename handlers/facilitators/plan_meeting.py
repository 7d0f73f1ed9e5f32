"""Plan a meeting: title, moment, place or link; the members are told at once and reminded in time."""

from collections.abc import Sequence
from typing import Any

from handlers.feature import Feature
from handlers.forms import Form, Moment, Option, Pick, Question, Text, open_form
from handlers.members.agenda import meeting_screen
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from locales import _
from programme.coalitions import Coalition
from programme.errors import NotAllowed
from programme.ids import CoalitionId
from programme.meetings import MEETING_TITLE_MAX, PLACE_MAX
from programme.texts import folded
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from programme.usecases.rights import led_coalition


def start_planning(turn: Turn) -> Reply:
    """Open the conversation; which coalition is asked only of who facilitates several."""
    if turn.word(0):
        coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
        return open_form(turn, PLAN_MEETING, known={"coalition": str(coalition.id)})
    return _open(turn)


def _open(turn: Turn) -> Reply:
    led = _led(turn)
    if not led:
        if turn.staff:
            return say(Screen(turn.language.say("There is no coalition yet."), way_out(turn.language)))
        raise NotAllowed
    known: dict[str, Any] = {"coalition": str(led[0].id)} if len(led) == 1 else {}
    return open_form(turn, PLAN_MEETING, known=known)


def plan_again(turn: Turn) -> Reply:
    """Begin again after a conversation that ended without its answer."""
    return _open(turn)


def led_coalitions(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give the coalitions that who speaks may plan for, and whose names hold the words."""
    found = [coalition for coalition in _led(turn) if folded(words) in folded(coalition.name)]
    return [Option(str(one.id), one.name) for one in found[offset : offset + limit]], len(found)


def _led(turn: Turn) -> Sequence[Coalition]:
    return turn.uow.coalitions.active() if turn.staff else turn.uow.coalitions.led_by(turn.me.id)


def _plan(turn: Turn, plan: MeetingPlan) -> Reply:
    meeting = plan_meeting(turn.uow, turn.me.id, plan, turn.now, turn.territory.zone)
    members = len([one for one in turn.uow.memberships.members(plan.coalition) if one != turn.me.id])
    told = turn.language.say_n(
        "The meeting is planned; {n} member is told.", "The meeting is planned; {n} members are told.", members
    )
    return say(Screen(told), meeting_screen(turn, meeting))


PLAN_MEETING = Form(
    name="plan_meeting",
    version=1,
    into=MeetingPlan,
    questions=(
        Question("coalition", _("For which coalition?"), Pick(led_coalitions), into=int, label=_("Coalition")),
        Question(
            "title",
            _("What is the meeting about?"),
            Text(longest=MEETING_TITLE_MAX),
            hint=_("For example: First meeting, getting to know each other"),
            label=_("Subject"),
        ),
        Question(
            "starts_at",
            _("When does it begin?"),
            Moment(),
            hint=_("For example: Tuesday 18:30, 24/11 at 18:00, tomorrow noon"),
            label=_("When"),
        ),
        Question(
            "place",
            _("Where? A place, or a link."),
            Text(longest=PLACE_MAX),
            hint=_("For example: town hall, room 2"),
            label=_("Where"),
        ),
    ),
    review=_("Your meeting"),
    submit=_plan,
)

FEATURE = Feature(
    commands={"rencontre": start_planning},
    buttons={"plan": start_planning},
    forms=(PLAN_MEETING,),
    again={PLAN_MEETING.name: plan_again},
)
