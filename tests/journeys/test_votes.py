"""Votes: members validate the roadmap by one tap, nobody sees whose, and what was counted stays."""

import asyncio
from datetime import timedelta

import pytest

from programme.actions import RoadmapState
from programme.votes import Ballot, Tally, VoteState
from tests.journeys.group_life import buttons_of, read_in, said_by_the_bot, taps_there
from tests.journeys.roadmap_life import A_MOMENT, MOBILITY, Alliance, an_alliance
from tests.world import World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

A_WEEK = timedelta(days=7)
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
OVER = "Ce vote est terminé."
NEEDS = (
    "Adoption si au moins 2 membres votent et s’il y a plus de « pour » que de « contre ».\n"
    "Ouvert jusqu’au lundi 30 novembre 2026 à 12 h, ou jusqu’à ce que tout le monde ait voté."
)


def card(counts: str, turnout: str, end: str = NEEDS) -> str:
    to_validate = "1 action à valider\n" if end == NEEDS else ""
    return f"Vote : la feuille de route\nCoalition : {MOBILITY}\n{to_validate}\n{counts}\n{turnout}\n\n{end}"


NOBODY = card("Pour : 0 · Contre : 0 · Abstention : 0", "0 membre sur 3 a voté")


@pytest.fixture
async def alliance(world: World) -> Alliance:
    together = await an_alliance(world)
    await together.proposes("Abri à vélos à la gare")
    return together


async def test_roadmap_is_validated_by_the_members_in_group_and_in_private(world: World, alliance: Alliance) -> None:
    maude, lea, tom, group = alliance.maude, alliance.lea, alliance.tom, alliance.group
    await world.says(maude, "/feuillederoute")
    await world.taps(maude, "Faire voter les membres")
    assert world.reads(maude) == (
        "Faire voter les membres sur 1 action ?\nJe les préviens tout de suite ; le vote reste ouvert 7 jours."
    )
    assert await world.taps(maude, "Ouvrir le vote") == "Le vote est ouvert."
    assert (world.reads(maude), world.buttons(maude)) == (
        NOBODY,
        [["Pour", "Contre", "Abstention"], ["Lire la feuille de route"], ["Menu"]],
    )
    assert (read_in(alliance.card), buttons_of(alliance.card)) == (
        NOBODY,
        [["Pour", "Contre", "Abstention"], ["Lire en privé"]],
    )
    assert world.reads(lea) == world.reads(tom) == f"Votre coalition vote :\n\n{NOBODY}"

    assert await taps_there(world, tom, group, "Contre") == "Votre vote : Contre. Personne d’autre ne le voit."
    assert await taps_there(world, tom, group, "Pour") == "Votre vote : Pour. Personne d’autre ne le voit."
    assert await world.taps(lea, "Abstention") == "C’est noté : Abstention"
    await world.moves_by(A_MOMENT)
    so_far = card("Pour : 1 · Contre : 0 · Abstention : 1", "2 membres sur 3 ont voté")
    assert read_in(alliance.card) == so_far
    assert world.reads(lea) == f"{so_far}\n\nVotre vote : Abstention. Personne d’autre ne le voit."
    assert world.buttons(lea)[0] == ["Pour", "Contre", "✓ Abstention"]

    await world.taps(maude, "Pour")
    await world.moves_by(A_MOMENT)
    adopted = card("Pour : 2 · Contre : 0 · Abstention : 1", "3 membres sur 3 ont voté", "✓ Adoptée")
    assert (read_in(alliance.card), buttons_of(alliance.card)) == (adopted, [])
    assert world.reads(tom) == f"Le vote est terminé :\n\n{adopted}"
    await world.taps(tom, "Lire la feuille de route")
    assert world.reads(tom).endswith("\n\n✓ Validée par les membres.")
    assert await states(world, alliance) == [RoadmapState.VALIDATED]


async def test_vote_without_its_quorum_validates_nothing(world: World, alliance: Alliance) -> None:
    vote = await alliance.opens_vote()
    await taps_there(world, alliance.tom, alliance.group, "Pour")
    await world.moves_by(A_WEEK)
    await world.moves_by(A_MOMENT)

    words = "✕ Pas adoptée : il fallait au moins 2 votes."
    closed = card("Pour : 1 · Contre : 0 · Abstention : 0", "1 membre sur 3 a voté", words)
    assert read_in(alliance.card) == closed
    assert world.reads(alliance.lea) == world.reads(alliance.maude) == f"Le vote est terminé :\n\n{closed}"
    assert await states(world, alliance) == [RoadmapState.PROPOSED]
    audit = (await world.kept())["audit"][-1]
    assert (audit["deed"], audit["by_person"], audit["details"]) == (
        "close_vote",
        None,
        {"vote": vote.id, "state": "rejected"},
    )


async def test_exactly_half_is_no_majority(world: World, alliance: Alliance) -> None:
    await alliance.opens_vote()
    await taps_there(world, alliance.tom, alliance.group, "Pour")
    await taps_there(world, alliance.lea, alliance.group, "Contre")
    await world.moves_by(A_WEEK)

    words = "✕ Pas adoptée : il n’y a pas eu plus de « pour » que de « contre »."
    closed = card("Pour : 1 · Contre : 1 · Abstention : 0", "2 membres sur 3 ont voté", words)
    assert world.reads(alliance.maude) == f"Le vote est terminé :\n\n{closed}"
    assert await states(world, alliance) == [RoadmapState.PROPOSED]


async def test_member_who_leaves_before_the_end_is_counted_nowhere(world: World, alliance: Alliance) -> None:
    vote = await alliance.opens_vote()
    await taps_there(world, alliance.tom, alliance.group, "Contre")
    await taps_there(world, alliance.lea, alliance.group, "Pour")
    await world.says(alliance.tom, "/coalitions")
    await world.taps(alliance.tom, "Mes coalitions (1)")
    await world.taps(alliance.tom, MOBILITY)
    await world.taps(alliance.tom, "Quitter la coalition")
    await world.moves_by(A_MOMENT)
    assert "Pour : 1 · Contre : 0 · Abstention : 0\n1 membre sur 2 a voté" in read_in(alliance.card)
    assert await taps_there(world, alliance.tom, alliance.group, "Contre") == (
        f"Seuls les membres de « {MOBILITY} » votent ici."
    )

    before = world.reads(alliance.tom)
    await world.moves_by(A_WEEK)
    closed = await world.finds(lambda uow: uow.votes.get(vote.id))
    assert (closed.state, closed.result) == (VoteState.ADOPTED, Tally(members=2, in_favour=1))
    assert world.reads(alliance.tom) == before


async def test_two_taps_at_once_are_one_vote(world: World, alliance: Alliance) -> None:
    maude = alliance.maude
    await world.says(maude, "/feuillederoute")
    await world.taps(maude, "Faire voter les membres")
    asked = maude.last_message
    assert asked is not None
    data = f"roadmap.vote.sure:{alliance.coalition.id}"
    queries = [maude.taps_data(data, asked), maude.taps_data(data, asked)]
    await world.settle()

    assert [(query.answered or {}).get("text") for query in queries] == ["Le vote est ouvert."] * 2
    (vote,) = (await world.kept())["votes"]
    told = [message for message in alliance.lea.chat_with().messages if message.text.startswith("Votre coalition")]
    assert (vote["state"], len(told)) == ("open", 1)

    card_there = alliance.card
    for _ in range(3):
        alliance.tom.taps_data(f"ballot:{vote['id']}:for", card_there)
        alliance.lea.taps_data(f"ballot:{vote['id']}:against", card_there)
    await world.settle()
    ballots = [(row["ballot"]) for row in (await world.kept())["ballots"]]
    assert sorted(ballots) == ["against", "for"]


async def test_forged_ballots_count_for_nobody(world: World, alliance: Alliance) -> None:
    vote = await alliance.opens_vote()
    nour = await world.known("Nour")
    before = await world.kept()
    garbage = [
        f"ballot:{vote.id}:yes",
        f"ballot:{vote.id}",
        "ballot:99999:for",
        "ballot:²:for",
        "ballot::for",
        "ballot",
    ]

    queries = [alliance.tom.taps_data(data, alliance.card) for data in garbage]
    await world.settle()
    assert {plain_spaces((query.answered or {})["text"]) for query in queries} == {NOT_THERE}
    for data in garbage:
        await world.forges(nour, data)
        assert world.reads(nour) == NOT_THERE
    for data in (f"ballot:{vote.id}:for", f"vote:{vote.id}"):
        await world.forges(nour, data)
        assert world.reads(nour) == NOT_ALLOWED
    for route in ("roadmap.vote", "roadmap.vote.sure", "roadmap.new", "roadmap.choose"):
        await world.forges(alliance.lea, f"{route}:{alliance.coalition.id}")
        assert world.reads(alliance.lea) == NOT_ALLOWED
    assert await world.kept() == before


async def test_unknown_person_who_taps_comes_to_the_vote_in_private(world: World, alliance: Alliance) -> None:
    vote = await alliance.opens_vote()
    sam = alliance.sam
    tap = sam.taps_data(f"ballot:{vote.id}:for", alliance.card)
    await world.settle()
    assert (tap.answered or {})["url"] == f"https://t.me/jalon_test_bot?start=vote_{vote.id}"

    await world.introduces(sam, "Sam", link=f"vote_{vote.id}")
    assert world.reads(sam) == (
        f"Les membres de la coalition « {MOBILITY} » votent ici. Pour voter, rejoignez-la d’abord."
    )
    await world.belongs(sam, alliance.coalition)
    await world.says(sam, f"/start vote_{vote.id}")
    assert await world.taps(sam, "Pour") == "C’est noté : Pour"
    assert await world.finds(lambda uow: uow.votes.tally(vote.id)) == Tally(members=4, in_favour=1)


async def test_vote_that_closes_while_somebody_votes_counts_what_came_before(world: World, alliance: Alliance) -> None:
    vote = await alliance.opens_vote()
    for person in (alliance.tom, alliance.lea):
        await taps_there(world, person, alliance.group, "Pour")
    group_card = alliance.card
    world.clock.move_to(world.clock.now() + A_WEEK)
    async with asyncio.TaskGroup() as at_once:
        late = [alliance.maude.taps_data(f"ballot:{vote.id}:against", group_card)]
        at_once.create_task(world.jalon.schedule.tick())
        late.append(alliance.tom.taps_data(f"ballot:{vote.id}:against", group_card))
    await world.settle()

    assert [(query.answered or {}).get("text") for query in late] == [OVER, OVER]
    closed = await world.finds(lambda uow: uow.votes.get(vote.id))
    assert (closed.state, closed.result) == (VoteState.ADOPTED, Tally(members=3, in_favour=2))
    assert await world.finds(
        lambda uow: [uow.votes.ballot_of(vote.id, member) for member in uow.memberships.members(vote.coalition_id)]
    ) == [None, Ballot.FOR, Ballot.FOR]


async def test_late_tap_in_private_shows_what_came_of_it(world: World, alliance: Alliance) -> None:
    await alliance.opens_vote()
    notice = alliance.lea.last_message
    await world.moves_by(A_WEEK)
    assert await world.taps(alliance.lea, "Pour", on=notice) == OVER
    assert notice is not None
    assert "✕ Pas adoptée" in read_in(notice)


async def test_change_of_what_is_voted_on_withdraws_the_vote(world: World, alliance: Alliance) -> None:
    await alliance.opens_vote()
    await alliance.proposes("Former les équipes", alliance.tom)
    await world.moves_by(A_MOMENT)

    assert read_in(alliance.card) == card(
        "Pour : 0 · Contre : 0 · Abstention : 0",
        "0 membre sur 3 a voté",
        "Vote retiré : le texte soumis au vote a changé.",
    )
    notice = alliance.lea.last_message
    assert await world.taps(alliance.lea, "Pour", on=notice) == OVER
    again = await alliance.opens_vote()
    assert "2 actions à valider" in read_in(said_by_the_bot(world, alliance.group)[-1])
    assert again.state is VoteState.OPEN


async def test_notice_tells_why_it_comes(world: World, alliance: Alliance) -> None:
    await alliance.opens_vote()
    await world.taps(alliance.lea, "Pourquoi ce message ?")
    assert world.reads(alliance.lea) == (
        "Vous êtes membre de cette coalition : je vous dis ce qui est soumis au vote, puis le résultat.\n"
        "Pour ne plus recevoir ce message : quittez la coalition."
    )


async def states(world: World, alliance: Alliance) -> list[RoadmapState | None]:
    roadmap = await world.finds(lambda uow: uow.actions.roadmap(alliance.coalition.id))
    return [action.roadmap for action in roadmap]
