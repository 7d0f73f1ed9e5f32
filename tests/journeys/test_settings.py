from datetime import date, time

from programme.leads import CHOSEN_LEADS, Lead
from programme.people import Preferences
from programme.quiet_hours import QuietHours
from simulator.people import Person
from tests.world import World


async def _preferences(world: World, person: Person) -> Preferences:
    return (await world.record_of(person)).preferences


async def test_settings_show_what_is_chosen(world: World) -> None:
    lea = await world.member("Léa")

    assert await world.says(lea, "/reglages") == (
        "Réglages\n\nLangue : Français\nRappels : tous\nHeures calmes : de 21 h à 8 h\nPause : non\n"
        "Messages : un par un"
    )
    assert world.buttons(lea) == [
        ["Langue", "Rappels"],
        ["Heures calmes", "Pause"],
        ["Recevoir un résumé par semaine"],
        ["Mes données", "Tout effacer"],
        ["Menu"],
    ]


async def test_language_changes_at_once(world: World) -> None:
    lea = await world.member("Léa")
    await world.says(lea, "/reglages")
    await world.taps(lea, "Langue")

    await world.taps(lea, "English")

    assert world.reads(lea) == (
        "Settings\n\nLanguage: English\nReminders: all\nQuiet hours: from 21:00 to 8:00\nPause: no\n"
        "Messages: one by one"
    )
    assert await world.says(lea, "/menu") == "Menu · Coalitions d’acteurs\nWhat would you like to do?"


async def test_each_reminder_is_switched_off_and_on(world: World) -> None:
    lea = await world.member("Léa")
    await world.says(lea, "/reglages")
    await world.taps(lea, "Rappels")

    await world.taps(lea, "✓ 7 jours avant")
    assert (await _preferences(world, lea)).leads == frozenset(CHOSEN_LEADS) - {Lead.WEEK}
    await world.taps(lea, "‹ Retour")
    assert "Rappels : 7 sur 8" in world.reads(lea)
    await world.taps(lea, "Rappels")
    await world.taps(lea, "7 jours avant")

    assert (await _preferences(world, lea)).leads == frozenset(CHOSEN_LEADS)


async def test_quiet_hours_are_chosen_or_none(world: World) -> None:
    lea = await world.member("Léa")
    await world.says(lea, "/reglages")
    await world.taps(lea, "Heures calmes")
    await world.taps(lea, "de 22 h à 7 h")
    assert (await _preferences(world, lea)).quiet_hours == QuietHours(time(22), time(7))

    await world.taps(lea, "Heures calmes")
    await world.taps(lea, "aucune")

    assert time(3) not in (await _preferences(world, lea)).quiet_hours
    assert "Heures calmes : aucune" in world.reads(lea)


async def test_pause_of_a_week_can_be_ended(world: World) -> None:
    lea = await world.member("Léa")
    await world.says(lea, "/reglages")
    await world.taps(lea, "Pause")
    await world.taps(lea, "Une semaine")
    assert (await _preferences(world, lea)).paused_until == date(2026, 11, 30)
    assert world.reads(lea).endswith("Pause : jusqu’au lundi 30 novembre 2026\nMessages : un par un")

    await world.taps(lea, "Pause")
    await world.taps(lea, "Reprendre les rappels")

    assert (await _preferences(world, lea)).paused_until is None
    assert world.reads(lea).endswith("Pause : non\nMessages : un par un")
