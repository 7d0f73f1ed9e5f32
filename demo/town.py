"""The town of the demo: three invented people and their allies, a group, and what they have planned and done so far.

Everything here is demo data: nobody of these names exists, and no organisation of Brest has planned or done any of it.
"""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Final

from demo.coalition_life import AGENDA, COMMITTED, begin, go_on, join, plan_ahead
from demo.coalition_road import FIRST_ACTIONS
from demo.life import Circle, Life
from demo.programme_life import announce_forum, begin_campaign
from locales import Language
from programme.actions import ActionState, Figure, FigureUnit, When
from programme.coalitions import Coalition
from programme.ids import CoalitionId, MeetingId, PersonId, TelegramId
from programme.meetings import Answer, Meeting
from programme.memberships import MembershipState
from programme.ports import UnitOfWork
from programme.territory import OrganisationKind, Territory
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.introduce_person import IN_OWN_NAME, Introduction, introduce_person
from programme.usecases.log_action import ActionLogged, log_action
from programme.usecases.plan_meeting import BY_ROTATION, NOBODY_YET, MeetingPlan, plan_meeting
from simulator.page import Seat
from simulator.people import Person
from simulator.telegram import Telegram

STAFF_ID: Final = 900_000_001
ALSO_MEMBER_OF: Final = "Éco-matériaux dans la construction"
LED: Final = "Mobilités alternatives"
ALLIES: Final = ("Nolwenn", "Karim", "Soazig")
"""Members who sit at no page; their last name says that they are demo people."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A meeting in so many days, at that hour on the wall."""

    coalition: str
    title: str
    days: int
    at: time
    place: str
    agenda: str = ""


MEETINGS: Final = (
    _Meeting(LED, "Vélo au travail : préparer la journée d’essai", 3, time(18, 30), "Maison du vélo, salle 2", AGENDA),
    _Meeting("Acteurs du Technopôle", "Plan de déplacements : premiers résultats", 6, time(12, 15), "Amphi B"),
    _Meeting("Évènementiel durable", "La charte des organisateurs", 9, time(17, 0), "En ligne"),
    _Meeting("Éclairage nocturne", "Carte des enseignes lumineuses", 12, time(18, 0), "Mairie, salle 4"),
    _Meeting("Éco-matériaux dans la construction", "Visite d’un chantier en paille", 15, time(14, 0), "Sur place"),
    _Meeting("Associations étudiantes", "Repas sans gaspillage : le bilan", 18, time(19, 0), "Foyer"),
)


@dataclass(frozen=True, slots=True)
class _Action:
    """An action of a coalition, so many days from now, those behind us below zero."""

    coalition: str
    title: str
    state: ActionState
    days: int
    stakes: tuple[str, ...]
    figure: Figure | None = None
    by_member: bool = True


ACTIONS: Final = (
    _Action(
        LED,
        FIRST_ACTIONS[0],
        ActionState.DONE,
        -20,
        ("mobility", "greenhouse_gases"),
        Figure(Decimal(2400), FigureUnit.KM),
    ),
    _Action(LED, FIRST_ACTIONS[1], ActionState.PLANNED, 45, ("mobility", "mobilisation")),
    _Action(
        LED,
        FIRST_ACTIONS[2],
        ActionState.UNDER_WAY,
        30,
        ("mobility", "air"),
        Figure(Decimal(35), FigureUnit.PEOPLE),
        by_member=False,
    ),
    _Action(
        "Éco-matériaux dans la construction",
        "Isoler un local associatif en fibre de bois",
        ActionState.DONE,
        -60,
        ("building", "energy_savings"),
        Figure(Decimal("1200.5"), FigureUnit.KWH),
    ),
)


@dataclass(frozen=True, slots=True)
class Town:
    """The demo people; the allies sit at no page."""

    member: Person
    facilitator: Person
    staff: Person
    allies: tuple[Person, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who talks with the bot."""
        return (self.member, self.facilitator, self.staff, *self.allies)

    def seats(self, language: Language) -> tuple[Seat, ...]:
        """Who sits at the page, each marked as a demo person."""
        return (
            Seat(self.member, language.plain("member")),
            Seat(self.facilitator, language.plain("facilitates a coalition")),
            Seat(self.staff, language.plain("project team")),
        )


def settle_town(telegram: Telegram) -> Town:
    """Give the people their accounts."""
    return Town(
        member=telegram.new_person("Léa", last_name="Morvan"),
        facilitator=telegram.new_person("Yann", last_name="Kervella"),
        staff=telegram.new_person("Anne", last_name="Le Gall", id=STAFF_ID),
        allies=tuple(telegram.new_person(name, last_name="Démo") for name in ALLIES),
    )


def fill(
    uow: UnitOfWork, town: Town, territory: Territory, language: Language, now: datetime
) -> tuple[Circle, MeetingId]:
    """Keep what the demo begins with, and give what its group is still to show: of whom, which meeting."""
    workshop, bicycles = (f"new:{name}" for name in COMMITTED)
    circle = Circle(
        coalition=_named(uow, LED).id,
        facilitator=_introduced(uow, town.facilitator, now, IN_OWN_NAME),
        member=_introduced(uow, town.member, now, workshop),
        staff=_introduced(uow, town.staff, now, IN_OWN_NAME),
        allies=tuple(_introduced(uow, ally, now, bicycles) for ally in town.allies),
    )
    life = Life(uow, circle, territory, language, now)
    begin(life)
    join(life)
    uow.memberships.put(circle.member, _named(uow, ALSO_MEMBER_OF).id, MembershipState.ACCEPTED, now)
    _log_actions(life)
    go_on(life)
    coming = _plan_meetings(life)
    plan_ahead(life, coming)
    announce_forum(life)
    begin_campaign(life)
    return circle, coming


def _introduced(uow: UnitOfWork, person: Person, now: datetime, organisation: str) -> PersonId:
    name = f"{person.user['first_name']} {person.user['last_name']}"
    who = Introduction(name, organisation, OrganisationKind.ASSOCIATION.value)
    return introduce_person(uow, TelegramId(person.id), who, "fr", now).id


def _log_actions(life: Life) -> None:
    for action in ACTIONS:
        told = ActionLogged(
            title=action.title,
            coalition=_named(life.uow, action.coalition).id,
            state=action.state,
            when=When(life.day(action.days)),
            stakes=action.stakes,
            figure=action.figure,
        )
        by = life.circle.member if action.by_member else life.circle.facilitator
        log_action(life.uow, by, told, life.territory, life.now)


def _plan_meetings(life: Life) -> MeetingId:
    """Plan the meetings, and give the one of the coalition that is led."""
    planned: dict[CoalitionId, Meeting] = {}
    for meeting in MEETINGS:
        coalition = _named(life.uow, meeting.coalition).id
        chair = BY_ROTATION if coalition == life.circle.coalition else NOBODY_YET
        plan = MeetingPlan(
            coalition,
            meeting.title,
            life.at(meeting.days, meeting.at),
            meeting.place,
            agenda=meeting.agenda,
            chair=chair,
        )
        by = life.circle.facilitator if coalition == life.circle.coalition else life.circle.staff
        planned[coalition] = plan_meeting(life.uow, by, plan, life.now, life.territory.zone)
    coming = planned[life.circle.coalition]
    answer_meeting(life.uow, life.circle.facilitator, coming.id, coming.version, Answer.YES, life.now)
    return coming.id


def _named(uow: UnitOfWork, name: str) -> Coalition:
    found = uow.coalitions.by_name(name)
    if found is None:
        raise LookupError(f"the demo needs the coalition “{name}” of territories/brest.toml")
    return found
