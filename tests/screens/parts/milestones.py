"""Milestones of the programme: near, there, and over."""

from datetime import timedelta

from tests.screens.tour import Tour

DAY = timedelta(days=1)


async def walk(tour: Tour) -> None:
    """The one of the territory's file, up to three days after."""
    yann, nour = tour.visitor("Yann"), tour.visitor("Nour")
    milestone = tour.world.territory.milestones[0]
    on = milestone.due_on
    nine = tour.paris(on.day, 9, month=on.month, year=on.year)
    await tour.world.moves_to(nine - 8 * DAY)
    yann.looks_away()
    await tour.world.moves_to(nine - 7 * DAY)
    await yann.reads("Notice: a milestone in a week")
    await tour.world.moves_to(nine - DAY)
    await yann.reads("Notice: a milestone tomorrow")
    await yann.taps("Why this message?", "Why: a milestone")
    await tour.world.moves_to(nine)
    await yann.reads("Notice: a milestone today")
    nour.looks_away()
    await tour.world.moves_to(nine + 3 * DAY)
    await nour.reads("Notice: a milestone is over")
