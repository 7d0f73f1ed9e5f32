from datetime import datetime, timedelta

import pytest

from programme.errors import NotAllowed, NotFound, NotWellFormed, TooLate
from programme.forum_questions import ForumQuestion
from programme.ids import ForumQuestionId
from programme.usecases.answer_question import answer_question, questioning
from programme.usecases.ask_registrants import QuestionWritten, add_question
from programme.usecases.cancel_registration import cancel_registration
from programme.usecases.change_forum import cancel_forum
from tests.programme.usecases.gathering import ENDS_AT, STARTS_AT, Gathering, gather
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

LUNCH = QuestionWritten("Déjeunez-vous sur place ?", ("Oui", "Non"), required=True)
NEEDS = QuestionWritten("Un besoin particulier ?")


@pytest.fixture
def gathering(town: Town) -> Gathering:
    """Léa has the only place, Sam waits."""
    gathering = gather(town, places=1)
    gathering.come("Léa", "Sam")
    return gathering


def asks(gathering: Gathering, written: QuestionWritten) -> ForumQuestion:
    return add_question(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, written, NOW)


def answers(
    gathering: Gathering, name: str, question: ForumQuestion, text: str | None, now: datetime = NOW
) -> ForumQuestion:
    return answer_question(gathering.town.uow, gathering.person(name).id, question.id, text, now)


@pytest.mark.parametrize("name", ["Léa", "Sam"])
def test_who_has_a_place_or_waits_answers_and_may_change_their_mind(gathering: Gathering, name: str) -> None:
    lunch, needs = asks(gathering, LUNCH), asks(gathering, NEEDS)
    before = gathering.of(name)
    answers(gathering, name, lunch, "Oui")
    answers(gathering, name, needs, " Un fauteuil\nroulant ")

    answers(gathering, name, lunch, "Non", now=STARTS_AT + timedelta(hours=1))

    assert questioning(gathering.town.uow, before).answers == {lunch.id: "Non", needs.id: "Un fauteuil\nroulant"}
    assert gathering.of(name) == before


def test_what_must_be_answered_is_missing_until_it_is_and_what_is_skipped_is_not(gathering: Gathering) -> None:
    needs, lunch = asks(gathering, NEEDS), asks(gathering, LUNCH)
    before = questioning(gathering.town.uow, gathering.of("Léa"))
    assert (before.missing, before.following(ForumQuestionId(0))) == ((lunch,), needs)

    answers(gathering, "Léa", needs, None)
    assert before.following(needs.id) == lunch
    answers(gathering, "Léa", lunch, "Oui")

    after = questioning(gathering.town.uow, gathering.of("Léa"))
    assert (after.missing, after.following(needs.id)) == ((), None)


def test_an_answer_may_be_taken_back_where_none_is_needed(gathering: Gathering) -> None:
    needs = asks(gathering, NEEDS)
    answers(gathering, "Léa", needs, "Un fauteuil")

    answers(gathering, "Léa", needs, None)

    assert questioning(gathering.town.uow, gathering.of("Léa")).answers == {}


@pytest.mark.parametrize(
    ("written", "text", "refusal"),
    [
        (LUNCH, "Peut-être", NotFound),
        (LUNCH, None, NotFound),
        (NEEDS, " ", NotWellFormed),
        (NEEDS, "x" * 501, NotWellFormed),
    ],
)
def test_what_is_no_answer_is_not_kept(
    gathering: Gathering, written: QuestionWritten, text: str | None, refusal: type[Exception]
) -> None:
    question = asks(gathering, written)

    with pytest.raises(refusal):
        answers(gathering, "Léa", question, text)

    assert questioning(gathering.town.uow, gathering.of("Léa")).answers == {}


def test_who_is_not_registered_or_no_longer_is_answers_nothing(gathering: Gathering) -> None:
    lunch, uow = asks(gathering, LUNCH), gathering.town.uow
    answers(gathering, "Sam", lunch, "Oui")
    cancel_registration(uow, gathering.person("Sam").id, gathering.forum.id, NOW, PARIS)

    for who in (gathering.person("Sam"), gathering.town.member):
        with pytest.raises(NotAllowed):
            answer_question(uow, who.id, lunch.id, "Oui", NOW)


@pytest.mark.parametrize("over", ["ended", "cancelled"])
def test_nothing_is_answered_once_it_is_over(gathering: Gathering, over: str) -> None:
    lunch = asks(gathering, LUNCH)
    if over == "cancelled":
        cancel_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, NOW)

    with pytest.raises(TooLate):
        answers(gathering, "Léa", lunch, "Oui", now=ENDS_AT if over == "ended" else NOW)
