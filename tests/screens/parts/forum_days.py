"""A forum as it is held: its registration opens and closes, it has several days, its pitches have seats; a series."""

from datetime import timedelta
from typing import Final

from programme.forums import Forum
from programme.ids import ForumId
from programme.usecases.edit_forum import change_window
from programme.usecases.forum_days import DayPlan, add_day
from programme.usecases.offer_pitch import offer_pitch
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour
from tests.world import COLLEAGUE_ID, STAFF_ID

FORUM: Final = "Quinzaine du climat"
SERIES: Final = "Café climat"
PITCH: Final = "Des gobelets à partager"


async def walk(tour: Tour) -> None:
    """It is announced for later, opened, and changed line by line."""
    anne, sam = await tour.has("Anne", id=STAFF_ID), await tour.has("Sam")
    nour, _ = await tour.has("Nour", "La Carène"), await tour.has("Paul", id=COLLEAGUE_ID)
    await tour.world.belongs(nour.person, await tour.world.coalition(LED), facilitator=True)
    await anne.says("/equipe")
    await anne.taps("Forums")
    await anne.taps("Announce a forum")
    await anne.says(FORUM)
    await anne.says("17/12/2026 14:00")
    await anne.taps("4")
    await anne.says("Les Capucins")
    await anne.says("14 h : accueil")
    await anne.says("20", "When people can register")
    await anne.taps("Choose the opening or the closing", "When registration opens")
    await anne.says("01/12/2026 09:00", "When registration closes")
    await anne.says("18/12/2026 12:00", "A forum with its registration: the review")
    await anne.taps("Confirm", "Refused: registration closes too late")
    await anne.taps("Correct")
    await anne.taps("›")
    await anne.taps("Closing")
    await anne.says("16/12/2026 12:00")
    await anne.taps("Confirm", "Announced, to be opened later")
    forum = await _forum(tour)
    await sam.says("/forum", "A forum before registration opens")
    await sam.forges(f"forum.in:{forum.id}", "Refused: registration is not open", label="Register: 1 place")
    await tour.world.moves_to(tour.paris(1, 9))
    await sam.says("/forum", "A forum whose registration closes")
    await sam.taps("Register: 1 place")
    await anne.forges(f"forum:{forum.id}")
    await anne.taps("Change the forum", "What can be changed")
    await anne.taps("Title", "Another title")
    await anne.says(f"{FORUM} de Brest", "A line is changed, and nobody is told")
    await anne.forges(f"forum.programme:{forum.id}", "Another programme", whole=True)
    await anne.says("14 h : accueil, 15 h : ateliers")
    await anne.forges(f"forum.place:{forum.id}")
    await anne.says("Le Quartz, Brest", "Another place: the review")
    sam.looks_away()
    await anne.taps("Confirm", "Another place, and everybody is told")
    await sam.reads("Notice: another place")
    await anne.forges(f"forum.window:{forum.id}", "When people can register, and when they could")
    await anne.taps("Skip")
    await anne.taps("Skip")
    await anne.taps("Confirm")
    await anne.forges(f"forum.window:{forum.id}", "When people can register, where they always could")
    await anne.says("/annuler")


async def walk_days(tour: Tour) -> None:
    """Days are added, changed and removed."""
    anne, sam = tour.visitor("Anne"), tour.visitor("Sam")
    forum = await _forum(tour)
    await anne.forges(f"forum.days.edit:{forum.id}", "A forum of one day")
    await anne.taps("Add a day", "A day: when it begins")
    await anne.says("18/12/2026 09:00", "A day: how long it lasts")
    await anne.taps("4", "A day: its place")
    await anne.says("Océanopolis", "A day: its programme")
    await anne.says("Une visite des coulisses", "A day: the review")
    sam.looks_away()
    await anne.taps("Confirm", "A day is added")
    await sam.reads("Notice: a forum of two days")
    await sam.forges(f"forum:{forum.id}", "A forum of two days")
    await sam.taps("Day by day", "Day by day")
    await anne.taps("Days", "The days of a forum")
    await anne.forges(f"forum.day:{forum.id}:2", "One day of a forum")
    await anne.taps("Change this day", "One day, as it will be")
    await anne.taps("Cancel")
    await anne.forges(f"forum.day:{forum.id}:2")
    await anne.taps("Remove this day", "Whether to remove a day")
    await anne.taps("Yes, remove it", "A day is removed")
    sam.looks_away()
    await tour.does(lambda uow: _many_days(uow, tour, forum.id))
    await sam.forges(f"forum:{forum.id}", "A forum of many days and pitches")


async def walk_pitches(tour: Tour) -> None:
    """A pitch has a number of seats, which is lowered later; and registration closes."""
    nour, sam, lea = tour.visitor("Nour"), tour.visitor("Sam"), await tour.has("Léa", "ENIB")
    anne = tour.visitor("Anne")
    forum = await tour.world.forum("Atelier des coalitions", places=9, starts_at=tour.paris(12, 14, month=1, year=2027))
    await nour.forges(f"forum:{forum.id}")
    await nour.taps("Offer a pitch")
    await nour.says(PITCH, "A pitch: its seats")
    await nour.says("2", "A pitch with its seats: the review")
    await nour.taps("Confirm", "A pitch with seats is offered")
    await sam.forges(f"forum.choose:{forum.id}")
    await sam.taps("2 places", "Which pitches, with their seats")
    await sam.taps(PITCH)
    await sam.taps("Done ({count})", count="1")
    await lea.forges(f"forum.choose:{forum.id}")
    await lea.taps("1 place")
    await lea.taps("ENIB", "Which pitches, one of them full")
    await lea.taps(PITCH)
    await lea.taps("Done ({count})", "Refused: the pitch is full", count="1")
    await lea.says("/annuler")
    await nour.forges(f"forum:{forum.id}")
    await nour.taps("Change a pitch", "Which pitch to change")
    await nour.taps(PITCH, "A pitch, as it will be")
    await nour.taps("Correct")
    await nour.taps("Seats")
    await nour.says("1")
    await nour.taps("Confirm", "Fewer seats than are chosen")
    await anne.forges(f"registrants.of:{forum.id}:confirmed:0")
    await anne.taps("Sam", "One registration, with a pitch")
    old = await _forum(tour)
    await tour.does(
        lambda uow: change_window(uow, anne.number(uow), old.id, None, tour.paris(16, 12), tour.world.clock.now())
    )
    await tour.world.moves_to(tour.paris(16, 13))
    await lea.forges(f"forum:{old.id}", "A forum whose registration is closed")
    await lea.forges(f"forum.in:{old.id}", "Refused: registration is closed", label="Register: 1 place")
    await nour.forges(f"forum.pitches:{old.id}", "No pitch to change")


async def walk_series(tour: Tour) -> None:
    """Three rendez-vous are announced at once; the second one and the next are called off."""
    anne, sam = tour.visitor("Anne"), tour.visitor("Sam")
    await anne.says("/equipe")
    await anne.taps("Forums")
    await anne.taps("Announce a series of rendez-vous", "A series: its title")
    await anne.says(SERIES, "A series: the first rendez-vous")
    await anne.says("05/02/2027 18:00")
    await anne.taps("2", "A series: how often")
    await anne.taps("Each month", "A series: how many")
    await anne.says("3")
    await anne.says("Maison des associations")
    await anne.taps("Skip", "A series: the places of each")
    await anne.says("12", "A series: the review")
    await anne.taps("Confirm", "A series is announced", whole=True)
    second = sorted(
        (
            one
            for one in await tour.does(lambda uow: uow.forums.upcoming(tour.world.clock.now()))
            if one.title == SERIES
        ),
        key=lambda one: one.starts_at,
    )[1]
    await sam.forges(f"forum:{second.id}", "A rendez-vous of a series")
    await sam.taps("Register: 1 place")
    await sam.taps("All the dates", "All the dates of a series")
    await anne.forges(f"forum:{second.id}")
    await anne.taps("Cancel this one and the next ones", "Whether to cancel the next ones")
    sam.looks_away()
    await anne.taps("Yes, cancel them", "The next ones are cancelled")
    await sam.reads("Notice: a rendez-vous is cancelled")
    first = next(
        one for one in await tour.does(lambda uow: uow.forums.upcoming(tour.world.clock.now())) if one.title == SERIES
    )
    await sam.forges(f"forum.series:{first.id}", "A series, part of it cancelled")


async def _forum(tour: Tour) -> Forum:
    coming = await tour.does(lambda uow: uow.forums.upcoming(tour.world.clock.now()))
    return next(one for one in coming if one.title.startswith(FORUM))


def _many_days(uow: SqlUnitOfWork, tour: Tour, forum_id: ForumId) -> None:
    """Add more days and pitches than a card names."""
    anne, now, zone = tour.visitor("Anne").number(uow), tour.world.clock.now(), tour.world.territory.zone
    for number in range(6):
        begins = tour.paris(18 + number, 14)
        add_day(uow, anne, forum_id, DayPlan(begins, begins + timedelta(hours=2), "", ""), now, zone)
    for number in range(12):
        offer_pitch(uow, anne, forum_id, None, f"Idée {number + 1}", now, None)
