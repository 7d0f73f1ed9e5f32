"""At the same instant: whatever comes twice or from two people at once has one effect, and every tap is answered."""

import pytest

from programme.coalitions import CoalitionState
from programme.memberships import MembershipState
from simulator.answering import Tap
from simulator.network import Query
from simulator.people import Person
from tests.journeys.two_coalitions import two_coalitions
from tests.world import COLLEAGUE_ID, STAFF_ID, World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

OPEN = "Mobilités alternatives"
OVER = "C’est déjà passé ou déjà décidé : rien n’a été modifié."
CLOSED = "Cette question a déjà sa réponse, ou est close. Rien n’a changé."


async def test_two_taps_on_join_make_one_membership(world: World) -> None:
    lea = await world.known("Léa")
    await _opens_card(world, lea)

    taps = await _at_once(world, lea.taps("Rejoindre"), lea.taps("Rejoindre"))

    assert [tap.toast for tap in taps] == ["Vous en êtes membre.", "Vous en êtes membre."]
    assert [row["state"] for row in (await world.kept())["memberships"]] == ["accepted"]


async def test_two_taps_on_leave_leave_once(world: World) -> None:
    lea = await world.known("Léa")
    await _opens_card(world, lea)
    await world.taps(lea, "Rejoindre")

    taps = await _at_once(world, lea.taps("Quitter la coalition"), lea.taps("Quitter la coalition"))

    assert [plain_spaces(tap.toast) for tap in taps] == ["C’est fait : vous n’en faites plus partie.", ""]
    assert [row["state"] for row in (await world.kept())["memberships"]] == ["left"]


async def test_two_people_join_at_once_and_both_belong(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    for person in (lea, sam):
        await _opens_card(world, person)

    await _at_once(world, lea.taps("Rejoindre"), sam.taps("Rejoindre"))

    rows = (await world.kept())["memberships"]
    assert [(row["person_id"], row["state"]) for row in rows] == [(1, "accepted"), (2, "accepted")]


async def test_twenty_people_follow_one_link_at_once(world: World) -> None:
    coalition = await world.coalition(OPEN)
    people = [await world.known(f"Personne {number}") for number in range(20)]

    for person in people:
        person.opens_link(payload=f"join_{coalition.code}")
    await world.settle(within=30)

    assert sorted(row["person_id"] for row in (await world.kept())["memberships"]) == list(range(1, 21))
    assert {world.reads(person).splitlines()[-1] for person in people} == {"✓ Vous en êtes membre."}


async def test_asking_twice_at_once_asks_the_facilitator_once(world: World) -> None:
    there = await two_coalitions(world)
    card = there.outsider.chat_with().last
    before = len(there.facilitator.chat_with().messages)
    asking = f"join:{there.coalition.id}"

    queries = [there.outsider.taps_data(asking, card) for _ in range(2)]
    await world.settle()

    assert [query.answered is not None for query in queries] == [True, True]
    assert len(there.facilitator.chat_with().messages) == before + 1
    assert world.reads(there.facilitator).startswith("Zoé, en son propre nom demande à rejoindre")


async def test_two_of_the_team_approve_one_proposal_at_once(world: World) -> None:
    anne, bob = await _team(world)
    lea = await world.known("Léa")
    await _fills_proposal(world, lea, "Vélos")
    await world.taps(lea, "Confirmer")
    told = len(lea.chat_with().messages)

    await _at_once(world, anne.taps("Approuver"), bob.taps("Approuver"))

    assert sorted(world.reads(person).splitlines()[-1] for person in (anne, bob)) == sorted(
        [OVER, "✓ Coalition approuvée"]
    )
    assert [row["deed"] for row in (await world.kept())["audit"]] == ["decide_proposal", "name_facilitator"]
    assert len(lea.chat_with().messages) == told + 1
    assert world.reads(lea) == "« Vélos » est approuvée : vous l’animez désormais."


async def test_accepted_and_refused_at_once_is_decided_once(world: World) -> None:
    there = await two_coalitions(world)
    both = (there.facilitator, "yes"), (there.staff, "no")
    audit = len((await world.kept())["audit"])

    queries = [person.taps_data(f"decide:{there.asked.id}:{word}", person.chat_with().last) for person, word in both]
    await world.settle()

    assert sorted(map(_words_on, queries)) == ["", "C’est fait : la personne est prévenue."]
    assert len((await world.kept())["audit"]) == audit + 1


async def test_double_start_welcomes_and_keeps_one_person(world: World) -> None:
    lea = world.stranger("Léa")
    lea.says("/start")
    lea.says("/start")
    await world.settle()

    welcomes = [message for message in lea.chat_with().messages if message.sender_id == world.bot.id]
    await _at_once(world, *(lea.taps("J’accepte", message) for message in welcomes))
    assert [row["form"] for row in (await world.kept())["drafts"]] == ["first_contact"]

    lea.says("Léa")
    await world.settle()
    await _at_once(world, lea.taps("Je viens en mon nom"), lea.taps("Je viens en mon nom"))

    kept = await world.kept()
    assert ([row["name"] for row in kept["people"]], kept["drafts"]) == (["Léa"], [])


async def test_two_texts_at_once_answer_two_questions_in_order(world: World) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "/proposer")
    lea.says("Un besoin")
    lea.says("Vélos")
    lea.says("Une idée")
    await world.settle()
    assert world.reads(lea).splitlines()[:2] == ["Qu’est-ce que ses acteurs ont en commun ?", "4 sur 5"]


async def test_confirming_twice_at_once_does_the_deed_once(world: World) -> None:
    anne = await world.known("Anne", id=STAFF_ID)
    lea = await world.known("Léa")
    await _fills_proposal(world, lea, "Vélos")
    before = len(anne.chat_with().messages)

    taps = await _at_once(world, lea.taps("Confirmer"), lea.taps("Confirmer"))

    assert [tap.toast for tap in taps] == ["", CLOSED]
    proposed = await world.finds(lambda uow: uow.coalitions.proposed())
    assert [one.name for one in proposed] == ["Vélos"]
    assert len(anne.chat_with().messages) == before + 1


async def test_confirming_and_cancelling_at_once_do_what_came_first(world: World) -> None:
    lea = await world.known("Léa")
    await _fills_proposal(world, lea, "Vélos")

    taps = await _at_once(world, lea.taps("Annuler"), lea.taps("Confirmer"))

    assert taps[1].toast == CLOSED
    assert await world.finds(lambda uow: list(uow.coalitions.proposed())) == []


async def test_two_proposals_of_one_name_at_once_keep_one_and_the_other_goes_on(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    await _fills_proposal(world, lea, "Vélos")
    await _fills_proposal(world, sam, "VELOS")

    await _at_once(world, lea.taps("Confirmer"), sam.taps("Confirmer"))

    proposed = await world.finds(lambda uow: uow.coalitions.proposed())
    assert [one.state for one in proposed] == [CoalitionState.PROPOSED]
    assert len((await world.kept())["drafts"]) == 1


async def test_two_people_of_one_new_organisation_name_it_at_once(world: World) -> None:
    people = [world.stranger("Léa"), world.stranger("Sam")]
    for person, spelling in zip(people, ("Les Vélos Réunis", "les velos reunis"), strict=True):
        await world.says(person, "/start")
        await world.taps(person, "J’accepte")
        await world.says(person, "Quelqu’un")
        await world.says(person, spelling)
        await world.taps(person, f"Nouvelle : {spelling}")

    await _at_once(world, *(person.taps("Association") for person in people))

    known = [await world.record_of(person) for person in people]
    assert known[0].organisation_id == known[1].organisation_id != None  # noqa: E711 (the chain compares the values)


async def test_yes_and_no_at_the_same_instant_keep_the_last(world: World) -> None:
    there = await two_coalitions(world)
    await world.says(there.member, "/agenda")
    card = there.member.chat_with().last
    of_meeting = f"answer:{there.meeting.id}:{there.meeting.version}"

    queries = [there.member.taps_data(f"{of_meeting}:{word}", card) for word in ("yes", "no")]
    await world.settle()

    assert [_words_on(query) for query in queries] == ["C’est noté : Oui", "C’est noté : Non"]
    assert [row["answer"] for row in (await world.kept())["answers"]] == ["no"]
    assert card.buttons[0] == ["Oui", "Peut-être", "✓ Non"]


async def test_two_facilitators_cancel_one_meeting_at_once(world: World) -> None:
    there = await two_coalitions(world)
    cancelling = f"cancel.sure:{there.meeting.id}:{there.meeting.version}"
    before = len(there.member.chat_with().messages)

    queries = [person.taps_data(cancelling, person.chat_with().last) for person in (there.facilitator, there.staff)]
    await world.settle()

    assert [query.answered is not None for query in queries] == [True, True]
    assert len(there.member.chat_with().messages) == before + 1
    deeds = [row["subject"] for row in (await world.kept())["audit"] if row["deed"] == "cancel_meeting"]
    assert deeds.count(f"meeting:{there.meeting.id}") == 1


async def test_leaving_while_being_accepted_ends_in_one_state(world: World) -> None:
    there = await two_coalitions(world)
    sam = world.people["Sam"]

    asked = sam.taps_data(f"leave:{there.coalition.id}", sam.chat_with().last)
    decided = there.facilitator.taps_data(f"decide:{there.asked.id}:yes", there.facilitator.chat_with().last)
    await world.settle()

    membership = await world.finds(lambda uow: uow.memberships.get(there.asked.id))
    assert (asked.answered is not None, decided.answered is not None) == (True, True)
    assert membership.state is MembershipState.LEFT


async def test_a_member_who_leaves_while_a_meeting_is_planned_is_not_told(world: World) -> None:
    lea, anne = await world.known("Léa"), await world.known("Anne", id=STAFF_ID)
    await _opens_card(world, lea)
    await world.taps(lea, "Rejoindre")
    await world.forges(anne, f"plan.once:{(await world.coalition(OPEN)).id}")
    for words in ("Premier pas", "Atelier", "demain 18 h", "Salle 2", "Les suites", "Personne pour l’instant"):
        await world.says(anne, words)

    await _at_once(world, lea.taps("Quitter la coalition"), anne.taps("Confirmer"))

    told = [message for message in lea.chat_with().messages if "nouvelle rencontre" in message.text.lower()]
    assert (len((await world.kept())["meetings"]), told) == (1, [])


async def _team(world: World) -> tuple[Person, Person]:
    return await world.known("Anne", id=STAFF_ID), await world.known("Bob", id=COLLEAGUE_ID)


async def _opens_card(world: World, person: Person) -> None:
    """Open the card of an open coalition."""
    await world.forges(person, f"coalition:{(await world.coalition(OPEN)).id}")


async def _fills_proposal(world: World, person: Person, name: str) -> None:
    """Answer every question of a proposal, up to its review."""
    await world.says(person, "/proposer")
    for words in ("Un besoin", name, "Une idée"):
        await world.says(person, words)
    await world.taps(person, "Un même lieu : zone d’activité, quartier…")
    await world.taps(person, "Passer")


async def _at_once(world: World, *taps: Tap) -> tuple[Tap, ...]:
    """Let all these taps be heard, and see each of them answered."""
    await world.settle()
    assert [tap.answered is not None for tap in taps] == [True] * len(taps)
    return taps


def _words_on(query: Query) -> str:
    """What an answered tap shows."""
    assert query.answered is not None
    return plain_spaces(str(query.answered.get("text", "")))
