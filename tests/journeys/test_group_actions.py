"""/action in a group: it goes on in private, and the group gets a line."""

import pytest

from programme.ids import TelegramId
from programme.usecases.introduce_person import IN_OWN_NAME, Introduction, introduce_person
from tests.journeys.group_life import group_of, leader_of, read_in, said_by_the_bot, says_there
from tests.world import World

pytestmark = pytest.mark.usefixtures("untroubled")

MOBILITY, EVENTS = "Mobilités alternatives", "Évènementiel durable"
BOUND = f"Ce groupe est celui de la coalition « {MOBILITY} ». /aide montre ce qu’on peut y faire."
WRITE_FIRST = f"Pour ajouter une action à la coalition « {MOBILITY} », écrivez-moi d’abord en privé."


async def test_action_in_a_group_goes_on_in_private_with_its_words_as_title(world: World) -> None:
    maude, lea = await leader_of(world, "Maude", MOBILITY), await world.known("Léa")
    await world.belongs(lea, await world.coalition(MOBILITY))
    group = await group_of(world, maude, lea)
    await says_there(world, maude, group, "/lier")

    assert await says_there(world, lea, group, "/action Isolation du local") == []
    (draft,) = (await world.kept())["drafts"]
    assert (draft["chat_id"], draft["form"]) == (lea.id, "log_action")
    assert "Isolation du local" in str(draft["content"])
    assert await says_there(world, lea, group, "Planifiée") == []


async def test_action_begun_in_a_group_that_moves_meanwhile_is_told_there_once(world: World) -> None:
    maude, joe = await leader_of(world, "Maude", MOBILITY), world.stranger("Joe")
    who, now = Introduction("Joe", IN_OWN_NAME), world.clock.now()
    await world.does(lambda uow: introduce_person(uow, TelegramId(joe.id), who, "en", now))
    await world.says(joe, "/menu")
    await world.belongs(joe, await world.coalition(MOBILITY))
    group = await group_of(world, maude, joe, supergroup=False)
    await says_there(world, maude, group, "/lier")

    assert await says_there(world, joe, group, "/action Isolation du local") == []
    after = maude.migrates(group)
    for label in ("Done", "Yesterday", "Skip", "Skip", "Skip", "Confirm"):
        await world.taps(joe, label)

    assert [read_in(message) for message in said_by_the_bot(world, group)] == [BOUND]
    assert [read_in(message) for message in said_by_the_bot(world, after)] == [
        "✓ Joe a ajouté une action : Isolation du local"
    ]


async def test_action_asks_who_can_not_be_asked_in_private_to_come(world: World) -> None:
    maude, tom, lea = await leader_of(world, "Maude", MOBILITY), await world.known("Tom"), await world.known("Léa")
    await world.belongs(tom, await world.coalition(MOBILITY))
    tom.blocks()
    sam = world.stranger("Sam")
    group = await group_of(world, maude, tom, lea, sam)
    await says_there(world, maude, group, "/lier")

    for person in (tom, lea, sam):
        assert await says_there(world, person, group, "/action") == [WRITE_FIRST]
        (button,) = group.last.rows[0]
        code = (await world.coalition(MOBILITY)).code
        assert (button.label, button.url) == (
            "M’écrire en privé",
            f"https://t.me/jalon_test_bot?start=action_{code}",
        )
    assert (await world.kept())["drafts"] == []
    sam.taps("M’écrire en privé", chat=group)
    await world.settle()
    assert world.reads(sam).startswith("Bonjour ! Je suis Jalon")
