"""Invitation links: made, counted and withdrawn by who facilitates, shared in the group."""

from tests.screens.parts.cast import talks
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour


async def walk(tour: Tour) -> None:
    """A link brings somebody, and is withdrawn."""
    nour, group = tour.visitor("Nour"), talks(tour)
    coalition = await tour.world.coalition(LED)
    await nour.says("/inviter", "An invitation for the group", there=group)
    await nour.says("/inviter", "An invitation, in private")
    link = await tour.does(lambda uow: next(iter(uow.invitations.of_coalition(coalition.id))))
    eva, mona = await tour.has("Eva"), await tour.has("Mona")
    await eva.says(f"/start inv_{link.code}", "Come by a link")
    nour.looks_away()
    await nour.says("/inviter")
    await nour.taps("All the links", "All the links")
    await nour.taps("New link", "Another link")
    await nour.taps("Withdraw the link", "Whether to withdraw a link")
    await nour.taps("No, keep it", "A link is kept")
    await nour.forges(f"invite.one:{link.id}", "The link that somebody came by")
    await nour.taps("Withdraw the link")
    await nour.taps("Withdraw the link", "A link is withdrawn")
    await nour.taps("All the links", "Links, one of them withdrawn")
    await nour.forges(f"invite.page:{coalition.id}:0")
    await mona.says(f"/start inv_{link.code}", "A link that was withdrawn")
