"""A campaign for the spring commitments: opened, told, chased, followed on its board, moved, and closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from programme.coalitions import Coalition
from programme.commitment_cards import CardFields, CommitmentCard
from programme.ids import CommitmentCardId
from simulator.people import Person
from tests.world import COLLEAGUE_ID, PARIS, World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

MOBILITY = "Mobilités alternatives"
TITLE = "Engagements de printemps 2027"
WORD = "Le conseil lira chaque fiche en juin."
PREPARES = "/fiche la prépare avec vous : cinq rubriques, la plupart déjà remplies."
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
CARD_BUTTONS = [[f"Fiche : {MOBILITY}"], ["Pourquoi ce message ?"], ["Menu"]]


@dataclass(frozen=True)
class Spring:
    """Anne and Paul are staff, Maude facilitates a coalition, and Anne has opened a campaign by hand."""

    world: World
    anne: Person
    paul: Person
    maude: Person
    coalition: Coalition

    async def publishes(self) -> None:
        """Have Maude's coalition publish a card."""
        now, kept = self.world.clock.now(), self.coalition
        card = CommitmentCard(CommitmentCardId(0), kept.id, 1, kept.name, CardFields("Rouler"), published_at=now)
        await self.world.does(lambda uow: uow.commitment_cards.publish(card))


@pytest.fixture
async def spring(world: World) -> Spring:
    anne, paul, maude = await world.staff(), await world.staff("Paul", COLLEAGUE_ID), await world.known("Maude")
    coalition = await world.coalition(MOBILITY)
    await world.belongs(maude, coalition, facilitator=True)
    await world.says(anne, "/campagne")
    for label in ("Ouvrir une campagne", TITLE, "Aujourd’hui"):
        await world.taps(anne, label)
    await world.says(anne, "18/06")
    await world.says(anne, WORD)
    await world.taps(anne, "Confirmer")
    await world.moves_by(timedelta(seconds=1))
    return Spring(world, anne, paul, maude, coalition)


async def test_who_facilitates_is_told_and_the_board_shows_who_is_where(spring: Spring) -> None:
    world, anne, maude = spring.world, spring.anne, spring.maude

    assert [plain_spaces(message.text) for message in anne.chat_with().messages[-2:]] == [
        (
            "La campagne est ouverte : je préviens les personnes qui animent.\n"
            "Tant qu’une fiche est attendue, je la rappelle, jusqu’à trois jours après la date limite."
        ),
        (
            f"{TITLE}\nJusqu’au vendredi 18 juin 2027 : encore 207 jours\n"
            "Publiées : 0 · Vote ouvert : 0 · En préparation : 0 · À commencer : 6\n\n"
            "○ Acteurs du Technopôle : à commencer\n"
            "○ Associations étudiantes : à commencer\n"
            "○ Éclairage nocturne : à commencer\n"
            "○ Éco-matériaux dans la construction : à commencer\n"
            "○ Évènementiel durable : à commencer\n"
            f"○ {MOBILITY} : à commencer"
        ),
    ]
    assert world.buttons(anne)[-3:] == [["Relancer (6)"], ["Modifier", "Clore"], ["‹ Retour", "Menu"]]
    assert world.reads(maude) == (
        f"{TITLE}\nChaque coalition est invitée à publier sa fiche d’engagement, nouvelle ou renouvelée.\n"
        f"Jusqu’au vendredi 18 juin 2027 : encore 207 jours\n\n{WORD}\n\n○ {MOBILITY} : à commencer\n\n{PREPARES}"
    )
    assert world.buttons(maude) == CARD_BUTTONS

    await spring.publishes()
    await world.says(anne, "/equipe")
    await world.taps(anne, "Campagnes")
    assert world.reads(anne).splitlines()[2] == "Publiées : 1 · Vote ouvert : 0 · En préparation : 0 · À commencer : 5"
    assert world.reads(anne).splitlines()[-1] == f"✓ {MOBILITY} : version 1, lun. 23 nov."
    await world.taps(anne, f"✓ {MOBILITY}")
    assert world.reads(anne).splitlines()[0] == f"Fiche d’engagement · {MOBILITY}"


async def test_chasers_come_in_time_and_stop_once_the_card_is_there(spring: Spring) -> None:
    world, maude = spring.world, spring.maude
    told = []
    for month, day in ((5, 19), (6, 4), (6, 11), (6, 17)):
        if (month, day) == (6, 17):
            await spring.publishes()
        before = len(maude.chat_with().messages)
        await world.moves_to(datetime(2027, month, day, 9, tzinfo=PARIS))
        new = [plain_spaces(message.text).splitlines() for message in maude.chat_with().messages[before:]]
        told += [lines[1:3] for lines in new if lines[0] == TITLE]

    awaited = "La fiche d’engagement est attendue."
    assert told == [
        [awaited, "Jusqu’au vendredi 18 juin 2027 : encore 30 jours"],
        [awaited, "Jusqu’au vendredi 18 juin 2027 : encore 14 jours"],
        [awaited, "Jusqu’au vendredi 18 juin 2027 : encore 7 jours"],
    ]


async def test_staff_chase_one_or_all_once_a_day(spring: Spring) -> None:
    world, anne, maude = spring.world, spring.anne, spring.maude
    await world.taps(anne, "Relancer (6)")
    assert world.reads(anne).splitlines()[-1] == f"• {MOBILITY} : Maude"
    assert world.buttons(anne) == [["Tout relancer (1)"], [MOBILITY], ["‹ Retour", "Menu"]]
    old = anne.last_message

    assert await world.taps(anne, MOBILITY) == "1 personne est relancée."
    assert world.reads(anne).splitlines()[-1] == f"• {MOBILITY} : Maude, relance le lun. 23 nov."
    assert world.buttons(anne) == [["‹ Retour", "Menu"]]
    assert world.reads(maude).splitlines()[1] == "L’équipe projet vous demande où en est votre fiche d’engagement."
    await world.taps(maude, "Pourquoi ce message ?")
    assert world.reads(maude).endswith(
        "Pour ne plus recevoir ce message : publiez la fiche, ou choisissez une pause dans les réglages."
    )

    before = len(maude.chat_with().messages)
    campaign = await world.finds(lambda uow: uow.campaigns.open_one())
    assert campaign is not None
    query = await world.forges(anne, f"campaign.chase:{campaign.id}:all:0", old)
    assert plain_spaces((query.answered or {})["text"]).startswith("Aucune relance")
    assert len(maude.chat_with().messages) == before


async def test_the_deadline_moves_and_the_team_reads_what_came_of_it(spring: Spring) -> None:
    world, anne, paul, maude = spring.world, spring.anne, spring.paul, spring.maude
    for label in ("Modifier", "Corriger", "Date limite : vendredi 18 juin 2027"):
        await world.taps(anne, label)
    await world.says(anne, "01/06/2027")
    await world.taps(anne, "Confirmer")
    assert world.reads(maude).splitlines()[1:3] == [
        "La date limite a changé.",
        "Jusqu’au mardi 1er juin 2027 : encore 190 jours",
    ]

    await spring.publishes()
    await world.taps(anne, "Clore")
    assert world.reads(anne) == (f"Clore « {TITLE} » ?\nLes relances s’arrêtent, et l’équipe reçoit le bilan.")
    assert await world.taps(anne, "Oui, clore") == "Campagne close : l’équipe reçoit le bilan."
    result = f"{TITLE}\nClose le lundi 23 novembre 2026\n1 fiche publiée, pour 6 coalitions"
    assert world.reads(anne) == result
    assert world.reads(paul) == (
        f"{result}\n\nSans nouvelle fiche : Acteurs du Technopôle, Associations étudiantes, Éclairage nocturne, "
        "Éco-matériaux dans la construction et Évènementiel durable"
    )
    await world.taps(anne, "‹ Retour")
    assert world.buttons(anne) == [[TITLE], ["Ouvrir une campagne"], ["‹ Retour", "Menu"]]
    assert (await world.says(anne, "/journal")).splitlines()[3] == f"Campagne close : {TITLE}"


async def test_campaigns_are_closed_to_everybody_else(spring: Spring) -> None:
    world, maude = spring.world, spring.maude
    before = await world.kept(besides=maude)
    for data in (
        "campaigns",
        "campaigns.past:0",
        "campaign:1:0",
        "campaign.new",
        "campaign.edit:1",
        "campaign.close:1",
        "campaign.close.sure:1",
        "campaign.chasing:1:0",
        "campaign.chase:1:all:0",
    ):
        await world.forges(maude, data)
        assert world.reads(maude) == NOT_ALLOWED, data
    assert await world.says(maude, "/campagne") == NOT_ALLOWED
    assert await world.kept(besides=maude) == before
