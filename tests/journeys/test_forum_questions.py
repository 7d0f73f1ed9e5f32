"""What the project team asks about a forum: when people register, and afterwards."""

from datetime import timedelta

import pytest

from programme.forums import Forum
from programme.ids import ForumQuestionId
from programme.usecases.ask_afterwards import write_afterwards
from programme.usecases.ask_registrants import QuestionWritten, add_question
from programme.usecases.check_in import check_in
from simulator.people import Person
from tests.journeys.forum_life import CARD, CONFIRMED, IN, TITLE, opens, registers
from tests.world import A_HALF_DAY, IN_A_MONTH, World

pytestmark = pytest.mark.usefixtures("untroubled")

NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
LUNCH = QuestionWritten("Déjeunez-vous <ici> {à midi} ?", ("Oui", "Non"), required=True)
NEEDS = QuestionWritten("Un besoin particulier ?")
ENOUGH = "Merci, c’est tout. Vous pouvez modifier vos réponses depuis la page du forum."


async def test_the_team_writes_changes_and_removes_a_question(world: World) -> None:
    anne = await world.staff()
    forum = await world.forum(TITLE)
    await world.forges(anne, f"doors:{forum.id}")
    await world.taps(anne, "Questions")
    assert world.reads(anne) == (
        f"Questions à l’inscription · {TITLE}\nPosées l’une après l’autre, juste après l’inscription. Cinq au plus.\n\n"
        "Aucune question pour le moment."
    )
    await world.taps(anne, "Ajouter une question")
    await world.says(anne, "Déjeunez-vous sur place ?")
    await world.taps(anne, "En choisissant dans une liste")
    await world.says(anne, "Oui\nNon")
    await world.taps(anne, "Oui")
    assert world.reads(anne) == (
        "La question\n\nQuestion : Déjeunez-vous sur place ?\nRéponse : En choisissant dans une liste\n"
        "Au choix : Oui\nNon\nRéponse obligatoire : Oui"
    )
    await world.taps(anne, "Confirmer")
    assert world.reads(anne).endswith("\n\n• Déjeunez-vous sur place ?\nAu choix : Oui et Non\nRéponse obligatoire")

    await world.taps(anne, "Déjeunez-vous sur place ?")
    await world.taps(anne, "Modifier")
    await world.taps(anne, "Corriger")
    await world.taps(anne, "Réponse obligatoire : Oui")
    await world.taps(anne, "Non")
    await world.taps(anne, "Confirmer")
    assert world.reads(anne).endswith("\nRéponse facultative")

    await world.taps(anne, "Déjeunez-vous sur place ?")
    assert world.reads(anne).endswith("\n0 réponse pour le moment.")
    await world.taps(anne, "Retirer")
    assert await world.taps(anne, "Oui, retirer") == "La question est retirée."
    assert world.reads(anne).endswith("\n\nAucune question pour le moment.")


async def test_questions_follow_the_registration_one_after_another(world: World) -> None:
    lea, anne = await world.known("Léa"), await world.staff()
    forum = await world.forum(TITLE)
    await _asks(world, forum, LUNCH, NEEDS)
    await opens(world, lea, forum)
    await world.taps(lea, IN)
    assert world.reads(lea) == "Déjeunez-vous <ici> {à midi} ?\n1 sur 2"
    assert world.buttons(lea) == [["Oui"], ["Non"], ["Annuler"]]

    await world.taps(lea, "Oui")
    assert world.reads(lea) == "Un besoin particulier ?\n2 sur 2"
    assert world.buttons(lea) == [["Passer", "Annuler"]]
    await world.taps(lea, "Passer")
    assert world.reads(lea) == ENOUGH

    await world.taps(lea, "Voir le forum")
    assert world.reads(lea).endswith(f"\n\n{CONFIRMED}")
    await world.taps(lea, "Mes réponses")
    assert world.reads(lea) == (
        f"Mes réponses · {TITLE}\n\nDéjeunez-vous <ici> {{à midi}} ?\nOui\n\nUn besoin particulier ?\n"
        "Pas encore de réponse.\n\nTouchez une question pour modifier votre réponse."
    )
    await world.taps(lea, "Un besoin particulier ?")
    await world.says(lea, "Un fauteuil roulant")
    assert world.reads(lea).startswith(f"Mes réponses · {TITLE}\n")
    await world.forges(anne, "registrant:1")
    assert "\n\nDéjeunez-vous <ici> {à midi} ? Oui\nUn besoin particulier ? Un fauteuil roulant" in world.reads(anne)


async def test_who_does_not_answer_keeps_the_place_and_is_asked_again_on_the_card(world: World) -> None:
    lea = await world.known("Léa")
    forum = await world.forum(TITLE)
    await _asks(world, forum, LUNCH, NEEDS)
    await opens(world, lea, forum)
    await world.taps(lea, IN)
    await world.taps(lea, "Annuler")

    card = await opens(world, lea, forum)
    assert card == (
        f"{CARD}\n\n119 places restantes sur 120.\n\n{CONFIRMED}\n"
        "1 question attend votre réponse. Votre inscription est gardée dans tous les cas."
    )
    await world.taps(lea, "Répondre aux questions")
    assert world.reads(lea).startswith("Déjeunez-vous <ici> {à midi} ?")
    await world.says(lea, "non")
    await world.taps(lea, "Passer")

    assert (await opens(world, lea, forum)).endswith(CONFIRMED)


async def test_forged_answers_are_refused_and_nobody_answers_for_others(world: World) -> None:
    lea, zoe = await world.known("Léa"), await world.known("Zoé")
    forum = await world.forum(TITLE)
    (lunch,) = await _asks(world, forum, LUNCH)
    await registers(world, forum, lea)
    await opens(world, zoe, forum)
    before = await world.kept()
    for data in (f"forum.answer:{forum.id}:0", f"forum.answer:{forum.id}:{lunch}", f"forum.answers:{forum.id}",
                 f"forum.answer:{forum.id}:404", f"forum.after:{forum.id}"):  # fmt: skip
        await world.forges(zoe, data)
        assert world.reads(zoe).startswith("Cet élément n’existe plus."), data
    for data in (f"questions:{forum.id}", f"questions.add:{forum.id}", f"question:{lunch}", f"question.change:{lunch}",
                 f"question.off:{lunch}", f"question.off.sure:{lunch}", f"after.write:{forum.id}",
                 f"after.said:{forum.id}"):  # fmt: skip
        await world.forges(zoe, data)
        assert world.reads(zoe) == NOT_ALLOWED, data
    assert await world.kept() == before


async def test_thanks_and_a_question_reach_those_who_came_and_the_answers_have_no_names(world: World) -> None:
    came = [await world.known(name) for name in ("Léa", "Sam", "Nour")]
    absent, anne = await world.known("Zoé"), await world.staff()
    forum = await world.forum(TITLE)
    await registers(world, forum, *came, absent)
    await world.forges(anne, f"doors:{forum.id}")
    await world.taps(anne, "Message après le forum")
    await world.taps(anne, "Écrire")
    await world.says(anne, "Merci à vous !")
    await world.says(anne, "Par quoi commencez-vous demain ?")
    await world.taps(anne, "En quelques mots")
    await world.taps(anne, "Confirmer")
    assert world.reads(anne).endswith(
        "\n\nRemerciement : Merci à vous !\n\nQuestion : Par quoi commencez-vous demain ?\nRéponse en quelques mots"
    )
    await world.moves_to(IN_A_MONTH)
    for person in came:
        await _arrives(world, person, forum)
    await world.moves_to(IN_A_MONTH + A_HALF_DAY + timedelta(hours=1))

    assert world.reads(came[0]) == (
        f"{TITLE}\n\nMerci à vous !\n\nComment était-ce pour vous ?\n\n"
        "Et une question de l’équipe : Par quoi commencez-vous demain ?\n\nVotre réponse est comptée sans votre nom."
    )
    assert world.reads(absent).startswith(f"{TITLE}\n\nMerci de votre inscription.")
    assert ["Répondre à l’équipe"] not in world.buttons(absent)
    await world.forges(absent, f"forum.after:{forum.id}")
    assert world.reads(absent) == NOT_ALLOWED

    for number, person in enumerate(came, start=1):
        await world.taps(person, "Très utile")
        await world.taps(person, "Répondre à l’équipe")
        assert world.reads(person) == "Par quoi commencez-vous demain ?"
        await world.says(person, f"Idée {4 - number}")
        assert world.reads(person) == "Merci ! Votre réponse est lue sans votre nom."
        await world.forges(anne, f"doors:{forum.id}")
        await world.taps(anne, "Retours")
        if number == 1:
            few = "En dessous de 3 réponses, rien n’est montré : on pourrait deviner qui a dit quoi."
            assert world.reads(anne) == (
                f"Retours · {TITLE}\n\n1 réponse à « Comment était-ce ? ».\n{few}\n\n"
                f"Par quoi commencez-vous demain ?\n1 réponse\n{few}"
            )
    assert world.reads(anne) == (
        f"Retours · {TITLE}\n\nTrès utile : 3\nUtile : 0\nPeu utile : 0\nJe n’y étais pas : 0\n\n"
        "Par quoi commencez-vous demain ?\n3 réponses\n\n• Idée 1\n• Idée 2\n• Idée 3"
    )


async def test_without_any_arrival_noted_everybody_with_a_place_is_thanked(world: World) -> None:
    lea, anne = await world.known("Léa"), await world.staff()
    forum = await world.forum(TITLE)
    await registers(world, forum, lea)
    by, now = (await world.record_of(anne)).id, world.clock.now()
    await world.does(lambda uow: write_afterwards(uow, by, forum.id, "Merci !", None, now))

    await world.moves_to(IN_A_MONTH + A_HALF_DAY + timedelta(hours=1))

    assert world.reads(lea) == (
        f"{TITLE}\n\nMerci !\n\nComment était-ce pour vous ?\n\nVotre réponse est comptée sans votre nom."
    )


async def _asks(world: World, forum: Forum, *written: QuestionWritten) -> list[ForumQuestionId]:
    by, now = (await world.record_of(world.people["Anne"])).id, world.clock.now()
    return await world.does(lambda uow: [add_question(uow, by, forum.id, one, now).id for one in written])


async def _arrives(world: World, person: Person, forum: Forum) -> None:
    known, anne = await world.record_of(person), await world.record_of(world.people["Anne"])
    registration = await world.finds(lambda uow: uow.registrations.of(known.id, forum.id))
    assert registration is not None
    now, zone = world.clock.now(), world.territory.zone
    await world.does(lambda uow: check_in(uow, anne.id, registration.id, now, zone))
