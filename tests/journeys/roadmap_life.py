"""A coalition with a group and a roadmap: who facilitates it, who belongs to it, what is proposed and voted on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from programme.actions import Action, When
from programme.coalitions import Coalition
from programme.usecases.propose_action import ActionProposed, propose_action
from programme.usecases.vote import ROADMAP_ID, open_vote
from programme.votes import Vote, VoteSubject
from simulator.chats import Chat, Message
from simulator.people import Person
from tests.journeys.group_life import group_of, said_by_the_bot, says_there
from tests.world import World

MOBILITY: Final = "Mobilités alternatives"
A_MOMENT: Final = timedelta(seconds=5)
"""After which a card that was to change has changed."""
MARCH: Final = date(2027, 3, 2)


@dataclass(frozen=True)
class Alliance:
    """Maude facilitates the coalition, Léa and Tom belong to it, and the four talk in its group; Sam is a stranger."""

    world: World
    coalition: Coalition
    maude: Person
    lea: Person
    tom: Person
    sam: Person
    group: Chat

    async def proposes(self, title: str, owner: Person | None = None, due: date = MARCH) -> Action:
        """Have Maude propose an action without the words that lead to it."""
        by, owner_id = await self.world.record_of(self.maude), (await self.world.record_of(owner or self.lea)).id
        told = ActionProposed(title, "Deux jours de travail", "Dix vélos de plus", When(due), owner_id)
        territory, now = self.world.territory, self.world.clock.now()
        return await self.world.does(lambda uow: propose_action(uow, by.id, self.coalition.id, told, territory, now))

    async def opens_vote(self) -> Vote:
        """Have Maude open the vote on the roadmap without the words that lead to it."""
        by, rules, now = await self.world.record_of(self.maude), self.world.territory.votes, self.world.clock.now()
        return await self.world.does(
            lambda uow: open_vote(uow, by.id, self.coalition.id, VoteSubject.ROADMAP, ROADMAP_ID, rules, now)
        )

    @property
    def card(self) -> Message:
        """The bot's latest message in the group."""
        return said_by_the_bot(self.world, self.group)[-1]


async def an_alliance(world: World) -> Alliance:
    """Bring them together."""
    coalition = await world.coalition(MOBILITY)
    maude, lea, tom = [await world.known(name) for name in ("Maude", "Léa", "Tom")]
    for person in (maude, lea, tom):
        await world.belongs(person, coalition, facilitator=person is maude)
    sam = world.stranger("Sam")
    group = await group_of(world, maude, lea, tom, sam)
    await says_there(world, maude, group, "/lier")
    return Alliance(world, coalition, maude, lea, tom, sam, group)
