"""Campaigns for the commitment cards, milestones for all, and the levels of commitment of organisations."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from handlers.cards.commitment import agreement_words
from programme.commitment_cards import CardField
from programme.milestones import Milestone
from programme.usecases.commitment_card import correct_card, next_card
from programme.usecases.vote import open_vote
from programme.votes import VoteSubject
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.coalitions import ASKED_FOR, LED, OPEN
from tests.screens.tour import Tour, Visitor

DEADLINE: Final = date(2027, 2, 26)
DAY: Final = timedelta(days=1)
TECHNOPOLE: Final = "Acteurs du Technopôle"
STUDENTS: Final = "Associations étudiantes"


async def walk(tour: Tour) -> None:
    """One is opened for the next day, and then everybody is reminded, by itself and by hand."""
    anne, nour, lea = tour.visitor("Anne"), tour.visitor("Nour"), tour.visitor("Léa")
    mobility, lights = await tour.world.coalition(OPEN), await tour.world.coalition(ASKED_FOR)
    await tour.world.belongs(lea.person, mobility, facilitator=True)
    await tour.does(lambda uow: _published_before(uow, tour))
    await tour.world.moves_to(tour.paris(20, 9, month=1, year=2027))
    await anne.says("/campagne", "Campaigns, none yet")
    await anne.taps("Open a campaign", "A campaign: its title")
    await anne.taps(tour.language.plain("Spring commitments {year}", year=2027), "A campaign: its first day")
    await anne.says("21/01/2027", "A campaign: its deadline")
    await anne.says(f"{DEADLINE:%d/%m/%Y}", "A campaign: a word")
    await anne.says("Les fiches seront lues au conseil de mars.", "A campaign: the review")
    await anne.taps("Confirm", "A campaign that begins tomorrow")
    lea.looks_away()
    await tour.world.moves_to(tour.paris(21, 9, month=1, year=2027))
    await lea.reads("Notice: a campaign is open")
    await lea.taps("Why this message?", "Why: a campaign")
    await anne.forges("campaigns", "Who is where", label="Campaigns")
    await anne.taps("Remind ({n})", "Whom to remind", n=str(await _awaited(tour)))
    lea.looks_away()
    await anne.taps(OPEN, "One coalition is reminded")
    await lea.reads("Notice: the project team asks how far one is")
    await lea.taps("Why this message?", "Why: the project team asks")
    await anne.forges(f"campaign.chase:1:{mobility.id}:0", "Reminded today already")
    await anne.forges(f"campaign.chase:1:{lights.id}:0", "Refused: nobody facilitates it")
    await anne.forges("campaign.chase:1:all:0", "All the others are reminded", label="Remind all")
    await _is_changed(anne, lea)
    await _comes_to_its_end(tour, anne, lea)
    nour.looks_away()


async def _is_changed(anne: Visitor, lea: Visitor) -> None:
    await anne.forges("campaigns")
    await anne.taps("Change it", "A campaign, as it will be")
    await anne.taps("Correct")
    await anne.taps("Deadline")
    await anne.says("05/03/2027")
    lea.looks_away()
    await anne.taps("Confirm", "Another deadline")
    await lea.reads("Notice: another deadline")


async def _comes_to_its_end(tour: Tour, anne: Visitor, lea: Visitor) -> None:
    """It is reminded of until three days after its end, and closed; another one is opened at once."""
    paul = tour.visitor("Paul")
    await tour.world.moves_to(tour.paris(26, 9, month=2, year=2027))
    lea.looks_away()
    await tour.world.moves_to(tour.paris(4, 9, month=3, year=2027))
    await lea.reads("Notice: a campaign ends tomorrow")
    await tour.world.moves_to(tour.paris(5, 9, month=3, year=2027))
    await lea.reads("Notice: a campaign ends today")
    await tour.world.moves_to(tour.paris(8, 9, month=3, year=2027))
    await lea.reads("Notice: a campaign was to end three days ago")
    await tour.does(lambda uow: _publishes(uow, tour, (ASKED_FOR, STUDENTS)))
    await anne.says("/campagne", "Who is where, three days late")
    await anne.taps("Close it", "Whether to close a campaign")
    paul.looks_away()
    await anne.taps("Yes, close it", "A campaign is closed")
    await paul.reads("Notice: what came of a campaign")
    await paul.taps("Why this message?", "Why: what came of a campaign")
    await anne.says("/campagne", "Campaigns that are over")
    await anne.taps(tour.language.plain("Spring commitments {year}", year=2027), "A campaign that is over")
    await anne.forges("campaigns.past:0")
    await anne.taps("Open a campaign")
    await anne.says(tour.either("Deuxième appel", "Second call"))
    await anne.says("08/03/2027")
    await anne.says("30/04/2027")
    await anne.taps("Skip")
    await anne.taps("Confirm", "A campaign that begins today")
    await anne.taps("Earlier campaigns", "Earlier campaigns, while one is open")
    await anne.taps("The campaign that is open")
    everybody = await tour.does(lambda uow: tuple(one.name for one in uow.coalitions.active()))
    await tour.does(lambda uow: _publishes(uow, tour, everybody))
    await anne.forges("campaign.chasing:2:0", "Nobody is left to be reminded")
    await anne.forges("campaign.close.sure:2")


async def walk_milestones(tour: Tour) -> None:
    """The team sets a milestone for everybody, corrects and drops it."""
    anne, sam = tour.visitor("Anne"), tour.visitor("Sam")
    await anne.says("/equipe")
    await anne.taps("Milestones", "Milestones of the programme, for the team")
    await anne.taps("Add one for everybody", "A milestone for all: what is to be reached")
    await anne.says("Bilan du Plan Climat envoyé")
    await anne.says("30/04/2027", "A milestone for all: what everybody should know")
    await anne.says("Le formulaire est sur brest.fr.", "A milestone for all: the review")
    await anne.taps("Confirm", "A milestone for all is kept")
    await anne.taps("Move or correct it", "A milestone for all, as it will be")
    await anne.taps("Cancel")
    await sam.says("/jalons", "Milestones of the programme, for everybody")
    known = await tour.does(lambda uow: uow.milestones.programme_ones())
    ours: Milestone = max(known, key=lambda one: one.id)
    await anne.forges(f"milestone:{ours.id}")
    await anne.taps("✓ It is reached", "A milestone for all is reached")
    await anne.forges(f"milestone:{min(known, key=lambda one: one.id).id}", "A milestone of the territory’s file")


async def walk_levels(tour: Tour) -> None:
    """Léa asks for levels for her organisation; the team confirms and refuses."""
    anne, lea, sam = tour.visitor("Anne"), tour.visitor("Léa"), tour.visitor("Sam")
    paul, nour = tour.visitor("Paul"), tour.visitor("Nour")
    adhere, _, quantify = [level.label_in(tour.language.code) for level in tour.world.territory.commitment_levels]
    await paul.says("/engagement", "Levels, for who comes in their own name")
    await lea.says("/reglages", "Settings of who speaks for an organisation")
    await lea.taps("Commitment of my organisation", "Levels of the charter, none yet")
    await lea.taps(adhere, "One level")
    anne.looks_away()
    await lea.taps("Ask for this level", "A level is asked for")
    await anne.reads("Notice: a level is asked for")
    await anne.taps("Why this message?", "Why: a level is asked for")
    await lea.taps(quantify, "Another level, while one is asked for")
    await lea.forges("engagement")
    await lea.taps("Take the request back", "A request is taken back")
    await lea.taps(quantify, "A level that needs objectives")
    await lea.taps("Write our objectives", "A level: the objectives")
    await lea.says("20 % d’énergie en moins d’ici 2029.", "A level: the review")
    anne.looks_away()
    await lea.taps("Confirm", "A level is asked for, with objectives")
    await anne.says("/equipe")
    await anne.taps("Approvals", "Approvals, with a level")
    await anne.taps("Levels of commitment", "Levels that wait")
    await anne.taps("ENIB", "A request for a level")
    lea.looks_away()
    await anne.taps("Confirm", "A level is confirmed")
    await lea.reads("Notice: the level is confirmed")
    await lea.taps("Why this message?", "Why: the answer to a request for a level")
    await lea.says("/engagement", "Levels of the charter, with one’s own")
    await lea.taps(quantify, "One’s own level")
    await lea.forges("engagement")
    await lea.taps(adhere, "A lower level")
    anne.looks_away()
    await lea.taps("Go down to this level", "One has gone down")
    await anne.reads("Notice: an organisation has gone down")
    await lea.taps(adhere, "One’s own level, without objectives")
    await lea.forges("engagement")
    await lea.taps("Withdraw the commitment", "Whether to withdraw")
    anne.looks_away()
    await lea.taps("Yes, withdraw it", "The commitment is withdrawn")
    await anne.reads("Notice: an organisation has withdrawn")
    await _waits_and_is_refused(tour, anne, sam)
    nour.looks_away()


async def _waits_and_is_refused(tour: Tour, anne: Visitor, sam: Visitor) -> None:
    """A request waits for a week, and is refused with a word."""
    adhere = tour.world.territory.commitment_levels[0].label_in(tour.language.code)
    await sam.says("/engagement")
    await sam.taps(adhere)
    await sam.taps("Ask for this level")
    anne.looks_away()
    await tour.world.moves_by(7 * DAY)
    await anne.reads("Notice: a level has waited for long")
    await anne.taps("Refuse with a word", "The word that goes with a refused level")
    await anne.says("Écrivez-nous d’abord.", "A refused level: the review")
    sam.looks_away()
    await anne.taps("Confirm", "A level is refused")
    await sam.reads("Notice: the level is refused")


def _published_before(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Have one coalition whose card says all there is to say, one that lacks nothing any more, and one that began."""
    territory, now = tour.world.territory, tour.world.clock.now()
    technopole, events = uow.coalitions.by_name(TECHNOPOLE), uow.coalitions.by_name(LED)
    mobility = uow.coalitions.by_name(OPEN)
    assert technopole is not None
    assert events is not None
    assert mobility is not None
    same = next_card(uow, technopole, territory, lambda agreement: agreement_words(agreement, tour.language))
    uow.commitment_cards.publish(replace(same, published_at=now - 30 * DAY))
    nour, way = tour.visitor("Nour").number(uow), "Une rencontre par mois"
    correct_card(uow, nour, events.id, CardField.WAY_OF_WORKING, way, territory, now)
    lea, goal = tour.visitor("Léa").number(uow), "Venir autrement, trois jours par semaine."
    correct_card(uow, lea, mobility.id, CardField.OBJECTIVE, goal, territory, now)


def _publishes(uow: SqlUnitOfWork, tour: Tour, names: Sequence[str]) -> None:
    """Publish the cards of these coalitions as they are, and have the members of the first one vote on theirs."""
    territory, now = tour.world.territory, tour.world.clock.now()
    for place, name in enumerate(names):
        coalition = uow.coalitions.by_name(name)
        assert coalition is not None
        card = next_card(uow, coalition, territory, lambda agreement: agreement_words(agreement, tour.language))
        kept = uow.commitment_cards.publish(replace(card, published_at=now))
        if not place:
            anne = tour.visitor("Anne").number(uow)
            open_vote(uow, anne, coalition.id, VoteSubject.COMMITMENT_CARD, kept.id, territory.votes, now)


async def _awaited(tour: Tour) -> int:
    """Count the coalitions whose card is awaited."""
    return len(await tour.does(lambda uow: uow.coalitions.active()))
