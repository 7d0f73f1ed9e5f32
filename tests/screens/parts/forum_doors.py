"""Questions at registration, who registered, helpers, the doors of a forum on its day, and what comes after."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from programme.forums import Forum
from programme.usecases.check_in import take_back_arrival
from programme.usecases.erase_person import erase_person
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.tour import Tour, Visitor

FAIR: Final = "Fête du climat"
LUNCH: Final = "Déjeunez-vous avec nous ?"
NEED: Final = "Un besoin particulier ?"
IDEA: Final = "Par quoi commencez-vous demain ?"
PLACES: Final = 5


async def walk_questions(tour: Tour) -> None:
    """Anne writes two questions, and people answer them when they register, or later."""
    anne, lea = tour.visitor("Anne"), tour.visitor("Léa")
    ben, *_ = [await tour.has(name) for name in ("Ben", "Cho", "Dan", "Eva", "Zoé")]
    forum = await tour.world.forum(FAIR, places=PLACES, starts_at=tour.paris(20, 14, month=1, year=2027))
    await anne.forges(f"forum:{forum.id}", "Card of a forum, with the way to its doors")
    await anne.forges(f"forum.programme:{forum.id}", "A programme for a forum without one", whole=True)
    await anne.says("/annuler")
    await anne.forges(f"forum:{forum.id}")
    await anne.taps("Registrations and doors", "Registrations and doors, long before")
    await anne.taps("Who registered", "Nobody has registered")
    await anne.forges(f"doors:{forum.id}")
    await anne.taps("Questions", "No question yet")
    await anne.taps("Add a question", "A question: what it asks")
    await anne.says(LUNCH, "A question: how it is answered")
    await anne.taps("By choosing in a list", "A question: what can be chosen")
    await anne.says(tour.either("Oui\nNon", "Yes\nNo"), "A question: whether an answer is needed")
    await anne.taps("Yes", "A question: the review")
    await anne.taps("Confirm", "A question is asked")
    await anne.taps("Add a question")
    await anne.says(NEED)
    await anne.taps("In their own words")
    await anne.taps("No")
    await anne.taps("Confirm", "Two questions are asked")
    await ben.forges(f"forum.in:{forum.id}", "Registered, and asked", label="Register: 1 place")
    await ben.taps(tour.either("Oui", "Yes"), "The next question")
    await ben.says("Une place près de l’entrée.", "All is answered")
    await lea.forges(f"forum.in:{forum.id}")
    await lea.says("/annuler")
    await lea.forges(f"forum:{forum.id}", "A question waits for an answer")
    await lea.taps("Answer the questions")
    await lea.taps(tour.either("Non", "No"))
    await lea.taps("Skip")
    await lea.forges(f"forum:{forum.id}")
    await lea.taps("My answers", "One’s answers")
    await lea.taps(NEED, "One question, answered anew")
    await lea.says("Aucun, merci.", "One’s answers, changed")
    await anne.taps(LUNCH, "One question")
    await anne.taps("Change", "One question, as it will be")
    await anne.taps("Cancel")
    await anne.forges(f"questions:{forum.id}")
    await anne.taps(NEED)
    await anne.taps("Remove", "Whether to remove a question")
    await anne.taps("Yes, remove it", "A question is removed")


async def walk_helpers(tour: Tour) -> None:
    """Who helps is named or comes by a link, and is told; the message afterwards is written."""
    anne, sam, cho = tour.visitor("Anne"), tour.visitor("Sam"), tour.visitor("Cho")
    forum = await fair(tour)
    await anne.forges(f"helpers:{forum.id}", "No helper yet", label="Helpers")
    await anne.taps("Name somebody", "Who helps at the doors")
    sam.looks_away()
    await anne.says("sam", "A helper is named")
    await sam.reads("Notice: one helps at the doors")
    await sam.taps("Why this message?", "Why: one helps at the doors")
    await sam.forges(f"doors:{forum.id}", "Doors that are closed, for who helps", label="Doors")
    await anne.taps("Make a link", "A link for helpers")
    code = await tour.does(lambda uow: uow.doors.helper_code(forum.id))
    await cho.says(f"/start accueil_{code}", "One helps by a link")
    await anne.forges(f"helpers:{forum.id}")
    await anne.taps("Withdraw the link", "The link is withdrawn")
    await anne.taps("✕ Sam", "A helper is taken off")
    await sam.reads("Notice: one is not needed at the doors")
    await anne.forges(f"after:{forum.id}", "No message afterwards yet", label="Message afterwards")
    await anne.taps("Write it", "The message afterwards: thanks")
    await anne.says("Merci ! Les photos sont sur brest.fr.", "The message afterwards: a question")
    await anne.says(IDEA)
    await anne.taps("In their own words", "The message afterwards: the review")
    await anne.taps("Confirm", "The message afterwards")


async def walk_registrants(tour: Tour) -> None:
    """Lists by state, a search, and one registration."""
    anne, dan, eva = tour.visitor("Anne"), tour.visitor("Dan"), tour.visitor("Eva")
    forum = await fair(tour)
    for visitor in (dan, eva):
        await visitor.forges(f"forum.choose:{forum.id}")
        await visitor.taps("2 places")
    await eva.forges(f"forum.leave:{forum.id}")
    await tour.visitor("Zoé").forges(f"forum.in:{forum.id}")
    await tour.visitor("Sam").forges(f"forum.in:{forum.id}")
    await anne.forges(f"registrants:{forum.id}", "Who registered", label="Who registered")
    await anne.forges(f"registrants.of:{forum.id}:confirmed:0", "Those with a place")
    await anne.taps("Ben", "One registration, with its answer")
    await anne.forges(f"registrants.find:{forum.id}", "A registration is looked for", label="Find a name")
    await anne.says("eva")
    await anne.taps("Eva", "A registration that was cancelled")


async def walk_day(tour: Tour) -> None:
    """The doors open at eleven: tickets are scanned, names are found, arrivals are taken back."""
    anne, cho, ben = tour.visitor("Anne"), tour.visitor("Cho"), tour.visitor("Ben")
    forum = await fair(tour)
    tickets = await tour.does(lambda uow: _tickets(uow, tour, forum))
    await anne.says(f"/start ticket_{tickets['Ben']}", "A ticket before the doors open")
    await tour.world.moves_to(tour.paris(20, 12, month=1, year=2027))
    cho.looks_away()
    await cho.says(f"/start forum_{forum.code}", "Card of a forum, for who helps while the doors are open")
    await cho.taps("Doors", "The doors, open")
    await cho.says(f"/start ticket_{tickets['Ben']}", "A ticket is scanned")
    await anne.says(f"/start ticket_{tickets['Ben']}", "A ticket is scanned again")
    await anne.taps("Take the arrival back", "An arrival is taken back")
    await anne.taps("Note the arrival", "An arrival is noted by hand")
    await cho.says(f"/start ticket_{tickets['Eva']}", "A ticket that was given back")
    await cho.says(f"/start ticket_{tickets['Sam']}", "A ticket of who waits")
    await anne.says("/start ticket_ailleurs", "A ticket of nobody")
    await tour.visitor("Zoé").forges(f"forum.leave:{forum.id}")
    await cho.says(f"/start ticket_{tickets['Sam']}", "A ticket of who has not confirmed")
    await anne.forges(f"registrants:{forum.id}", "Who registered, one place to confirm", label="Who registered")
    await anne.forges(f"helpers.name:{forum.id}")
    tour.visitor("Zoé").looks_away()
    await anne.says("Zoé")
    await tour.visitor("Zoé").reads("Notice: one helps while the doors are open")
    await cho.forges(f"doors.find:{forum.id}", "A name is looked for at the doors", label="Find a name")
    await cho.says("lea")
    await cho.taps("Léa", "A name is found at the doors")
    await cho.forges(f"doors.find:{forum.id}")
    await cho.taps("Dan")
    await anne.forges(f"registrants.of:{forum.id}:arrived:0", "Those who have arrived")
    await anne.taps("Ben", "One registration, arrived")
    ben.looks_away()
    await tour.world.moves_to(tour.paris(20, 19, month=1, year=2027))


async def walk_afterwards(tour: Tour) -> None:
    """Those who came are thanked and asked; the team reads the answers once there are three."""
    anne, ben, lea, dan = [tour.visitor(name) for name in ("Anne", "Ben", "Léa", "Dan")]
    forum = await fair(tour)
    await ben.reads("Notice: thanks, and two questions")
    await ben.taps("Useful")
    await ben.taps("Answer the team’s question", "The question afterwards")
    await ben.says("Je viens à vélo.", "The question afterwards is answered")
    await anne.forges(f"after.said:{forum.id}", "What one person said", label="What people said")
    for visitor, words in ((lea, "Je trie au bureau."), (dan, "J’en parle autour de moi.")):
        await visitor.forges(f"forum.said:{forum.id}:very_useful")
        await visitor.forges(f"forum.after:{forum.id}")
        await visitor.says(words)
    await anne.forges(f"after.said:{forum.id}", "What people said", label="What people said")
    await anne.forges("team.forums:0")
    await anne.taps("Forums that took place", "Forums that took place")
    await anne.taps(FAIR, "Registrations and doors, afterwards")
    await _somebody_did_not_come(tour, anne, forum)


async def _somebody_did_not_come(tour: Tour, anne: Visitor, forum: Forum) -> None:
    """Take back one arrival that was noted, as it would be where that person had not come."""
    await tour.does(lambda uow: _never_came(uow, tour, forum))
    await anne.forges(f"doors:{forum.id}", "Registrations and doors, one person absent")
    await anne.forges(f"registrants.of:{forum.id}:no_show:0", "Those who did not come")
    await anne.taps("Dan", "One registration, without an arrival")
    tickets = await tour.does(lambda uow: _tickets(uow, tour, forum))
    await anne.says(f"/start ticket_{tickets['Ben']}", "A ticket of a forum that is over")
    await tour.does(lambda uow: erase_person(uow, tour.visitor("Ben").number(uow), _now(tour), _zone(tour)))
    await anne.forges(f"registrants.of:{forum.id}:confirmed:0", "Those with a place, one of them erased")


async def fair(tour: Tour) -> Forum:
    """Give the forum whose doors are walked through."""
    return await tour.does(lambda uow: next(one for one in uow.forums.upcoming(tour.paris(1, 1)) if one.title == FAIR))


def _tickets(uow: SqlUnitOfWork, tour: Tour, forum: Forum) -> dict[str, str]:
    found = {}
    for name in ("Ben", "Dan", "Eva", "Léa", "Sam"):
        registration = uow.registrations.of(tour.visitor(name).number(uow), forum.id)
        if registration is None:
            registration = next(one.registration for one in uow.registrations.registrants(forum.id) if one.name == name)
        found[name] = registration.ticket
    return found


def _now(tour: Tour) -> datetime:
    return tour.world.clock.now()


def _zone(tour: Tour) -> ZoneInfo:
    return tour.world.territory.zone


def _never_came(uow: SqlUnitOfWork, tour: Tour, forum: Forum) -> None:
    registration = uow.registrations.of(tour.visitor("Dan").number(uow), forum.id)
    assert registration is not None
    anne, now, zone = tour.visitor("Anne").number(uow), _now(tour), _zone(tour)
    for arrival in uow.doors.arrivals(registration.id):
        take_back_arrival(uow, anne, registration.id, arrival.day, now, zone)
