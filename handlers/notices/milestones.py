"""Notices about milestones: near, there, or over and not done."""

from datetime import date

from markupsafe import Markup

from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, lines, paragraphs
from programme.leads import Lead
from programme.milestones import Milestone
from programme.notices import MilestoneReminder


def milestone_reminder(notice: MilestoneReminder, reader: Reader) -> Screen:
    """Remind of a milestone, in words that are true today."""
    milestone = reader.uow.milestones.get(notice.milestone_id)
    if milestone.done_at is not None:
        raise Untrue("done")
    if milestone.version != notice.version:
        raise Untrue("moved")
    today = reader.now.astimezone(reader.territory.zone).date()
    paused_until = reader.person.preferences.paused_until
    if paused_until is not None and today < paused_until:
        raise Untrue("paused")
    if today > milestone.due_on and notice.lead not in {Lead.THREE_DAYS_AFTER, Lead.TEN_DAYS_AFTER}:
        raise Untrue("too late")
    text = paragraphs(
        lines(
            reader.language.say("<b>{title}</b>", title=milestone.title),
            _when(milestone, today, reader),
        ),
        reader.language.say("{detail}", detail=milestone.detail) if milestone.detail else None,
    )
    return Screen(text, (why_button(notice, reader.language), *way_out(reader.language)))


def _when(milestone: Milestone, today: date, reader: Reader) -> Markup:
    language, days = reader.language, (milestone.due_on - today).days
    day = language.day(milestone.due_on)
    if days > 1:
        return language.say_n("In {n} day: {day}", "In {n} days: {day}", days, day=day)
    if days == 1:
        return language.say("Tomorrow: {day}", day=day)
    if days == 0:
        return language.say("Today: {day}", day=day)
    return language.say_n("Due {n} day ago: {day}", "Due {n} days ago: {day}", -days, day=day)
