"""An action of « Toits solaires », and a territory with a few stakes to serve."""

from datetime import date
from zoneinfo import ZoneInfo

from programme.actions import ActionState, When
from programme.coalitions import Coalition
from programme.territory import CommitmentLevel, Contact, Sector, Stake, Territory
from programme.usecases.log_action import ActionLogged

PLAN_CLIMAT = Territory(
    name="Brest métropole",
    programme="Coalitions d’acteurs",
    zone=ZoneInfo("Europe/Paris"),
    contact=Contact("Mission climat"),
    stakes=(Stake("energy", "Énergie"), Stake("air", "Air"), Stake("water", "Eau")),
    sectors=(Sector("tertiary", "Tertiaire"),),
    organisation_kinds=(),
    support_kinds=(),
    commitment_levels=(CommitmentLevel("act", "Agir"), CommitmentLevel("quantify", "Se fixer des objectifs")),
)


def told(coalition: Coalition, state: ActionState = ActionState.DONE, on: date = date(2026, 5, 1)) -> ActionLogged:
    """What somebody tells, its stakes in another order than the territory's."""
    return ActionLogged("Poser  des panneaux", coalition.id, state, When(on), stakes=("air", "energy"))
