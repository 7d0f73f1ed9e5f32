"""One's own data: given as a file, kept, erased."""

import json
from datetime import timedelta

from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour


async def walk(tour: Tour) -> None:
    """Who facilitates alone looks at all that is kept, hesitates, and goes; another one's actions stay."""
    nour, eva, sam = tour.visitor("Nour"), tour.visitor("Eva"), tour.visitor("Sam")
    await nour.forges("data", "All that is kept, as a file", label="My data")
    sent = nour.person.last_message
    assert sent is not None
    content = json.loads(tour.world.telegram.files.by_id[sent.fields["document"]["file_id"]].content)
    tour.shows(
        "What the file begins with, and its parts",
        "\n".join(f"{name}: {rows}" if isinstance(rows, str) else name for name, rows in content.items()),
    )
    await nour.taps("Erase it all", "Asked a first time, facilitating alone")
    late = nour.data_of("Go on")
    await nour.taps("Go on", "Asked a second time")
    await nour.taps("No, keep it", "Nothing is erased")
    await tour.world.moves_by(timedelta(minutes=11))
    await nour.forges(late, "Too late: asked again", label="Go on")
    await tour.world.belongs(sam.person, await tour.world.coalition(LED), facilitator=True)
    await nour.says("/supprimer", "Asked a first time, facilitating with others")
    action = await tour.does(lambda uow: uow.actions.of_person(eva.number(uow))[0])
    await eva.says("/supprimer")
    await eva.taps("Go on")
    await eva.taps("Yes, erase it all", "Erased")
    await eva.says("/supprimer", "Nothing is left to erase")
    await tour.world.belongs(sam.person, await tour.world.coalition("Mobilités alternatives"))
    await sam.forges(f"action:{action.id}", "An action of a former member")
