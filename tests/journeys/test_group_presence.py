"""The bot in a group: added, removed, without the right to write, and what it says there."""

from datetime import timedelta

import pytest

from tests.journeys.group_life import bound, buttons_of, group_of, leader_of, read_in, said_by_the_bot, says_there
from tests.world import World

pytestmark = pytest.mark.usefixtures("untroubled")

A_MINUTE = timedelta(minutes=1)
MOBILITY, EVENTS = "Mobilités alternatives", "Évènementiel durable"
BOUND = f"Ce groupe est celui de la coalition « {MOBILITY} ». /aide montre ce qu’on peut y faire."
NOBODY_TOLD_ME = "Je ne sais pas quelle coalition échange ici : la personne qui l’anime peut me l’indiquer avec /lier."
NOT_BOUND_HELP = (
    "Je ne sais pas encore quelle coalition échange ici.\n"
    "/lier : indiquer quelle coalition échange ici, si vous l’animez\n"
    "Pour tout le reste, écrivez-moi en privé."
)


async def test_what_one_person_needs_to_read_stands_for_a_minute(world: World) -> None:
    sam = world.stranger("Sam")
    group = await group_of(world, sam)
    assert await says_there(world, sam, group, "/action") == [NOBODY_TOLD_ME]

    await world.moves_by(A_MINUTE - timedelta(seconds=1))
    assert [read_in(message) for message in said_by_the_bot(world, group)] == [NOBODY_TOLD_ME]
    assert await says_there(world, sam, group, "/aide") == [NOT_BOUND_HELP]
    await world.moves_by(timedelta(seconds=1))
    assert [read_in(message) for message in said_by_the_bot(world, group)] == [NOT_BOUND_HELP]


async def test_passing_line_that_is_gone_already_troubles_nobody(world: World) -> None:
    sam = world.stranger("Sam")
    group = await group_of(world, sam)
    await says_there(world, sam, group, "/action")
    sam.deletes(group.last)
    await says_there(world, sam, group, "/action")
    sam.removes(world.bot, group)
    await world.moves_by(A_MINUTE)
    assert await world.given_up() == []


GREETING = (
    "Bonjour, je suis Jalon. J’aide les coalitions de Brest métropole.\n"
    "Dans ce groupe, je peux :\n"
    "• préparer les rencontres et compter les réponses\n"
    "• suivre les jalons et la feuille de route\n"
    "• garder les actions et la fiche d’engagement\n"
    "• transmettre vos demandes d’appui\n"
    "Pour commencer, la personne qui anime la coalition envoie ici /lier.\n"
    "/aide montre le reste."
)


async def test_bot_greets_once_where_it_is_added(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    group = maude.creates_group("Mobilité", bot=world.bot, supergroup=True)
    await world.settle()
    (greeting,) = said_by_the_bot(world, group)
    assert (read_in(greeting), buttons_of(greeting)) == (GREETING, [["M’écrire en privé"]])

    maude.promotes(world.bot, group)
    maude.demotes(world.bot, group)
    await says_there(world, maude, group, "/lier")
    assert [read_in(message) for message in said_by_the_bot(world, group)] == [GREETING, BOUND]


async def test_bot_that_comes_back_knows_whose_group_it_is(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    group = await group_of(world, maude)
    await says_there(world, maude, group, "/lier")
    maude.removes(world.bot, group)
    await world.settle()
    assert world.reads(maude) == (
        f"Je ne suis plus dans le groupe de la coalition « {MOBILITY} ».\n"
        "Groupe : Coalition\n"
        "D’ici là, les rappels continuent en privé.\n"
        "Pour que je revienne : ajoutez-moi de nouveau au groupe. Il restera relié à la coalition."
    )

    maude.adds(world.bot, group)
    await world.settle()
    assert read_in(group.last).splitlines()[-2:] == [
        "Je sais quelle coalition échange ici : tout reprend comme avant.",
        "/aide montre le reste.",
    ]


async def test_who_facilitates_is_told_once_in_private_that_the_bot_may_not_write(world: World) -> None:
    maude, lea = await leader_of(world, "Maude", MOBILITY), await world.known("Léa")
    group = await group_of(world, maude, lea)
    await says_there(world, maude, group, "/lier")
    before = len(lea.chat_with().messages)

    maude.restricts(world.bot, group, "can_send_messages")
    await world.settle()
    assert world.reads(maude).startswith(
        f"Je n’ai plus le droit d’écrire dans le groupe de la coalition « {MOBILITY} »"
    )
    assert world.buttons(maude) == [["Pourquoi ce message ?"], ["Menu"]]
    told = len(maude.chat_with().messages)
    maude.restricts(world.bot, group, "can_send_messages", "can_send_polls")
    await world.settle()
    assert (len(maude.chat_with().messages), len(lea.chat_with().messages)) == (told, before)

    await world.taps(maude, "Pourquoi ce message ?")
    assert world.reads(maude).startswith("Vous animez cette coalition : je vous préviens quand")


async def test_group_in_which_the_bot_may_not_write_is_bound_once_it_may(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    group = await group_of(world, maude)
    maude.restricts(world.bot, group, "can_send_messages")
    await world.settle()

    assert (await says_there(world, maude, group, "/lier"), await bound(world, group)) == ([], None)
    assert world.reads(maude) == (
        "Je n’ai pas le droit d’écrire dans ce groupe. Autorisez-moi à y envoyer des messages, puis renvoyez /lier."
    )

    maude.demotes(world.bot, group)
    await world.settle()
    assert await says_there(world, maude, group, "/lier") == [BOUND]


async def test_answers_in_a_group_quote_what_they_answer(world: World) -> None:
    maude, sam = await leader_of(world, "Maude", MOBILITY), world.stranger("Sam")
    group = await group_of(world, maude, sam)
    for person, text in ((sam, "/action"), (sam, "/aide"), (maude, "/lier"), (maude, "/aide"), (sam, "/lier")):
        said = person.says(text, group)
        await world.settle()
        assert (group.last.sender_id, group.last.reply_to) == (world.bot.id, said.id)
    maude.says("/lier", group, anonymously=True)
    await world.settle()
    assert group.last.reply_to == group.messages[-2].id
