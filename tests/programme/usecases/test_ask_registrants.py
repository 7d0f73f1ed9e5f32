from dataclasses import replace
from datetime import datetime

import pytest

from programme.errors import NotAllowed, NotFound, NotWellFormed, OutOfRange, TooLate
from programme.forum_questions import AskedWhen
from programme.usecases.answer_question import answer_question
from programme.usecases.ask_afterwards import write_afterwards
from programme.usecases.ask_registrants import QuestionWritten, add_question, change_question, remove_question
from tests.programme.usecases.gathering import STARTS_AT, Gathering, gather
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

LUNCH = QuestionWritten("  Déjeunez-vous\nsur place ? ", ("Oui", "Non", " Oui "), required=True)


@pytest.fixture
def gathering(town: Town) -> Gathering:
    return gather(town)


def test_questions_are_asked_in_the_order_in_which_they_were_written(gathering: Gathering) -> None:
    uow, staff = gathering.town.uow, gathering.town.staff.id
    lunch = add_question(uow, staff, gathering.forum.id, LUNCH, NOW)
    free = add_question(uow, staff, gathering.forum.id, QuestionWritten("Un besoin particulier ?"), NOW)

    changed = change_question(uow, staff, lunch.id, QuestionWritten("Mangez-vous ?", ("Oui", "Non")), NOW)

    assert (lunch.text, lunch.options, lunch.required) == ("Déjeunez-vous sur place ?", ("Oui", "Non"), True)
    assert changed == replace(lunch, text="Mangez-vous ?", required=False)
    assert uow.forum_questions.of_forum(gathering.forum.id, AskedWhen.REGISTERING) == [changed, free]
    assert [line.deed for line in gathering.town.audited()][-3:] == ["ask_registrants"] * 3


def test_a_removed_question_keeps_no_answers(gathering: Gathering) -> None:
    uow, staff = gathering.town.uow, gathering.town.staff.id
    lunch = add_question(uow, staff, gathering.forum.id, LUNCH, NOW)
    gathering.come("Léa")
    answer_question(uow, gathering.person("Léa").id, lunch.id, "Oui", NOW)

    remove_question(uow, staff, lunch.id, NOW)

    assert uow.forum_questions.answers_of(gathering.of("Léa").id) == {}
    assert uow.forum_questions.of_forum(gathering.forum.id, AskedWhen.REGISTERING) == []
    with pytest.raises(NotFound):
        remove_question(uow, staff, lunch.id, NOW)


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        (QuestionWritten(" "), NotWellFormed),
        (QuestionWritten("x" * 201), NotWellFormed),
        (QuestionWritten("Oui ?", ("Oui", "Oui")), OutOfRange),
        (QuestionWritten("Oui ?", tuple("abcdefghi")), OutOfRange),
        (QuestionWritten("Oui ?", ("Oui", " ")), NotWellFormed),
    ],
)
def test_what_is_no_question_is_not_asked(
    gathering: Gathering, written: QuestionWritten, refusal: type[Exception]
) -> None:
    uow, staff = gathering.town.uow, gathering.town.staff.id

    with pytest.raises(refusal):
        add_question(uow, staff, gathering.forum.id, written, NOW)

    assert uow.forum_questions.of_forum(gathering.forum.id, AskedWhen.REGISTERING) == []


def test_a_forum_asks_five_questions_at_most(gathering: Gathering) -> None:
    uow, staff = gathering.town.uow, gathering.town.staff.id
    for number in range(5):
        add_question(uow, staff, gathering.forum.id, QuestionWritten(f"Question {number}"), NOW)

    with pytest.raises(OutOfRange):
        add_question(uow, staff, gathering.forum.id, QuestionWritten("Une de trop"), NOW)


@pytest.mark.parametrize(
    ("role", "now", "refusal"),
    [("member", NOW, NotAllowed), ("facilitator", NOW, NotAllowed), ("staff", STARTS_AT, TooLate)],
)
def test_only_the_team_asks_and_only_before_the_beginning(
    gathering: Gathering, role: str, now: datetime, refusal: type[Exception]
) -> None:
    town = gathering.town
    lunch = add_question(town.uow, town.staff.id, gathering.forum.id, LUNCH, NOW)
    who = town.who(role).id

    with pytest.raises(refusal):
        add_question(town.uow, who, gathering.forum.id, LUNCH, now)
    with pytest.raises(refusal):
        change_question(town.uow, who, lunch.id, LUNCH, now)
    with pytest.raises(refusal):
        remove_question(town.uow, who, lunch.id, now)


def test_the_question_afterwards_is_not_one_of_them(gathering: Gathering) -> None:
    uow, staff = gathering.town.uow, gathering.town.staff.id
    asked = write_afterwards(uow, staff, gathering.forum.id, "", QuestionWritten("Et demain ?"), NOW).question
    assert asked is not None

    with pytest.raises(NotFound):
        remove_question(uow, staff, asked.id, NOW)
