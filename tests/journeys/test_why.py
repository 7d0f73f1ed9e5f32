from datetime import timedelta

from programme.usecases.join_coalition import join_coalition
from programme.usecases.propose_coalition import Proposal, propose_coalition
from simulator.people import Person
from tests.world import World

WHY = "Pourquoi ce message ?"


async def _asks_why(world: World, person: Person) -> str:
    """Ask for the reason of the latest message."""
    await world.taps(person, WHY, on=person.last_message)
    return world.reads(person)


async def test_who_asked_to_join_learns_why_they_are_told(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    coalition = await world.finds(lambda uow: next(one for one in uow.coalitions.active() if not one.open))
    await world.belongs(lea, coalition, facilitator=True)
    known, now = await world.record_of(sam), world.clock.now()
    await world.does(lambda uow: join_coalition(uow, known.id, coalition.id, now))
    await world.taps(lea, "Accepter")

    assert world.buttons(sam) == [["Voir la coalition"], [WHY], ["Menu"]]
    assert await _asks_why(world, sam) == (
        "Vous avez demandé à rejoindre cette coalition, ou quelqu’un vous y a fait entrer : je vous dis ce qui est "
        "décidé.\nCe message ne vient qu’une fois : il n’y a rien à arrêter."
    )


async def test_who_proposed_a_coalition_learns_why_they_are_told(world: World) -> None:
    anne, lea = await world.staff(), await world.known("Léa")
    known, now = await world.record_of(lea), world.clock.now()
    proposal = Proposal("Un besoin", "Composter", "Une idée", "theme")
    await world.does(lambda uow: propose_coalition(uow, known.id, proposal, now))
    await world.taps(anne, "Approuver")

    assert await _asks_why(world, lea) == (
        "Vous avez proposé cette coalition : je vous dis ce que l’équipe projet a décidé.\n"
        "Ce message ne vient qu’une fois : il n’y a rien à arrêter."
    )


async def test_who_left_a_question_open_learns_why_they_are_asked(world: World) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "/proposer")
    await world.says(lea, "Un besoin")
    await world.moves_by(timedelta(days=1, minutes=1))

    assert [WHY] in world.buttons(lea)
    assert await _asks_why(world, lea) == (
        "Une question est restée en cours depuis un jour : je vous demande une fois s’il faut continuer.\n"
        "Pour ne plus recevoir ce message : touchez « Arrêter là », ou écrivez /annuler."
    )
