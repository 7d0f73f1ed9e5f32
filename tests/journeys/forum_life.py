"""Forums in journeys: open the card, register, and read what came by itself."""

from collections.abc import Sequence
from datetime import datetime

from programme.forums import Forum, Registration, RegistrationState
from simulator.people import Person
from tests.world import PARIS, World, plain_spaces

TITLE = "Forum des acteurs engagés"
IN = "M’inscrire : 1 place"
WAIT = "M’inscrire en liste d’attente"
CARD = f"{TITLE}\nQuand : jeudi 17 décembre 2026, de 14 h à 18 h\nOù : Les Capucins, Brest"
CONFIRMED = "✓ Votre inscription est confirmée : 1 place."
FIRST_IN_LINE = "Vous êtes en tête de la liste d’attente, pour 1 place."
PLACE_IS_YOURS = "Une place s’est libérée : votre inscription est confirmée."
PLACE_IS_OFFERED = "Une place s’est libérée. La prenez-vous ?"
OVER = "C’est déjà passé ou déjà décidé : rien n’a été modifié."
MOVED = "Ce forum a changé de date ou de lieu. Voici ce qui est prévu :"
WHY = "Pourquoi ce message ?"
MENU = "Menu · Coalitions d’acteurs"


def paris(day: int, hour: int, minute: int = 0, month: int = 12, year: int = 2026) -> datetime:
    """A moment on the clock in Brest."""
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


async def opens(world: World, person: Person, forum: Forum) -> str:
    """Open a forum's card by its link, and give what one reads there."""
    return await world.says(person, f"/start forum_{forum.code}")


async def registers(world: World, forum: Forum, *people: Person) -> None:
    """Register one after the other, each for one place."""
    for person in people:
        await opens(world, person, forum)
        await world.taps(person, world.buttons(person)[0][0])


async def gives_up(world: World, person: Person, forum: Forum) -> None:
    """Cancel one's registration from the card."""
    await opens(world, person, forum)
    await world.taps(person, "Annuler mon inscription")
    await world.taps(person, "Oui, annuler")


async def standing_of(world: World, person: Person, forum: Forum) -> RegistrationState | None:
    """Where somebody's registration stands, None where there is none."""
    known = await world.record_of(person)
    registration = await world.finds(lambda uow: uow.registrations.of(known.id, forum.id))
    return None if registration is None else registration.state


async def line_of(world: World, forum: Forum) -> list[str]:
    """The names of those who wait, first come first."""
    return await _names(world, await world.finds(lambda uow: uow.registrations.waiting(forum.id)))


async def holders_of(world: World, forum: Forum) -> list[str]:
    """The names of those who hold a place, first come first."""
    return await _names(world, await world.finds(lambda uow: uow.registrations.holding(forum.id)))


async def _names(world: World, registrations: Sequence[Registration]) -> list[str]:
    people = [each.person_id for each in registrations if each.person_id is not None]
    return await world.finds(lambda uow: [uow.people.get(person).name for person in people])


def told(person: Person, since: int = 0) -> list[str]:
    """The first lines of what came by itself and was not tapped yet, each with its « Pourquoi ? », oldest first."""
    return [
        plain_spaces(message.text).split("\n", maxsplit=1)[0]
        for message in person.chat_with().messages[since:]
        if WHY in [plain_spaces(label) for row in message.buttons for label in row]
    ]
