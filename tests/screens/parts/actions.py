"""An action is logged, corrected, moved on, deleted and brought back."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from programme.actions import Action, ActionDetails, ActionState, Figure, FigureUnit, When
from programme.ids import ActionId, CoalitionId, PersonId
from programme.usecases.leave_coalition import leave_coalition
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.tour import Tour

TITLE = "Isoler le gymnase"


async def walk(tour: Tour) -> None:
    """The conversation, with what is not clear on the way."""
    eva = await tour.has("Eva", "BAPAV")
    mobility, lighting = [await tour.world.coalition(name) for name in ("Mobilités alternatives", "Éclairage nocturne")]
    await eva.says("/action", "In no coalition yet")
    await eva.says(f"/start action_{mobility.code}", "A link to log an action, from outside the coalition")
    await eva.forges(f"action.new:{mobility.id}", "Refused: not open to who is not in the coalition")
    for coalition in (mobility, lighting):
        await tour.world.belongs(eva.person, coalition)
    await eva.says("/action", "For which coalition")
    chosen = eva.data_of("Mobilités alternatives").rsplit(":", 2)[0]
    await eva.forges(f"{chosen}:o:0", "The list has changed meanwhile", label="Mobilités alternatives")
    await eva.forges(f"{chosen}:p:0")
    await eva.forges(f"{chosen}:p:0", "A page that is shown already", label="1/1")
    await eva.says("zzz", "A search that finds nothing")
    await eva.says("a", "A search that finds some")
    await tour.does(lambda uow: _leaves(uow, eva.number(uow), (mobility.id, lighting.id), tour))
    await eva.taps("Show all", "Nothing to choose from any more")
    for coalition in (mobility, lighting):
        await tour.world.belongs(eva.person, coalition)
    await eva.says("?")
    await eva.taps("Mobilités", "What it is")
    await eva.says(TITLE, "Where it stands")
    await eva.taps("Done", "When it was done")
    await eva.says(tour.either("bientôt", "soon"), "A day that is not clear")
    await eva.says(tour.either("lundi 24/11/2026", "Monday 24/11/2026"), "A day of another day of the week")
    await eva.says("24/12/2026", "A day that is still to come")
    await eva.says("24/12/1926", "A day that is too far away")
    await eva.says(tour.either("en mai", "in May"), "The stakes")
    await eva.says(tour.either("chauffage", "heating"), "A stake that is not in the list")
    await eva.taps("Done ({count})", "No stake is ticked", count="0")
    await eva.taps(tour.either("Économies d’énergie", "Energy savings"), "One stake is ticked")
    await eva.taps("Done ({count})", "A figure", count="1")
    await eva.says(tour.either("beaucoup", "a lot"), "No figure at all")
    await eva.says("-3 kWh", "A figure that can’t be right")
    await eva.says("3 soleils", "A unit that is not known")
    await eva.says(tour.either("1 200,5", "1,200.5"), "A figure without its unit")
    await eva.taps("kWh", "A photo")
    await eva.does(lambda person: person.sends_document(b"%PDF"), "A file in place of a photo", "📎")
    await eva.says("?", "A text in place of a photo")
    await eva.does(lambda person: person.sends_photo(b"\x89PNG"), "The review of an action", "🖼")
    await eva.says("oui", "Words in place of a button")
    await eva.taps("Confirm", "Logged")


async def walk_afterwards(tour: Tour) -> None:
    """The list, its filters, the corrections; and the same by others."""
    eva = tour.visitor("Eva")
    mobility = await tour.world.coalition("Mobilités alternatives")
    await eva.says("/actions", "My actions")
    await eva.taps("See the photo", "The photo of an action")
    await eva.taps(TITLE, "The card of an action")
    await eva.taps("Correct or complete", "The review of a correction")
    await eva.taps("Correct", "Which line of an action to correct")
    await eva.taps(
        "{label}: {answer}",
        "Where it stands now",
        label=tour.language.plain("State"),
        answer=tour.language.plain("Done"),
    )
    await eva.taps("Planned", "By when it will be done")
    await eva.says("24/11/2025", "A day that is past")
    await eva.says(tour.either("décembre", "December"))
    for key, words in DETAILS.items():
        await eva.taps("Correct")
        if key not in {"Means", "For whom"}:
            await eva.taps("›")
        await eva.taps("{label}: {answer}", f"A detail: {key}", label=tour.language.plain(key), answer="—")
        if key == "Sector":
            await eva.taps(tour.either("Tertiaire", "Services"))
        else:
            await eva.says(words)
    await eva.taps("Confirm", "Corrected, with its details")
    before = eva.data_of("→ It is under way")
    await eva.taps("→ It is under way", "Moved on: under way")
    await eva.forges(before, "Moved on already")
    await eva.taps("→ It is done", "Moved on: done")
    await eva.taps("Delete", "Deleted")
    restore = eva.data_of("Bring it back")
    await eva.taps("Bring it back", "Brought back")
    await eva.taps("Delete")
    await tour.world.moves_by(timedelta(minutes=2))
    await eva.forges(restore, "Too late to bring it back", label="Bring it back")
    await eva.says("/actions", "No action yet")
    await eva.taps("My coalitions", "Actions of my coalitions")
    await eva.forges("actions:me:done:0", "No action in this state")
    await tour.does(lambda uow: _log(uow, mobility.id, eva.number(uow), tour))
    await eva.says("/actions", "My actions, in every state")
    await eva.taps("Next page ›", "My actions, next page")
    await eva.taps("Done", "My actions in one state")
    await eva.forges(
        f"actions:{(await tour.world.coalition('Éclairage nocturne')).id}:all:0", "A coalition without actions"
    )
    logged = await tour.does(lambda uow: uow.actions.of_person(eva.number(uow)))
    for unit in FIGURES:
        action = next(one for one in logged if one.title == unit)
        await eva.forges(f"action:{action.id}", f"An action with a figure: {unit}")


DETAILS = {
    "Means": "Deux jours de travail",
    "For whom": "Les clubs du quartier",
    "Partners": "La mairie",
    "Expected result": "20 % de chauffage en moins",
    "Sector": "",
}
FIGURES = {
    "1 personne": Figure(Decimal(1), FigureUnit.PEOPLE),
    "25 personnes": Figure(Decimal(25), FigureUnit.PEOPLE),
    "1 tonne": Figure(Decimal(1), FigureUnit.TONNES),
    "3 tonnes": Figure(Decimal(3), FigureUnit.TONNES),
    "1 heure": Figure(Decimal(1), FigureUnit.HOURS),
    "8 heures": Figure(Decimal(8), FigureUnit.HOURS),
    "1 euro": Figure(Decimal(1), FigureUnit.EUROS),
    "30 euros": Figure(Decimal(30), FigureUnit.EUROS),
}


def _log(uow: SqlUnitOfWork, coalition: CoalitionId, by: PersonId, tour: Tour) -> None:
    states = [ActionState.DONE, ActionState.UNDER_WAY, ActionState.PLANNED, ActionState.GIVEN_UP]
    for number, (title, figure) in enumerate(
        [*FIGURES.items(), ("Trier", None), ("Composter", None), ("Prêter", None)]
    ):
        state = states[number % 4]
        when = When(date(2026, 11, 2)) if state is ActionState.DONE else When(date(2026, 12, 1), whole_month=True)
        at = tour.world.clock.now() + timedelta(seconds=number)
        uow.actions.add(
            Action(ActionId(0), coalition, title, state, when, (), figure, None, ActionDetails(), by, None, at)
        )


def _leaves(uow: SqlUnitOfWork, person: PersonId, coalitions: Iterable[CoalitionId], tour: Tour) -> None:
    for coalition in coalitions:
        leave_coalition(uow, person, coalition, tour.world.clock.now())
