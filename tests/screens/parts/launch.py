"""A coalition starts: its steps, in the group and in private, and how it agrees to work."""

from datetime import timedelta

from tests.screens.parts.cast import changes, gathers, talks
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour
from tests.world import plain_spaces


async def walk(tour: Tour) -> None:
    """The road is read, and steps are entrusted, dated, marked as done and opened again."""
    await gathers(tour)
    nour, yann, zoe, group = tour.visitor("Nour"), tour.visitor("Yann"), tour.visitor("Zoé"), talks(tour)
    coalition = await tour.world.coalition(LED)
    await yann.says("/etapes", "The steps, in the group", there=group)
    await yann.taps(
        "Done: {step}", "Refused: who does not facilitate", there=group, step=_step(tour, "Define the need")
    )
    await nour.taps("Done: {step}", "Marked in the group", there=group, step=_step(tour, "Define the need"))
    await changes(nour, "The steps have changed", group)
    await zoe.says("/etapes", "Refused: only members read them", there=group)
    await zoe.says(f"/start steps_{coalition.code}", "The way in for who is not a member")
    await nour.says("/etapes", "The steps, in private")
    await nour.taps("2", "A step that seems to be done")
    await nour.taps("Who is in charge", "Who is in charge of a step")
    await nour.taps("Yann", "A step in good hands")
    await nour.taps("By when", "By when a step is to be done")
    await nour.says(tour.either("demain", "tomorrow"), "A step with a date")
    await nour.forges(f"steps:{coalition.id}", "Steps, one of them with a date")
    await nour.forges(f"step:{coalition.id}:invite")
    await nour.taps("It is done", "A step is done")
    await nour.taps("Open it again", "A step is open again")
    await tour.world.moves_by(timedelta(days=2))
    await nour.forges(f"step:{coalition.id}:invite", "A step that is late")
    await nour.says("/etapes", "Steps, one of them late")
    for number, step in ((3, "meet"), (5, "discover"), (6, "inspire")):
        await nour.forges(f"step:{coalition.id}:{step}", f"Step {number}")
    await nour.taps("‹ Back")
    await nour.taps("7", "The last step")
    await nour.taps("Resources for this step")
    await yann.says("/etapes")
    await yann.taps("1", "A step, for a member")
    await nour.says("/presences", "No meeting has taken place yet")


async def walk_agreement(tour: Tour) -> None:
    """How the coalition works is written down, said in the group, and corrected."""
    nour, yann, lou, group = tour.visitor("Nour"), tour.visitor("Yann"), tour.visitor("Lou"), talks(tour)
    coalition = await tour.world.coalition(LED)
    await yann.says("/animation", "Nothing says who chairs")
    await nour.says("/etapes")
    await nour.taps("How we work", "Nothing is written down")
    await nour.taps("Write it down", "An agreement: who chairs")
    await nour.taps("Always the same person", "An agreement: one person")
    await nour.taps("Lou", "An agreement: how often")
    await nour.says("Chaque mois", "An agreement: tools")
    await nour.says("Ce groupe", "An agreement: the link with the authority")
    await nour.says("Nour", "An agreement: the link with the outside")
    await nour.says("Lou", "An agreement: the review")
    tour.news(group)
    await nour.taps("Confirm", "An agreement is written down")
    await nour.reads("The group reads the agreement", there=group)
    await nour.taps("Who chairs", "One person chairs")
    await nour.forges(f"card.field:{coalition.id}:way_of_working", "The way of working that comes of it")
    await lou.forges(f"leave:{coalition.id}")
    await nour.says("/animation", "Who always chaired has left")
    await nour.forges(f"agreement:{coalition.id}", "An agreement that lacks its chair")
    await nour.taps("Correct", "Who chairs is asked again")
    await nour.taps("Nour")
    await nour.taps("Correct")
    await nour.taps("Chair")
    await nour.taps("Several people, in turn", "An agreement: who takes turns")
    await nour.taps("Yann")
    await nour.taps("Nour")
    await nour.taps("Done ({count})", "An agreement with turns: the review", count="2")
    await nour.taps("Confirm", "An agreement with turns")
    await tour.world.belongs(lou.person, coalition)
    await nour.forges(f"step:{coalition.id}:agree", "A step that seems to be done by an agreement")
    await nour.taps("‹ Back")


def _step(tour: Tour, msgid: str) -> str:
    return plain_spaces(tour.language.plain(msgid))
