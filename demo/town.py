"""The town of the demo: three invented people, a group, and what they have planned and done so far.

Everything here is demo data: nobody of these names exists, and no organisation of Brest has planned or done any of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from locales import Language
from programme.actions import ActionState, Figure, FigureUnit, When
from programme.coalitions import Coalition
from programme.ids import CoalitionId, PersonId, TelegramId
from programme.meetings import Answer
from programme.memberships import MembershipState
from programme.ports import UnitOfWork
from programme.reminders import on_the_clock
from programme.territory import OrganisationKind, Territory
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.introduce_person import IN_OWN_NAME, Introduction, introduce_person
from programme.usecases.log_action import ActionLogged, log_action
from programme.usecases.offer_pitch import offer_pitch
from programme.usecases.plan_forum import ForumPlan, plan_forum
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from simulator.accounts import Bot
from simulator.chats import Chat
from simulator.page import Seat
from simulator.people import Person
from simulator.telegram import Telegram

STAFF_ID: Final = 900_000_001
MEMBER_OF: Final = ("Mobilités alternatives", "Éco-matériaux dans la construction")
LED: Final = "Mobilités alternatives"
TOPIC: Final = "Actions et rencontres"
FORUM_TITLE: Final = "Forum des acteurs engagés"
FORUM_PLACES: Final = 80
NOVEMBER: Final = 11
THURSDAY: Final = 3
FORUM_PROGRAMME: Final = (
    "14 h : accueil et présentation des coalitions\n"
    "15 h : présentations éclair, puis échanges par petits groupes\n"
    "17 h : les engagements de l’année, et un verre ensemble"
)
WORKSHOP: Final = "Les Ateliers du Ponant (démonstration)"
ANSWERED_WITHIN: Final = 10.0


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A meeting in so many days, at that hour on the wall."""

    coalition: str
    title: str
    days: int
    at: time
    place: str


MEETINGS: Final = (
    _Meeting(LED, "Vélo au travail : préparer la journée d’essai", 3, time(18, 30), "Maison du vélo, salle 2"),
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
        "Prêter dix vélos à assistance électrique pendant un mois",
        ActionState.DONE,
        -20,
        ("mobility", "greenhouse_gases"),
        Figure(Decimal(2400), FigureUnit.KM),
    ),
    _Action(LED, "Organiser une journée d’essai au Technopôle", ActionState.PLANNED, 45, ("mobility", "mobilisation")),
    _Action(
        LED,
        "Réunir les employeurs autour du covoiturage",
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
    """The demo people, where they sit at the page."""

    member: Person
    facilitator: Person
    staff: Person

    @property
    def people(self) -> tuple[Person, ...]:
        """The three of them."""
        return (self.member, self.facilitator, self.staff)

    def seats(self, language: Language) -> tuple[Seat, ...]:
        """Who sits at the page, each marked as a demo person."""
        return (
            Seat(self.member, language.plain("member")),
            Seat(self.facilitator, language.plain("facilitates a coalition")),
            Seat(self.staff, language.plain("project team")),
        )


def settle_town(telegram: Telegram) -> Town:
    """Give the three people their accounts."""
    return Town(
        member=telegram.new_person("Léa", last_name="Morvan"),
        facilitator=telegram.new_person("Yann", last_name="Kervella"),
        staff=telegram.new_person("Anne", last_name="Le Gall", id=STAFF_ID),
    )


def fill(uow: UnitOfWork, town: Town, territory: Territory, now: datetime) -> None:
    """Keep what the demo begins with: people, memberships, meetings, the forum, actions."""
    member = _introduced(uow, town.member, now, f"new:{WORKSHOP}")
    facilitator = _introduced(uow, town.facilitator, now, IN_OWN_NAME)
    staff = _introduced(uow, town.staff, now, IN_OWN_NAME)
    for name in MEMBER_OF:
        uow.memberships.put(member, _named(uow, name).id, MembershipState.ACCEPTED, now)
    uow.memberships.put(facilitator, _named(uow, LED).id, MembershipState.ACCEPTED, now, facilitator=True)
    _plan_meetings(uow, staff, facilitator, territory, now)
    _announce_forum(uow, staff, facilitator, territory, now)
    today = now.astimezone(territory.zone).date()
    for action in ACTIONS:
        told = ActionLogged(
            title=action.title,
            coalition=_named(uow, action.coalition).id,
            state=action.state,
            when=When(today + timedelta(days=action.days)),
            stakes=action.stakes,
            figure=action.figure,
        )
        log_action(uow, member if action.by_member else facilitator, told, territory, now)


async def gather(telegram: Telegram, bot: Bot, town: Town) -> Chat:
    """Have the three people say hello to the bot and meet in a group, one topic of which is a coalition's."""
    for person in town.people:
        person.opens_link()
    group = town.facilitator.creates_group(LED, [town.member, town.staff], bot=bot, supergroup=True, forum=True)
    town.facilitator.promotes(bot, group)
    topic = town.facilitator.creates_topic(group, TOPIC)
    town.facilitator.says("/lier", group, thread=topic.id)
    answered = partial(_has_answered, bot, [group, *(person.chat_with(bot) for person in town.people)])
    await telegram.until(answered, within=ANSWERED_WITHIN, what="The bot’s first answers")
    return group


def _has_answered(bot: Bot, chats: Iterable[Chat]) -> bool:
    return all(any(message.sender_id == bot.id for message in chat.latest()) for chat in chats)


def next_forum_day(today: date) -> date:
    """Give the third Thursday of the next November, the one under way not counted."""
    year = today.year if today.month < NOVEMBER else today.year + 1
    first = date(year, NOVEMBER, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 14)


def _introduced(uow: UnitOfWork, person: Person, now: datetime, organisation: str) -> PersonId:
    name = f"{person.user['first_name']} {person.user['last_name']}"
    who = Introduction(name, organisation, OrganisationKind.ASSOCIATION.value)
    return introduce_person(uow, TelegramId(person.id), who, "fr", now).id


def _plan_meetings(
    uow: UnitOfWork, staff: PersonId, facilitator: PersonId, territory: Territory, now: datetime
) -> None:
    today = now.astimezone(territory.zone).date()
    for meeting in MEETINGS:
        coalition = _named(uow, meeting.coalition)
        starts_at = on_the_clock(today + timedelta(days=meeting.days), meeting.at, territory.zone)
        plan = MeetingPlan(coalition.id, meeting.title, starts_at, meeting.place)
        planned = plan_meeting(uow, facilitator if meeting.coalition == LED else staff, plan, now, territory.zone)
        if meeting.coalition == LED:
            answer_meeting(uow, facilitator, planned.id, planned.version, Answer.YES, now)


def _announce_forum(
    uow: UnitOfWork, staff: PersonId, facilitator: PersonId, territory: Territory, now: datetime
) -> None:
    day = next_forum_day(now.astimezone(territory.zone).date())
    plan = ForumPlan(
        title=f"{FORUM_TITLE} {day.year}",
        starts_at=on_the_clock(day, time(14), territory.zone),
        ends_at=on_the_clock(day, time(18), territory.zone),
        place="Les Capucins, Brest",
        programme=FORUM_PROGRAMME,
        places=FORUM_PLACES,
    )
    forum = plan_forum(uow, staff, plan, now, territory.zone)
    offer_pitch(uow, facilitator, forum.id, _coalition_id(uow, LED), "Un mois à vélo : ce qui a marché", now)
    offer_pitch(uow, staff, forum.id, None, "La feuille de route du territoire, un an après", now)


def _named(uow: UnitOfWork, name: str) -> Coalition:
    found = uow.coalitions.by_name(name)
    if found is None:
        raise LookupError(f"the demo needs the coalition “{name}” of territories/brest.toml")
    return found


def _coalition_id(uow: UnitOfWork, name: str) -> CoalitionId:
    return _named(uow, name).id
