"""A coalition that asks for help, and a project team that answers, for journeys."""

from dataclasses import dataclass

import pytest

from programme.support import SupportState
from simulator.chats import Chat, Message
from simulator.people import Person
from tests.journeys.group_life import group_of, read_in, said_by_the_bot, says_there
from tests.world import COLLEAGUE_ID, STAFF_ID, World

MOBILITY = "Mobilités alternatives"
ROOM = "Réservation d’une salle"
WANTED = "Une salle pour 20 personnes près de la gare"
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
TO_THE_TEAM = "Transmis à l’équipe projet."


@dataclass
class Life:
    """Maude facilitates, Léa is a member, Anne and Paul are of the project team; the coalition talks in a group."""

    world: World
    maude: Person
    lea: Person
    anne: Person
    paul: Person
    group: Chat

    async def asks(self) -> None:
        """Have Maude ask for a room in the group, without the words that are not about it."""
        await says_there(self.world, self.maude, self.group, "/appui")
        await self.words_of_asking()

    async def words_of_asking(self) -> None:
        """Have Maude answer the questions."""
        await self.world.taps(self.maude, ROOM)
        await self.world.says(self.maude, WANTED)
        await self.world.taps(self.maude, "Passer")
        await self.world.taps(self.maude, "Confirmer")

    async def answers(self, person: Person, text: str, to: Message) -> str:
        """Answer a message of the bot in private, and give what one reads then."""
        person.says(text, reply_to=to)
        await self.world.settle()
        return self.world.reads(person)

    async def answers_there(self, person: Person, text: str, to: Message) -> list[str]:
        """Answer a message of the bot in the group, and give what the bot newly says there."""
        before = said_by_the_bot(self.world, to.chat)
        person.says(text, to.chat, reply_to=to)
        await self.world.settle()
        return [read_in(message) for message in said_by_the_bot(self.world, to.chat) if message not in before]

    async def state(self) -> SupportState:
        """Where the only request stands."""
        (row,) = (await self.world.kept())["support_requests"]
        return SupportState(row["state"])

    async def texts(self) -> list[tuple[bool, str]]:
        """What was said about the only request: by the team or not, and the text."""
        return [(row["from_staff"], row["text"]) for row in (await self.world.kept())["support_messages"]]


@pytest.fixture
async def life(world: World) -> Life:
    mobility = await world.coalition(MOBILITY)
    maude, lea = await world.known("Maude"), await world.known("Léa")
    await world.belongs(maude, mobility, facilitator=True)
    await world.belongs(lea, mobility)
    anne, paul = await world.known("Anne", id=STAFF_ID), await world.known("Paul", id=COLLEAGUE_ID)
    group = await group_of(world, maude, lea)
    await says_there(world, maude, group, "/lier")
    return Life(world, maude, lea, anne, paul, group)


def latest(person: Person) -> Message:
    message = person.last_message
    assert message is not None
    return message
