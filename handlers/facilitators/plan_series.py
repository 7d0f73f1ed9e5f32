"""Plan meetings that come again: the first one, how often, and until when."""

from collections.abc import Sequence

from handlers.facilitators.change_series import series_screen
from handlers.facilitators.chosen_members import COALITION
from handlers.facilitators.led_coalition import led_coalition_first
from handlers.facilitators.meeting_questions import AGENDA, KIND, PLACE
from handlers.facilitators.plan_meeting import this_coalition
from handlers.feature import Feature
from handlers.forms import Choice, Day, Form, Moment, Option, Pick, Question, Text, open_form
from handlers.names import frequency_name
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from locales import _
from programme.coalitions import Coalition
from programme.meetings import MEETING_TITLE_MAX
from programme.series import Frequency
from programme.usecases.plan_series import SeriesPlan, plan_series


def start_planning(turn: Turn, coalition: Coalition) -> Reply:
    """Open the conversation that plans a series."""
    number = str(coalition.id)
    return open_form(turn, PLAN_SERIES, context={COALITION: number}, known={"coalition": number})


def _frequencies(turn: Turn) -> Sequence[Option]:
    return [Option(frequency.value, frequency_name(frequency, turn.language)) for frequency in Frequency]


def _plan(turn: Turn, plan: SeriesPlan) -> Reply:
    series = plan_series(turn.uow, turn.me.id, plan, turn.now, turn.territory.zone)
    members = len([one for one in turn.uow.memberships.members(plan.coalition) if one != turn.me.id])
    told = turn.language.say_n(
        "The meetings are planned; {n} member is told, once for all of them.",
        "The meetings are planned; {n} members are told, once for all of them.",
        members,
    )
    return say(Screen(told), series_screen(turn, series))


PLAN_SERIES = Form(
    name="plan_series",
    version=1,
    into=SeriesPlan,
    questions=(
        Question("coalition", _("For which coalition?"), Pick(this_coalition), into=int, label=_("Coalition")),
        Question(
            "title",
            _("What are the meetings about?"),
            Text(longest=MEETING_TITLE_MAX),
            hint=_("For example: Working group, monthly round"),
            label=_("Subject"),
        ),
        KIND,
        Question(
            "starts_at",
            _("When does the first one begin?"),
            Moment(),
            hint=_("The next ones keep its day of the week and its hour. For example: the 2nd Tuesday at 18:30"),
            label=_("First one"),
        ),
        Question(
            "frequency",
            _("How often?"),
            Choice(_frequencies),
            hint=_("Each month: on the same weekday, as on the 2nd Tuesday."),
            into=Frequency,
            label=_("How often"),
        ),
        Question(
            "until_on",
            _("Until which day? Skip this where there is no end yet."),
            Day(past=False),
            label=_("Last day"),
            optional=True,
        ),
        PLACE,
        AGENDA,
    ),
    review=_("Your meetings"),
    submit=_plan,
)

_BEGIN = led_coalition_first("plan.series", start_planning)

FEATURE = Feature(buttons={"plan.series": _BEGIN}, forms=(PLAN_SERIES,), again={PLAN_SERIES.name: _BEGIN})
