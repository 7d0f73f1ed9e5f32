"""Settings, and the summary of the week."""

from datetime import date

from programme.actions import Action, ActionDetails, ActionState, When
from programme.ids import ActionId, CoalitionId, MilestoneId, PersonId
from programme.milestones import Milestone
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.coalitions import LED
from tests.screens.parts.forums import FORUM
from tests.screens.tour import Tour

LEADS = ("d-30", "d-14", "d-7", "d-1", "d-0", "h-2", "d+3", "d+10")


async def walk(tour: Tour) -> None:
    """Every setting, changed once."""
    sam = tour.visitor("Sam")
    await sam.says("/reglages", "Settings")
    await sam.taps("Language", "Languages")
    await sam.taps("English" if tour.language.code == "en" else "Français")
    await sam.taps("Reminders", "Which reminders")
    await sam.taps("2 hours before", "One reminder less")
    await sam.taps("‹ Back", "Settings with fewer reminders")
    for lead in LEADS:
        if lead != "h-2":
            await sam.forges(f"leads.switch:{lead}")
    await sam.forges("settings", "Settings without reminders")
    await sam.taps("Quiet hours", "Quiet hours")
    await sam.taps("no quiet hours", "No quiet hours")
    await sam.forges("quiet.set:21-8")
    await sam.taps("Pause", "Pauses")
    await sam.taps("One week", "A pause of a week")
    await sam.taps("Pause", "Pauses, while there is one")
    await sam.taps("Until a day", "A pause until a day")
    await sam.says(tour.either("en mars", "in March"), "Which day of a month")
    await sam.says(tour.either("aujourd’hui", "today"), "Refused: today is no pause")
    await sam.says("15/12/2026", "A pause is kept")
    await sam.forges("pause.end")
    for lead in LEADS:
        await sam.forges(f"leads.switch:{lead}")
    await sam.forges("settings")
    await sam.taps("Get one summary a week", "Settings with a summary a week")
    await sam.forges("digest.set:each")


async def walk_digest(tour: Tour) -> None:
    """A full week of who is in a coalition and registered, and one with a forum only."""
    sam, cho, yann = tour.visitor("Sam"), tour.visitor("Cho"), tour.visitor("Yann")
    coalition = await tour.world.coalition(LED)
    await tour.world.belongs(sam.person, coalition)
    forum = next(
        one for one in await tour.does(lambda uow: uow.forums.upcoming(tour.world.clock.now())) if one.title == FORUM
    )
    await sam.forges(f"forum.in:{forum.id}")
    for visitor in (sam, cho):
        await visitor.forges("digest.set:week")
    await tour.does(lambda uow: _week(uow, coalition.id, yann.number(uow), tour))
    await tour.world.moves_to(tour.paris(7, 8))
    await sam.reads("Notice: the week")
    await sam.taps("Why this message?", "Why: the week")
    await cho.reads("Notice: a week with one forum")
    for visitor in (sam, cho):
        await visitor.forges("digest.set:each")


def _week(uow: SqlUnitOfWork, coalition: CoalitionId, by: PersonId, tour: Tour) -> None:
    for code, title, day in (("automne", "Bilan d’automne", 4), ("hiver", "Bilan d’étape", 18)):
        uow.milestones.add(Milestone(MilestoneId(0), code, None, title, "", date(2026, 12, day), 0))
    for title in ("Trier", "Composter", "Réparer", "Prêter"):
        when, now = When(date(2026, 12, 1)), tour.world.clock.now()
        details = ActionDetails()
        uow.actions.add(
            Action(ActionId(0), coalition, title, ActionState.DONE, when, (), None, None, details, by, None, now)
        )
