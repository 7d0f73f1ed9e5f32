"""How far the demo coalition is: its steps, its milestones and its roadmap. All of it is demo data."""

from dataclasses import replace
from typing import Final

from demo.life import Life
from programme.actions import RoadmapState, When
from programme.path import Step
from programme.usecases.add_milestone import MilestonePlan, add_milestone
from programme.usecases.change_milestone import complete_milestone
from programme.usecases.propose_action import ActionProposed, propose_action, put_on_roadmap
from programme.usecases.steps import entrust, mark_done, set_due

FIRST_ACTIONS: Final = (
    "Prêter dix vélos à assistance électrique pendant un mois",
    "Organiser une journée d’essai au Technopôle",
    "Réunir les employeurs autour du covoiturage",
)


def walk_the_road(life: Life) -> None:
    """Say who looks after each step, mark those that are done, and say by when the others are to be."""
    uow, circle = life.uow, life.circle
    done = {Step.NEED: -110, Step.INVITE: -64, Step.MEET: -62, Step.AGREE: -60, Step.DISCOVER: -25}
    owners = {Step.INVITE: circle.member, Step.DISCOVER: circle.allies[0], Step.INSPIRE: circle.member}
    for step in Step:
        entrust(uow, circle.facilitator, circle.coalition, step, owners.get(step, circle.facilitator), life.now)
        if step in done:
            mark_done(uow, circle.facilitator, circle.coalition, step, life.day(done[step]), life.now)
    for step, days in ((Step.INSPIRE, 10), (Step.POSITION, 40)):
        set_due(uow, circle.facilitator, circle.coalition, step, life.day(days), life.now)


def set_milestones(life: Life) -> None:
    """Keep the coalition’s own milestones, the first of which is done."""
    uow, circle, zone = life.uow, life.circle, life.territory.zone
    signed = MilestonePlan("Charte des prêts de vélos signée", life.day(-20), circle.facilitator)
    done = add_milestone(uow, circle.facilitator, circle.coalition, signed, life.ago(50), zone)
    complete_milestone(uow, circle.facilitator, done.id, life.ago(22))
    for plan in (
        MilestonePlan("Dix vélos réunis pour les prêts", life.day(20), circle.facilitator),
        MilestonePlan("Bilan des essais rendu aux employeurs", life.day(75), circle.allies[0]),
    ):
        add_milestone(uow, circle.facilitator, circle.coalition, plan, life.now, zone)


def fill_roadmap(life: Life) -> None:
    """Put two actions that are known already on the roadmap, validated a while ago, and propose two new ones."""
    uow, circle, territory = life.uow, life.circle, life.territory
    _, trial, employers = FIRST_ACTIONS
    told = {
        trial: ("Six vélos, deux bénévoles, une salle", "100 essais", 45),
        employers: ("Une réunion par trimestre", "10 employeurs", 30),
    }
    for action in uow.actions.of_coalitions([circle.coalition]):
        if action.title in told:
            means, target, days = told[action.title]
            lines = ActionProposed(action.title, means, target, When(life.day(days)), circle.member, action.stakes)
            kept = put_on_roadmap(uow, circle.facilitator, action.id, lines, territory, life.ago(40))
            uow.actions.save(replace(kept, roadmap=RoadmapState.VALIDATED))
    proposed = (
        (
            "Installer un abri à vélos dans deux entreprises",
            "8 000 €, à demander",
            "40 places",
            120,
            circle.facilitator,
        ),
        ("Prêter cinq vélos cargos aux commerces", "Cinq vélos en location", "300 livraisons", 90, circle.allies[1]),
    )
    for title, means, target, days, owner in proposed:
        lines = ActionProposed(title, means, target, When(life.day(days)), owner, ("mobility",))
        propose_action(uow, circle.facilitator, circle.coalition, lines, territory, life.ago(5))
