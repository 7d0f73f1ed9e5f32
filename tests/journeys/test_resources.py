"""What the authority lends: by step and by theme, in private and in the group."""

from pathlib import Path
from shutil import copytree

import pytest

from simulator.chats import Message
from tests.journeys.group_life import buttons_of, group_of, read_in, said_by_the_bot, says_there, taps_there
from tests.world import World, a_world

pytestmark = pytest.mark.usefixtures("untroubled")

MOBILITY = "Mobilités alternatives"
GUIDE = "Préparer une rencontre (fichier)"
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
FIRST = "Ressources de Brest métropole"


async def test_resources_are_found_by_step_and_a_file_is_sent(world: World) -> None:
    lea = await world.known("Léa")

    assert (await world.says(lea, "/ressources")).splitlines() == [
        FIRST,
        "• Préparer une rencontre : Une page sur ce qu’il faut prévoir avant, pendant et après.",
        "• Brest métropole : Le site de la métropole, ses services, ses projets, son Plan Climat.",
        "• Territoires et Climat (ADEME) : Comprendre les plans climat, et voir ce que font d’autres territoires.",
        (
            "• Agir pour la transition (ADEME) : "
            "Des aides et des conseils pour les entreprises, les associations et les collectivités."
        ),
        "• La librairie de l’ADEME : Des guides et des études à télécharger, par thème.",
    ]
    assert world.buttons(lea)[-2:] == [["Par étape", "Par thème"], ["Menu"]]
    await world.taps(lea, "Par étape")
    assert world.buttons(lea) == [
        ["Faire connaissance"],
        ["S’accorder sur le fonctionnement"],
        ["Découvrir et explorer"],
        ["S’inspirer"],
        ["Se positionner et planifier"],
        ["‹ Retour", "Menu"],
    ]
    await world.taps(lea, "Faire connaissance")
    assert world.reads(lea) == (
        "Ressources · Faire connaissance\n"
        "• Préparer une rencontre : Une page sur ce qu’il faut prévoir avant, pendant et après.\n"
        "• Brest métropole : Le site de la métropole, ses services, ses projets, son Plan Climat."
    )
    assert world.buttons(lea) == [[GUIDE], ["Brest métropole"], ["‹ Retour", "Menu"]]
    await world.taps(lea, GUIDE)
    sent = _latest(lea.chat_with().last)
    assert (sent.fields["document"]["file_name"], read_in(sent)) == (
        "preparer-une-rencontre.md",
        "Préparer une rencontre\nUne page sur ce qu’il faut prévoir avant, pendant et après.",
    )


async def test_resources_are_found_by_theme(world: World) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "/ressources")
    await world.taps(lea, "Par thème")
    await world.taps(lea, "Mobilités")
    assert world.buttons(lea)[:2] == [["La librairie de l’ADEME"], [GUIDE]]
    assert _latest(lea.last_message).rows[0][0].url == "https://librairie.ademe.fr/"

    await world.taps(lea, "‹ Retour")
    assert world.reads(lea) == "Ressources · sur quel thème ?"
    await world.taps(lea, "‹ Retour")
    assert world.reads(lea).splitlines()[0] == FIRST


async def test_road_of_a_coalition_leads_to_what_serves_its_step_and_back(world: World) -> None:
    maude, mobility = await world.known("Maude"), await world.coalition(MOBILITY)
    await world.belongs(maude, mobility, facilitator=True)

    await world.forges(maude, f"resources:{mobility.id}:meet")
    assert world.buttons(maude)[0] == [GUIDE]
    await world.taps(maude, "‹ Retour")
    assert "Faire connaissance" in world.reads(maude)


async def test_group_reads_them_in_one_message(world: World) -> None:
    maude, lea, sam = await world.known("Maude"), await world.known("Léa"), world.stranger("Sam")
    mobility = await world.coalition(MOBILITY)
    await world.belongs(maude, mobility, facilitator=True)
    await world.belongs(lea, mobility)
    group = await group_of(world, maude, lea, sam)
    await says_there(world, maude, group, "/lier")

    (shown,) = await says_there(world, lea, group, "/ressources")
    card = group.last
    assert (shown.splitlines()[0], buttons_of(card)[-1]) == (FIRST, ["Par étape", "Par thème"])
    await taps_there(world, lea, group, "Par étape")
    await taps_there(world, lea, group, "S’inspirer")
    assert (said_by_the_bot(world, group)[-1], buttons_of(card)[-1]) == (card, ["‹ Retour"])
    assert read_in(card).startswith("Ressources · S’inspirer")
    assert await taps_there(world, sam, group, "‹ Retour") == NOT_ALLOWED
    await taps_there(world, lea, group, "‹ Retour")
    await taps_there(world, lea, group, "Faire connaissance")
    await taps_there(world, lea, group, GUIDE)
    assert _latest(group.last).fields["document"]["file_name"] == "preparer-une-rencontre.md"

    assert await says_there(world, sam, group, "/ressources") == [
        f"Seuls les membres de la coalition « {MOBILITY} » peuvent le faire."
    ]


async def test_file_that_is_gone_is_told_with_whom_to_ask(tmp_path: Path) -> None:
    copytree("territories", tmp_path / "territories")
    async with a_world(tmp_path, tmp_path / "territories" / "brest.toml") as world:
        lea = await world.known("Léa")
        await world.says(lea, "/ressources")
        (tmp_path / "territories" / "brest" / "preparer-une-rencontre.md").unlink()
        await world.taps(lea, GUIDE)

        assert world.reads(lea).startswith(
            "Je ne peux pas ouvrir « Préparer une rencontre » pour le moment. Demandez-le à : Direction écologie"
        )


async def test_forged_taps_find_nothing(world: World) -> None:
    lea = await world.known("Léa")
    for data in (
        "resources:0:nowhere",
        "resources:x:meet",
        "resources.theme:no:0",
        "resources.file:0123456789ab",
        "resources.all:x",
    ):
        await world.forges(lea, data)
        assert (data, world.reads(lea)) == (data, NOT_THERE)


def _latest(message: Message | None) -> Message:
    assert message is not None
    return message
