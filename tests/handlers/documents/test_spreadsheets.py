"""Exports open in spreadsheets as they are meant: days are days, figures figures, and what people wrote stays text."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from handlers.documents.asked import Asked
from handlers.documents.spreadsheets import csv_of, xlsx_of
from handlers.documents.tables import sheet_of
from locales import language_for
from programme.actions import ActionDetails, ActionState, Figure, FigureUnit, When
from programme.commitment_cards import CardFields, CommitmentCard
from programme.documents import LISTS, Document
from programme.errors import NotAllowed
from programme.forum_questions import AskedWhen, ForumQuestion
from programme.forums import RegistrationState
from programme.ids import CommitmentCardId, ForumQuestionId
from programme.people import Person
from programme.support import FindingKind
from programme.territory import OrganisationKind
from programme.usecases.ask_support import SupportAsk, ask_support
from programme.usecases.erase_person import erase_person
from programme.usecases.note_finding import Found, note_finding
from tests.programme.usecases.actions import PLAN_CLIMAT
from tests.programme.usecases.support_life import BREST
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, action, forum, joins, meeting, person, registration

HYPERLINK = '=HYPERLINK("http://example.org";"Cliquez")'
FRENCH = language_for("fr")
TODAY = datetime(2026, 11, 24)  # noqa: DTZ001 (as a workbook gives it back)


def asks(town: Town, who: Person | None = None) -> Asked:
    return Asked((who or town.staff).id, FRENCH, PLAN_CLIMAT, NOW, town.uow)


def workbook(town: Town, document: Document) -> list[tuple[object, ...]]:
    """Every cell of an export as openpyxl opens it again, formulas as they would be calculated."""
    content = xlsx_of(sheet_of(document, asks(town)), PLAN_CLIMAT, NOW)
    (page,) = load_workbook(io.BytesIO(content)).worksheets
    formulas = [cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []
    return [tuple(cell.value for cell in row) for row in page.iter_rows()]


def in_csv(town: Town, document: Document) -> list[list[str]]:
    written = csv_of(sheet_of(document, asks(town)), FRENCH)
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_members_stand_once_for_each_coalition_with_who_belongs_to_none(town: Town) -> None:
    bapav = town.uow.organisations.add("BAPAV", OrganisationKind.ASSOCIATION)
    yann = person(town.uow, HYPERLINK, speaks_for=bapav.id)
    joins(town.uow, yann, town.toits)
    joins(town.uow, yann, town.lagune)
    town.uow.organisations.put_level(bapav.id, "act", "")

    kind, level = "Type de structure", "Niveau d’engagement"
    assert workbook(town, Document.MEMBERS) == [
        ("Nom", "Structure", kind, level, "Coalition", "Animation", "Membre depuis", "Accord donné le"),
        (HYPERLINK, "BAPAV", "Association", "Agir", "Lagune", "non", TODAY, TODAY),
        (HYPERLINK, "BAPAV", "Association", "Agir", "Toits solaires", "non", TODAY, TODAY),
        ("Anne", None, "Habitant", None, None, None, None, TODAY),
        ("Léa", None, "Habitant", None, "Toits solaires", "non", TODAY, TODAY),
        ("Maude", None, "Habitant", None, "Toits solaires", "oui", TODAY, TODAY),
        ("Sam", None, "Habitant", None, "Lagune", "oui", TODAY, TODAY),
    ]
    assert in_csv(town, Document.MEMBERS)[1] == [
        "'" + HYPERLINK, "BAPAV", "Association", "Agir", "Lagune", "non", "24/11/2026", "24/11/2026",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["=1+1", "+33 6 12", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", "#N/A", "=", "1e9"]
)
def test_no_text_is_ever_calculated(town: Town, words: str) -> None:
    person(town.uow, words)

    assert ["".join(str(row[0]).split()) for row in workbook(town, Document.MEMBERS)].count("".join(words.split())) == 1
    calculated = [row[0] for row in in_csv(town, Document.MEMBERS) if row[0].startswith(tuple("=+-@\t\r\uff1d"))]
    assert calculated == []


def test_coalitions_tell_their_step_their_members_and_their_card(town: Town) -> None:
    card = CommitmentCard(CommitmentCardId(0), town.toits.id, 3, "Toits solaires", CardFields("O"), (), None, NOW)
    town.uow.commitment_cards.publish(card)
    town.uow.coalitions.save(replace(town.toits, stakes=("energy", "gone")))
    for name, level in (("BAPAV", "act"), ("ENIB", None), ("UBO", "gold")):
        organisation = town.uow.organisations.add(name, OrganisationKind.ASSOCIATION)
        town.uow.organisations.put_level(organisation.id, level, "")
        town.uow.organisations.attach(organisation.id, town.toits.id)

    headings, lagune, toits = workbook(town, Document.COALITIONS)
    objective = "Réduire le chauffage des bureaux."
    assert headings == (
        "Coalition",
        "Périmètre",
        "Objectif",
        "Enjeux",
        "Étape",
        "Nombre de membres",
        "Qui anime",
        "Structures",
        "Niveaux d’engagement",
        "Version de la fiche d’engagement",
        "Publiée le",
    )
    assert toits == (
        "Toits solaires", "Par thème", objective, "Énergie, gone", "Définir le besoin", 2, "Maude", "BAPAV, ENIB, UBO",
        "BAPAV\N{NO-BREAK SPACE}: Agir, UBO\N{NO-BREAK SPACE}: gold", 3, TODAY,
    )  # fmt: skip
    assert lagune[0] == "Lagune"
    assert lagune[5:] == (1, "Sam", None, None, None, None)


def test_actions_tell_the_regulated_sector_and_the_local_stakes(town: Town) -> None:
    kept = action(town.uow, town.toits, by=town.member, title="+ de vélos", state=ActionState.DONE)
    details = ActionDetails("2 jours", "Tous", "BAPAV", "=10", "tertiary")
    figure = Figure(Decimal("1250.5"), FigureUnit.KWH)
    town.uow.actions.save(replace(kept, stakes=("air", "energy"), figure=figure, details=details))
    month = action(town.uow, town.toits, title="Le mois")
    town.uow.actions.save(replace(month, when=When(month.when.on.replace(day=1), whole_month=True), stakes=()))

    headings, whole_month, first = workbook(town, Document.ACTIONS)
    assert dict(zip(headings, first, strict=True)) == {
        "Coalition": "Toits solaires",
        "Action": "+ de vélos",
        headings[2]: "Faite",
        "Date": TODAY,
        "Secteur réglementaire (PCAET)": "Tertiaire",
        "Enjeux locaux": "Air, Énergie",
        "Chiffre saisi": 1250.5,
        "Unité": "kWh",
        headings[8]: "2 jours",
        headings[9]: "Tous",
        headings[10]: "BAPAV",
        headings[11]: "=10",
        "Structure": None,
        "Feuille de route": None,
        "Saisie le": TODAY,
    }
    assert whole_month[3] == "novembre 2026"
    assert in_csv(town, Document.ACTIONS)[2][6] == "1250,5"


def test_registrations_tell_who_came_and_forget_who_is_forgotten(town: Town) -> None:
    capucins = forum(town.uow)
    there = registration(town.uow, town.member, capucins, seats=2)
    town.uow.registrations.save(replace(there, checked_in_at=NOW))
    yann = town.newcomer("Yann")
    registration(town.uow, yann, capucins, RegistrationState.CANCELLED)
    erase_person(town.uow, yann.id, NOW, PLAN_CLIMAT.zone)

    starts = datetime(2026, 12, 1, 10)  # noqa: DTZ001 (as a workbook gives it back)
    asked = datetime(2026, 11, 24, 10)  # noqa: DTZ001 (same)
    title = "Forum des acteurs engagés"
    assert workbook(town, Document.REGISTRATIONS)[1:] == [
        (title, starts, "Léa", None, 2, "inscription confirmée", asked, asked, "oui"),
        (title, starts, "ancien membre", None, 1, "inscription annulée", asked, None, None),
    ]


def test_registrations_have_a_column_for_each_question_of_the_teams_own(town: Town) -> None:
    capucins = forum(town.uow)
    hers, his = (registration(town.uow, who, capucins) for who in (town.member, town.stranger))
    for text, answers in ((HYPERLINK, {hers: HYPERLINK}), ("Un {repas} ?", {hers: "Oui", his: "Non"})):
        question = ForumQuestion(ForumQuestionId(0), capucins.id, AskedWhen.REGISTERING, text, (), required=False)
        kept = town.uow.forum_questions.add(question)
        for whose, answer in answers.items():
            town.uow.forum_questions.put_answer(kept.id, whose.id, answer)

    assert [row[2:3] + row[8:] for row in workbook(town, Document.REGISTRATIONS)] == [
        ("Nom", "Présence", HYPERLINK, "Un {repas} ?"),
        ("Léa", None, HYPERLINK, "Oui"),
        ("Sam", None, None, "Non"),
    ]
    assert [row[9:] for row in in_csv(town, Document.REGISTRATIONS)] == [
        ["'" + HYPERLINK, "Un {repas} ?"],
        ["'" + HYPERLINK, "Oui"],
        ["", "Non"],
    ]


def test_who_did_not_come_to_a_forum_is_told_once_it_is_over(town: Town) -> None:
    capucins = forum(town.uow, starts_at=NOW - timedelta(hours=4))
    unnoted = forum(town.uow, "unnoted", NOW - timedelta(hours=5))
    going_on = forum(town.uow, "going-on", NOW - timedelta(hours=1))
    for held, came in ((capucins, True), (going_on, True), (unnoted, False)):
        there = registration(town.uow, town.member, held)
        town.uow.registrations.save(replace(there, checked_in_at=NOW if came else None))
        registration(town.uow, town.stranger, held)

    assert [row[8] for row in workbook(town, Document.REGISTRATIONS)[1:]] == ["oui", None, "oui", "non", None, None]
    at = datetime(2026, 11, 24, 6)  # noqa: DTZ001 (as a workbook gives it back)
    assert workbook(town, Document.ATTENDANCE)[1:] == [
        (None, "Forum des acteurs engagés", at, "Léa", None, "oui"),
        (None, "Forum des acteurs engagés", at, "Sam", None, "non"),
    ]


def test_attendance_tells_who_was_there(town: Town) -> None:
    atelier = meeting(town.uow, town.toits, NOW)
    town.uow.afterwards.note_attendance(atelier.id, {town.member.id: True, town.facilitator.id: False}, NOW)

    at = datetime(2026, 11, 24, 10)  # noqa: DTZ001 (same)
    assert workbook(town, Document.ATTENDANCE) == [
        ("Coalition", "Rencontre", "Date", "Nom", "Structure", "Présence"),
        ("Toits solaires", "Premier atelier", at, "Léa", None, "oui"),
        ("Toits solaires", "Premier atelier", at, "Maude", None, "non"),
    ]


def test_support_requests_stand_once_for_each_thing_that_was_found(town: Town) -> None:
    first, second = (ask_support(town.uow, town.facilitator.id, ask, BREST, NOW) for ask in two_asks(town))
    note_finding(town.uow, town.staff.id, first.id, Found(FindingKind.ROOM, HYPERLINK, date(2026, 12, 8), 12_050), NOW)
    note_finding(town.uow, town.staff.id, first.id, Found(FindingKind.SPEAKER, "Marie Durand", cents=0), NOW)

    room, speaker = "room", "speaker"  # kinds that this territory does not name keep their keys
    answered, on = "réponse donnée par Anne", datetime(2026, 12, 8)  # noqa: DTZ001 (as a workbook gives it back)
    asked = (TODAY, "Toits solaires", room, None, answered, None)
    assert workbook(town, Document.SUPPORT)[1:] == [
        (*asked, "Salle réservée", HYPERLINK, on, 120.5),
        (*asked, "Intervention trouvée", "Marie Durand", None, 0),
        (TODAY, "Toits solaires", speaker, None, "reçue par l’équipe projet", None, None, None, None, None),
    ]
    assert second.kind == "speaker"
    assert in_csv(town, Document.SUPPORT)[1][6:] == ["Salle réservée", "'" + HYPERLINK, "08/12/2026", "120,5"]


def two_asks(town: Town) -> list[SupportAsk]:
    return [SupportAsk(town.toits.id, kind, "Pour 20 personnes") for kind in ("room", "speaker")]


@pytest.mark.parametrize("document", LISTS)
def test_lists_are_for_the_project_team_only(town: Town, document: Document) -> None:
    with pytest.raises(NotAllowed):
        sheet_of(document, asks(town, town.facilitator))
