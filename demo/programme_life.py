"""What the project team has before it: a forum, a campaign, announcements, and all that waits for a decision.

Everything here is demo data, as in the rest of the town. What waits was asked yesterday: it is recalled only once days
have leapt by.
"""

from datetime import date, time, timedelta
from typing import Final

from demo.life import Life
from programme.announcements import AudienceKind, Content, Part
from programme.forum_questions import AskedWhen
from programme.forums import Forum
from programme.ids import PersonId
from programme.usecases.answer_question import answer_question
from programme.usecases.ask_level import ask_level
from programme.usecases.ask_registrants import QuestionWritten, add_question
from programme.usecases.ask_support import SupportAsk, ask_support
from programme.usecases.offer_pitch import offer_pitch
from programme.usecases.open_campaign import CampaignPlan, open_campaign
from programme.usecases.plan_forum import ForumPlan, plan_forum
from programme.usecases.propose_coalition import Proposal, propose_coalition
from programme.usecases.register import RegistrationAsked, register
from programme.usecases.send_announcement import send_announcement
from programme.usecases.write_announcement import write_announcement

FORUM_TITLE: Final = "Forum des acteurs engagés"
FORUM_PLACES: Final = 80
NOVEMBER: Final = 11
THURSDAY: Final = 3
FORUM_PROGRAMME: Final = (
    "14 h : accueil et présentation des coalitions\n"
    "15 h : présentations éclair, puis échanges par petits groupes\n"
    "17 h : les engagements de l’année, et un verre ensemble"
)
PITCH_SEATS: Final = 30
TRAVEL: Final = "Comment viendrez-vous ?"
WAYS: Final = ("À vélo", "En transports en commun", "À pied", "En voiture")
COMES: Final = (("À vélo", 2), ("À vélo", 1), ("En transports en commun", 1))
"""How each ally comes to the forum, and for how many seats."""
PROPOSAL: Final = Proposal(
    need="Beaucoup de repas partent à la poubelle dans les cantines d’entreprise.",
    name="Cantines sans gaspillage",
    idea="Peser ce qui est jeté, puis partager les recettes et les contrats qui changent tout.",
    scope="sector",
    invited="les restaurants d’entreprise et leurs prestataires",
)
ROOM: Final = "Une salle pour 25 personnes, un soir, avec de quoi projeter."
OBJECTIVES: Final = "Diviser par deux les kilomètres en camionnette d’ici 2028."
TO_FACILITATORS: Final = "La prochaine réunion des personnes qui animent a lieu le premier jeudi du mois, à 12 h 30."
TO_EVERYBODY: Final = "Le programme du forum est en ligne. Écrivez /forum pour vous inscrire."
DRAFT: Final = "La maison du vélo prête vingt vélos cargos cet été. Les demandes se font ici, avec /appui."


def announce_forum(life: Life) -> None:
    """Announce the yearly gathering, with two pitches and a question, and have the allies register."""
    uow, circle, zone = life.uow, life.circle, life.territory.zone
    day = next_forum_day(life.day(0))
    plan = ForumPlan(
        title=f"{FORUM_TITLE} {day.year}",
        starts_at=life.on(day, time(14)),
        ends_at=life.on(day, time(18)),
        place="Les Capucins, Brest",
        programme=FORUM_PROGRAMME,
        places=FORUM_PLACES,
    )
    forum = plan_forum(uow, circle.staff, plan, life.now, zone)
    title = "Un mois à vélo : ce qui a marché"
    offer_pitch(uow, circle.facilitator, forum.id, circle.coalition, title, life.now, PITCH_SEATS)
    offer_pitch(uow, circle.staff, forum.id, None, "La feuille de route du territoire, un an après", life.now)
    add_question(uow, circle.staff, forum.id, QuestionWritten(TRAVEL, WAYS, required=True), life.now)
    for ally, (way, seats) in zip(circle.allies, COMES, strict=True):
        _register(life, forum, ally, way, seats)


def next_forum_day(today: date) -> date:
    """Give the third Thursday of the next November, the one under way not counted."""
    year = today.year if today.month < NOVEMBER else today.year + 1
    first = date(year, NOVEMBER, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 14)


def begin_campaign(life: Life) -> None:
    """Open the commitments of spring three weeks ago, before the coalition published its card."""
    plan = CampaignPlan(
        f"Engagements de printemps {life.day(45).year}",
        life.day(-21),
        life.day(45),
        "Les fiches sont lues au conseil, puis remises à chaque coalition.",
    )
    open_campaign(life.uow, life.circle.staff, plan, life.ago(21), life.territory.zone)


def leave_to_decide(life: Life) -> None:
    """Leave the project team a coalition, a level and a room to decide on, and announcements in three states."""
    uow, circle = life.uow, life.circle
    propose_coalition(uow, circle.allies[2], PROPOSAL, life.ago(1))
    ask_level(uow, circle.allies[0], _strongest_level(life), OBJECTIVES, life.territory, life.ago(1))
    ask = SupportAsk(circle.coalition, "room", ROOM, life.day(24))
    ask_support(uow, circle.facilitator, ask, life.territory, life.ago(1))
    _announce(life)


def _announce(life: Life) -> None:
    uow, staff, zone = life.uow, life.circle.staff, life.territory.zone
    most = life.territory.announcements.approval_above
    told = write_announcement(uow, staff, Content(TO_FACILITATORS), (Part(AudienceKind.FACILITATORS),), life.now)
    send_announcement(uow, staff, told.id, told.version, life.now, zone, approval_above=most)
    everybody = (Part(AudienceKind.EVERYBODY),)
    later = write_announcement(uow, staff, Content(TO_EVERYBODY), everybody, life.now)
    moment = life.at(7, time(10))
    send_announcement(uow, staff, later.id, later.version, life.now, zone, approval_above=most, due_at=moment)
    write_announcement(uow, staff, Content(DRAFT), everybody, life.now)


def _register(life: Life, forum: Forum, ally: PersonId, way: str, seats: int) -> None:
    uow = life.uow
    organisation = uow.people.get(ally).organisation_id
    register(uow, ally, forum.id, RegistrationAsked(seats, organisation), life.now, life.territory.zone)
    question, *_ = uow.forum_questions.of_forum(forum.id, AskedWhen.REGISTERING)
    answer_question(uow, ally, question.id, way, life.now)


def _strongest_level(life: Life) -> str:
    return life.territory.commitment_levels[-1].key
