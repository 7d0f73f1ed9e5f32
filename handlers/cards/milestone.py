"""Milestones as text: one line each in a list, and a card with all that is known."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from markupsafe import Markup

from handlers.screen import lines, paragraphs
from locales import Language
from programme.ids import PersonId
from programme.milestones import Milestone, MilestoneState
from programme.ports import UnitOfWork
from programme.territory import Territory

MARKS: Final = {MilestoneState.OPEN: "○", MilestoneState.DONE: "✓", MilestoneState.GIVEN_UP: "✕"}
"""A sign before each title, beside words that say the same."""


def in_order(milestones: Iterable[Milestone]) -> list[Milestone]:
    """Put the open ones first, by date; then what is done or given up, the latest first."""
    everything = sorted(milestones, key=lambda one: one.due_on)
    still_open = [one for one in everything if one.state is MilestoneState.OPEN]
    return still_open + [one for one in reversed(everything) if one.state is not MilestoneState.OPEN]


def milestone_lines(
    milestones: Iterable[Milestone], uow: UnitOfWork, language: Language, territory: Territory, today: date
) -> Markup:
    """Write a line for each: its title, the days left or where it stands, and who looks after it."""
    listed = list(milestones)
    owners = uow.people.names(one.owner_id for one in listed if one.owner_id is not None)
    return lines(*(_line(one, owners, language, territory, today) for one in listed))


def milestone_card(
    milestone: Milestone, uow: UnitOfWork, language: Language, territory: Territory, today: date
) -> Markup:
    """Say what a milestone is, whose, by when, who looks after it, and where it stands."""
    coalition = None if milestone.coalition_id is None else uow.coalitions.get(milestone.coalition_id)
    return paragraphs(
        lines(
            language.say("<b>{title}</b>", title=milestone.title),
            language.say("Milestone of the programme")
            if coalition is None
            else language.say("Coalition: {name}", name=coalition.name),
            _standing(milestone, language, territory, today),
            _owner(milestone, uow, language),
        ),
        language.say("{detail}", detail=milestone.detail) if milestone.detail else None,
    )


def days_words(milestone: Milestone, today: date, language: Language) -> Markup:
    """Say how many days are left, or by how many it is late, and the day."""
    day, days = language.day(milestone.due_on), (milestone.due_on - today).days
    if days > 1:
        return language.say_n("In {n} day: {day}", "In {n} days: {day}", days, day=day)
    if days == 1:
        return language.say("Tomorrow: {day}", day=day)
    if days == 0:
        return language.say("Today: {day}", day=day)
    return language.say_n("Due {n} day ago: {day}", "Due {n} days ago: {day}", -days, day=day)


def _line(
    milestone: Milestone, owners: Mapping[PersonId, str], language: Language, territory: Territory, today: date
) -> Markup:
    facts = {
        "mark": MARKS[milestone.state],
        "title": milestone.title,
        "when": _when(milestone, language, territory, today),
    }
    if milestone.coalition_id is None:
        return language.say("{mark} <b>{title}</b>: {when} (programme)", **facts)
    owner = None if milestone.owner_id is None else owners.get(milestone.owner_id)
    if owner is None:
        return language.say("{mark} <b>{title}</b>: {when}", **facts)
    return language.say("{mark} <b>{title}</b>: {when} ({owner})", **facts, owner=owner)


def _when(milestone: Milestone, language: Language, territory: Territory, today: date) -> str:
    if milestone.done_at is not None:
        return language.plain("reached on {day}", day=_day_of_end(milestone, language, territory))
    if milestone.given_up_at is not None:
        return language.plain("dropped")
    day, days = language.day(milestone.due_on), (milestone.due_on - today).days
    if days > 1:
        return language.plain_n("{day}, in {n} day", "{day}, in {n} days", days, day=day)
    if days == 1:
        return language.plain("{day}, tomorrow", day=day)
    if days == 0:
        return language.plain("{day}, today", day=day)
    return language.plain_n("{day}, {n} day late", "{day}, {n} days late", -days, day=day)


def _standing(milestone: Milestone, language: Language, territory: Territory, today: date) -> Markup:
    if milestone.done_at is not None:
        return language.say("✓ Reached on {day}", day=_day_of_end(milestone, language, territory))
    if milestone.given_up_at is not None:
        return language.say("✕ Dropped")
    return days_words(milestone, today, language)


def _day_of_end(milestone: Milestone, language: Language, territory: Territory) -> str:
    ended_at = milestone.done_at or milestone.given_up_at
    if ended_at is None:
        raise ValueError("an open milestone has no end")
    return language.day(ended_at.astimezone(territory.zone).date())


def _owner(milestone: Milestone, uow: UnitOfWork, language: Language) -> Markup | None:
    if milestone.coalition_id is None:
        return None
    if milestone.owner_id is None:
        return language.say("Nobody looks after it yet.")
    return language.say("Looked after by {name}", name=uow.people.get(milestone.owner_id).name)
