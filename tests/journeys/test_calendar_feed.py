from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from icalendar import Calendar
from starlette.types import ASGIApp

from bot.web import serving
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from simulator.people import Person
from tests.world import PARIS, World, a_world

ROOT = "https://jalon.example.org"
SCREEN = (
    "Votre agenda dans votre calendrier\n"
    "Touchez l’adresse pour la copier, puis donnez-la à votre calendrier : il se met à jour tout seul.\n\n"
    "{address}\n\n"
    "• iPhone : Calendrier, Calendriers, Ajouter, Ajouter un calendrier avec abonnement\n"
    "• Android : dans un navigateur, calendar.google.com, Autres agendas, À partir de l’URL\n"
    "• Outlook : Ajouter un calendrier, S’abonner à partir du web\n"
    "• Une application qui demande « webcal » : mettez webcal:// à la place de https://\n\n"
    "Toute personne qui a cette adresse voit vos rencontres et vos forums : gardez-la pour vous."
)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have a public address in the settings, and note where the bot really listens."""
    addresses: list[str] = []

    @asynccontextmanager
    async def noting(app: ASGIApp, host: str, port: int) -> AsyncIterator[str]:
        async with serving(app, host, port) as address:
            addresses.append(address)
            yield address

    monkeypatch.setattr("bot.receiving.serving", noting)
    monkeypatch.setenv("JALON_PUBLIC_URL", f"{ROOT}/")
    return addresses


@pytest.fixture
async def world(tmp_path: Path, served: list[str]) -> AsyncIterator[World]:  # noqa: ARG001 (the settings come first)
    async with a_world(tmp_path) as made:
        yield made


async def _meets(world: World, *people: Person) -> None:
    """Put people into a coalition that meets next week."""
    coalition = await world.coalition("Mobilités alternatives")
    for person in people:
        await world.belongs(person, coalition, facilitator=person is people[0])
    lead, now = await world.record_of(people[0]), world.clock.now()
    plan = MeetingPlan(coalition.id, "Première rencontre", datetime(2026, 12, 1, 18, 30, tzinfo=PARIS), "ENIB")
    await world.does(lambda uow: plan_meeting(uow, lead.id, plan, now, world.territory.zone))


def _address(world: World, person: Person) -> str:
    """The address that somebody reads."""
    return next(line for line in world.reads(person).splitlines() if line.startswith(ROOT))


async def _calendar(served: list[str], address: str) -> list[tuple[str, str]] | int:
    """What a calendar shows of an address, or the number of the refusal."""
    async with (
        aiohttp.ClientSession() as client,
        client.get(served[-1] + address.removeprefix(ROOT)) as answer,
    ):
        if answer.status != 200:
            return answer.status
        calendar = Calendar.from_ical(await answer.read())
    return [(str(event["summary"]), str(event["status"])) for event in calendar.walk("VEVENT")]


@pytest.mark.usefixtures("untroubled")
async def test_the_agenda_gives_an_address_that_follows_the_answers(world: World, served: list[str]) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    await _meets(world, lea, sam)
    await world.says(sam, "/agenda")
    await world.taps(sam, "M’abonner depuis mon calendrier")

    address = _address(world, sam)
    assert world.reads(sam) == SCREEN.format(address=address)
    assert world.buttons(sam) == [["Changer l’adresse", "Arrêter"], ["‹ Retour", "Menu"]]
    title = "Première rencontre (Mobilités alternatives)"
    assert await _calendar(served, address) == [(title, "TENTATIVE")]

    await world.taps(sam, "‹ Retour")
    await world.taps(sam, "mar. 1er déc. · Première rencontre")
    await world.taps(sam, "Oui")
    assert await _calendar(served, address) == [(title, "CONFIRMED")]
    await world.taps(sam, "Non")
    assert await _calendar(served, address) == []


async def test_the_address_stays_until_it_is_changed_and_then_opens_nothing(world: World, served: list[str]) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "/agenda")
    await world.taps(lea, "M’abonner depuis mon calendrier")
    first = _address(world, lea)
    await world.taps(lea, "‹ Retour")
    await world.taps(lea, "M’abonner depuis mon calendrier")
    assert _address(world, lea) == first

    assert await world.taps(lea, "Changer l’adresse") == "L’adresse est nouvelle : l’ancienne ne montre plus rien."
    assert _address(world, lea) != first
    assert (await _calendar(served, first), await _calendar(served, _address(world, lea))) == (404, [])

    second = _address(world, lea)
    await world.taps(lea, "Arrêter")
    assert world.reads(lea) == (
        "C’est arrêté : l’adresse ne montre plus rien. Vous pouvez la retirer de votre calendrier."
    )
    assert await _calendar(served, second) == 404
    await world.taps(lea, "S’abonner de nouveau")
    assert await _calendar(served, _address(world, lea)) == []


async def test_an_address_is_somebodys_own_and_closed_when_they_are_erased(world: World, served: list[str]) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    await _meets(world, lea, sam)
    for person in (lea, sam):
        await world.says(person, "/agenda")
        await world.taps(person, "M’abonner depuis mon calendrier")
    theirs = {_address(world, person) for person in (lea, sam)}
    assert len(theirs) == 2

    closed = _address(world, sam)
    await world.says(sam, "/supprimer")
    await world.taps(sam, "Continuer")
    await world.taps(sam, "Oui, tout effacer")

    assert await _calendar(served, closed) == 404
    assert await _calendar(served, _address(world, lea)) != 404


async def test_the_feed_is_in_the_language_of_its_owner(world: World, served: list[str]) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "/reglages")
    await world.taps(lea, "Langue")
    await world.taps(lea, "English")
    await world.says(lea, "/agenda")
    await world.taps(lea, "Subscribe from my calendar")
    address = _address(world, lea)

    async with aiohttp.ClientSession() as client, client.get(served[-1] + address.removeprefix(ROOT)) as answer:
        calendar = Calendar.from_ical(await answer.read())
    assert str(calendar["x-wr-calname"]) == "My agenda · Coalitions d’acteurs"
    assert calendar.decoded("refresh-interval") == timedelta(hours=4)


async def test_without_a_public_address_nobody_is_offered_a_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JALON_PUBLIC_URL", raising=False)
    folder = tmp_path / "private"
    folder.mkdir()
    async with a_world(folder) as world:
        lea = await world.known("Léa")
        await world.says(lea, "/agenda")
        assert "M’abonner depuis mon calendrier" not in [label for row in world.buttons(lea) for label in row]

        await world.forges(lea, "feed")
        assert world.reads(lea) == "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
