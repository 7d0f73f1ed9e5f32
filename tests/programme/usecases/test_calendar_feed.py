from programme.meetings import Answer
from programme.usecases.calendar_feed import agenda_behind, change_feed, open_feed, stop_feed
from tests.programme.usecases.gathering import gather
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW


def test_a_secret_is_made_once_and_opens_the_agenda_of_its_owner(town: Town) -> None:
    secret = open_feed(town.uow, town.member.id, NOW)

    assert open_feed(town.uow, town.member.id, NOW) == secret
    assert open_feed(town.uow, town.facilitator.id, NOW) != secret
    agenda = agenda_behind(town.uow, secret, NOW)
    assert agenda is not None
    assert (agenda.owner, list(agenda.meetings), list(agenda.forums)) == (town.member, [], [])


def test_an_agenda_holds_meetings_that_were_not_declined_and_forums(town: Town) -> None:
    kept, declined = town.plans(), town.plans()
    town.uow.meetings.put_answer(declined.id, town.member.id, Answer.NO, NOW)
    gathering = gather(town)
    gathering.people["Léa"] = town.member
    gathering.come("Léa")

    agenda = agenda_behind(town.uow, open_feed(town.uow, town.member.id, NOW), NOW)

    assert agenda is not None
    assert [entry.meeting for entry in agenda.meetings] == [kept]
    assert [entry.registration for entry in agenda.forums] == [gathering.of("Léa")]


def test_a_new_secret_takes_the_place_of_the_one_before(town: Town) -> None:
    first = open_feed(town.uow, town.member.id, NOW)
    second = change_feed(town.uow, town.member.id, NOW)

    assert len(second) == 43
    assert agenda_behind(town.uow, first, NOW) is None
    assert agenda_behind(town.uow, second, NOW) is not None
    assert open_feed(town.uow, town.member.id, NOW) == second


def test_a_stopped_feed_opens_nothing(town: Town) -> None:
    secret = open_feed(town.uow, town.member.id, NOW)
    for _ in range(2):
        stop_feed(town.uow, town.member.id)

    assert agenda_behind(town.uow, secret, NOW) is None
    assert agenda_behind(town.uow, "", NOW) is None
