"""The desk of support requests: by kind and by state, what was found for one, files passed on, recalls."""

from datetime import timedelta
from typing import Final

from programme.ids import SupportRequestId
from programme.usecases.ask_support import SupportAsk, ask_support
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.coalitions import LED
from tests.screens.parts.support import ROOM
from tests.screens.tour import Tour

PICTURE: Final = b"\xff\xd8\xff"
WEEK: Final = timedelta(days=7)


async def walk(tour: Tour) -> None:
    """A request waits for a week; then it is taken on, a room is found for it, and photos pass between both sides."""
    anne, nour, paul = tour.visitor("Anne"), tour.visitor("Nour"), tour.visitor("Paul")
    await tour.world.belongs(nour.person, await tour.world.coalition(LED), facilitator=True)
    await anne.forges("support.queue:0", "Desk without requests", label="Support requests")
    await tour.does(lambda uow: _asks(uow, tour))
    for visitor in (anne, paul):
        visitor.looks_away()
    await tour.world.moves_by(WEEK)
    await anne.reads("Notice: support requests have waited for long")
    await anne.taps("Why this message?", "Why: support requests have waited for long")
    await anne.taps("All support requests", "Desk with how long each has waited")
    await anne.taps("Kind: all", "Which kind of request")
    await anne.taps(tour.either(*ROOM), "Desk with rooms only")
    await anne.taps("To take on", "Desk with what is to be taken on")
    await anne.forges("support.take:1:1:notice")
    await anne.forges("support.desk:taken:all:0", "Desk with what is taken", label="Taken")
    await anne.taps(tour.either(*ROOM), "A request at the desk, to note something")
    await anne.taps("Note a room, a speaker…", "What was found")
    await anne.taps("Room booked", "Found: its name")
    await anne.says("Maison des associations, salle B", "Found: for which day")
    await anne.says("02/04/2027", "Found: what it costs")
    await anne.says(tour.either("beaucoup", "a lot"), "A cost that is not clear")
    await anne.says(tour.either("9 999 999 €", "9,999,999 €"), "A cost that is too high")
    await anne.says(tour.either("120,50 €", "120.50 €"), "Found: the review")
    nour.looks_away()
    await anne.taps("Confirm", "It is noted")
    await nour.reads("Notice: the team has found something")
    await nour.taps("Why this message?", "Why: the team has found something")
    await anne.taps("✏️", "What was noted")
    await anne.taps("Change", "What was noted, as it will be")
    await anne.taps("Correct")
    await anne.taps("Cost")
    await anne.says(tour.either("gratuit", "free"))
    await anne.taps("Confirm", "It is corrected")
    await anne.forges("found.note:1")
    await anne.taps("Speaker found")
    await anne.says("Anne Guégan")
    await anne.taps("Skip")
    await anne.taps("Skip")
    await anne.taps("Confirm")
    await anne.taps("Anne Guégan", "What was noted without a cost")
    await anne.taps("Remove", "Whether to remove what was noted")
    await anne.taps("Yes, remove it", "It is removed")
    await anne.says("/equipe")
    await anne.taps("Support requests", "Desk with what was found this year")


async def walk_files(tour: Tour) -> None:
    """Photos and documents pass on, what can't does not, and a request that is closed says so."""
    anne, nour = tour.visitor("Anne"), tour.visitor("Nour")
    await anne.forges("support.answer:1")
    nour.looks_away()
    await anne.does(lambda person: person.sends_photo(PICTURE, "Le plan d’accès"), "A photo is passed on", "🖼")
    await nour.reads("Notice: a photo of the project team")
    told = nour.person.last_message
    assert told is not None
    await nour.does(
        lambda person: person.sends_document(b"%PDF", "liste.pdf", caption="La liste", reply_to=told),
        "A document is passed on",
        "📎",
    )
    await nour.does(lambda person: person.sends_voice(reply_to=told), "A voice is not passed on", "🎤")
    await nour.forges("support.one:1", "An exchange with files")
    await nour.taps("liste.pdf", "A file again")
    version = await tour.does(lambda uow: uow.support.get(SupportRequestId(1)).version)
    await anne.forges(f"support.close:1:{version}:notice")
    await anne.forges(f"support.close:1:{version}:notice", "Closed already", label="Close")
    await anne.forges("support.close:2:1:notice")
    await anne.says("/equipe")
    await anne.forges("support.desk:closed:all:0", "Desk with what is closed", label="Closed")
    await anne.forges("support.desk:closed:speaker:0", "Desk with nothing of a kind")


def _asks(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Have two requests asked in private."""
    coalition, now = uow.coalitions.by_name(LED), tour.world.clock.now()
    assert coalition is not None
    nour = tour.visitor("Nour").number(uow)
    for kind, words in (("room", "Une salle pour 20 personnes"), ("contact", "Un traiteur sans déchets")):
        ask_support(uow, nour, SupportAsk(coalition.id, kind, words, None), tour.world.territory, now)
