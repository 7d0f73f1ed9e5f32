"""The commitment card: prepared from what is known, completed, published, validated, and read by everybody."""

from programme.ids import CommitmentCardId
from programme.path import Step
from tests.screens.parts.cast import talks
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour


async def walk(tour: Tour) -> None:
    """Nour completes five fields, publishes a version that members validate, and the next one without a vote."""
    nour, lou, yann, group = tour.visitor("Nour"), tour.visitor("Lou"), tour.visitor("Yann"), talks(tour)
    coalition = await tour.world.coalition(LED)
    await lou.says("/fiche", "No card is published yet")
    await lou.says("/fiche", "No card is published yet, in the group", there=group)
    await nour.says("/fiche", "A card in preparation")
    await nour.taps("Objective", "One field of a card")
    await nour.taps("Say it otherwise", "The objective of a card")
    await nour.says("Des évènements sans gobelet jetable d’ici 2028.", "A field in one’s own words")
    await nour.taps("Objective", "One field, in one’s own words")
    await nour.taps("Back to what is known", "Back to what is known")
    for field in ("members", "way_of_working", "first_actions", "stakes"):
        await nour.forges(f"card.field:{coalition.id}:{field}", f"A field: {field}")
        await nour.taps("Say it otherwise", f"A field is asked for: {field}")
        await nour.taps("Cancel")
    await nour.forges(f"card.write:{coalition.id}:members")
    await nour.says("\n".join(f"A{number}" for number in range(301)), "Too many lines")
    await nour.says("a" * 201, "A line that is too long")
    await nour.taps("Cancel")
    await nour.forges(f"card.preview:{coalition.id}", "A card, read whole before it is published")
    await nour.taps("See it as a picture", "A draft as a picture")
    await nour.forges(f"card.preview:{coalition.id}")
    stale = nour.data_of("Publish without a vote")
    lou.looks_away()
    await nour.taps("Publish and have it voted on", "Published and voted on")
    await lou.reads("Notice: a vote on the card")
    await nour.forges(stale, "Published before")
    await nour.forges(f"card.preview:{coalition.id}", "Nothing new to publish")
    vote = (await tour.does(lambda uow: uow.votes.open_of(coalition.id)))[0]
    for name in ("Nour", "Yann", "Sam", "Lou"):
        await tour.visitor(name).forges(f"ballot:{vote.id}:for")
    await lou.says("/fiche", "A card that is validated")
    await lou.taps("Picture to share", "The picture of a card")
    await lou.taps("PDF to print", "A card to print")
    await lou.taps("See the vote", "The vote on a card")
    await lou.says("/fiche", "A card, in the group", there=group)
    await yann.taps("PDF to print", "A card to print, from the group", there=group)
    await yann.taps("Picture to share", there=group)
    await nour.forges(f"card.write:{coalition.id}:objective")
    await nour.says("Des évènements sans plastique jetable d’ici 2028.", "A card that has changed since")
    await nour.taps("Read it whole and publish")
    await nour.taps("Publish without a vote", "Published without a vote")
    await nour.taps("All versions", "All versions")
    await lou.forges(f"card.version:{vote.subject_id}", "An earlier version")
    latest = CommitmentCardId(int(vote.subject_id) + 1)
    await nour.forges(f"card.vote:{latest}", "The members vote on it later", label="Have the members vote")
    second = (await tour.does(lambda uow: uow.votes.open_of(coalition.id)))[0]
    for name in ("Nour", "Yann", "Sam", "Lou"):
        await tour.visitor(name).forges(f"ballot:{second.id}:against")
    await lou.says("/fiche", "A card that is not validated")
    for step in Step:
        await nour.forges(f"step.done:{coalition.id}:{step}")
    await nour.says("/etapes", "The end of the road")
    await _missing(tour)


async def _missing(tour: Tour) -> None:
    """The card of a coalition of which little is known."""
    anne, proposed = tour.visitor("Anne"), "Mobilités alternatives"
    coalition = await tour.world.coalition(proposed)
    await anne.forges(f"card:{coalition.id}", "A card that lacks fields")
    await anne.taps("Preview", "A card that can’t be published yet")
