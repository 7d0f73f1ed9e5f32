"""Who chairs: whose turn it is, how turns change, and what the one whose turn comes reads."""

from programme.meetings import MeetingKind
from programme.usecases.plan_meeting import BY_ROTATION, MeetingPlan, plan_meeting
from tests.screens.parts.cast import talks
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour


async def walk(tour: Tour) -> None:
    """Turns are passed, exchanged, taken and given back; the next one is told."""
    nour, yann, lou, sam = [tour.visitor(name) for name in ("Nour", "Yann", "Lou", "Sam")]
    coalition, group = await tour.world.coalition(LED), talks(tour)
    await yann.says("/animation", "Whose turn it is, in the group", there=group)
    await nour.says("/animation")
    await nour.taps("Pass the turn of {name}", "The turn of another one", name="Nour")
    await yann.says("/animation", "Whose turn it is, for who comes first")
    await yann.taps("Pass my turn", "A turn is passed")
    await lou.says("/animation", "Whose turn it is, for who takes none")
    await lou.taps("I take turns too", "Turns are taken")
    charter = MeetingPlan(
        coalition.id, "La charte", tour.paris(3, 18), "La Carène", MeetingKind.LAUNCH, chair=BY_ROTATION
    )
    now, zone = tour.world.clock.now(), tour.world.territory.zone
    await tour.does(lambda uow: plan_meeting(uow, nour.number(uow), charter, now, zone))
    nour.looks_away()
    await nour.says("/animation", "Whose turn it is, for who facilitates")
    await nour.taps("Have {name} change places", "With whom to change places", name="Nour")
    await nour.taps("Yann", "Places are changed")
    await yann.reads("Notice: it is one’s turn to chair")
    await yann.taps("Why this message?", "Why: it is one’s turn")
    yann.looks_away()
    await nour.taps("Change the order", "The order of turns")
    await nour.taps("↑ {name}", "One place forward", name="Lou")
    await nour.taps("Add somebody", "Who takes turns from now on")
    await nour.taps("Sam", "Somebody takes turns")
    await nour.taps("Take out", "Somebody takes no turns")
    await nour.taps("‹ Back")
    await nour.taps("Choose who chairs the next meeting", "Who chairs one meeting")
    await nour.taps("Lou", "Somebody else chairs")
    await yann.reads("Notice: somebody else chairs")
    await yann.taps("Why this message?", "Why: somebody else chairs")
    lou.looks_away()
    await tour.world.moves_to(tour.paris(26, 18, month=11))
    await lou.reads("Notice: one chairs in a week")
    for visitor in (lou, sam, yann, nour):
        await visitor.forges(f"chairs.out:{coalition.id}")
    await nour.forges(f"chairs.order:{coalition.id}:0", "Nobody takes turns")
    await nour.forges(f"agreement:{coalition.id}", "An agreement without turns")
    await nour.forges(f"chairs.in:{coalition.id}")
    await nour.taps("Pass the turn of {name}", name="Lou")
    await nour.taps("Pass the turn of {name}", "Nobody else takes turns", name="Nour")
    await nour.taps("I take turns no longer", "Turns are given back")
    for visitor in (nour, yann, lou):
        await visitor.forges(f"chairs.in:{coalition.id}")
