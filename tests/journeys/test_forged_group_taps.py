"""Forged taps in a group: whoever does not belong to its coalition changes nothing, whatever they tap."""

from datetime import date, timedelta

import pytest

from handlers.router import ROUTES
from programme.actions import When
from programme.date_polls import DateAnswer
from programme.ids import PersonId, TelegramId
from programme.path import Step
from programme.usecases.add_milestone import MilestonePlan, add_milestone
from programme.usecases.ask_for_dates import DatesAsked, ask_for_dates
from programme.usecases.ask_support import SupportAsk, ask_support
from programme.usecases.propose_action import ActionProposed, propose_action
from programme.usecases.vote import ROADMAP_ID, open_vote
from programme.votes import Ballot, VoteSubject
from simulator.chats import Chat
from simulator.network import Query
from simulator.people import Person
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.group_life import group_of, said_by_the_bot, says_there
from tests.journeys.test_forged_taps import GARBAGE
from tests.journeys.two_coalitions import TwoCoalitions, two_coalitions
from tests.world import World

pytestmark = pytest.mark.usefixtures("untroubled")

OF_WHO_FACILITATES = frozenset({"bind", "bind.list", "bind.sure", "bind.keep"})
"""With these somebody who facilitates another coalition may by right give it the group, asked to confirm."""
NUMBERS = (1, 2, 3)
"""Of the coalition and of what it has."""
ENDS: dict[str, tuple[str, ...]] = {
    "answer": (":0:yes", ":1:no"),
    "ballot": tuple(f":{ballot}" for ballot in Ballot),
    "date": tuple(f":{answer}" for answer in DateAnswer),
    "step.done": tuple(f":{step}" for step in Step),
}
"""What stands behind the number in a true button."""


async def test_buttons_of_a_group_change_nothing_for_who_is_not_in_its_coalition(world: World) -> None:
    there = await two_coalitions(world)
    group = await _lively_group(world, there)
    kept = await world.kept()
    for person, spared in ((there.outsider, frozenset[str]()), (there.other_facilitator, OF_WHO_FACILITATES)):
        for number, route in enumerate(sorted(set(ROUTES.group_buttons) - spared)):
            true = [f"{route}:{number}{end}" for number in NUMBERS for end in ("", *ENDS.get(route, ()))]
            garbage = [route + words for words in GARBAGE[number % 3 :: 3]]
            assert await _all_tapped(world, person, group, true + garbage) == []
            assert await world.kept() == kept, route


async def test_buttons_of_a_group_obey_who_they_are_for(world: World) -> None:
    there = await two_coalitions(world)
    group = await _lively_group(world, there)
    need = Step.NEED
    for person, data in (
        (there.member, f"answer:{there.meeting.id}:{there.meeting.version}:yes"),
        (there.member, f"date:1:{DateAnswer.YES}"),
        (there.member, f"ballot:1:{Ballot.FOR}"),
        (there.facilitator, f"step.done:{there.coalition.id}:{need}"),
    ):
        kept = await world.kept()
        assert await _all_tapped(world, person, group, [data]) == []
        assert await world.kept() != kept, data


async def test_buttons_of_private_chats_do_nothing_in_a_group(world: World) -> None:
    there = await two_coalitions(world)
    group = await _lively_group(world, there)
    kept = await world.kept()
    for route in sorted(set(ROUTES.buttons) - set(ROUTES.group_buttons)):
        assert await _all_tapped(world, there.facilitator, group, [f"{route}:1", f"{route}:1:0"]) == []
    assert await world.kept() == kept


async def _lively_group(world: World, there: TwoCoalitions) -> Chat:
    """Have a coalition's group hold one of each: a card of a meeting, a poll, a vote, its steps, a request for help."""
    people = there.people("facilitator", "member", "other_facilitator", "outsider")
    group = await group_of(world, *people)
    await says_there(world, there.facilitator, group, "/lier")
    now, territory = world.clock.now(), world.territory
    days = [now + timedelta(days=days) for days in (9, 10)]

    def happens(uow: SqlUnitOfWork) -> None:
        lead, coalition = _id(uow, there.facilitator), there.coalition.id
        owner = _id(uow, there.member)
        ask_for_dates(uow, lead, DatesAsked(coalition, "Atelier", days, "ENIB"), now, territory.zone)
        add_milestone(uow, lead, coalition, MilestonePlan("Fiche prête", date(2027, 3, 1), owner), now, territory.zone)
        told = ActionProposed("Prêter des vélos", "Deux jours", "Dix vélos", When(date(2027, 3, 2)), owner)
        propose_action(uow, lead, coalition, told, territory, now)
        open_vote(uow, lead, coalition, VoteSubject.ROADMAP, ROADMAP_ID, territory.votes, now)
        ask = SupportAsk(coalition, "room", "Une salle", chat_id=group.id)
        ask_support(uow, lead, ask, territory, now)

    await world.does(happens)
    await says_there(world, there.facilitator, group, "/etapes")
    await world.moves_by(timedelta(minutes=1))
    return group


def _id(uow: SqlUnitOfWork, person: Person) -> PersonId:
    known = uow.people.by_telegram(TelegramId(person.id))
    assert known is not None
    return known.id


async def _all_tapped(world: World, person: Person, group: Chat, data: list[str]) -> list[Query]:
    """Tap all these on the group's latest card, and give the taps that still spin."""
    message = said_by_the_bot(world, group)[-1]
    queries = [person.taps_data(one, message) for one in data]
    await world.settle(within=60)
    return [query for query in queries if query.answered is None]
