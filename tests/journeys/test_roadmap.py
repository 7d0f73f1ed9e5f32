"""The roadmap: facilitators put planned actions on it, owners move them on, the group reads one card."""

from datetime import date

import pytest

from programme.actions import ActionState, RoadmapState
from tests.journeys.group_life import buttons_of, read_in, said_by_the_bot, says_there
from tests.journeys.roadmap_life import A_MOMENT, MOBILITY, Alliance, an_alliance
from tests.world import World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
ONLY_MEMBERS = f"Seuls les membres de la coalition « {MOBILITY} » peuvent le faire."
EMPTY = (
    f"Feuille de route · {MOBILITY}\n\n"
    "Elle est encore vide : les personnes qui animent la coalition y inscrivent les actions prévues."
)
SHELTER = (
    "Abri à vélos à la gare\n"
    "○ prévue, échéance : mardi 2 mars 2027 · à valider\n"
    f"Coalition : {MOBILITY}\n"
    "Responsable : Léa\n\n"
    "Objectif visé : Dix vélos de plus\n"
    "Moyens : Deux jours de travail"
)


@pytest.fixture
async def alliance(world: World) -> Alliance:
    return await an_alliance(world)


async def test_facilitator_puts_an_action_on_the_roadmap_line_by_line(world: World, alliance: Alliance) -> None:
    maude = alliance.maude
    assert await world.says(maude, "/feuillederoute") == EMPTY
    assert world.buttons(maude) == [["Ajouter une action", "Action déjà prévue"], ["‹ Retour", "Menu"]]
    await world.taps(maude, "Ajouter une action")
    for words in ("Abri à vélos à la gare", "Deux jours de travail", "Dix vélos de plus", "2/3"):
        await world.says(maude, words)
    assert world.reads(maude).startswith("Qui s’en charge ?")
    await world.taps(maude, "Léa")
    await world.taps(maude, "Passer")
    assert world.reads(maude) == (
        "L’action sur la feuille de route\n\n"
        "Action : Abri à vélos à la gare\n"
        "Moyens : Deux jours de travail\n"
        "Objectif visé : Dix vélos de plus\n"
        "Échéance : mardi 2 mars 2027\n"
        "Responsable : Léa\n"
        "Enjeux : —"
    )
    await world.taps(maude, "Confirmer")
    assert world.reads(maude) == SHELTER
    assert world.buttons(maude) == [
        ["→ C’est en cours"],
        ["Corriger", "Retirer"],
        ["Toute l’action"],
        ["‹ Retour", "Menu"],
    ]


async def test_group_reads_one_card_that_changes_in_place(world: World, alliance: Alliance) -> None:
    await alliance.proposes("Abri à vélos à la gare")
    assert await says_there(world, alliance.tom, alliance.group, "/feuillederoute") == [
        (
            f"Feuille de route · {MOBILITY}\n"
            "▱▱▱▱▱▱▱▱▱▱ 0 action faite sur 1\n"
            "Prévue (1)\n\n"
            "○ Abri à vélos à la gare · prévue, échéance : mardi 2 mars 2027 · Léa · à valider\n\n"
            "1 action reste à valider par un vote."
        )
    ]
    assert buttons_of(alliance.card) == [["Ouvrir en privé"]]
    (link,) = alliance.card.rows[0]
    assert link.url == f"https://t.me/jalon_test_bot?start=roadmap_{alliance.coalition.code}"

    await alliance.proposes("Former les équipes", alliance.tom, date(2026, 12, 1))
    await alliance.opens_vote()
    await world.says(alliance.lea, f"/start roadmap_{alliance.coalition.code}")
    await world.taps(alliance.lea, "○ Abri à vélos à la gare")
    assert await world.taps(alliance.lea, "→ C’est en cours") == "C’est noté : En cours"
    await world.taps(alliance.lea, "→ C’est fait")
    await world.moves_by(A_MOMENT)

    roadmap, _vote = said_by_the_bot(world, alliance.group)[-2:]
    assert read_in(roadmap) == (
        f"Feuille de route · {MOBILITY}\n"
        "▰▰▰▰▰▱▱▱▱▱ 1 action faite sur 2\n"
        "Prévue (1) · Faite (1)\n\n"
        "○ Former les équipes · prévue, échéance : mardi 1er décembre 2026 · Tom · à valider\n"
        "✓ Abri à vélos à la gare · faite : lundi 23 novembre 2026 · Léa · à valider\n\n"
        "Vote ouvert jusqu’au lundi 30 novembre 2026 à 12 h : 0 membre sur 3 a voté."
    )


async def test_planned_action_goes_on_the_roadmap_with_what_is_missing(world: World, alliance: Alliance) -> None:
    lea, maude = alliance.lea, alliance.maude
    await world.says(lea, "/action Abri à vélos à la gare")
    for label in ("Prévue", "Demain", "Passer", "Passer", "Passer", "Confirmer"):
        await world.taps(lea, label)

    await world.says(maude, "/feuillederoute")
    await world.taps(maude, "Action déjà prévue")
    assert world.buttons(maude)[0] == ["Abri à vélos à la gare"]
    await world.taps(maude, "Abri à vélos à la gare")
    await world.says(maude, "Deux jours de travail")
    await world.says(maude, "Dix vélos de plus")
    await world.says(maude, "Tom")
    await world.taps(maude, "Confirmer")
    assert world.reads(maude) == SHELTER.replace("mardi 2 mars 2027", "mardi 24 novembre 2026").replace("Léa", "Tom")

    await world.says(lea, "/actions")
    await world.taps(lea, "○ Abri à vélos à la gare")
    assert "Feuille de route : à valider, responsable : Tom" in world.reads(lea).splitlines()
    await world.says(maude, "/feuillederoute")
    await world.taps(maude, "Action déjà prévue")
    assert world.reads(maude) == "Toutes les actions prévues sont déjà sur la feuille de route."


async def test_correction_keeps_the_other_lines_and_says_that_the_vote_is_withdrawn(
    world: World, alliance: Alliance
) -> None:
    maude = alliance.maude
    await alliance.proposes("Abri à vélos à la gare")
    await alliance.opens_vote()
    await world.says(maude, "/feuillederoute")
    assert world.reads(maude).endswith("\n\nSi le texte soumis au vote change, le vote est retiré.")
    await world.taps(maude, "○ Abri à vélos à la gare")
    await world.taps(maude, "Corriger")
    await world.taps(maude, "Corriger")
    await world.taps(maude, "Objectif visé : Dix vélos de plus")
    await world.says(maude, "Vingt vélos de plus")
    await world.taps(maude, "Confirmer")

    said = [plain_spaces(message.text) for message in maude.chat_with().messages[-2:]]
    assert said == [
        (
            "C’est inscrit à la feuille de route.\n"
            "Le vote est retiré, car il portait sur l’ancienne version : ouvrez-en un autre."
        ),
        SHELTER.replace("Dix vélos", "Vingt vélos"),
    ]


async def test_action_leaves_the_roadmap_after_one_question(world: World, alliance: Alliance) -> None:
    maude = alliance.maude
    shelter = await alliance.proposes("Abri à vélos à la gare")
    await world.says(maude, "/feuillederoute")
    await world.taps(maude, "○ Abri à vélos à la gare")
    await world.taps(maude, "Retirer")
    assert world.reads(maude) == (
        "Retirer « Abri à vélos à la gare » de la feuille de route ?\nElle reste une action de la coalition."
    )
    assert await world.taps(maude, "Retirer") == "Elle n’est plus sur la feuille de route."
    assert world.reads(maude) == EMPTY
    kept = await world.finds(lambda uow: uow.actions.get(shelter.id))
    assert (kept.roadmap, kept.owner_id, kept.state) == (None, None, ActionState.PLANNED)


async def test_who_is_not_in_it_reads_no_roadmap_and_members_do_not_edit_it(world: World, alliance: Alliance) -> None:
    shelter = await alliance.proposes("Abri à vélos à la gare")
    nour = await world.known("Nour")
    assert await says_there(world, alliance.sam, alliance.group, "/feuillederoute") == [ONLY_MEMBERS]
    assert await world.says(nour, f"/start roadmap_{alliance.coalition.code}") == (
        f"La feuille de route de « {MOBILITY} » est réservée à ses membres : rejoignez d’abord la coalition."
    )
    await world.says(alliance.tom, "/feuillederoute")
    assert world.buttons(alliance.tom) == [["○ Abri à vélos à la gare"], ["‹ Retour", "Menu"]]
    await world.taps(alliance.tom, "○ Abri à vélos à la gare")
    assert world.buttons(alliance.tom) == [["Toute l’action"], ["‹ Retour", "Menu"]]

    before = await world.kept()
    coalition = alliance.coalition.id
    for route in ("roadmap.edit", "roadmap.off", "roadmap.off.sure"):
        await world.forges(alliance.tom, f"{route}:{shelter.id}")
        assert world.reads(alliance.tom) == NOT_ALLOWED
    for data in (f"roadmap:{coalition}", f"roadmap.item:{shelter.id}", f"roadmap.on:{shelter.id}:planned"):
        await world.forges(nour, data)
        assert world.reads(nour) == NOT_ALLOWED
    assert await world.kept() == before


async def test_owner_who_leaves_leaves_the_action_to_be_entrusted_anew(world: World, alliance: Alliance) -> None:
    shelter = await alliance.proposes("Abri à vélos à la gare")
    await says_there(world, alliance.maude, alliance.group, "/feuillederoute")
    await world.says(alliance.lea, "/coalitions")
    for label in ("Mes coalitions (1)", MOBILITY, "Quitter la coalition"):
        await world.taps(alliance.lea, label)
    await world.moves_by(A_MOMENT)

    assert (
        "○ Abri à vélos à la gare · prévue, échéance : mardi 2 mars 2027 · à confier · à valider"
        in read_in(alliance.card).splitlines()
    )
    await world.forges(alliance.lea, f"roadmap.on:{shelter.id}:planned")
    assert world.reads(alliance.lea) == NOT_ALLOWED
    kept = await world.finds(lambda uow: uow.actions.get(shelter.id))
    assert (kept.state, kept.roadmap) == (ActionState.PLANNED, RoadmapState.PROPOSED)


async def test_long_roadmap_fits_its_card_and_late_actions_say_so(world: World, alliance: Alliance) -> None:
    for number in range(14):
        await alliance.proposes(f"{'Très long titre ' * 8}{number:02}", due=date(2026, 12, 1 + number))
    await world.moves_to(world.clock.now().replace(month=12, day=3))
    await says_there(world, alliance.tom, alliance.group, "/feuillederoute")

    text = read_in(alliance.card)
    assert [line.count("prévue, en retard, échéance") for line in text.splitlines() if line.startswith("○")] == [
        1,
        1,
        *[0] * 10,
    ]
    assert "\n… et 2 autres\n\n" in text
