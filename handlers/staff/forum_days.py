"""The days of a forum for the project team: add one, change one, remove one."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.feature import Feature
from handlers.forms import Form, Question, Text, open_form
from handlers.members.forum import forum_of, forum_screen
from handlers.members.forum_dates import day_lines
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Button, Screen, button, paragraphs
from handlers.staff.forum_facts import ENDS_AT, FORUM, LASTS, OTHER_END, STARTS_AT, end_of, forum_number, length_of
from handlers.staff.forums import begin_again
from handlers.turn import Turn
from locales import _
from programme.forums import DAY_PLACE_MAX, DAY_PROGRAMME_MAX, DAYS_MOST, Forum, ForumDay, days_of
from programme.usecases.change_forum import changeable_forum
from programme.usecases.forum_days import DayPlan, add_day, change_day, forum_day, remove_day


@dataclass(frozen=True, slots=True)
class DayTold:
    """What the conversation asks of a day; `day` is its number, empty for a new one."""

    starts_at: datetime
    lasts: str
    ends_at: datetime | None = None
    place: str = ""
    programme: str = ""
    forum: str = ""
    day: str = ""


def show_days(turn: Turn) -> Reply:
    """Show the days of a forum, each a button that leads to what can be done with it."""
    forum, language = _changeable(turn), turn.language
    page = page_of(days_of(forum), turn.number(1) if turn.word(1) else 0)
    text = paragraphs(
        language.say("<b>{title}</b>", title=forum.title), *(day_lines(turn, forum, day) for day in page.things)
    )
    days = page.things if forum.days else ()
    add = ((button(language.plain("Add a day"), "forum.day.new", forum.id),),) if len(forum.days) < DAYS_MOST else ()
    rows = (
        *((_day_button(turn, forum, day),) for day in days),
        *page.turner(language, "forum.days.edit", forum.id),
        *add,
        *way_out(language, "forum.edit", forum.id),
    )
    return turn.show(Screen(text, rows))


def show_day(turn: Turn) -> Reply:
    """Show one day, and what can be done with it."""
    forum = _changeable(turn)
    day, plain = forum_day(forum, turn.number(1)), turn.language.plain
    rows = (
        (
            button(plain("Change this day"), "forum.day.edit", forum.id, day.number),
            button(plain("Remove this day"), "forum.day.off", forum.id, day.number),
        ),
        *way_out(turn.language, "forum.days.edit", forum.id),
    )
    return turn.show(Screen(day_lines(turn, forum, day), rows))


def start_adding(turn: Turn) -> Reply:
    """Open the conversation that adds a day."""
    return open_form(turn, FORUM_DAY, context={FORUM: str(_changeable(turn).id)})


def start_changing(turn: Turn) -> Reply:
    """Open the conversation that changes a day, with what holds now; each line can be corrected."""
    forum = _changeable(turn)
    day = forum_day(forum, turn.number(1))
    lasts = length_of(day.starts_at, day.ends_at)
    known = {
        "starts_at": day.starts_at.isoformat(),
        "lasts": lasts,
        **({"ends_at": day.ends_at.isoformat()} if lasts == OTHER_END else {}),
        "place": day.place or None,
        "programme": day.programme or None,
    }
    return open_form(turn, FORUM_DAY, context={FORUM: str(forum.id), "day": str(day.number)}, known=known)


def ask_removal(turn: Turn) -> Reply:
    """Ask once before a day is removed: everybody registered is told."""
    forum, language = _changeable(turn), turn.language
    day = forum_day(forum, turn.number(1))
    text = paragraphs(
        day_lines(turn, forum, day),
        language.say("<b>Remove this day?</b> Everybody registered or waiting is told at once."),
    )
    rows = (
        (button(language.plain("Yes, remove it"), "forum.day.sure", forum.id, day.number, forum.version),),
        (button(language.plain("No, keep it"), "forum.days.edit", forum.id),),
    )
    return turn.show(Screen(text, rows))


def remove(turn: Turn) -> Reply:
    """Remove a day, unless the forum has moved since it was shown."""
    forum, zone = _changeable(turn), turn.territory.zone
    left = remove_day(turn.uow, turn.me.id, forum.id, turn.number(1), turn.number(2), turn.now, zone)
    return turn.show(forum_screen(turn, left), toast=turn.language.plain("The day is removed."))


def _changeable(turn: Turn) -> Forum:
    return changeable_forum(turn.uow, turn.me.id, forum_of(turn).id, turn.now)


def _day_button(turn: Turn, forum: Forum, day: ForumDay) -> Button:
    local, language = day.starts_at.astimezone(turn.territory.zone), turn.language
    label = f"{language.short_day(local.date())}, {language.clock(local.time())}"
    return button(label, "forum.day", forum.id, day.number)


def _keep(turn: Turn, told: DayTold) -> Reply:
    before, zone, language = turn.uow.forums.get(forum_number(told.forum)), turn.territory.zone, turn.language
    plan = DayPlan(told.starts_at, end_of(told.starts_at, told.lasts, told.ends_at), told.place, told.programme)
    if told.day.isdecimal():
        forum = change_day(turn.uow, turn.me.id, before.id, int(told.day), plan, turn.now, zone)
    else:
        forum = add_day(turn.uow, turn.me.id, before.id, plan, turn.now, zone)
    words = language.say("The days are changed: everybody registered or waiting is told.")
    if forum.version == before.version:
        words = language.say("Noted. Nobody is sent a message about it.")
    return say(Screen(words), forum_screen(turn, forum))


FORUM_DAY = Form(
    name="forum_day",
    version=1,
    into=DayTold,
    questions=(
        replace(STARTS_AT, prompt=_("When does this day begin?")),
        LASTS,
        ENDS_AT,
        Question(
            "place",
            _("Another place on this day? Skip this where it stays the same."),
            Text(longest=DAY_PLACE_MAX),
            label=_("Where"),
            optional=True,
        ),
        Question(
            "programme",
            _("What is on the programme of this day?"),
            Text(longest=DAY_PROGRAMME_MAX, multiline=True),
            label=_("Programme"),
            optional=True,
        ),
    ),
    review=_("The day"),
    submit=_keep,
)

FEATURE = Feature(
    buttons={
        "forum.days.edit": show_days,
        "forum.day": show_day,
        "forum.day.new": start_adding,
        "forum.day.edit": start_changing,
        "forum.day.off": ask_removal,
        "forum.day.sure": remove,
    },
    forms=(FORUM_DAY,),
    again={FORUM_DAY.name: begin_again},
)
