from programme.territory import ScopeKind
from tests.world import World

TRAVEL = "Venir ensemble au Technopôle"


async def _proposes(world: World, name: str = TRAVEL, by: str = "Léa Martin") -> None:
    lea = world.people[by]
    await world.says(lea, "/proposer")
    await world.says(lea, "Beaucoup viennent sans passager")
    await world.says(lea, name)
    await world.says(lea, "Partager des trajets")
    await world.taps(lea, "Un même lieu : zone d’activité, quartier…")
    await world.taps(lea, "Passer")
    await world.taps(lea, "Confirmer")


async def test_ways_to_browse_show_how_many_there_are(world: World) -> None:
    lea = await world.member("Léa Martin")

    await world.says(lea, "/coalitions")

    active = await world.finds(lambda uow: uow.coalitions.active())
    counts = [len([one for one in active if one.scope is scope]) for scope in ScopeKind]
    assert world.buttons(lea) == [
        [f"Par thème ({counts[0]})"],
        [f"Par lieu ({counts[1]})"],
        [f"Par secteur d’activité ({counts[2]})"],
        ["Toutes", "Proposer une coalition"],
        ["Menu"],
    ]


async def test_open_coalition_is_joined_and_left_in_one_tap_each(world: World) -> None:
    lea = await world.member("Léa Martin", "ENIB")
    await world.says(lea, "/coalitions")
    await world.taps(lea, "Toutes")
    await world.taps(lea, "Mobilités alternatives")

    assert await world.taps(lea, "Rejoindre") == "Vous en êtes membre."
    assert "ENIB" in world.reads(lea)
    assert await world.taps(lea, "Quitter la coalition") == "C’est fait : vous n’en faites plus partie."
    assert "ENIB" not in world.reads(lea)


async def test_a_request_taken_back_is_told_as_such(world: World) -> None:
    anne, zoe = await world.staff(), await world.member("Zoé")
    await world.member("Léa Martin")
    await _proposes(world)
    await world.taps(anne, "Approuver")
    await world.says(zoe, f"/start join_{(await world.coalition(TRAVEL)).code}")

    assert await world.taps(zoe, "Retirer ma demande") == "Votre demande est retirée."


async def test_who_is_in_no_coalition_hears_where_to_find_one(world: World) -> None:
    lea = await world.member("Léa Martin")

    await world.forges(lea, "list:mine:0")

    assert world.reads(lea) == (
        "Coalitions · Mes coalitions\n"
        "Vous n’êtes encore dans aucune coalition. Cherchez celle qui vous convient, ou proposez-en une."
    )


async def test_lists_have_pages_of_eight(world: World) -> None:
    anne = await world.staff()
    await world.member("Léa Martin")
    for number in range(4):
        await _proposes(world, f"Coalition {number}")
        await world.taps(anne, "Approuver")
    lea = world.people["Léa Martin"]
    await world.says(lea, "/coalitions")
    await world.taps(lea, "Toutes")

    assert [len(row) for row in world.buttons(lea)] == [1] * 8 + [1, 2]
    await world.taps(lea, "Page suivante ›")
    assert world.buttons(lea)[2:] == [["‹ Page précédente"], ["‹ Retour", "Menu"]]


async def test_proposal_is_approved_and_its_proposer_facilitates(world: World) -> None:
    anne = await world.staff()
    lea = await world.member("Léa Martin", "IMT Atlantique")
    await _proposes(world)

    assert world.reads(lea) == (f"Merci. « {TRAVEL} » est transmise à l’équipe projet : vous aurez sa réponse ici.")
    assert world.reads(anne) == (
        f"Coalition proposée : {TRAVEL}\n\n"
        "Proposée par : Léa Martin\n"
        "Périmètre : Un même lieu : zone d’activité, quartier…\n"
        "Besoin : Beaucoup viennent sans passager\n"
        "Idée : Partager des trajets"
    )
    await world.taps(anne, "Approuver")

    assert world.reads(anne).endswith("✓ Coalition approuvée")
    assert world.reads(lea) == f"« {TRAVEL} » est approuvée : vous l’animez désormais."
    await world.taps(lea, "Voir la coalition")
    assert world.reads(lea).endswith("✓ Vous animez cette coalition.")


async def test_proposal_is_refused_with_a_word(world: World) -> None:
    anne = await world.staff()
    lea = await world.member("Léa Martin")
    await _proposes(world)

    await world.taps(anne, "Refuser avec un mot")
    await world.says(anne, "Une coalition existe déjà sur ce sujet.")
    await world.taps(anne, "Confirmer")

    assert world.reads(lea) == (
        f"L’équipe projet n’a pas pu retenir « {TRAVEL} ».\nSon message : Une coalition existe déjà sur ce sujet."
    )


async def test_name_that_exists_is_corrected_without_losing_the_rest(world: World) -> None:
    await world.staff()
    lea = await world.member("Léa Martin")
    await _proposes(world, "mobilites ALTERNATIVES")

    assert world.reads(lea) == ("« mobilites ALTERNATIVES » existe déjà. Choisissez un autre nom avec « Corriger ».")
    await world.taps(lea, "Corriger")
    await world.taps(lea, "Nom : mobilites ALTERNATIVES")
    await world.says(lea, TRAVEL)
    await world.taps(lea, "Confirmer")

    proposed = await world.finds(lambda uow: uow.coalitions.proposed())
    assert [(one.name, one.need) for one in proposed] == [(TRAVEL, "Beaucoup viennent sans passager")]


async def test_facilitator_decides_on_who_asks_and_the_answer_reaches_them(world: World) -> None:
    anne = await world.staff()
    lea = await world.member("Léa Martin")
    await _proposes(world)
    await world.taps(anne, "Approuver")
    code = (await world.coalition(TRAVEL)).code
    zoe, noe = await world.member("Zoé Le Bris", "ENIB"), await world.member("Noé Prigent")
    await world.says(zoe, f"/start join_{code}")

    assert world.reads(zoe).endswith(
        "Votre demande est transmise à l’animation de la coalition : vous aurez sa réponse ici."
    )
    assert world.reads(lea) == f"Zoé Le Bris, ENIB demande à rejoindre « {TRAVEL} »."
    await world.taps(lea, "Accepter")
    assert world.reads(zoe) == f"Vous êtes maintenant membre de « {TRAVEL} »."

    await world.says(noe, f"/start join_{code}")
    assert world.reads(lea) == f"Noé Prigent, en son propre nom demande à rejoindre « {TRAVEL} »."
    await world.taps(lea, "Refuser")
    assert world.reads(noe) == (
        f"Votre demande pour rejoindre « {TRAVEL} » n’a pas été acceptée. D’autres coalitions peuvent vous convenir."
    )


async def test_coalition_without_facilitation_is_decided_by_staff_who_may_entrust_it(world: World) -> None:
    anne = await world.staff()
    lea = await world.member("Léa Martin")
    await world.says(lea, "/coalitions")
    await world.taps(lea, "Toutes")
    await world.taps(lea, "Éclairage nocturne")
    await world.taps(lea, "Demander à rejoindre")

    await world.taps(anne, "Accepter et confier l’animation")

    assert world.reads(lea) == "Vous êtes maintenant membre de « Éclairage nocturne » et vous l’animez."
    assert world.reads(anne).endswith("✓ Demande acceptée")


async def test_request_taken_back_is_nobody_s_question_any_more(world: World) -> None:
    anne = await world.staff()
    lea = await world.member("Léa Martin")
    await world.says(lea, "/coalitions")
    await world.taps(lea, "Toutes")
    await world.taps(lea, "Éclairage nocturne")
    await world.taps(lea, "Demander à rejoindre")
    await world.taps(lea, "Retirer ma demande")

    await world.taps(anne, "Accepter")

    assert world.reads(anne) == "C’est déjà passé ou déjà décidé : rien n’a été modifié."


async def test_desk_shows_what_waits(world: World) -> None:
    anne = await world.staff()
    await world.member("Léa Martin")
    assert await world.says(anne, "/equipe") == "Équipe projet\nRien ne vous attend."

    await _proposes(world)
    await world.says(anne, "/equipe")

    assert world.reads(anne) == "Équipe projet\nVoici ce qui vous attend :\n• Validations : 1"
    await world.taps(anne, "Validations (1)")

    assert world.buttons(anne) == [[f"Proposition : {TRAVEL}"], ["‹ Retour", "Menu"]]


async def test_desk_is_closed_to_members(world: World) -> None:
    lea = await world.member("Léa Martin")

    assert await world.says(lea, "/equipe") == ("Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire.")
