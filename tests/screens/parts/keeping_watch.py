"""How well the bot does, what stays wrong, and people of whom nothing is heard for two years."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from structlog.testing import capture_logs

from programme.health import OpenTrouble, Trouble
from programme.usecases.watch_health import Alert, tell_staff
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour

A_NIGHT: Final = timedelta(hours=8)
A_DAY: Final = timedelta(days=1)


async def walk(tour: Tour) -> None:
    """All is well; then the disk of the backups is gone, and reminders are late."""
    anne = tour.visitor("Anne")
    await anne.says("/sante", "All is well")
    backup = tour.world.jalon.schedule._night
    assert backup is not None
    file, backup.backup._file = backup.backup._file, Path("nowhere/jalon.db")
    with capture_logs():  # the bot says it there too
        await tour.world.moves_by(A_DAY + A_NIGHT)
        await tour.world.moves_by(timedelta(minutes=10))
    await anne.reads("Notice: something stays wrong")
    await anne.taps("Why this message?", "Why: something stays wrong")
    tour.world.jalon.schedule._scheduler.pause()
    tour.world.clock.move_to(tour.paris(9, 13, 20))
    await anne.forges("health:0", "Something is wrong", label="Look at it")
    tour.world.clock.move_to(tour.paris(10, 14, 20))
    await anne.forges("health:0", "Something is wrong for more than a day", label="Look again")
    tour.world.jalon.schedule._scheduler.resume()
    backup.backup._file = file
    await tour.world.moves_by(timedelta(hours=1))
    anne.looks_away()
    await tour.world.moves_by(timedelta(minutes=1))
    await anne.forges("health:0", "All is well again", label="Look again")
    await tour.does(lambda uow: _goes_wrong(uow, tour))
    await anne.reads("Notice: each thing that can stay wrong")
    await tour.world.moves_by(timedelta(minutes=1))
    await anne.reads("Notice: each is well again")


async def walk_silence(tour: Tour) -> None:
    """After two years people are asked whether they stay; who has a charge is never erased unasked."""
    anne, paul, nour, ada = tour.visitor("Anne"), tour.visitor("Paul"), tour.visitor("Nour"), await tour.has("Ada")
    await tour.world.belongs(nour.person, await tour.world.coalition(LED), facilitator=True)
    await tour.world.moves_to(tour.paris(10, 10, year=2027))
    await anne.says("/menu")
    for visitor in (anne, paul, nour):
        visitor.looks_away()
    await tour.world.moves_to(tour.paris(10, 10, month=4, year=2029))
    await ada.reads("Notice: asked whether one stays")
    await ada.taps("Why this message?", "Why: asked whether one stays")
    await ada.taps("Yes, keep it", "One stays")
    await nour.reads("Notice: asked whether one stays, facilitating a coalition")
    await anne.reads("Notice: somebody with a charge is silent")
    await anne.taps("Why this message?", "Why: somebody with a charge is silent")


def _goes_wrong(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Tell of everything that can stay wrong."""
    now = tour.world.clock.now()
    for trouble in Trouble:
        uow.health.keep(OpenTrouble(trouble, now, told_at=now))
        tell_staff(uow, Alert(trouble, now, over=False), now)
