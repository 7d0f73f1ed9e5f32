"""Meetings that come again: planned in one go, moved and ended together."""

from datetime import date, datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from programme.series import Frequency, Series
from programme.usecases.plan_series import SeriesPlan, plan_series
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.cast import talks
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour, Visitor
from tests.world import PARIS

MONTHS_TO_COME: Final = (date(2027, 2, 1), date(2027, 2, 9), date(2027, 2, 17), date(2027, 2, 25), date(2027, 5, 30))
"""The first to the last Monday, Tuesday… of a month, so that every rule is read."""


async def walk(tour: Tour) -> None:
    """A series is planned with all its questions, moved, and ended; others show each rule in words."""
    nour, lou, group = tour.visitor("Nour"), tour.visitor("Lou"), talks(tour)
    await nour.says("/rencontre")
    await nour.taps("Regularly", "A series: what it is about")
    await nour.says("Point d’équipe")
    await nour.taps("Working meeting", "A series: the first one")
    await nour.says("12/01/2027 18:30", "A series: how often")
    await nour.taps("Each month", "A series: until when")
    await nour.says("30/06/2027")
    await nour.says("La Carène")
    await nour.taps("Skip", "A series: the review")
    lou.looks_away()
    tour.news(group)
    await nour.taps("Confirm", "A series is planned")
    await lou.reads("Notice: a series")
    await nour.reads("The card of the next one", there=group)
    await nour.says("/rencontres")
    await nour.taps("Point d’équipe", "One meeting of a series")
    await nour.taps("All meetings of the series")
    await nour.taps("Move them all", "A series: another moment")
    await nour.says("14/01/2027 19:00")
    await nour.taps("Skip", "The new rule of a series: the review")
    lou.looks_away()
    await nour.taps("Confirm", "A series has moved")
    await lou.reads("Notice: a series has moved")
    await nour.taps("End the series", "Whether to end a series")
    await nour.taps("Keep them")
    await nour.taps("End the series")
    lou.looks_away()
    await nour.taps("Yes, end it", "A series has ended")
    await lou.reads("Notice: a series has ended")
    await lou.taps("Why this message?", "Why: a series")
    await _every_rule(tour)


async def _every_rule(tour: Tour) -> None:
    """Show each rule in words."""
    nour, coalition = tour.visitor("Nour"), await tour.world.coalition(LED)
    now, zone = tour.world.clock.now(), tour.world.territory.zone
    days = [(day, Frequency.MONTHLY) for day in MONTHS_TO_COME]
    days += [(date(2027, 2, 5), Frequency.WEEKLY), (date(2027, 2, 6), Frequency.FORTNIGHTLY)]
    for day, frequency in days:
        first = datetime(day.year, day.month, day.day, 18, 30, tzinfo=PARIS)
        plan = SeriesPlan(coalition.id, "Point", first, frequency, "ENIB", date(2027, 6, 30))
        series = await tour.does(partial(_planned, nour, plan, now, zone))
        await nour.forges(f"series:{series.id}", f"The rule of a series from {day}")
        await nour.forges(f"series.sure:{series.id}:0")


def _planned(by: Visitor, plan: SeriesPlan, now: datetime, zone: ZoneInfo, uow: SqlUnitOfWork) -> Series:
    return plan_series(uow, by.number(uow), plan, now, zone)
