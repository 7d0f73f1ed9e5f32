"""The roadmap of a coalition, and the votes of its members."""

from collections.abc import Sequence
from datetime import date, timedelta

from programme.actions import Action, When
from programme.ids import VoteId
from programme.usecases.change_action import delete_action
from programme.usecases.propose_action import ActionProposed, propose_action
from programme.usecases.vote import ROADMAP_ID, open_vote
from programme.votes import VoteSubject
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.cast import changes, talks
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour

SHELTER, COMPOST = "Abri à vélos devant la salle", "Composter les restes des buvettes"
DAY = timedelta(days=1)


async def walk(tour: Tour) -> None:
    """Actions are put on the roadmap, moved on by who looks after them, and taken off."""
    nour, lou, zoe, group = tour.visitor("Nour"), tour.visitor("Lou"), tour.visitor("Zoé"), talks(tour)
    coalition = await tour.world.coalition(LED)
    await nour.says("/feuillederoute", "An empty roadmap")
    await nour.taps("Choose a planned one", "No planned action to choose")
    await nour.taps("‹ Back")
    await nour.taps("Add an action", "An action of the roadmap: which one")
    await nour.says(SHELTER, "An action of the roadmap: means")
    await nour.says("Deux jours de travail", "An action of the roadmap: target")
    await nour.says("Vingt places de plus", "An action of the roadmap: by when")
    await nour.says("2/03/2027", "An action of the roadmap: who looks after it")
    await nour.taps("Lou")
    await nour.taps("Skip", "An action of the roadmap: the review")
    await nour.taps("Confirm", "On the roadmap")
    await lou.says(f"/action {COMPOST}")
    await lou.taps("Planned")
    await lou.says("15/01/2027")
    for _ in range(3):
        await lou.taps("Skip")
    await lou.taps("Confirm")
    await nour.says("/feuillederoute")
    await nour.taps("Choose a planned one", "Planned actions to choose from")
    await nour.taps(COMPOST)
    await nour.says("Un composteur")
    await nour.says("Aucun reste jeté")
    await nour.taps("Yann, ENIB")
    await nour.taps("Confirm")
    await nour.says("/feuillederoute", "A roadmap, for who facilitates")
    await lou.says("/feuillederoute", "The roadmap in the group", there=group)
    await lou.says(f"/start roadmap_{coalition.code}")
    await lou.taps(SHELTER, "An action of one’s own")
    await lou.taps("→ It is under way", "Moved on")
    await lou.taps("The whole action", "The whole action")
    await zoe.says(f"/start roadmap_{coalition.code}", "The way in for who is not a member")
    await tour.does(lambda uow: _many(uow, tour))
    await tour.world.moves_to(tour.paris(3, 9, month=3, year=2027))
    await lou.says("/feuillederoute", "A long roadmap, partly late, in the group", there=group)
    await nour.forges(f"roadmap:{coalition.id}:0", "A long roadmap, in private", label="Roadmap")
    await nour.taps("Diagnostic 3")
    await nour.taps("Take it off", "Whether to take an action off the roadmap")
    await nour.taps("Take it off", "Off the roadmap")
    await tour.does(lambda uow: _delete_them(uow, tour))


async def walk_votes(tour: Tour) -> None:
    """A vote is opened, withdrawn by a change, lost for want of votes, won, and lost."""
    nour, lou, zoe, group = tour.visitor("Nour"), tour.visitor("Lou"), tour.visitor("Zoé"), talks(tour)
    await nour.says("/feuillederoute")
    await nour.taps("Have the members vote", "Whether to have the members vote")
    lou.looks_away()
    tour.news(group)
    await nour.taps("Open the vote", "The vote is open")
    await lou.reads("Notice: a vote is open")
    await lou.taps("Why this message?", "Why: a vote")
    await nour.reads("The card of a vote", there=group)
    await lou.taps("For", "Voted in the group", there=group)
    await zoe.taps("For", "Refused: only members vote", there=group)
    await changes(nour, "The card with a vote", group)
    vote = await _vote(tour)
    await zoe.says(f"/start vote_{vote}", "The way in to a vote for who is not a member")
    await lou.says(f"/start vote_{vote}", "A vote, in private")
    await lou.taps("Abstention", "A vote is changed")
    await nour.says("/feuillederoute", "A roadmap that is voted on")
    composting = next(one for one in await _roadmap(tour) if one.title == COMPOST)
    await nour.forges(f"roadmap.item:{composting.id}", "An action of the roadmap, for who facilitates")
    await nour.forges(f"roadmap.edit:{composting.id}", "An action of the roadmap, as it will be")
    await nour.taps("Correct")
    await nour.taps("Means")
    await nour.says("Deux composteurs")
    await nour.taps("Confirm", "A correction withdraws the vote")
    await lou.forges(f"vote:{vote}", "A vote that is withdrawn")
    await lou.forges(f"ballot:{vote}:for", "A vote that is over")
    await lou.forges(f"ballot:{vote}:for", "A vote that is over, in the group", there=group)
    await _opens(tour)
    lou.looks_away()
    await tour.world.moves_by(8 * DAY)
    await lou.reads("Notice: too few have voted")
    for answer, shot in (("against", "Notice: a vote is lost"), ("for", "Notice: a vote is won")):
        await _opens(tour)
        vote = await _vote(tour)
        for name in ("Nour", "Yann", "Sam", "Lou"):
            lou.looks_away()
            await tour.visitor(name).forges(f"ballot:{vote}:{answer}", there=group)
        await lou.reads(shot)
    await lou.taps("Read the roadmap", "A roadmap that is validated")
    await tour.visitor("Yann").forges(f"leave:{composting.coalition_id}")
    shelter = next(one for one in await _roadmap(tour) if one.title == SHELTER)
    await lou.forges(f"roadmap.on:{shelter.id}:under_way")
    await nour.says("/feuillederoute", "A roadmap with an action that nobody looks after")
    await nour.forges(f"roadmap.item:{composting.id}", "An action that nobody looks after")
    await nour.taps("The whole action", "The whole action, that nobody looks after")
    await tour.world.belongs(tour.visitor("Yann").person, await tour.world.coalition(LED))


async def _roadmap(tour: Tour) -> Sequence[Action]:
    coalition = await tour.world.coalition(LED)
    return await tour.does(lambda uow: uow.actions.roadmap(coalition.id))


async def _vote(tour: Tour) -> VoteId:
    """Give the vote that is open."""
    coalition = await tour.world.coalition(LED)
    return (await tour.does(lambda uow: uow.votes.open_of(coalition.id)))[0].id


async def _opens(tour: Tour) -> None:
    """Open a vote on the roadmap without the words that lead to it."""
    nour, coalition = tour.visitor("Nour"), await tour.world.coalition(LED)
    rules, now = tour.world.territory.votes, tour.world.clock.now()
    await tour.does(
        lambda uow: open_vote(uow, nour.number(uow), coalition.id, VoteSubject.ROADMAP, ROADMAP_ID, rules, now)
    )


def _many(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Put more actions on the roadmap than a card in a group names; one of them is late and under way."""
    coalition, now = uow.coalitions.by_name(LED), tour.world.clock.now()
    assert coalition is not None
    by = tour.visitor("Nour").number(uow)
    for number in range(1, 13):
        told = ActionProposed(f"Diagnostic {number}", "Une visite", "Un avis", When(date(2027, 2, number + 14)), by)
        propose_action(uow, by, coalition.id, told, tour.world.territory, now)


def _delete_them(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Delete them again."""
    coalition, now, by = uow.coalitions.by_name(LED), tour.world.clock.now(), tour.visitor("Nour").number(uow)
    assert coalition is not None
    for action in uow.actions.of_coalitions([coalition.id]):
        if action.title.startswith("Diagnostic"):
            delete_action(uow, by, action.id, now)
