"""Groups in which people and the bot are: what is said there, and what the bot has said."""

from programme.groups import Group
from simulator.chats import Chat, Message
from simulator.people import Person
from tests.world import World, plain_spaces


async def group_of(world: World, *people: Person, forum: bool = False, supergroup: bool = True) -> Chat:
    """Have the first one make a group with the others and the bot, which hears only what is said to it.

    What the bot said when it came is deleted: the group is empty.
    """
    owner, *others = people
    group = owner.creates_group("Coalition", others, bot=world.bot, supergroup=supergroup, forum=forum)
    await world.settle()
    for message in said_by_the_bot(world, group):
        owner.deletes(message)
    return group


async def says_there(world: World, person: Person, group: Chat, text: str, thread: int | None = None) -> list[str]:
    """Say something in a group, and give what the bot has newly said there."""
    before = said_by_the_bot(world, group)
    person.says(text, group, thread=thread)
    await world.settle()
    return [read_in(message) for message in said_by_the_bot(world, group) if message not in before]


async def taps_there(world: World, person: Person, group: Chat, label: str) -> str:
    """Tap the latest button with this label in a group, and give the words shown on it."""
    written = (one for message in group.latest() for row in message.buttons for one in row)
    tap = person.taps(next(one for one in written if plain_spaces(one) == label), chat=group)
    await world.settle()
    return plain_spaces(tap.toast or "")


def said_by_the_bot(world: World, chat: Chat) -> list[Message]:
    """Give the messages of the bot that stand in a chat."""
    return [message for message in chat.messages if message.sender_id == world.bot.id]


def read_in(message: Message) -> str:
    """Give a message as people read it, every kind of space as a plain one."""
    return plain_spaces(message.text)


def buttons_of(message: Message) -> list[list[str]]:
    """Give the labels under a message, every kind of space as a plain one."""
    return [[plain_spaces(label) for label in row] for row in message.buttons]


async def leader_of(world: World, name: str, *coalitions: str) -> Person:
    """Somebody known who facilitates these coalitions."""
    person = await world.known(name)
    for coalition in coalitions:
        await world.belongs(person, await world.coalition(coalition), facilitator=True)
    return person


async def bound(world: World, chat: Chat, thread: int | None = None) -> Group | None:
    """Give which coalition talks in this chat, or in this topic of it."""
    return await world.finds(lambda uow: uow.groups.of_chat(chat.id, thread))
