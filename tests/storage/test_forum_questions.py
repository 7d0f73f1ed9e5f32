from dataclasses import replace

import pytest

from programme.errors import NotFound
from programme.forum_questions import AskedWhen, ForumQuestion
from programme.forums import Forum
from programme.ids import ForumQuestionId
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import forum, person, registration

REGISTERING, AFTERWARDS = AskedWhen.REGISTERING, AskedWhen.AFTERWARDS


def question(uow: SqlUnitOfWork, this: Forum, asked: AskedWhen = REGISTERING) -> ForumQuestion:
    written = ForumQuestion(ForumQuestionId(0), this.id, asked, "Mangez-vous ?", ("Oui", "Non"), required=True)
    return uow.forum_questions.add(written)


def test_questions_are_kept_by_when_they_are_asked(uow: SqlUnitOfWork) -> None:
    this = forum(uow)
    first, last, second = question(uow, this), question(uow, this, AFTERWARDS), question(uow, this)
    changed = replace(first, text="Un repas ?", options=(), required=False)
    uow.forum_questions.save(changed)

    assert uow.forum_questions.of_forum(this.id, REGISTERING) == [changed, second]
    assert uow.forum_questions.of_forum(this.id, AFTERWARDS) == [last]
    assert uow.forum_questions.get(first.id) == changed
    uow.forum_questions.remove(first.id)
    with pytest.raises(NotFound):
        uow.forum_questions.get(first.id)


def test_an_answer_takes_the_place_of_the_one_before_and_goes_with_its_question(uow: SqlUnitOfWork) -> None:
    this = forum(uow)
    lea, sam = (registration(uow, person(uow, name), this) for name in ("Léa", "Sam"))
    meal, other = question(uow, this), question(uow, this)
    for text in ("Oui", "Non"):
        uow.forum_questions.put_answer(meal.id, lea.id, text)
    uow.forum_questions.put_answer(meal.id, sam.id, "Oui")
    uow.forum_questions.put_answer(other.id, lea.id, "Oui")

    assert uow.forum_questions.answers_to(meal.id) == ["Non", "Oui"]
    assert uow.forum_questions.answers_of(lea.id) == {meal.id: "Non", other.id: "Oui"}
    uow.forum_questions.drop_answer(other.id, lea.id)
    assert uow.forum_questions.answers_of(lea.id) == {meal.id: "Non"}
    uow.forum_questions.remove(meal.id)
    assert (uow.forum_questions.answers_of(lea.id), uow.forum_questions.answers_of(sam.id)) == ({}, {})


def test_words_of_thanks_are_kept_and_taken_back(uow: SqlUnitOfWork) -> None:
    this = forum(uow)
    kept = []
    for text in ("Merci", "Merci à vous", ""):
        uow.forum_questions.put_thanks(this.id, text)
        kept.append(uow.forum_questions.thanks(this.id))

    assert kept == ["Merci", "Merci à vous", ""]
