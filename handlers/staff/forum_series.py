"""A series of rendez-vous: announced in one conversation, and called off from one of them on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.cards.forum import forum_lines
from handlers.cards.forum_steering import forum_address
from handlers.feature import Feature
from handlers.forms import Choice, Form, Number, Option, Question, open_form
from handlers.members.forum import forum_of, forum_screen
from handlers.names import frequency_name
from handlers.reply import Reply, say
from handlers.screen import Screen, button, lines, paragraphs
from handlers.staff.forum_facts import ENDS_AT, LASTS, PLACE, PLACES, PROGRAMME, STARTS_AT, TITLE, end_of
from handlers.staff.forums import begin_again
from handlers.turn import Turn
from locales import _
from programme.forums import RENDEZVOUS_MOST, Forum
from programme.series import Frequency
from programme.usecases.change_forum import changeable_forum
from programme.usecases.forum_series import RENDEZVOUS_LEAST, cancel_following, following, plan_rendezvous
from programme.usecases.plan_forum import ForumPlan
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class SeriesAnnounced:
    """What the conversation asks: the first rendez-vous, how often it comes again, and how many there are."""

    title: str
    starts_at: datetime
    lasts: str
    frequency: Frequency
    number: int
    place: str
    places: int
    ends_at: datetime | None = None
    programme: str = ""


def start_announcing(turn: Turn) -> Reply:
    """Open the conversation that announces a series."""
    require_staff(turn.uow, turn.me.id)
    return open_form(turn, PLAN_RENDEZVOUS)


def frequencies(turn: Turn) -> Sequence[Option]:
    """Give how often rendez-vous come."""
    return [Option(frequency.value, frequency_name(frequency, turn.language)) for frequency in Frequency]


def ask_cancellation(turn: Turn) -> Reply:
    """Ask once before a rendez-vous and those after it are called off."""
    forum, language = _changeable(turn), turn.language
    coming = following(turn.uow, forum, turn.now)
    moments = [language.moment(one.starts_at, turn.territory.zone) for one in coming]
    text = paragraphs(
        forum_lines(forum, language, turn.territory),
        lines(
            language.say_n(
                "<b>Cancel {n} rendez-vous?</b> It can’t be undone.",
                "<b>Cancel {n} rendez-vous?</b> It can’t be undone.",
                len(coming),
            ),
            *(language.say("• {moment}", moment=moment) for moment in moments),
        ),
        language.say("Everybody registered or waiting is told at once, of each one they had."),
    )
    rows = (
        (button(language.plain("Yes, cancel them"), "forum.rest.sure", forum.id, forum.version),),
        (button(language.plain("No, keep them"), "forum", forum.id),),
    )
    return turn.show(Screen(text, rows))


def cancel(turn: Turn) -> Reply:
    """Call a rendez-vous and those after it off, unless it has moved since it was shown."""
    forum = _changeable(turn)
    cancelled = cancel_following(turn.uow, turn.me.id, forum.id, turn.number(1), turn.now)
    words = turn.language.plain_n("{n} rendez-vous is cancelled.", "{n} rendez-vous are cancelled.", len(cancelled))
    return turn.show(forum_screen(turn, turn.uow.forums.get(forum.id)), toast=words)


def _changeable(turn: Turn) -> Forum:
    return changeable_forum(turn.uow, turn.me.id, forum_of(turn).id, turn.now)


def _announce(turn: Turn, told: SeriesAnnounced) -> Reply:
    ends_at = end_of(told.starts_at, told.lasts, told.ends_at)
    first = ForumPlan(told.title, told.starts_at, ends_at, told.place, told.programme, told.places)
    zone = turn.territory.zone
    planned = plan_rendezvous(turn.uow, turn.me.id, first, told.frequency, told.number, turn.now, zone)
    said = [turn.language.moment(forum.starts_at, zone) for forum in planned]
    addresses = [forum_address(forum, turn.bot_username) for forum in planned]
    text = lines(
        turn.language.say("The rendez-vous are announced, each with its places and its link:"),
        *(
            turn.language.say("• {moment}: {address}", moment=moment, address=address)
            for moment, address in zip(said, addresses, strict=True)
        ),
    )
    return say(Screen(text), forum_screen(turn, planned[0]))


PLAN_RENDEZVOUS = Form(
    name="plan_rendezvous",
    version=1,
    into=SeriesAnnounced,
    questions=(
        replace(TITLE, prompt=_("What are the rendez-vous called?"), hint=_("For example: Climate breakfast")),
        replace(STARTS_AT, prompt=_("When does the first rendez-vous begin?")),
        LASTS,
        ENDS_AT,
        Question("frequency", _("How often?"), Choice(frequencies), into=Frequency, label=_("How often")),
        Question(
            "number",
            _("How many rendez-vous are there in all?"),
            Number(least=RENDEZVOUS_LEAST, most=RENDEZVOUS_MOST),
            hint=_("From 2 to 12"),
            label=_("Number"),
        ),
        PLACE,
        PROGRAMME,
        replace(PLACES, prompt=_("How many places are there at each one?")),
    ),
    review=_("The rendez-vous"),
    submit=_announce,
)

FEATURE = Feature(
    buttons={
        "forum.plan.series": start_announcing,
        "forum.rest": ask_cancellation,
        "forum.rest.sure": cancel,
    },
    forms=(PLAN_RENDEZVOUS,),
    again={PLAN_RENDEZVOUS.name: begin_again},
)
