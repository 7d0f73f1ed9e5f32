"""The coalition that the second walk follows: who is in it, and the group in which it talks."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from programme.ids import PersonId
from programme.memberships import MembershipState
from simulator.chats import Chat
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour, Visitor
from tests.world import STAFF_ID

A_MOMENT: Final = timedelta(seconds=5)
"""After which a card that was to change has changed."""
TALKS: Final = "La coalition"


async def gathers(tour: Tour) -> None:
    """Nour facilitates; Yann, Lou and Sam belong to it; Anne is of the project team, and Zoé is not in it."""
    coalition = await tour.world.coalition(LED)
    people = {"Nour": "La Carène", "Yann": "ENIB", "Lou": "", "Sam": ""}
    for name, organisation in people.items():
        visitor = await tour.has(name, organisation)
        await tour.world.belongs(visitor.person, coalition, facilitator=name == "Nour")
    zoe, anne = await tour.has("Zoé"), await tour.has("Anne", id=STAFF_ID)
    nour = tour.visitor("Nour")
    others = [tour.visitor(name).person for name in ("Yann", "Lou", "Sam")] + [zoe.person, anne.person]
    group = nour.person.creates_group(TALKS, others, bot=tour.world.bot, supergroup=True)
    await tour.world.settle()
    await nour.says("/lier", there=group)


def talks(tour: Tour) -> Chat:
    """Give the group of the coalition."""
    return next(chat for chat in tour.world.telegram.chats.values() if chat.title == TALKS)


async def changes(visitor: Visitor, shot: str, there: Chat) -> None:
    """Keep what a card in a group says once it has changed."""
    await visitor.tour.world.moves_by(A_MOMENT)
    await visitor.reads(shot, there=there)


async def crowd_comes(tour: Tour, many: int) -> list[PersonId]:
    """Have so many more members, until they leave."""
    coalition, people = await tour.world.coalition(LED), tour.world.people
    names = [f"Membre {number + 1}" for number in range(many)]
    crowd = [tour.visitor(name) if name in people else await tour.has(name) for name in names]
    for one in crowd:
        await tour.world.belongs(one.person, coalition)
    return await tour.does(lambda uow: [one.number(uow) for one in crowd])


async def crowd_leaves(tour: Tour, crowd: Sequence[PersonId]) -> None:
    """Have them all leave."""
    coalition, now = await tour.world.coalition(LED), tour.world.clock.now()

    def leave(uow: SqlUnitOfWork) -> None:
        for person_id in crowd:
            uow.memberships.put(person_id, coalition.id, MembershipState.LEFT, now)

    await tour.does(leave)
