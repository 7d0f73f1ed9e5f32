"""Plan a meeting: one date, several to choose from, or regularly; then a few questions, the last two by a tap."""

from collections.abc import Sequence

from handlers.facilitators.chosen_members import COALITION, find_members
from handlers.facilitators.date_poll import start_date_poll
from handlers.facilitators.led_coalition import led_coalition_first
from handlers.facilitators.meeting_questions import AGENDA, KIND, PLACE, TITLE
from handlers.feature import Feature
from handlers.forms import Form, Moment, Option, Pick, Question, context_of, open_form
from handlers.members.meeting import meeting_screen
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from locales import _
from programme.coalitions import Coalition
from programme.ids import CoalitionId
from programme.texts import folded
from programme.usecases.plan_meeting import BY_ROTATION, NOBODY_YET, MeetingPlan, next_chair, plan_meeting


def choose_way(turn: Turn, coalition: Coalition) -> Reply:
    """Ask whether the meeting has one date, several to choose from, or comes again."""
    language, plain = turn.language, turn.language.plain
    rows = (
        (button(plain("One date"), "plan.once", coalition.id),),
        (button(plain("Several dates to choose from"), "plan.poll", coalition.id),),
        (button(plain("Regularly"), "plan.series", coalition.id),),
        *way_out(language),
    )
    text = lines(
        language.say("<b>A meeting of “{coalition}”</b>", coalition=coalition.name),
        language.say("On one date, or more?"),
    )
    return turn.show(Screen(text, rows))


def start_planning(turn: Turn, coalition: Coalition) -> Reply:
    """Open the conversation that plans one meeting."""
    number = str(coalition.id)
    return open_form(turn, PLAN_MEETING, context={COALITION: number}, known={"coalition": number})


def this_coalition(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:  # noqa: ARG001 (a source has these four; here is nothing to search)
    """Give the coalition that the conversation was opened for, the only one to choose."""
    number = context_of(turn).get(COALITION, "")
    if not number.isdecimal():
        return (), 0
    return [Option(number, turn.uow.coalitions.get(CoalitionId(int(number))).name)][offset:], 1


def chairs(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give whose turn it is, nobody yet, and every member, of which words find some."""
    ways = [way for way in _ways_to_chair(turn) if folded(words) in folded(way.label)]
    skipped = ways[offset : offset + limit]
    members, total = find_members(turn, words, max(0, offset - len(ways)), limit - len(skipped))
    return (*skipped, *members), len(ways) + total


def _ways_to_chair(turn: Turn) -> tuple[Option, ...]:
    nobody = Option(NOBODY_YET, turn.language.plain("Nobody yet"))
    number = context_of(turn).get(COALITION, "")
    chair = next_chair(turn.uow, CoalitionId(int(number))) if number.isdecimal() else None
    if chair is None:
        return (nobody,)
    name = turn.uow.people.names([chair]).get(chair, "")
    return (Option(BY_ROTATION, turn.language.plain("In turn: {name}", name=name)), nobody)


def _plan(turn: Turn, plan: MeetingPlan) -> Reply:
    meeting = plan_meeting(turn.uow, turn.me.id, plan, turn.now, turn.territory.zone)
    members = len([one for one in turn.uow.memberships.members(plan.coalition) if one != turn.me.id])
    told = turn.language.say_n(
        "The meeting is planned; {n} member is told.", "The meeting is planned; {n} members are told.", members
    )
    return say(Screen(told), meeting_screen(turn, meeting))


PLAN_MEETING = Form(
    name="plan_meeting",
    version=2,
    into=MeetingPlan,
    questions=(
        Question("coalition", _("For which coalition?"), Pick(this_coalition), into=int, label=_("Coalition")),
        TITLE,
        KIND,
        Question(
            "starts_at",
            _("When does it begin?"),
            Moment(),
            hint=_("For example: Tuesday 18:30, 24/11 at 18:00, tomorrow noon"),
            label=_("When"),
        ),
        PLACE,
        AGENDA,
        Question("chair", _("Who chairs it?"), Pick(chairs), label=_("Chair")),
    ),
    review=_("Your meeting"),
    submit=_plan,
)

_BEGIN = led_coalition_first("plan", choose_way)

FEATURE = Feature(
    commands={"rencontre": _BEGIN},
    buttons={
        "plan": _BEGIN,
        "plan.once": led_coalition_first("plan.once", start_planning),
        "plan.poll": led_coalition_first("plan.poll", start_date_poll),
    },
    forms=(PLAN_MEETING,),
    again={PLAN_MEETING.name: _BEGIN},
)
