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
from programme.milestones import Milestone
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
    """Give the programme's milestones that are near; who keeps a coalition going hears of those overdue too."""
    coalitions = reader.uow.coalitions.of_person(reader.person.id)
    if not coalitions:
        return []
    today = _today(reader)
    leads = bool(reader.uow.coalitions.led_by(reader.person.id))
    first = today - OVERDUE_TOLD if leads else today
    near = [
        milestone
        for milestone in reader.uow.milestones.programme_ones()
        if milestone.done_at is None and first <= milestone.due_on <= today + EVENTS_WITHIN
    ]
    return near[:MILESTONES_MOST]


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
