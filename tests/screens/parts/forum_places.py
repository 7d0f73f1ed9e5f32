"""A place at a forum: registered, waiting, offered; the ticket, the reminders, and the question after."""

from programme.forums import Forum
from tests.screens.parts.forums import FORUM
from tests.screens.tour import Tour, Visitor


async def walk(tour: Tour) -> None:
    """Two places, and five people who would like one."""
    anne = tour.visitor("Anne")
    ana, ben = await tour.has("Ana", "BAPAV"), await tour.has("Ben")
    cho, dan = await tour.has("Cho"), await tour.has("Dan")
    forum = next(
        one for one in await tour.does(lambda uow: uow.forums.upcoming(tour.world.clock.now())) if one.title == FORUM
    )
    await ana.says(f"/start forum_{forum.code}", "A link to a forum")
    await ana.taps("Register: 1 place", "Registered in one tap")
    await ana.taps("My ticket", "The ticket")
    registration = await tour.does(lambda uow: uow.registrations.of(ana.number(uow), forum.id))
    assert registration is not None
    await ana.taps("Add to my calendar", "A forum for the calendar")
    await ana.taps("Change", "How many places, yours included")
    await ana.taps("1 place", "In whose name")
    await ana.taps("BAPAV", "Which pitches")
    await ana.taps("Des vélos", "A pitch is ticked")
    await ana.taps("Done ({count})", "Registered, with pitches", count="1")
    await ana.forges(f"forum.said:{forum.id}:useful", "Refused: it has not begun yet")
    await ben.forges(f"forum.in:{forum.id}")
    await cho.forges(f"forum:{forum.id}", "A full forum")
    await cho.taps("Join the waiting list", "Waiting, and the next one")
    await dan.forges(f"forum.in:{forum.id}", "Waiting, behind somebody", label="Join the waiting list")
    await ben.forges(f"forum.choose:{forum.id}")
    await ben.taps("5 places")
    await ben.taps("Skip", "Refused: not enough places")
    await ben.says("/annuler")
    await dan.taps("Change")
    await dan.taps("2 places")
    await dan.taps("Skip")
    await dan.taps("Leave the waiting list", "Whether to leave the waiting list")
    await dan.taps("No, keep it")
    await ana.forges(f"forum:{forum.id}")
    await ana.taps("Cancel my registration", "Whether to cancel one’s registration")
    await ana.taps("Yes, cancel", "Registration cancelled")
    await anne.says(f"/start ticket_{registration.ticket}", "A ticket that is not valid any more")
    await cho.reads("Notice: a place has come free")
    await cho.taps("Why this message?", "Why: one’s place at a forum")
    registration = await tour.does(lambda uow: uow.registrations.of(cho.number(uow), forum.id))
    assert registration is not None
    await anne.says(f"/start ticket_{registration.ticket}", "A valid ticket, shown to the project team")
    await ana.forges(f"forum.in:{forum.id}")
    await ana.taps("Leave the waiting list")
    await ana.taps("Yes, leave the list", "The waiting list is left")
    await _has_places(anne, forum, 1)
    await dan.forges(f"forum:{forum.id}", "Waiting for more places than there are")
    await _has_places(anne, forum, 3)
    await dan.forges(f"forum:{forum.id}", "Waiting for more places than are free")


async def walk_reminders(tour: Tour) -> None:
    """From a week before to the evening after; close to the start a free place is offered, and has to be confirmed."""
    anne, sam, ben, cho, dan = [tour.visitor(name) for name in ("Anne", "Sam", "Ben", "Cho", "Dan")]
    forum = next(
        one for one in await tour.does(lambda uow: uow.forums.upcoming(tour.world.clock.now())) if one.title == FORUM
    )
    await tour.world.moves_to(tour.paris(10, 14))
    await cho.reads("Notice: a forum in a week")
    await cho.taps("Why this message?", "Why: a reminder of a forum")
    await tour.world.moves_to(tour.paris(16, 10))
    for visitor in (ben, cho, dan):
        visitor.looks_away()
    await ben.forges(f"forum.leave:{forum.id}")
    await dan.reads("Notice: a place is held for you")
    await dan.forges(f"forum:{forum.id}", "A place to confirm")
    await dan.says("/agenda", "My agenda, with a place to confirm")
    await dan.forges(f"forum.confirm:{forum.id}", "A held place is confirmed", label="Confirm my place")
    await ben.forges(f"forum.in:{forum.id}")
    await dan.forges(f"forum.leave:{forum.id}")
    await ben.forges(f"forum.in:{forum.id}", "A place is held already", label="Join the waiting list")
    await _has_places(anne, forum, 1, "Made smaller, and a held place taken back")
    await ben.reads("Notice: the held place is taken back")
    await _has_places(anne, forum, 3)
    await ben.forges(f"forum.decline:{forum.id}", "A held place is left to others", label="Leave it to the next person")
    sam.looks_away()
    await tour.world.moves_to(tour.paris(16, 16, 30))
    await sam.reads("Notice: the held place was not confirmed in time")
    await tour.world.moves_to(tour.paris(17, 12))
    await cho.reads("Notice: a forum tomorrow, and then today")
    await tour.world.moves_to(tour.paris(17, 15))
    await cho.forges(f"forum:{forum.id}", "A forum that is going on")
    await tour.world.moves_to(tour.paris(17, 19))
    await cho.reads("Notice: how the forum was")
    await cho.taps("Why this message?", "Why: how the forum was")
    await cho.taps("Useful", "An answer afterwards")


async def _has_places(anne: Visitor, forum: Forum, places: int, shot: str = "") -> None:
    await anne.forges(f"forum.places:{forum.id}")
    await anne.says(str(places))
    await anne.taps("Confirm", shot)
