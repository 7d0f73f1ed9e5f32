"""Coalitions: browsed, joined, left; requests decided, invitations sent."""

from programme.ids import CoalitionId, TelegramId
from programme.memberships import MembershipState
from programme.usecases.introduce_person import Introduction, introduce_person, mark_reachable
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.tour import Tour

OPEN, ASKED_FOR, LED = "Mobilités alternatives", "Éclairage nocturne", "Évènementiel durable"


async def walk(tour: Tour) -> None:
    """Somebody looks around, joins one at once, asks for another, and leaves."""
    zoe = await tour.has("Zoé")
    await zoe.says("/coalitions", "Ways to browse")
    await zoe.taps("By theme", "List of a scope")
    await zoe.forges("list:mine:0", "An empty list")
    await zoe.says("/coalitions")
    await zoe.taps("All")
    await zoe.taps(OPEN, "Card of an open coalition")
    await zoe.taps("Join", "Joined at once")
    await zoe.forges("coalitions", "Ways to browse, for a member", label="Coalitions")
    await zoe.taps("My coalitions", "My coalitions")
    await zoe.taps(OPEN)
    await zoe.taps("Leave the coalition", "Left")
    await zoe.says("/coalitions")
    await zoe.taps("By theme")
    await zoe.taps(ASKED_FOR, "Card of a coalition that one asks to join")
    await zoe.taps("Ask to join", "Asked to join")
    await zoe.taps("Take my request back", "Request taken back")
    wide = await tour.world.coalition("Associations étudiantes")
    await tour.does(lambda uow: _many_organisations(uow, wide.id, tour))
    await zoe.forges(f"coalition:{wide.id}", "Card with many organisations")


async def walk_requests(tour: Tour) -> None:
    """A coalition without facilitation asks the project team, then its facilitator decides."""
    anne = tour.visitor("Anne")
    nour, yann, lou = await tour.has("Nour", "La Carène"), await tour.has("Yann"), await tour.has("Lou")
    coalition = await tour.world.coalition(LED)
    await nour.forges(f"coalition:{coalition.id}")
    await nour.taps("Ask to join")
    await anne.reads("Notice: somebody asks to join a coalition that nobody facilitates")
    await anne.says("/equipe", "Menu of the team with a request")
    await anne.forges("approvals:0", "Approvals with a request")
    await anne.taps(LED, "Requests to join")
    await anne.taps("Nour")
    await anne.taps("Accept and entrust with facilitation", "Accepted, with the facilitation")
    await nour.reads("Notice: accepted, with the facilitation")
    await nour.taps("Why this message?", "Why: a decision on one’s request")
    await nour.taps("See the coalition")
    await nour.forges(f"coalition:{coalition.id}", "Card for who facilitates")
    await nour.says("/menu", "Menu of who facilitates")
    await nour.says("/aide", "Help of who facilitates")
    for visitor in (yann, lou):
        await visitor.forges(f"coalition:{coalition.id}")
        await visitor.taps("Ask to join")
    await nour.reads("Notice: somebody asks to join")
    await nour.taps("Why this message?", "Why: a request to join")
    await nour.forges(f"requests:{coalition.id}")
    await nour.taps("Yann", "One request")
    await nour.taps("Accept", "Accepted")
    await yann.reads("Notice: accepted")
    await nour.forges(f"requests:{coalition.id}")
    await nour.taps("Lou")
    await lou.forges(f"leave:{coalition.id}")
    asked = await tour.does(lambda uow: uow.memberships.of(lou.number(uow), coalition.id))
    assert asked is not None
    await nour.forges(f"request:{asked.id}", "A request that was taken back")
    await lou.forges(f"join:{coalition.id}")
    await nour.forges(f"request:{asked.id}")
    await nour.taps("Refuse", "Refused")
    await lou.reads("Notice: not accepted")
    await nour.forges(f"requests:{coalition.id}", "No request waits")
    await nour.forges(f"invite:{coalition.id}", "Invitation by a link")
    mona = tour.comes("Mona")
    await mona.says(f"/start join_{coalition.code}")
    await mona.taps("I agree")
    await mona.says("Mona Le Goff")
    await mona.taps("I come in my own name", "Introduced by an invitation, and brought to the coalition")
    await mona.forges(f"plan:{coalition.id}", "Refused: not open to a member")


def _many_organisations(uow: SqlUnitOfWork, coalition: CoalitionId, tour: Tour) -> None:
    for number in range(12):
        who, now = (
            Introduction(f"Membre {number}", f"new:Association {number + 1}", "association"),
            tour.world.clock.now(),
        )
        person = introduce_person(uow, TelegramId(800_000_000 + number), who, "fr", now)
        mark_reachable(uow, person.id, now, reachable=False)
        uow.memberships.put(person.id, coalition, MembershipState.ACCEPTED, now)
