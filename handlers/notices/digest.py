"""The digest: one's week in one message, instead of single notices. A screen that is read in ten seconds."""

from datetime import date, datetime, time, timedelta
from typing import Final

from markupsafe import Markup

from handlers.names import answer_name
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Button, Rows, Screen, button, lines, paragraphs
from programme.digest import A_WEEK, digest_ends_at
from programme.forums import RegistrationState
from programme.meetings import Answer
from programme.milestones import Milestone, MilestoneState
from programme.notices import Digest
from programme.ports import AgendaEntry, RegistrationEntry
from programme.reminders import on_the_clock

MEETINGS_WITHIN: Final = timedelta(days=14)
EVENTS_WITHIN: Final = timedelta(days=30)
MEETINGS_MOST: Final = 5
FORUMS_MOST: Final = 3
MILESTONES_MOST: Final = 3
TITLES_MOST: Final = 3
OVERDUE_TOLD: Final = timedelta(days=10)
"""For how long who keeps a coalition going hears of a milestone that is over and not done."""


def digest(notice: Digest, reader: Reader) -> Screen:
    """Tell what is near and what is new; raises Untrue where there is nothing to tell, or nobody wants it any more."""
    _still_wanted(notice, reader)
    language = reader.language
    meetings = _meetings(reader)
    forums = _forums(reader)
    parts = [
        _meetings_part(meetings, reader),
        _forums_part(forums, reader),
        _milestones_part(reader),
        _actions_part(notice.week, reader),
    ]
    if not any(parts):
        raise Untrue("nothing to tell")
    text = paragraphs(language.say("<b>Your week</b>"), *parts)
    rows = (
        *_meeting_buttons(meetings, reader),
        *_forum_buttons(forums, reader),
        why_button(notice, language),
        *way_out(language),
    )
    return Screen(text, rows)


def _still_wanted(notice: Digest, reader: Reader) -> None:
    preferences = reader.person.preferences
    if not preferences.digest:
        raise Untrue("single notices")
    if preferences.paused_until is not None and _today(reader) < preferences.paused_until:
        raise Untrue("paused")
    if reader.now >= digest_ends_at(notice.week, reader.territory.zone):
        raise Untrue("too late")


def _today(reader: Reader) -> date:
    return reader.now.astimezone(reader.territory.zone).date()


def _meetings(reader: Reader) -> list[AgendaEntry]:
    """Give the near meetings that were not declined, those without an answer first."""
    agenda = reader.uow.meetings.agenda(reader.person.id, reader.now)
    near = [
        entry
        for entry in agenda
        if entry.meeting.starts_at <= reader.now + MEETINGS_WITHIN and entry.answer is not Answer.NO
    ]
    return sorted(near, key=lambda entry: (entry.answer is not None, entry.meeting.starts_at))


def _meetings_part(meetings: list[AgendaEntry], reader: Reader) -> Markup | None:
    if not meetings:
        return None
    language, more = reader.language, len(meetings) - MEETINGS_MOST
    return lines(
        language.say("Meetings:"),
        *(_meeting_line(entry, reader) for entry in meetings[:MEETINGS_MOST]),
        language.say_n("and {n} more in your agenda", "and {n} more in your agenda", more) if more > 0 else None,
    )


def _meeting_line(entry: AgendaEntry, reader: Reader) -> Markup:
    language = reader.language
    answered = language.plain("no answer yet") if entry.answer is None else answer_name(entry.answer, language).lower()
    return language.say(
        "• {moment}: <b>{title}</b> ({answer})",
        moment=language.moment(entry.meeting.starts_at, reader.territory.zone),
        title=entry.meeting.title,
        answer=answered,
    )


def _meeting_buttons(meetings: list[AgendaEntry], reader: Reader) -> Rows:
    return tuple(
        (_event_button(entry.meeting.starts_at, entry.meeting.title, reader, "meeting", entry.meeting.id),)
        for entry in meetings[:MEETINGS_MOST]
    )


def _forums(reader: Reader) -> list[RegistrationEntry]:
    entries = reader.uow.registrations.upcoming(reader.person.id, reader.now)
    near = [entry for entry in entries if entry.forum.starts_at <= reader.now + EVENTS_WITHIN]
    return near[:FORUMS_MOST]


def _forums_part(forums: list[RegistrationEntry], reader: Reader) -> Markup | None:
    if not forums:
        return None
    return lines(reader.language.say("Forums:"), *(_forum_line(entry, reader) for entry in forums))


def _forum_line(entry: RegistrationEntry, reader: Reader) -> Markup:
    language = reader.language
    states = {
        RegistrationState.CONFIRMED: language.plain("place confirmed"),
        RegistrationState.OFFERED: language.plain("place to confirm"),
        RegistrationState.WAITING: language.plain("on the waiting list"),
    }
    return language.say(
        "• {moment}: <b>{title}</b> ({answer})",
        moment=language.moment(entry.forum.starts_at, reader.territory.zone),
        title=entry.forum.title,
        answer=states[entry.registration.state],
    )


def _forum_buttons(forums: list[RegistrationEntry], reader: Reader) -> Rows:
    return tuple(
        (_event_button(entry.forum.starts_at, entry.forum.title, reader, "forum", entry.forum.id),) for entry in forums
    )


def _event_button(starts_at: datetime, title: str, reader: Reader, route: str, number: int) -> Button:
    day = reader.language.short_day(starts_at.astimezone(reader.territory.zone).date())
    return button(f"{day} · {title}", route, number)


def _milestones_part(reader: Reader) -> Markup | None:
    milestones = _milestones(reader)
    if not milestones:
        return None
    return lines(reader.language.say("Milestones:"), *(_milestone_line(milestone, reader) for milestone in milestones))


def _milestone_line(milestone: Milestone, reader: Reader) -> Markup:
    day = reader.language.day(milestone.due_on)
    if milestone.due_on < _today(reader):
        return reader.language.say("• {day}: <b>{title}</b> (overdue)", day=day, title=milestone.title)
    return reader.language.say("• {day}: <b>{title}</b>", day=day, title=milestone.title)


def _milestones(reader: Reader) -> list[Milestone]:
    """Give the near milestones of the programme, and those of one's coalitions that one looks after.

    Who keeps a coalition going hears of those overdue too, and of all those of its own that nobody looks after.
    """
    uow, own = reader.uow, reader.person.id
    coalitions = uow.coalitions.of_person(own)
    if not coalitions:
        return []
    today = _today(reader)
    led = {coalition.id for coalition in uow.coalitions.led_by(own)}
    first = today - OVERDUE_TOLD if led else today
    near = [one for one in uow.milestones.programme_ones() if first <= one.due_on]
    for coalition in coalitions:
        for one in uow.milestones.of_coalition(coalition.id):
            stands_in = coalition.id in led and (one.owner_id is None or one.due_on <= today)
            if (one.owner_id == own or stands_in) and today - OVERDUE_TOLD <= one.due_on:
                near.append(one)
    still_open = [one for one in near if one.state is MilestoneState.OPEN and one.due_on <= today + EVENTS_WITHIN]
    return sorted(still_open, key=lambda one: (one.due_on, one.id))[:MILESTONES_MOST]


def _actions_part(week: date, reader: Reader) -> Markup | None:
    """Tell what others logged in one's coalitions in the week before."""
    language, zone = reader.language, reader.territory.zone
    coalitions = [coalition.id for coalition in reader.uow.coalitions.of_person(reader.person.id)]
    since, until = (on_the_clock(monday, time(0), zone) for monday in (week - A_WEEK, week))
    logged = reader.uow.actions.logged_between(coalitions, since, until) if coalitions else ()
    titles = [action.title for action in logged if action.logged_by != reader.person.id]
    if not titles:
        return None
    return lines(
        language.say_n("{n} new action in your coalitions:", "{n} new actions in your coalitions:", len(titles)),
        *(language.say("• {title}", title=title) for title in titles[:TITLES_MOST]),
        "• …" if len(titles) > TITLES_MOST else None,
    )
