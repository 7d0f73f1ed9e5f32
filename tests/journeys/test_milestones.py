"""Milestones: entrusted to somebody, reminded to them and then to who facilitates, reached in one tap."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from programme.milestones import Milestone, MilestoneState
from programme.usecases.add_milestone import MilestonePlan, add_milestone
from simulator.people import Person
from tests.journeys.group_life import buttons_of, read_in, said_by_the_bot, says_there, taps_there
from tests.journeys.roadmap_life import MOBILITY, Alliance, an_alliance
from tests.world import PARIS, World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
DUE_ON = date(2026, 12, 15)
CARDS = "○ Publication des fiches d’engagement : vendredi 18 juin 2027, dans 207 jours (programme)"
CHARTER = f"Charte signée\nCoalition : {MOBILITY}\nDans 22 jours : mardi 15 décembre 2026\nResponsable : Léa"
REACHED = "C’est noté : jalon atteint. Bravo !"


@pytest.fixture
async def alliance(world: World) -> Alliance:
    return await an_alliance(world)


async def test_facilitator_adds_one_from_the_group_and_its_owner_is_told(world: World, alliance: Alliance) -> None:
    maude, lea, group = alliance.maude, alliance.lea, alliance.group
    assert await says_there(world, maude, group, "/jalon Charte signée") == []
    assert world.reads(maude).startswith("Pour quel jour ?")
    await world.says(maude, "15/12")
    await world.taps(maude, "Léa")
    assert world.reads(maude) == "Le jalon\n\nJalon : Charte signée\nJour : mardi 15 décembre 2026\nResponsable : Léa"
    await world.taps(maude, "Confirmer")

    said = [plain_spaces(message.text) for message in maude.chat_with().messages[-2:]]
    assert said == ["Le jalon est enregistré. Je rappelle la date à la personne qui s’en charge.", CHARTER]
    assert read_in(alliance.card) == "Nouveau jalon : Charte signée, mardi 15 décembre 2026 (Léa)"
    assert world.reads(lea) == (
        "On vous confie ce jalon :\n\n"
        f"{CHARTER}\n\n"
        "Je vous le rappelle à temps. Une fois atteint, dites-le-moi avec le bouton."
    )
    assert world.buttons(lea) == [["✓ Jalon atteint", "Ouvrir le jalon"], ["Pourquoi ce message ?"], ["Menu"]]
    await world.taps(lea, "Pourquoi ce message ?")
    assert world.reads(lea).startswith("On vous a confié un jalon, ou l’un des vôtres a changé de date")


async def test_owner_reaches_it_in_one_tap_in_the_group(world: World, alliance: Alliance) -> None:
    charter = await entrusted(world, alliance, alliance.lea)
    assert await says_there(world, alliance.tom, alliance.group, "/jalons") == [
        (f"Jalons · {MOBILITY}\n\n○ Charte signée : mardi 15 décembre 2026, dans 22 jours (Léa)\n{CARDS}")
    ]
    listed = alliance.card
    assert buttons_of(listed) == [["✓ Atteint : Charte signée"]]
    assert await taps_there(world, alliance.tom, alliance.group, "✓ Atteint : Charte signée") == NOT_ALLOWED

    assert await taps_there(world, alliance.lea, alliance.group, "✓ Atteint : Charte signée") == REACHED
    assert (read_in(listed), buttons_of(listed)) == (
        f"Jalons · {MOBILITY}\n\n{CARDS}\n✓ Charte signée : atteint le lundi 23 novembre 2026 (Léa)",
        [],
    )
    assert (await milestone(world, charter)).state is MilestoneState.DONE
    before = world.reads(alliance.lea)
    await world.moves_to(at_nine(DUE_ON + timedelta(days=10)))
    assert (world.reads(alliance.lea), await world.given_up()) == (before, [])


async def test_two_taps_at_once_reach_it_once(world: World, alliance: Alliance) -> None:
    charter = await entrusted(world, alliance, alliance.lea)
    await says_there(world, alliance.tom, alliance.group, "/jalons")
    listed = alliance.card
    queries = [person.taps_data(f"milestone.done:{charter.id}:0", listed) for person in (alliance.lea, alliance.maude)]
    await world.settle()
    assert [plain_spaces((query.answered or {})["text"]) for query in queries] == [REACHED, REACHED]
    deeds = [row["deed"] for row in (await world.kept())["audit"]]
    assert deeds.count("complete_milestone") == 1


async def test_owner_is_reminded_and_facilitators_on_the_day_and_when_it_is_late(
    world: World, alliance: Alliance
) -> None:
    await entrusted(world, alliance, alliance.lea)
    told: dict[str, list[str]] = {"Léa": [], "Maude": [], "Tom": []}
    people = {"Léa": alliance.lea, "Maude": alliance.maude, "Tom": alliance.tom}
    for days in (-14, -7, -1, 0, 3, 10):
        before = {name: len(person.chat_with().messages) for name, person in people.items()}
        await world.moves_to(at_nine(DUE_ON + timedelta(days=days)))
        for name, person in people.items():
            told[name] += [
                plain_spaces(message.text).splitlines()[2] for message in person.chat_with().messages[before[name] :]
            ]

    on_the_day_and_after = [
        "Aujourd’hui : mardi 15 décembre 2026",
        "Échéance passée depuis 3 jours : mardi 15 décembre 2026",
        "Échéance passée depuis 10 jours : mardi 15 décembre 2026",
    ]
    assert told == {
        "Léa": [
            "Dans 14 jours : mardi 15 décembre 2026",
            "Dans 7 jours : mardi 15 décembre 2026",
            "Demain : mardi 15 décembre 2026",
            *on_the_day_and_after,
        ],
        "Maude": on_the_day_and_after,
        "Tom": [],
    }
    assert world.buttons(alliance.maude)[0] == ["✓ Jalon atteint", "Ouvrir le jalon"]
    await world.taps(alliance.maude, "Pourquoi ce message ?")
    assert world.reads(alliance.maude).startswith("Je rappelle un jalon à la personne qui s’en charge")


async def test_moved_milestone_is_reminded_by_its_new_day(world: World, alliance: Alliance) -> None:
    maude, lea = alliance.maude, alliance.lea
    await entrusted(world, alliance, lea)
    await world.says(maude, "/jalons")
    await world.taps(maude, "○ Charte signée")
    await world.taps(maude, "Déplacer ou corriger")
    await world.taps(maude, "Corriger")
    await world.taps(maude, "Jour : mardi 15 décembre 2026")
    await world.says(maude, "15/01")
    await world.taps(maude, "Confirmer")
    moved = "Dans 53 jours : vendredi 15 janvier 2027"
    assert world.reads(maude).splitlines()[2] == moved
    assert world.reads(lea).splitlines()[:5] == [
        "On vous confie ce jalon :",
        "",
        "Charte signée",
        f"Coalition : {MOBILITY}",
        moved,
    ]

    before = world.reads(lea)
    await world.moves_to(at_nine(date(2026, 12, 14)))
    assert world.reads(lea) == before
    await world.moves_to(at_nine(date(2026, 12, 16)))
    assert world.reads(lea).splitlines()[2] == "Dans 30 jours : vendredi 15 janvier 2027"


async def test_given_up_and_taken_up_again(world: World, alliance: Alliance) -> None:
    maude = alliance.maude
    charter = await entrusted(world, alliance, alliance.lea)
    await world.says(maude, "/jalons")
    await world.taps(maude, "○ Charte signée")
    assert world.buttons(maude) == [
        ["✓ Jalon atteint"],
        ["Déplacer ou corriger", "Abandonner"],
        ["‹ Retour", "Menu"],
    ]
    assert await world.taps(maude, "Abandonner") == "C’est noté : jalon abandonné."
    assert world.reads(maude).splitlines()[2] == "✕ Abandonné"
    assert world.buttons(maude) == [["Reprendre"], ["‹ Retour", "Menu"]]
    before = world.reads(alliance.lea)
    await world.moves_to(at_nine(date(2026, 12, 1)))
    assert world.reads(alliance.lea) == before

    assert await world.taps(maude, "Reprendre") == "Il est de nouveau en cours."
    assert (await milestone(world, charter)).version == 1
    await world.moves_to(at_nine(date(2026, 12, 8)))
    assert world.reads(alliance.lea).splitlines()[2] == "Dans 7 jours : mardi 15 décembre 2026"


async def test_owner_who_leaves_leaves_it_to_who_facilitates(world: World, alliance: Alliance) -> None:
    lea, maude = alliance.lea, alliance.maude
    await entrusted(world, alliance, lea)
    await world.says(lea, "/coalitions")
    for label in ("Mes coalitions (1)", MOBILITY, "Quitter la coalition"):
        await world.taps(lea, label)
    read_by_lea = world.reads(lea)

    await world.moves_to(at_nine(date(2026, 12, 8)))
    assert world.reads(maude).splitlines()[2:4] == [
        "Dans 7 jours : mardi 15 décembre 2026",
        "Personne n’en est encore responsable.",
    ]
    assert world.reads(lea) == read_by_lea
    await world.says(maude, "/jalons")
    await world.taps(maude, "○ Charte signée")
    await world.taps(maude, "Déplacer ou corriger")
    assert world.reads(maude).startswith("Qui s’en charge ?")
    await world.taps(maude, "Tom")
    await world.taps(maude, "Confirmer")
    assert world.reads(alliance.tom).startswith("On vous confie ce jalon :")


async def test_only_members_see_them_and_only_facilitators_add_one(world: World, alliance: Alliance) -> None:
    charter = await entrusted(world, alliance, alliance.lea)
    nour = await world.known("Nour")
    only_facilitators = f"Seules les personnes qui animent la coalition « {MOBILITY} » peuvent le faire."
    assert await says_there(world, alliance.sam, alliance.group, "/jalons") == [
        f"Seuls les membres de la coalition « {MOBILITY} » peuvent le faire."
    ]
    assert await says_there(world, alliance.tom, alliance.group, "/jalon Autre") == []
    assert world.reads(alliance.tom) == only_facilitators

    before = await world.kept()
    for data in (f"milestone:{charter.id}", f"milestone.done:{charter.id}", f"milestones:{alliance.coalition.id}"):
        await world.forges(nour, data)
        assert world.reads(nour) == NOT_ALLOWED
    for route in ("milestone.edit", "milestone.drop", "milestone.done"):
        await world.forges(alliance.tom, f"{route}:{charter.id}")
        assert world.reads(alliance.tom) == NOT_ALLOWED
    for data in ("milestone:99999", "milestone.done:²", "milestone.edit", "milestones:x", "milestone.new:0x1"):
        await world.forges(alliance.tom, data)
        assert world.reads(alliance.tom) == NOT_THERE
    assert await world.kept() == before


async def test_milestone_of_the_programme_is_read_by_everybody_and_steered_in_no_chat(
    world: World, alliance: Alliance
) -> None:
    await world.says(alliance.maude, "/jalons")
    await world.taps(alliance.maude, "○ Publication des fiches d’engagement")
    assert world.reads(alliance.maude).splitlines()[:3] == [
        "Publication des fiches d’engagement",
        "Jalon du programme",
        "Dans 207 jours : vendredi 18 juin 2027",
    ]
    assert world.buttons(alliance.maude) == [["‹ Retour", "Menu"]]
    await world.taps(alliance.maude, "‹ Retour")
    assert world.reads(alliance.maude) == f"Jalons · {MOBILITY}\n\n{CARDS}"


async def test_who_reads_one_message_a_week_finds_their_milestone_in_it(world: World, alliance: Alliance) -> None:
    await entrusted(world, alliance, alliance.lea)
    lea = await world.record_of(alliance.lea)
    weekly = replace(lea, preferences=replace(lea.preferences, digest=True))
    await world.does(lambda uow: uow.people.save(weekly))
    await world.moves_to(datetime(2026, 11, 30, 8, 0, tzinfo=PARIS))
    assert "• mardi 15 décembre 2026 : Charte signée" in world.reads(alliance.lea).splitlines()
    before = world.reads(alliance.lea)
    await world.moves_to(at_nine(date(2026, 12, 1)))
    assert world.reads(alliance.lea) == before


async def test_list_of_many_turns_its_pages_in_the_group(world: World, alliance: Alliance) -> None:
    for number in range(9):
        await entrusted(world, alliance, alliance.maude, f"Jalon {number + 1}")
    await says_there(world, alliance.tom, alliance.group, "/jalons")
    listed = said_by_the_bot(world, alliance.group)[-1]
    assert buttons_of(listed)[-1] == ["Page suivante ›"]
    assert await taps_there(world, alliance.tom, alliance.group, "Page suivante ›") == ""
    assert buttons_of(listed) == [["✓ Atteint : Jalon 9"], ["‹ Page précédente"]]
    assert await taps_there(world, alliance.sam, alliance.group, "‹ Page précédente") == NOT_ALLOWED
    assert await taps_there(world, alliance.maude, alliance.group, "✓ Atteint : Jalon 9") == REACHED
    assert buttons_of(listed) == [["‹ Page précédente"]]


async def entrusted(world: World, alliance: Alliance, owner: Person, title: str = "Charte signée") -> Milestone:
    """A milestone of the coalition that Maude added without the words that lead to it."""
    by, owner_id = await world.record_of(alliance.maude), (await world.record_of(owner)).id
    plan, now, zone = MilestonePlan(title, DUE_ON, owner_id), world.clock.now(), world.territory.zone
    return await world.does(lambda uow: add_milestone(uow, by.id, alliance.coalition.id, plan, now, zone))


async def milestone(world: World, which: Milestone) -> Milestone:
    return await world.finds(lambda uow: uow.milestones.get(which.id))


def at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=PARIS)
