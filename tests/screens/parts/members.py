"""Members: who is in a coalition, and what whoever facilitates decides about them."""

from tests.screens.parts.cast import crowd_comes, crowd_leaves, talks
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour


async def walk(tour: Tour) -> None:
    """Members read who is there; Nour looks for one, has another facilitate too, and removes two."""
    nour, yann, zoe = [tour.visitor(name) for name in ("Nour", "Yann", "Zoé")]
    coalition, group = await tour.world.coalition(LED), talks(tour)
    await yann.says("/membres", "Members, in the group", there=group)
    await yann.says("/membres", "Members, for one of them")
    await tour.world.belongs(yann.person, await tour.world.coalition("Mobilités alternatives"))
    await yann.says("/membres", "Members, for who is in two coalitions")
    await nour.says("/membres", "Members, for who facilitates")
    await nour.taps("Yann", "One member")
    await nour.taps("Entrust with facilitation too", "Whether to entrust somebody with facilitation")
    await nour.taps("Yes, entrust", "Two facilitate")
    await yann.reads("Notice: one facilitates")
    await yann.taps("Why this message?", "Why: one facilitates")
    sorry = [await tour.has(name) for name in ("Ugo", "Tom")]
    for visitor in sorry:
        await tour.world.belongs(visitor.person, coalition)
    await nour.says("/membres")
    await nour.taps("Ugo")
    await nour.taps("Remove from the coalition", "Whether to remove a member")
    await nour.taps("Remove with a word", "The word that goes with a removal")
    await nour.says("Merci pour ces deux années.", "A removal: the review")
    await nour.taps("Confirm", "Removed with a word")
    await sorry[0].reads("Notice: one is no longer a member")
    await sorry[0].taps("Why this message?", "Why: one is no longer a member")
    await nour.taps("Tom")
    await nour.taps("Remove from the coalition")
    await nour.taps("Remove without a word", "Removed without a word")
    await crowd_comes(tour, 8)
    await zoe.forges(f"join:{coalition.id}")
    nour.looks_away()
    await nour.says("/membres", "Many members, and a request")
    await nour.taps("Search", "Whom to look for")
    await nour.says("sam", "A member is found")
    await nour.taps("Sam", "The member who was looked for")
    crowd = await crowd_comes(tour, 20)
    await yann.says("/membres", "Many members, in the group", there=group)
    await crowd_leaves(tour, crowd)


async def walk_leading(tour: Tour) -> None:
    """Who facilitates alone hands over, or leaves all the same."""
    nour, yann = tour.visitor("Nour"), tour.visitor("Yann")
    coalition = await tour.world.coalition(LED)
    await tour.world.belongs(yann.person, coalition)
    alone = await tour.does(lambda uow: uow.memberships.of(nour.number(uow), coalition.id))
    assert alone is not None
    await tour.visitor("Anne").forges(f"member.out:{alone.id}", "Refused: nobody else facilitates")
    await nour.forges(f"leave:{coalition.id}", "Whether to leave, facilitating alone")
    await nour.taps("Hand over first")
    await nour.taps("Yann · ENIB")
    await nour.taps("Hand over to this person", "Whether to hand over")
    await nour.taps("Yes, hand over", "Handed over")
    await yann.forges(f"leave:{coalition.id}")
    await yann.taps("Leave all the same", "Left by who facilitated alone")
    await nour.says("/membres", "Members of a coalition that nobody facilitates")
    anne = tour.visitor("Anne")
    for command in ("presences", "compterendu", "fiche", "inviter", "membres"):
        await anne.says(f"/{command}")
        await anne.taps(LED)
