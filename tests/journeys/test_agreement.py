from programme.coalitions import Coalition
from programme.groups import Group
from programme.path import Agreement
from simulator.people import Person
from tests.journeys.group_life import group_of, read_in, said_by_the_bot, says_there
from tests.world import World

NAME = "Mobilités alternatives"
AGREED = (
    f"Notre fonctionnement · {NAME}\n"
    "Animation : à tour de rôle, Léa et Sam\n"
    "Rythme : le deuxième mardi du mois\n"
    "Outils : ce groupe, un dossier partagé\n"
    "Lien avec Brest métropole : Léa\n"
    "Lien avec l’extérieur : Sam"
)


async def coalition_of(world: World, facilitator: Person, *members: Person) -> Coalition:
    coalition = await world.coalition(NAME)
    for person in (facilitator, *members):
        await world.belongs(person, coalition, facilitator=person is facilitator)
    return coalition


async def agrees(world: World, facilitator: Person, *chairs: str) -> None:
    """Write the agreement down with several people who chair in turn."""
    await world.says(facilitator, "/etapes")
    await world.taps(facilitator, "Notre fonctionnement")
    await world.taps(facilitator, "L’écrire")
    await world.taps(facilitator, "Plusieurs personnes, à tour de rôle")
    for name in chairs:
        await world.taps(facilitator, name)
    await world.taps(facilitator, f"Terminer ({len(chairs)})")
    await world.says(facilitator, "le deuxième mardi du mois")
    await world.says(facilitator, "ce groupe, un dossier partagé")
    await world.taps(facilitator, "Léa")
    await world.says(facilitator, "Sam")
    await world.taps(facilitator, "Confirmer")


async def kept_of(world: World, coalition: Coalition) -> Agreement | None:
    return await world.finds(lambda uow: uow.path.agreement(coalition.id))


async def test_the_agreement_is_a_conversation_and_the_group_reads_it_once(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await coalition_of(world, lea, sam)
    group = await group_of(world, lea, sam)
    await says_there(world, lea, group, "/lier")

    await agrees(world, lea, "Léa", "Sam")

    assert world.reads(lea) == f"{AGREED}\n\nVersion 1"
    assert world.buttons(lea) == [["Corriger", "L’animation"], ["‹ Retour", "Menu"]]
    assert [read_in(one) for one in said_by_the_bot(world, group)].count(AGREED) == 1
    await world.says(lea, "/etapes")
    assert "○ 4. S’accorder sur le fonctionnement (fait ?)" in world.reads(lea)


async def test_any_line_is_corrected_later_and_the_group_is_left_in_peace(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await coalition_of(world, lea, sam)
    group = await group_of(world, lea, sam)
    await says_there(world, lea, group, "/lier")
    await agrees(world, lea, "Léa", "Sam")
    said = len(said_by_the_bot(world, group))

    await world.taps(lea, "Corriger")
    await world.taps(lea, "Corriger")
    await world.taps(lea, "Rythme : le deuxième mardi du mois")
    await world.says(lea, "toutes les deux semaines")
    await world.taps(lea, "Confirmer")

    assert world.reads(lea) == (
        f"{AGREED.replace('le deuxième mardi du mois', 'toutes les deux semaines')}\n\nVersion 2"
    )
    assert len(said_by_the_bot(world, group)) == said


async def test_one_person_may_chair_always(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam", "ENIB")
    coalition = await coalition_of(world, lea, sam)
    await agrees(world, lea, "Léa")

    await world.taps(lea, "Corriger")
    await world.taps(lea, "Corriger")
    await world.taps(lea, "Animation : Plusieurs personnes, à tour de rôle")
    await world.taps(lea, "Toujours la même personne")
    await world.taps(lea, "Sam, ENIB")
    await world.taps(lea, "Confirmer")

    assert "Animation : Sam" in world.reads(lea)
    await world.taps(lea, "L’animation")
    assert world.reads(lea) == (
        f"L’animation · {NAME}\nC’est à Sam d’animer la prochaine rencontre.\n\nSam anime toutes les rencontres."
    )
    await world.says(sam, f"/start join_{coalition.code}")
    await world.taps(sam, "Quitter la coalition")
    await world.says(lea, "/animation")
    assert world.reads(lea) == (
        f"L’animation · {NAME}\n\n"
        "La personne qui animait est partie : choisissez quelqu’un dans « Notre fonctionnement »."
    )


async def test_members_read_it_from_their_coalition_and_can_not_write_it(world: World) -> None:
    lea, sam, zoe = await world.member("Léa"), await world.member("Sam"), await world.member("Zoé")
    coalition = await coalition_of(world, lea, sam)

    await world.says(sam, f"/start join_{coalition.code}")
    await world.taps(sam, "Notre fonctionnement")
    assert world.reads(sam) == (
        f"Notre fonctionnement · {NAME}\n"
        "Rien n’est encore écrit : qui anime, à quel rythme, avec quels outils, qui garde le lien avec qui."
    )
    assert world.buttons(sam) == [["‹ Retour", "Menu"]]
    for person in (sam, zoe):
        await world.forges(person, f"agreement.write:{coalition.id}")
        assert world.reads(person) == "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
    await world.forges(zoe, f"agreement:{coalition.id}")
    assert await kept_of(world, coalition) is None


async def test_two_facilitators_write_at_once_and_the_second_one_is_told(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    coalition = await coalition_of(world, lea, sam)
    await world.belongs(sam, coalition, facilitator=True)
    await agrees(world, lea, "Léa", "Sam")
    for person, rhythm in ((lea, "comme le dit Léa"), (sam, "comme le dit Sam")):
        await world.forges(person, f"agreement.write:{coalition.id}")
        await world.taps(person, "Corriger")
        await world.taps(person, "Rythme : le deuxième mardi du mois")
        await world.says(person, rhythm)

    await world.taps(lea, "Confirmer")
    await world.taps(sam, "Confirmer")

    assert world.reads(sam) == "Cela a changé entre-temps. Rouvrez-le depuis le menu."
    kept = await kept_of(world, coalition)
    assert kept is not None
    assert (kept.frequency, kept.version) == ("comme le dit Léa", 2)


async def test_who_is_erased_is_named_no_more_and_asked_for_anew(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    coalition = await coalition_of(world, lea, sam)
    await agrees(world, lea, "Léa", "Sam")

    await world.says(sam, "/supprimer")
    await world.taps(sam, "Continuer")
    await world.taps(sam, "Oui, tout effacer")

    await world.forges(lea, f"agreement:{coalition.id}")
    assert world.reads(lea) == (
        f"{AGREED.replace('Léa et Sam', 'Léa').replace('extérieur : Sam', 'extérieur : à désigner')}\n\nVersion 1"
    )
    await world.taps(lea, "Corriger")
    assert world.reads(lea) == "Et avec l’extérieur : partenaires, presse, autres coalitions ?"
    await world.taps(lea, "Léa")
    await world.taps(lea, "Confirmer")
    assert "Lien avec l’extérieur : Léa\n\nVersion 2" in world.reads(lea)


async def test_a_topic_that_is_lost_has_it_said_in_the_group_itself(world: World) -> None:
    lea = await world.member("Léa")
    coalition = await coalition_of(world, lea)
    group = await group_of(world, lea, forum=True)
    now = world.clock.now()
    await world.does(lambda uow: uow.groups.bind(Group(group.id, 77, coalition.id), now))
    await world.does(lambda uow: uow.groups.lose_topic(group.id, 77))

    await agrees(world, lea, "Léa")

    (said,) = [one for one in said_by_the_bot(world, group) if read_in(one).startswith("Notre fonctionnement")]
    assert said.fields.get("message_thread_id") is None
