"""Milestones: those of a coalition, and those of the programme; near, there, and over."""

from datetime import date, timedelta

from programme.usecases.add_milestone import MilestonePlan, add_milestone
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.cast import talks
from tests.screens.parts.coalitions import LED
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


async def walk_own(tour: Tour) -> None:
    """Nour entrusts milestones; they are reminded, reached, moved and dropped."""
    nour, lou, yann, group = tour.visitor("Nour"), tour.visitor("Lou"), tour.visitor("Yann"), talks(tour)
    coalition, today = await tour.world.coalition(LED), tour.world.clock.now().date()
    await nour.forges(f"milestone.new:{coalition.id}", "A milestone: what is to be reached", label="Add a milestone")
    await nour.taps("Cancel")
    await nour.says("/jalon Charte signée par cinq structures", there=group)
    await nour.reads("A milestone begun in a group: by which day")
    due_on = today + 2 * DAY
    await nour.says(f"{due_on:%d/%m/%Y}", "A milestone: who looks after it")
    await nour.taps("Lou", "A milestone: the review")
    lou.looks_away()
    tour.news(group)
    await nour.taps("Confirm", "A milestone is kept")
    await nour.reads("The group reads one line of a milestone", there=group)
    await lou.reads("Notice: a milestone is entrusted")
    await lou.taps("Why this message?", "Why: a milestone is entrusted")
    await yann.says("/jalons", "Milestones, in the group", there=group)
    await nour.says("/jalons", "Milestones, for who facilitates")
    await nour.taps("Charte signée", "A milestone, for who facilitates")
    await nour.taps("Move or correct it", "A milestone, as it will be")
    await nour.taps("Cancel")
    await nour.forges(f"milestones:{coalition.id}")
    await nour.taps("Charte signée")
    await nour.taps("Drop it", "A milestone is dropped")
    await nour.forges(f"milestones:{coalition.id}", "Milestones, one of them dropped")
    await nour.taps("Charte signée")
    await nour.taps("Take it up again", "A milestone is taken up again")
    await tour.world.moves_to(tour.paris(due_on.day - 1, 8, month=due_on.month, year=due_on.year))
    lou.looks_away()
    await tour.world.moves_to(tour.paris(due_on.day - 1, 9, month=due_on.month, year=due_on.year))
    await lou.reads("Notice: a milestone of one’s own")
    await lou.taps("Why this message?", "Why: a milestone of one’s own")
    await lou.says("/jalons", "Milestones, one of them due tomorrow")
    await tour.world.moves_by(DAY)
    await yann.says("/jalons", "Milestones, one of them due today", there=group)
    await tour.world.moves_by(DAY)
    await yann.says("/jalons", "Milestones, one of them late", there=group)
    await lou.taps("✓ Reached: {title}", "Reached in the group", there=group, title="Charte signée par cinq structures")
    await lou.says("/jalons")
    await lou.taps("Charte signée", "A milestone that is reached")
    await lou.forges(f"milestones:{coalition.id}")
    await lou.taps(tour.world.territory.milestones[0].title, "A milestone of the programme")
    await _page(tour)


async def _page(tour: Tour) -> None:
    """Turn a page of the list in the group."""
    yann, group = tour.visitor("Yann"), talks(tour)
    await tour.does(lambda uow: _more(uow, tour))
    await yann.says("/jalons", there=group)
    await yann.taps("Next page ›", "Milestones, the second page in the group", there=group)


def _more(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Add more milestones than a page holds."""
    coalition, now, zone = uow.coalitions.by_name(LED), tour.world.clock.now(), tour.world.territory.zone
    assert coalition is not None
    by = tour.visitor("Nour").number(uow)
    for number in range(8):
        plan = MilestonePlan(f"Jalon {number}", date(2028, 6, number + 1), by)
        add_milestone(uow, by, coalition.id, plan, now, zone)
