import io
from datetime import timedelta

import pytest
import segno

from simulator.people import Person
from tests.world import World

pytestmark = pytest.mark.usefixtures("untroubled")

GROUP = "Mobilités alternatives"
TITLE = "Prêter dix vélos"
REVIEW = (
    "Votre action\n\nCoalition : Mobilités alternatives\nAction : Prêter dix vélos\nAvancement : Faite\n"
    "Quand : mai 2026\nEnjeux : Gaz à effet de serre, Mobilités\nChiffre : 1 200,5 kWh\nPhoto : Photo reçue"
)
CARD = (
    "Prêter dix vélos\nFaite · mai 2026\n\nCoalition : Mobilités alternatives\n"
    "Enjeux : Gaz à effet de serre et Mobilités\nChiffre : 1 200,5 kWh\nAjoutée par Léa (BAPAV)"
)


async def _lea(world: World) -> Person:
    lea = await world.member("Léa", "BAPAV")
    await world.belongs(lea, await world.coalition(GROUP))
    return lea


async def _tells(world: World, person: Person) -> None:
    """Tell every line of an action, up to its review."""
    await world.says(person, "/action")
    await world.says(person, TITLE)
    await world.taps(person, "Faite")
    await world.says(person, "en mai")
    await world.says(person, "Mobilités, gaz")
    await world.says(person, "1 200,5 kWh")
    person.sends_photo(_picture())
    await world.settle()


def _picture() -> bytes:
    content = io.BytesIO()
    segno.make("a photo").save(content, kind="png", scale=4)
    return content.getvalue()


async def _quickly(world: World, person: Person, title: str = TITLE, state: str = "Faite", when: str = "hier") -> None:
    """Log an action with nothing but what must be told."""
    await world.says(person, f"/action {title}")
    await world.taps(person, state)
    await world.says(person, when)
    for _ in range(3):
        await world.taps(person, "Passer")
    await world.taps(person, "Confirmer")


async def test_action_is_told_reviewed_and_kept(world: World) -> None:
    lea = await _lea(world)

    await _tells(world, lea)
    assert world.reads(lea) == REVIEW

    await world.taps(lea, "Confirmer")
    assert world.reads(lea) == CARD
    assert world.buttons(lea) == [["Voir la photo"], ["Corriger ou compléter", "Supprimer"], ["‹ Retour", "Menu"]]

    await world.taps(lea, "Voir la photo")
    sent = lea.last_message
    assert sent is not None
    assert (world.reads(lea), bool(sent.fields.get("photo"))) == (TITLE, True)


async def test_photo_is_kept_by_its_file_id_alone(world: World) -> None:
    lea = await _lea(world)
    await _tells(world, lea)
    await world.taps(lea, "Confirmer")

    known = await world.record_of(lea)
    (action,) = await world.finds(lambda uow: uow.actions.of_person(known.id))
    largest = next(one for one in lea.chat_with().latest() if one.sender_id == lea.id).fields["photo"][-1]
    assert action.photo == largest["file_id"]


async def test_any_line_of_the_review_can_be_corrected(world: World) -> None:
    lea = await _lea(world)
    await _tells(world, lea)

    await world.taps(lea, "Corriger")
    await world.taps(lea, "Avancement : Faite")
    await world.taps(lea, "Prévue")
    assert world.reads(lea).startswith("Pour quand est-elle prévue ?")
    await world.says(lea, "14/03")

    assert world.reads(lea) == REVIEW.replace("Faite", "Prévue").replace(
        "Quand : mai 2026", "Échéance : dimanche 14 mars 2027"
    )


async def test_words_behind_the_command_are_the_title(world: World) -> None:
    lea = await _lea(world)

    await _quickly(world, lea, "Covoiturer le mardi", "Prévue", "mardi prochain")

    assert world.reads(lea) == (
        "Covoiturer le mardi\nPrévue · mardi 24 novembre 2026\n\n"
        "Coalition : Mobilités alternatives\nAjoutée par Léa (BAPAV)"
    )


async def test_who_is_in_no_coalition_is_led_to_them(world: World) -> None:
    sam = await world.member("Sam")

    await world.says(sam, "/action")

    assert world.reads(sam) == (
        "Une action s’ajoute au nom d’une coalition, et vous n’êtes encore dans aucune.\n"
        "Choisissez celle qui vous concerne : vous pourrez ajouter vos actions dès que vous en serez membre."
    )
    assert world.buttons(sam) == [["Coalitions"], ["Menu"]]


async def test_action_moves_on_from_planned_to_done(world: World) -> None:
    lea = await _lea(world)
    await _quickly(world, lea, state="Prévue", when="demain")

    assert await world.taps(lea, "→ C’est en cours") == "C’est noté : En cours"
    assert await world.taps(lea, "→ C’est fait") == "C’est noté : Faite"

    assert world.reads(lea).startswith(f"{TITLE}\nFaite · lundi 23 novembre 2026\n")
    assert world.buttons(lea) == [["Corriger ou compléter", "Supprimer"], ["‹ Retour", "Menu"]]


async def test_list_shows_mine_and_my_coalitions_by_state(world: World) -> None:
    lea, sam = await _lea(world), await world.member("Sam")
    await world.belongs(sam, await world.coalition(GROUP))
    await _quickly(world, lea)
    await _quickly(world, sam, "Isoler le local", "Prévue", "en mai")

    await world.says(lea, "/actions")
    assert world.reads(lea) == (
        "Actions · les miennes\nOuvrez-en une pour la lire, la corriger ou la faire avancer :\n\n"
        "● Prêter dix vélos (faite, dimanche 22 novembre 2026)"
    )
    await world.taps(lea, "Mes coalitions")
    assert world.reads(lea).splitlines()[3:] == [
        "○ Isoler le local (prévue, mai 2027)",
        "● Prêter dix vélos (faite, dimanche 22 novembre 2026)",
    ]
    await _quickly(world, sam, "Isoler le toit", "Prévue", "en mai")
    await world.says(lea, "/actions")
    await world.taps(lea, "Mes coalitions")
    assert world.buttons(lea)[3] == ["Prévues (2)", "Faite (1)"]
    await world.taps(lea, "Prévues (2)")
    assert sorted(world.reads(lea).splitlines()[3:]) == [
        "○ Isoler le local (prévue, mai 2027)",
        "○ Isoler le toit (prévue, mai 2027)",
    ]
    await world.taps(lea, "○ Isoler le local")
    assert world.buttons(lea) == [["‹ Retour", "Menu"]]


async def test_deleted_action_comes_back_within_a_minute_and_is_gone_after_it(world: World) -> None:
    lea = await _lea(world)
    await _quickly(world, lea)

    await world.taps(lea, "Supprimer")
    assert world.reads(lea) == "« Prêter dix vélos » est supprimée.\nVous avez une minute pour la rétablir."
    assert await world.taps(lea, "La rétablir") == "Elle est rétablie."
    await world.taps(lea, "Supprimer")
    await world.moves_by(timedelta(seconds=61))
    await world.taps(lea, "La rétablir")

    assert world.reads(lea) == "La minute est passée : l’action est supprimée pour de bon."
    assert world.buttons(lea) == [["‹ Retour", "Menu"]]
    assert (await world.kept())["actions"] == []


async def test_details_are_completed_later(world: World) -> None:
    lea = await _lea(world)
    await _quickly(world, lea)

    await world.taps(lea, "Corriger ou compléter")
    await world.taps(lea, "Corriger")
    await world.taps(lea, "Moyens : —")
    await world.says(lea, "Deux jours de travail")
    await world.taps(lea, "Corriger")
    await world.taps(lea, "›")
    await world.taps(lea, "Secteur : —")
    await world.taps(lea, "Transport routier")
    await world.taps(lea, "Confirmer")

    assert world.reads(lea).endswith("Moyens : Deux jours de travail\nSecteur : Transport routier")


async def test_facilitator_corrects_the_action_of_a_member(world: World) -> None:
    lea, yann = await _lea(world), await world.member("Yann")
    await world.belongs(yann, await world.coalition(GROUP), facilitator=True)
    await _quickly(world, lea)

    await world.says(yann, "/actions")
    await world.taps(yann, "Mes coalitions")
    await world.taps(yann, "● Prêter dix vélos")
    await world.taps(yann, "Corriger ou compléter")
    await world.taps(yann, "Corriger")
    await world.taps(yann, "Action : Prêter dix vélos")
    await world.says(yann, "Prêter douze vélos")
    await world.taps(yann, "Confirmer")

    assert world.reads(yann).startswith("Prêter douze vélos\n")
    assert "Ajoutée par Léa (BAPAV)" in world.reads(yann)


async def test_figures_and_dates_that_are_not_understood_lose_nothing(world: World) -> None:
    lea = await _lea(world)
    await world.says(lea, f"/action {TITLE}")
    await world.taps(lea, "Faite")

    await world.says(lea, "le 32 mai")
    assert world.reads(lea).startswith("Je n’ai pas reconnu ce jour : ")
    await world.says(lea, "demain")
    assert world.reads(lea).startswith("J’ai compris mardi 24 novembre 2026, qui est à venir : indiquez un jour passé.")
    await world.says(lea, "hier")
    await world.taps(lea, "Passer")
    await world.says(lea, "beaucoup")
    assert world.reads(lea).startswith("Écrivez un nombre avec son unité, par exemple 1 200,5 kWh.")
    await world.says(lea, "1 200,5")
    assert "1 200,5 : dans quelle unité ?" in world.reads(lea)
    await world.taps(lea, "kWh")
    await world.taps(lea, "Passer")
    assert "Chiffre : 1 200,5 kWh" in world.reads(lea)


async def test_action_in_english_for_who_chose_it(world: World) -> None:
    tom = await world.known("Tom")
    await world.belongs(tom, await world.coalition(GROUP))
    await world.says(tom, "/reglages")
    await world.taps(tom, "Langue")
    await world.taps(tom, "English")

    await world.says(tom, "/action Lending ten bicycles")
    await world.taps(tom, "Done")
    await world.says(tom, "last Tuesday")
    await world.taps(tom, "Skip")
    await world.says(tom, "1,200.5 kWh")
    await world.taps(tom, "Skip")
    await world.taps(tom, "Confirm")

    assert world.reads(tom) == (
        "Lending ten bicycles\nDone · Tuesday 17 November 2026\n\nCoalition: Mobilités alternatives\n"
        "Figure: 1,200.5 kWh\nLogged by Tom"
    )
