"""What the project team reads and takes out: the dashboard, lists for spreadsheets, and the territory's roadmap."""

import io
from datetime import date
from decimal import Decimal
from typing import Final

import docx
from openpyxl import load_workbook

from programme.actions import Action, ActionDetails, ActionState, Figure, FigureUnit, When
from programme.commitment_cards import CardFields, CommitmentCard
from programme.documents import LISTS
from programme.ids import ActionId, CommitmentCardId, ForumId, MeetingId
from programme.meetings import Answer
from programme.path import Step
from programme.usecases.add_milestone import MilestonePlan, add_milestone
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.ask_level import ask_level
from programme.usecases.check_in import check_in
from programme.usecases.decide_level import decide_level
from programme.usecases.note_attendance import note_all_who_said_yes
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from programme.usecases.steps import mark_done
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.announcements import A_MOMENT, FORUM, latest_file
from tests.screens.parts.coalitions import LED, OPEN
from tests.screens.tour import Tour
from tests.world import plain_spaces

LOGGED: Final = (
    ("Éteindre les vitrines", ActionState.DONE, Figure(Decimal("1200.5"), FigureUnit.KWH)),
    ("Remplacer une chaudière", ActionState.DONE, Figure(Decimal("3.2"), FigureUnit.T_CO2E)),
    ("Réunir les exposants", ActionState.DONE, Figure(Decimal(45), FigureUnit.PEOPLE)),
    ("Venir à vélo", ActionState.UNDER_WAY, Figure(Decimal(2400), FigureUnit.KM)),
    ("Réemployer la vaisselle", ActionState.DONE, Figure(Decimal(300), FigureUnit.KG)),
    ("Garder l’eau de pluie", ActionState.PLANNED, Figure(Decimal(12), FigureUnit.CUBIC_METRES)),
    ("Former les bénévoles", ActionState.PLANNED, Figure(Decimal(60), FigureUnit.HOURS)),
    ("Acheter des gobelets", ActionState.GIVEN_UP, Figure(Decimal(800), FigureUnit.EUROS)),
    ("Partager le matériel", ActionState.PLANNED, Figure(Decimal(5000), FigureUnit.EUROS)),
)


async def walk(tour: Tour) -> None:
    """The dashboard, empty and full, with the picture that follows it."""
    anne = tour.visitor("Anne")
    await anne.says("/equipe")
    await anne.taps("Dashboard", "A dashboard of little")
    await _much_happens(tour)
    anne.looks_away()
    await anne.says("/tableau", "A dashboard of much, and its picture")
    await anne.taps("Why this message?", "Why: a file that one asked for")
    await tour.world.moves_by(A_MOMENT)
    await anne.taps("As a picture", "Its picture again")


async def walk_lists(tour: Tour) -> None:
    """Every list, with its headings and its first row."""
    anne = tour.visitor("Anne")
    await anne.says("/equipe")
    await anne.taps("Exports", "Lists to take out")
    for document in LISTS:
        await anne.forges(f"take:{document}:xlsx", f"A list: {document}")
        (sheet,) = load_workbook(io.BytesIO(latest_file(tour, anne))).worksheets
        rows = [[str(cell if cell is not None else "—") for cell in row] for row in sheet.iter_rows(values_only=True)]
        told = [plain_spaces(" · ".join(row)) for row in rows[:2]]
        tour.shows(f"What stands in the list: {document}", plain_spaces(str(sheet.title)), *told)


async def walk_roadmap(tour: Tour) -> None:
    """The roadmap of the territory, without any card and with one."""
    anne = tour.visitor("Anne")
    await anne.says("/equipe")
    await anne.taps("The territory’s roadmap", "The territory’s roadmap, without any card")
    await anne.taps("To edit (Word)")
    _tells(tour, "A roadmap without any card", latest_file(tour, anne))
    await tour.does(lambda uow: _publishes(uow, tour))
    await tour.world.moves_by(A_MOMENT)
    await anne.says("/equipe")
    await anne.taps("The territory’s roadmap", "The territory’s roadmap")
    await anne.taps("To print (PDF)", "A roadmap to print")
    await anne.taps("To edit (Word)", "A roadmap to edit")
    _tells(tour, "What stands in the roadmap", latest_file(tour, anne))


def _tells(tour: Tour, title: str, content: bytes) -> None:
    """Keep the words of a Word document, and what its picture says to who can't see it."""
    document = docx.Document(io.BytesIO(content))
    words = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    rows = [" · ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    pictures = [str(shape._inline.docPr.get("descr")) for shape in document.inline_shapes]
    tour.shows(title, *(plain_spaces("\n".join(part)) for part in (words, rows, pictures) if part))


async def _much_happens(tour: Tour) -> None:
    """Log actions with all kinds of figures, hold a forum and a meeting."""
    lea, sam = tour.visitor("Léa"), tour.visitor("Sam")
    forum = next(
        one for one in await tour.does(lambda uow: uow.forums.upcoming(tour.world.clock.now())) if one.title == FORUM
    )
    await tour.world.forum("Petit-déjeuner climat", starts_at=tour.paris(19, 9))
    for visitor in (lea, sam, tour.visitor("Paul"), tour.visitor("Nour")):
        await visitor.forges(f"forum.in:{forum.id}")
    await tour.does(lambda uow: _logs(uow, tour))
    await tour.does(lambda uow: _commits(uow, tour))
    meeting = await tour.does(lambda uow: _meets(uow, tour))
    await tour.world.moves_to(tour.paris(17, 13))
    await tour.does(lambda uow: _comes_to(uow, tour, forum.id))
    await tour.world.moves_to(tour.paris(20, 10))
    await tour.does(
        lambda uow: note_all_who_said_yes(uow, tour.visitor("Nour").number(uow), meeting, tour.world.clock.now())
    )


def _logs(uow: SqlUnitOfWork, tour: Tour) -> None:
    coalition, now = uow.coalitions.by_name(LED), tour.world.clock.now()
    assert coalition is not None
    details = ActionDetails("Deux bénévoles", "Le public", "Les exposants", "Moins de déchets", "tertiary")
    stakes = tuple(stake.key for stake in tour.world.territory.stakes[:2])
    by = tour.visitor("Nour").number(uow)
    for title, state, figure in LOGGED:
        uow.actions.add(
            Action(
                ActionId(0), coalition.id, title, state, When(now.date()), stakes, figure, None, details, by, None, now
            )
        )


def _commits(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Have an organisation confirmed at a level, a coalition at the end of its road, and a milestone of it."""
    territory, now = tour.world.territory, tour.world.clock.now()
    anne, nour = tour.visitor("Anne").number(uow), tour.visitor("Nour").number(uow)
    asked = ask_level(uow, nour, territory.commitment_levels[1].key, "", territory, now)
    decide_level(uow, anne, asked.id, territory, now, confirmed=True)
    mobility, led = uow.coalitions.by_name(OPEN), uow.coalitions.by_name(LED)
    assert mobility is not None
    assert led is not None
    for step in Step:
        mark_done(uow, anne, mobility.id, step, now.date(), now)
    plan = MilestonePlan("Charte des organisateurs signée", date(2027, 3, 20), nour)
    add_milestone(uow, nour, led.id, plan, now, territory.zone)


def _comes_to(uow: SqlUnitOfWork, tour: Tour, forum_id: ForumId) -> None:
    """Note that two people have come to the forum."""
    anne, now, zone = tour.visitor("Anne").number(uow), tour.world.clock.now(), tour.world.territory.zone
    for registrant in uow.registrations.registrants(forum_id)[:2]:
        check_in(uow, anne, registrant.registration.id, now, zone)


def _meets(uow: SqlUnitOfWork, tour: Tour) -> MeetingId:
    """Plan a meeting that is over when it is counted."""
    coalition, now = uow.coalitions.by_name(LED), tour.world.clock.now()
    assert coalition is not None
    nour, zone = tour.visitor("Nour").number(uow), tour.world.territory.zone
    plan = MeetingPlan(coalition.id, "Préparer l’été", tour.paris(18, 18), "Salle bleue")
    meeting = plan_meeting(uow, nour, plan, now, zone)
    answer_meeting(uow, nour, meeting.id, meeting.version, Answer.YES, now)
    later = MeetingPlan(coalition.id, "Faire le bilan", tour.paris(8, 18, month=1, year=2027), "Salle bleue")
    plan_meeting(uow, nour, later, now, zone)
    return meeting.id


def _publishes(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Publish a card that serves two stakes."""
    coalition, territory = uow.coalitions.by_name(LED), tour.world.territory
    assert coalition is not None
    served = territory.stakes[:2]
    fields = CardFields(
        "Des évènements sans gobelet jetable d’ici 2028.",
        ("La Carène", "ENIB"),
        "Une rencontre par mois",
        ("Prêter des gobelets", "Former les bénévoles"),
        tuple(stake.key for stake in served),
    )
    names = tuple(stake.label_in(tour.language.code) for stake in served)
    uow.commitment_cards.publish(
        CommitmentCard(
            CommitmentCardId(0), coalition.id, 1, coalition.name, fields, names, None, tour.world.clock.now()
        )
    )
