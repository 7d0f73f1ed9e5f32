"""A month as buttons: a day is tapped, the months turn."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from handlers.screen import Button, Rows, button
from handlers.turn import Turn

PAST_REACH: Final = timedelta(days=50 * 366)
FUTURE_REACH: Final = timedelta(days=10 * 366)
BLANK: Final = "·"
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Reach:
    """The days that may be chosen, both ends included."""

    today: date
    first: date
    last: date

    def holds(self, on: date) -> bool:
        """Tell whether a day may be chosen."""
        return self.first <= on <= self.last


def reach(turn: Turn, *, past: bool, future: bool, today_too: bool = True) -> Reach:
    """Give the days that may be chosen on the territory's calendar; `today_too` counts where the past does not."""
    today = turn.now.astimezone(turn.territory.zone).date()
    soonest = today if today_too else today + timedelta(days=1)
    return Reach(today, today - PAST_REACH if past else soonest, today + FUTURE_REACH if future else today)


def month_rows(turn: Turn, within: Reach, month: str | None) -> Rows:
    """Show a month (« 2026-11 », else the present one): its name between arrows, the days of the week, the days."""
    first = month_shown(month, within)
    following = (first + timedelta(days=32)).replace(day=1)
    preceding = (first - timedelta(days=1)).replace(day=1)
    name = turn.language.month(first)
    arrows = (
        _month_button("‹", preceding) if first > within.first else _blank(),
        button(name[:1].upper() + name[1:], "x"),
        _month_button("›", following) if following <= within.last else _blank(),
    )
    week = tuple(button(day, "x") for day in turn.language.plain("Mo Tu We Th Fr Sa Su").split())
    start = first - timedelta(days=first.weekday())
    days = [start + timedelta(days=number) for number in range((following - start).days)]
    days += [following + timedelta(days=number) for number in range(-len(days) % WEEK)]
    buttons = [_day_button(day) if day.month == first.month and within.holds(day) else _blank() for day in days]
    weeks = tuple(tuple(buttons[place : place + WEEK]) for place in range(0, len(buttons), WEEK))
    return (arrows, week, *weeks)


def near_days(turn: Turn, within: Reach) -> Rows:
    """Show yesterday, today and tomorrow by name, those that may be chosen."""
    plain, one = turn.language.plain, timedelta(days=1)
    near = ((plain("Yesterday"), -one), (plain("Today"), 0 * one), (plain("Tomorrow"), one))
    days = [(label, within.today + away) for label, away in near]
    return (tuple(button(label, "d", day.isoformat()) for label, day in days if within.holds(day)),)


def tapped_day(args: tuple[str, ...]) -> date | None:
    """Read the day of a button; None where it is none."""
    try:
        return date.fromisoformat(args[0]) if args else None
    except ValueError:
        return None


def month_shown(month: str | None, within: Reach) -> date:
    """Give the first day of the month to show (« 2026-11 », else the present one), within what may be chosen."""
    asked = tapped_day((f"{month}-01",)) or within.today
    return min(max(asked, within.first), within.last).replace(day=1)


def month_of(on: date) -> str:
    """Name a day's month, for the state of a question."""
    return f"{on:%Y-%m}"


def _month_button(label: str, first: date) -> Button:
    return button(label, "m", month_of(first))


def _day_button(on: date) -> Button:
    return button(str(on.day), "d", on.isoformat())


def _blank() -> Button:
    return button(BLANK, "x")
