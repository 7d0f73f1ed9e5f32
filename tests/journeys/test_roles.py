"""Roles in chat: the team appoints and takes off, and the log tells of it."""

from tests.world import COLLEAGUE_ID, World

IN_SETTINGS = "Cette personne est nommée dans les réglages du bot : le retrait ne se fait que là, pas par message."


async def test_staff_appoint_a_colleague_found_by_name(world: World) -> None:
    anne, lea = await world.staff(), await world.member("Léa Martin", "ENIB")

    await world.says(anne, "/equipe")
    await world.taps(anne, "Rôles")
    assert world.reads(anne) == (
        "Rôles\n\nÉquipe projet : Anne\nCi-dessous : l’équipe (★), puis les personnes qui animent une coalition."
    )
    await world.taps(anne, "Chercher une personne")
    await world.says(anne, "lea")
    await world.taps(anne, "Léa Martin, ENIB")
    assert world.reads(anne) == "Léa Martin, ENIB\nPas de rôle pour le moment."
    await world.taps(anne, "Nommer dans l’équipe projet")
    assert await world.taps(anne, "Oui, nommer") == "C’est fait : la personne est prévenue."

    assert world.reads(anne) == "Léa Martin, ENIB\nÉquipe projet : par nomination"
    assert world.reads(lea) == (
        "Vous faites maintenant partie de l’équipe projet.\n"
        "/equipe montre ce qui attend l’équipe et tout ce qu’elle peut faire."
    )
    await world.taps(lea, "Équipe projet")
    assert world.reads(lea) == "Équipe projet\nRien ne vous attend."


async def test_who_is_taken_off_is_told_and_may_nothing_any_more(world: World) -> None:
    anne, lea = await world.staff(), await world.member("Léa Martin")
    record = await world.record_of(lea)
    await world.does(lambda uow: uow.people.appoint(record.id, staff=True))

    await world.says(anne, "/equipe")
    await world.taps(anne, "Rôles")
    await world.taps(anne, "★ Léa Martin")
    await world.taps(anne, "Retirer de l’équipe projet")
    await world.taps(anne, "Oui, retirer")

    assert world.reads(lea) == "Vous ne faites plus partie de l’équipe projet. Le reste ne change pas."
    assert await world.says(lea, "/journal") == "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."


async def test_who_the_settings_name_is_not_taken_off_in_chat(world: World) -> None:
    anne = await world.staff()
    paul = await world.staff("Paul", COLLEAGUE_ID)
    record = await world.record_of(paul)

    await world.forges(anne, f"role:{record.id}")
    assert world.reads(anne) == ("Paul\nÉquipe projet : par les réglages du bot, et le retrait ne se fait que là.")
    assert ["Retirer de l’équipe projet"] not in world.buttons(anne)
    await world.forges(anne, f"role.off.sure:{record.id}")
    assert world.reads(anne) == IN_SETTINGS


async def test_a_coalition_is_entrusted_and_taken_off_again(world: World) -> None:
    anne, lea = await world.staff(), await world.member("Léa Martin")
    record, coalition = await world.record_of(lea), await world.coalition("Mobilités alternatives")
    await world.forges(anne, f"role:{record.id}")
    await world.taps(anne, "Confier une coalition")
    await world.taps(anne, "Mobilités alternatives")
    assert world.reads(anne) == "Léa Martin\nAnime « Mobilités alternatives »"

    await world.taps(anne, "Retirer l’animation : Mobilités alternatives")
    assert world.reads(anne) == (
        "Retirer à Léa Martin l’animation de « Mobilités alternatives » ?\nCette personne reste membre.\n"
        "Personne d’autre ne l’anime : les demandes d’adhésion viendront à l’équipe."
    )
    await world.taps(anne, "Oui, retirer")

    assert world.reads(lea) == (
        "L’équipe projet vous a retiré l’animation de « Mobilités alternatives » ; vous en restez membre. "
        "Pour toute question, adressez-vous à elle."
    )
    assert await world.finds(lambda uow: list(uow.memberships.members(coalition.id))) == [record.id]


async def test_the_log_tells_who_did_what_by_page(world: World) -> None:
    anne, lea = await world.staff(), await world.member("Léa Martin")
    record = await world.record_of(lea)
    assert await world.says(anne, "/journal") == "Journal\n\nRien n’est encore noté."
    for _ in range(5):
        await world.forges(anne, f"role.staff.sure:{record.id}")
        await world.forges(anne, f"role.off.sure:{record.id}")

    await world.says(anne, "/journal")
    assert world.reads(anne).splitlines()[:5] == [
        "Journal",
        "",
        "lun. 23 nov., 12 h · Anne",
        "Retrait de l’équipe projet : Léa Martin",
        "",
    ]
    await world.taps(anne, "Page suivante ›")
    assert world.reads(anne).splitlines()[-1] == "Nomination dans l’équipe projet : Léa Martin"
    assert world.buttons(anne) == [["‹ Page précédente"], ["‹ Retour", "Menu"]]


async def test_the_log_goes_on_making_sense_without_an_erased_person(world: World) -> None:
    anne, lea = await world.staff(), await world.member("Léa Martin")
    record = await world.record_of(lea)
    await world.forges(anne, f"role.staff.sure:{record.id}")
    await world.says(lea, "/supprimer")
    await world.taps(lea, "Continuer")
    await world.taps(lea, "Oui, tout effacer")

    assert await world.says(anne, "/journal") == (
        "Journal\n\nlun. 23 nov., 12 h · le bot, ou une personne partie\nPersonne effacée : une personne effacée\n\n"
        "lun. 23 nov., 12 h · Anne\nNomination dans l’équipe projet : une personne effacée"
    )


async def test_roles_are_closed_to_everybody_else(world: World) -> None:
    anne, lea = await world.staff(), await world.member("Léa Martin")
    coalition, me = await world.coalition("Mobilités alternatives"), await world.record_of(lea)
    boss = await world.record_of(anne)
    await world.belongs(lea, coalition, facilitator=True)
    before = await world.kept(besides=lea)

    for data in (
        "roles:0",
        "role.find",
        f"role:{boss.id}",
        f"role.staff:{me.id}",
        f"role.staff.sure:{me.id}",
        f"role.off:{boss.id}",
        f"role.off.sure:{boss.id}",
        f"role.lead:{me.id}:0",
        f"role.lead.sure:{me.id}:{coalition.id}",
        f"role.relieve:{me.id}:{coalition.id}",
        f"role.relieve.sure:{me.id}:{coalition.id}",
        "journal:0",
        "health:0",
        "approvals:0",
    ):
        await world.forges(lea, data)
        assert world.reads(lea) == "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire.", data
    assert await world.kept(besides=lea) == before
