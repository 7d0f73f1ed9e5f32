from collections.abc import Sequence
from datetime import datetime

import pytest

from programme.errors import NotAllowed, TooEarly, TooLate
from programme.forum_questions import ForumQuestion
from programme.forums import Feedback
from programme.usecases.answer_forum import answer_forum
from programme.usecases.answer_question import answer_question
from programme.usecases.ask_afterwards import Said, afterwards_of, what_was_said, write_afterwards
from programme.usecases.ask_registrants import QuestionWritten
from programme.usecases.check_in import check_in
from tests.programme.usecases.gathering import ENDS_AT, STARTS_AT, Gathering, gather
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

TOMORROW = QuestionWritten("Par quoi commencez-vous demain ?")
AGAIN = QuestionWritten("Reviendrez-vous ?", ("Oui", "Non"))
THERE = ("Léa", "Sam", "Nour")


@pytest.fixture
def gathering(town: Town) -> Gathering:
    gathering = gather(town, places=10)
    gathering.come(*THERE)
    return gathering


def writes(gathering: Gathering, written: QuestionWritten | None, thanks: str = "Merci !") -> ForumQuestion | None:
    uow, staff = gathering.town.uow, gathering.town.staff.id
    return write_afterwards(uow, staff, gathering.forum.id, thanks, written, NOW).question


def say(gathering: Gathering, question: ForumQuestion | None, answers: Sequence[str]) -> Said:
    """Have as many people answer, and give what the team reads."""
    assert question is not None
    uow = gathering.town.uow
    for name, text in zip(THERE, answers, strict=False):
        answer_question(uow, gathering.person(name).id, question.id, text, ENDS_AT)
    return what_was_said(uow, gathering.town.staff.id, gathering.forum.id, ENDS_AT)


def test_what_comes_afterwards_is_written_anew_until_the_end(gathering: Gathering) -> None:
    uow, staff, forum = gathering.town.uow, gathering.town.staff.id, gathering.forum
    first = writes(gathering, TOMORROW)
    second = writes(gathering, AGAIN, " Merci à vous ! ")
    assert first is not None
    assert second is not None
    assert second.id == first.id
    kept = afterwards_of(uow, staff, forum.id)
    assert (kept.thanks, kept.question) == ("Merci à vous !", second)

    writes(gathering, None, "")

    kept = afterwards_of(uow, staff, forum.id)
    assert (kept.thanks, kept.question) == ("", None)
    with pytest.raises(TooLate):
        write_afterwards(uow, staff, forum.id, "Trop tard", None, ENDS_AT)


def test_three_answers_are_read_by_the_alphabet_and_two_only_counted(gathering: Gathering) -> None:
    question = writes(gathering, TOMORROW)
    two = say(gathering, question, ["Le vélo", "Un potager"])
    assert (two.answered, two.answers, two.by_option) == (2, None, None)

    three = say(gathering, question, ["Le vélo", "Un potager", "Ab ovo"])

    assert (three.answered, three.answers, three.by_option) == (3, ["Ab ovo", "Le vélo", "Un potager"], None)


def test_answers_chosen_from_a_list_are_counted(gathering: Gathering) -> None:
    question = writes(gathering, AGAIN)
    two = say(gathering, question, ["Oui", "Oui"])
    assert (two.answered, two.by_option) == (2, None)

    three = say(gathering, question, ["Oui", "Oui", "Oui"])

    assert (three.by_option, three.answers) == ({"Oui": 3, "Non": 0}, None)


def test_how_it_was_is_counted_from_three_answers_on(gathering: Gathering) -> None:
    uow, staff, forum = gathering.town.uow, gathering.town.staff.id, gathering.forum
    counted = []
    for name in THERE:
        answer_forum(uow, gathering.person(name).id, forum.id, Feedback.USEFUL, ENDS_AT)
        said = what_was_said(uow, staff, forum.id, ENDS_AT)
        counted.append((said.feedback_given, said.feedback))

    nothing = dict.fromkeys(Feedback, 0)
    assert counted == [(1, None), (2, None), (3, {**nothing, Feedback.USEFUL: 3})]


def test_where_arrivals_were_noted_only_who_came_is_asked(gathering: Gathering) -> None:
    uow, question = gathering.town.uow, writes(gathering, TOMORROW)
    assert question is not None
    check_in(uow, gathering.town.staff.id, gathering.of("Léa").id, STARTS_AT, PARIS)

    answer_question(uow, gathering.person("Léa").id, question.id, "Le vélo", ENDS_AT)

    with pytest.raises(NotAllowed):
        answer_question(uow, gathering.person("Sam").id, question.id, "Le vélo", ENDS_AT)
    with pytest.raises(TooEarly):
        answer_question(uow, gathering.person("Léa").id, question.id, "Le vélo", STARTS_AT)


@pytest.mark.parametrize(
    ("role", "now", "refusal"),
    [("member", ENDS_AT, NotAllowed), ("facilitator", ENDS_AT, NotAllowed), ("staff", STARTS_AT, TooEarly)],
)
def test_what_was_said_is_the_teams_to_read_once_it_is_over(
    gathering: Gathering, role: str, now: datetime, refusal: type[Exception]
) -> None:
    who = gathering.town.who(role).id

    with pytest.raises(refusal):
        what_was_said(gathering.town.uow, who, gathering.forum.id, now)


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_only_the_team_writes_it(gathering: Gathering, role: str) -> None:
    uow, who = gathering.town.uow, gathering.town.who(role).id

    with pytest.raises(NotAllowed):
        write_afterwards(uow, who, gathering.forum.id, "Merci", None, NOW)
    with pytest.raises(NotAllowed):
        afterwards_of(uow, who, gathering.forum.id)
