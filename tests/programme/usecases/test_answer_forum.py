from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from programme.errors import NotAllowed, NotFound, TooEarly, TooLate
from programme.forums import Feedback
from programme.ids import ForumId
from programme.usecases.answer_forum import answer_forum
from programme.usecases.change_forum import cancel_forum
from tests.programme.usecases.gathering import ENDS_AT, STARTS_AT, Gathering, gather
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW


@pytest.fixture
def gathering(town: Town) -> Gathering:
    """Léa has the only place, Sam waits."""
    gathering = gather(town, places=1)
    gathering.come("Léa", "Sam")
    return gathering


@pytest.mark.parametrize("now", [STARTS_AT, ENDS_AT + timedelta(days=5)])
@pytest.mark.parametrize("feedback", Feedback)
def test_who_had_a_place_says_how_it_was(gathering: Gathering, feedback: Feedback, now: datetime) -> None:
    lea, before = gathering.person("Léa"), gathering.of("Léa")

    answered = answer_forum(gathering.town.uow, lea.id, gathering.forum.id, feedback, now)

    assert answered == replace(before, feedback=feedback)
    assert gathering.of("Léa") == answered


def test_a_mind_may_change(gathering: Gathering) -> None:
    lea = gathering.person("Léa")
    answer_forum(gathering.town.uow, lea.id, gathering.forum.id, Feedback.NOT_THERE, ENDS_AT)

    answer_forum(gathering.town.uow, lea.id, gathering.forum.id, Feedback.USEFUL, ENDS_AT)

    assert gathering.of("Léa").feedback is Feedback.USEFUL


def test_who_waited_or_never_registered_has_nothing_to_say(gathering: Gathering) -> None:
    for who in (gathering.person("Sam"), gathering.town.member):
        with pytest.raises(NotAllowed):
            answer_forum(gathering.town.uow, who.id, gathering.forum.id, Feedback.USEFUL, ENDS_AT)


def test_nobody_knows_beforehand(gathering: Gathering) -> None:
    lea = gathering.person("Léa")

    with pytest.raises(TooEarly):
        answer_forum(gathering.town.uow, lea.id, gathering.forum.id, Feedback.USEFUL, STARTS_AT - timedelta(seconds=1))


def test_what_did_not_take_place_is_not_judged(gathering: Gathering) -> None:
    cancel_forum(gathering.town.uow, gathering.town.staff.id, gathering.forum.id, NOW)

    with pytest.raises(TooLate):
        answer_forum(gathering.town.uow, gathering.person("Léa").id, gathering.forum.id, Feedback.USEFUL, ENDS_AT)


def test_a_forum_that_is_not_there_is_not_judged(gathering: Gathering) -> None:
    with pytest.raises(NotFound):
        answer_forum(gathering.town.uow, gathering.person("Léa").id, ForumId(404), Feedback.USEFUL, ENDS_AT)
