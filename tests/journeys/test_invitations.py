"""Invitations: a link with a picture, who comes by it, and what is left of one that was withdrawn."""

import re

import pytest

from programme.invitations import Invitation
from simulator.people import Person
from tests.journeys.group_life import buttons_of, group_of, says_there
from tests.world import World

pytestmark = pytest.mark.usefixtures("untroubled")

MOBILITY, LIGHTING = "Mobilités alternatives", "Éclairage nocturne"
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
OVER = "C’est déjà passé ou déjà décidé : rien n’a été modifié."
LINK = re.compile(r"https://t\.me/jalon_test_bot\?start=(inv_[A-Za-z0-9_-]{12})")
PNG = b"\x89PNG\r\n\x1a\n"


async def leader(world: World, coalition: str = MOBILITY) -> Person:
    """Maude, who facilitates this coalition."""
    maude = await world.known("Maude")
    await world.belongs(maude, await world.coalition(coalition), facilitator=True)
    return maude


async def invites(world: World, maude: Person) -> str:
    """Have her ask for a link, and give its words."""
    found = LINK.search(await world.says(maude, "/inviter"))
    assert found is not None
    return found[1]


async def links(world: World, name: str = MOBILITY) -> list[Invitation]:
    coalition = await world.coalition(name)
    return list(await world.finds(lambda uow: uow.invitations.of_coalition(coalition.id)))


def picture(world: World, person: Person) -> bytes:
    """The picture in the latest message that somebody has."""
    message = person.last_message
    assert message is not None
    return world.telegram.files.by_id[message.fields["photo"][-1]["file_id"]].content


async def test_a_link_comes_with_a_picture_and_the_number_of_those_who_came_by_it(world: World) -> None:
    maude = await leader(world)

    words = await invites(world, maude)

    assert world.reads(maude) == (
        f"Inviter à rejoindre « {MOBILITY} »\n"
        "Partagez ce lien, ou cette image avec son code QR :\n"
        f"https://t.me/jalon_test_bot?start={words}\n\n"
        "0 personne est venue par ce lien."
    )
    assert world.buttons(maude) == [["Retirer le lien"], ["Tous les liens"], ["‹ Retour", "Menu"]]
    assert picture(world, maude).startswith(PNG)
    assert await invites(world, maude) == words
    assert len(await links(world)) == 1


async def test_who_opens_the_link_gets_acquainted_joins_at_once_and_is_counted(world: World) -> None:
    maude = await leader(world)
    words, zoe, lea = await invites(world, maude), world.stranger("Zoé"), await world.known("Léa")

    await world.introduces(zoe, "Zoé Le Bris", "ENIB", link=words)
    assert world.reads(zoe).startswith(f"{MOBILITY}\n")
    assert world.reads(zoe).endswith("✓ Vous en êtes membre.")
    for _ in range(2):
        assert (await world.says(lea, f"/start {words}")).endswith("✓ Vous en êtes membre.")

    assert (await world.says(maude, "/inviter")).endswith("2 personnes sont venues par ce lien.")
    await world.says(maude, f"/start {words}")
    assert (await world.says(maude, "/inviter")).endswith("2 personnes sont venues par ce lien.")


async def test_a_link_skips_no_request(world: World) -> None:
    maude, sam = await leader(world, LIGHTING), await world.known("Sam")
    words = await invites(world, maude)

    await world.says(sam, f"/start {words}")

    assert world.reads(sam).endswith(
        "Votre demande est transmise à l’animation de la coalition : vous aurez sa réponse ici."
    )
    assert world.reads(maude) == f"Sam, en son propre nom demande à rejoindre « {LIGHTING} »."


async def test_a_withdrawn_link_says_so_and_how_to_join_all_the_same(world: World) -> None:
    maude, sam, zoe = await leader(world), await world.known("Sam"), world.stranger("Zoé")
    words = await invites(world, maude)

    await world.taps(maude, "Retirer le lien")
    assert world.reads(maude) == (
        "Retirer ce lien ?\n"
        "Il n’amènera plus personne, même depuis une image imprimée. Les personnes déjà venues restent.\n"
        "0 personne est venue par ce lien."
    )
    await world.taps(maude, "Non, garder")
    assert words in world.reads(maude)
    await world.taps(maude, "Retirer le lien")
    question = maude.last_message
    assert await world.taps(maude, "Retirer le lien") == "Le lien est retiré."
    assert world.reads(maude).splitlines()[2:] == [
        "Ce lien est retiré : il n’amène plus personne.",
        "0 personne est venue par ce lien.",
    ]
    [link] = await links(world)
    await world.forges(maude, f"invite.end.sure:{link.id}", on=question)
    assert world.reads(maude) == OVER

    withdrawn = f"Ce lien d’invitation a été retiré. Vous pouvez tout de même demander à rejoindre « {MOBILITY} »."
    assert await world.says(sam, f"/start {words}") == withdrawn
    assert world.buttons(sam) == [["Rejoindre"], ["Voir la coalition"], ["Menu"]]
    await world.introduces(zoe, "Zoé", link=words)
    assert world.reads(zoe) == withdrawn
    await world.taps(zoe, "Rejoindre")
    assert world.reads(zoe).endswith("✓ Vous en êtes membre.")
    assert await world.finds(lambda uow: uow.invitations.count(link.id)) == 0


async def test_links_made_one_after_the_other_count_apart(world: World) -> None:
    maude, sam = await leader(world), await world.known("Sam")
    first = await invites(world, maude)
    await world.taps(maude, "Tous les liens")
    assert world.reads(maude) == (
        f"Liens d’invitation · {MOBILITY}\n"
        "Pour chacun : le jour où il a été créé et le nombre de personnes venues grâce à lui."
    )
    await world.taps(maude, "Nouveau lien")
    found = LINK.search(world.reads(maude))
    assert found is not None
    assert found[1] != first

    await world.says(sam, f"/start {first}")
    latest, earlier = await links(world)
    await world.forges(maude, f"invite.end.sure:{latest.id}")
    await world.forges(maude, f"invite.all:{latest.coalition_id}:0")

    assert world.buttons(maude) == [
        ["lun. 23 nov. : 0 personne (retiré)"],
        ["lun. 23 nov. : 1 personne"],
        ["Nouveau lien"],
        ["‹ Retour", "Menu"],
    ]
    await world.taps(maude, "lun. 23 nov. : 1 personne")
    assert earlier.code in world.reads(maude)
    assert picture(world, maude).startswith(PNG)


async def test_the_list_of_links_has_pages(world: World) -> None:
    maude = await leader(world)
    coalition = await world.coalition(MOBILITY)
    for _ in range(9):
        await world.forges(maude, f"invite.new:{coalition.id}")
    await world.taps(maude, "Tous les liens")

    assert [len(row) for row in world.buttons(maude)] == [1] * 8 + [1, 1, 2]
    await world.taps(maude, "Page suivante ›")
    assert world.buttons(maude)[0] == ["lun. 23 nov. : 0 personne"]
    assert world.buttons(maude)[1] == ["‹ Page précédente"]


async def test_the_group_gets_the_picture_and_a_button_that_joins(world: World) -> None:
    maude, zoe = await leader(world), world.stranger("Zoé")
    group = await group_of(world, maude, zoe)
    await says_there(world, maude, group, "/lier")

    (read,) = await says_there(world, maude, group, "/inviter")

    found = LINK.search(read)
    assert found is not None
    assert buttons_of(group.last) == [["Rejoindre la coalition"]]
    assert "photo" in group.last.fields
    assert group.last.rows[0][0].url == found[0]
    zoe.taps("Rejoindre la coalition", chat=group)
    await world.settle()
    assert world.reads(zoe).startswith("Bonjour ! Je suis Jalon")


async def test_only_who_facilitates_invites(world: World) -> None:
    maude, lea = await leader(world), await world.known("Léa")
    await world.belongs(lea, await world.coalition(MOBILITY))
    await invites(world, maude)
    [link] = await links(world)
    group = await group_of(world, maude, lea)
    await says_there(world, maude, group, "/lier")
    coalition = await world.coalition(MOBILITY)

    assert await says_there(world, lea, group, "/inviter") == []
    assert world.reads(lea) == f"Seules les personnes qui animent la coalition « {MOBILITY} » peuvent le faire."
    assert await world.says(lea, "/inviter") == NOT_ALLOWED
    routes = ("", ".new", ".all", ".page", ".of")
    of_link = (".one", ".end", ".end.sure", ".keep")
    for data in (
        *(f"invite{route}:{coalition.id}" for route in routes),
        *(f"invite{route}:{link.id}" for route in of_link),
    ):
        await world.forges(lea, data)
        assert world.reads(lea) == NOT_ALLOWED, data
    assert await links(world) == [link]


async def test_a_link_that_never_was_leads_to_the_coalitions(world: World) -> None:
    lea = await world.known("Léa")

    await world.says(lea, "/start inv_abcdefghijkl")

    assert world.reads(lea) == "Cette invitation n’est plus valable. Toutes les coalitions sont ici."
