"""The health of the bot, what stays wrong, the nightly backup, recalls and people of whom nothing is heard."""

from datetime import datetime, timedelta
from pathlib import Path

from programme.usecases.propose_coalition import Proposal, propose_coalition
from storage.backup import restore
from storage.health import BACKUP_DONE
from storage.remembered import Remembered
from tests.world import MONDAY_NOON, PARIS, World

A_MINUTE = timedelta(minutes=1)
WELL = (
    "Santé du bot\n✓ Tout va bien.\n\nRappels : à l’heure\nMessages à envoyer : à l’heure\n"
    "Réponses à donner : à l’heure\n"
    "Échecs depuis 24 heures : 0\nMessages abandonnés depuis 24 heures : 0\n"
)


def copies(world: World) -> list[str]:
    folder = Path(str(world.settings.database.database)).parent / "backups"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


async def test_a_bot_that_does_well_says_so(world: World) -> None:
    anne = await world.staff()

    assert (
        await world.says(anne, "/sante") == f"{WELL}Sauvegarde : aucune pour l’instant, la première se fera cette nuit"
    )


async def test_each_night_has_its_backup_which_brings_everything_back(world: World, tmp_path: Path) -> None:
    anne = await world.staff()
    await world.moves_to(datetime(2026, 11, 24, 2, 59, tzinfo=PARIS))
    assert copies(world) == []
    await world.moves_to(datetime(2026, 11, 24, 3, 0, tzinfo=PARIS))
    await world.moves_to(datetime(2026, 11, 24, 9, 0, tzinfo=PARIS))
    assert copies(world) == ["jalon-2026-11-24.db"]
    await world.moves_to(datetime(2026, 11, 25, 3, 1, tzinfo=PARIS))
    assert copies(world) == ["jalon-2026-11-24.db", "jalon-2026-11-25.db"]

    assert await world.says(anne, "/sante") == f"{WELL}Dernière sauvegarde : mercredi 25 novembre 2026 à 3 h 01"
    folder = Path(str(world.settings.database.database)).parent / "backups"
    elsewhere = tmp_path / "elsewhere.db"
    restore(folder / "jalon-2026-11-25.db", elsewhere, world.clock.now())
    assert elsewhere.stat().st_size > 0


async def test_a_bot_that_slept_takes_its_copy_before_the_night_and_alarms_nobody(world: World) -> None:
    anne = await world.staff()
    await world.moves_to(datetime(2026, 11, 24, 3, 0, tzinfo=PARIS))
    before = anne.last_read
    await world.moves_to(datetime(2026, 11, 26, 0, 30, tzinfo=PARIS))
    await world.moves_to(datetime(2026, 11, 26, 1, 0, tzinfo=PARIS))

    assert copies(world) == ["jalon-2026-11-24.db", "jalon-2026-11-26.db"]
    assert anne.last_read == before


async def test_what_stays_wrong_for_ten_minutes_is_told_once_and_its_end_too(world: World) -> None:
    anne = await world.staff()
    await world.jalon.database.write(
        lambda connection: Remembered(connection).put(BACKUP_DONE, (MONDAY_NOON - timedelta(days=5)).isoformat())
    )
    backup = world.jalon.schedule._night
    assert backup is not None
    file, backup.backup._file = backup.backup._file, Path("nowhere/jalon.db")  # as when its disk is gone
    await world.moves_by(A_MINUTE)
    before = world.reads(anne)
    await world.moves_by(9 * A_MINUTE)
    assert world.reads(anne) == before

    await world.moves_by(2 * A_MINUTE)
    assert world.reads(anne) == (
        "⚠ La sauvegarde de la nuit manque\n"
        "Cela dure depuis dix minutes. /sante en dit plus ; je vous dirai quand ce sera réglé."
    )
    said = len(list(anne.chat_with().latest()))
    await world.moves_by(5 * A_MINUTE)
    assert len(list(anne.chat_with().latest())) == said

    backup.backup._file = file
    await world.moves_by(70 * A_MINUTE)
    assert world.reads(anne) == "✓ C’est réglé\nCe qui n’allait pas : « La sauvegarde de la nuit manque »"


async def test_a_proposal_that_waits_is_recalled_with_its_buttons(world: World) -> None:
    anne, lea = await world.staff(), await world.member("Léa Martin")
    by, now = (await world.record_of(lea)).id, world.clock.now()
    proposal = Proposal("Trop de trajets", "Covoiturer", "Partager", "area")
    await world.does(lambda uow: propose_coalition(uow, by, proposal, now))

    await world.moves_to(datetime(2026, 11, 27, 9, 0, tzinfo=PARIS))
    assert world.reads(anne).startswith(
        "Cette proposition attend depuis plus de trois jours ouvrés.\n\n"
        "• Covoiturer : en attente depuis le lundi 23 novembre 2026\n\nCoalition proposée : Covoiturer\n"
    )
    await world.taps(anne, "Toutes les validations")
    assert world.reads(anne) == ("Validations\n\n• Covoiturer : en attente depuis le lundi 23 novembre 2026")
    await world.taps(anne, "Proposition : Covoiturer")
    await world.taps(anne, "Approuver")
    assert world.reads(lea) == "« Covoiturer » est approuvée : vous l’animez désormais."


async def test_who_was_silent_for_two_years_stays_with_one_tap(world: World) -> None:
    lea, sam = await world.member("Léa Martin"), await world.member("Sam")
    await world.moves_to(datetime(2028, 11, 24, 10, 0, tzinfo=PARIS))
    assert world.reads(lea) == (
        "Dois-je garder ce que je sais de vous ?\nNous sommes sans nouvelles de vous depuis deux ans.\n"
        "Sans réponse, tout ce qui est gardé sur vous sera effacé le dimanche 24 décembre 2028."
    )
    await world.taps(lea, "Oui, garder")
    assert world.reads(lea) == "Merci : rien ne change, tout est gardé."

    await world.moves_to(datetime(2028, 12, 24, 10, 0, tzinfo=PARIS))
    known = await world.finds(lambda uow: [entry.name for entry in uow.people.listed()])
    assert known == ["Léa Martin"]
    assert world.reads(sam).startswith("Dois-je garder")
