from datetime import datetime, timedelta

import pytest

from programme.health import Health, Trouble, troubles_of
from programme.notices import TroubleFound, TroubleOver
from programme.usecases.watch_health import Alert, tell_staff, watch_health
from storage.outbox import NewOutgoing, Outbox
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

A_MINUTE = timedelta(minutes=1)
A_DAY = timedelta(days=1)


def stuck(town: Town, since: datetime = NOW) -> None:
    Outbox(town.connection).add(NewOutgoing(chat_id=1, content={"text": "…"}, key="stuck"), since)


def watched(town: Town, *minutes: int) -> list[list[Alert]]:
    return [watch_health(town.uow, NOW + minute * A_MINUTE) for minute in minutes]


def test_what_stays_wrong_for_ten_minutes_is_told_once_and_once_more_when_it_is_over(town: Town) -> None:
    stuck(town)
    told = watched(town, 4, 6, 15, 16, 17)
    since = NOW + 6 * A_MINUTE
    assert told == [[], [], [], [Alert(Trouble.OUTBOX, since, over=False)], []]

    Outbox(town.connection).dead(1, "gone", NOW + 18 * A_MINUTE)
    assert watched(town, 19, 20) == [[Alert(Trouble.OUTBOX, since, over=True)], []]


def test_what_is_well_again_before_is_not_told(town: Town) -> None:
    stuck(town)
    assert watched(town, 6) == [[]]
    Outbox(town.connection).dead(1, "gone", NOW + 7 * A_MINUTE)

    assert watched(town, 8, 30) == [[], []]


def test_staff_are_told_in_private(town: Town) -> None:
    for over in (False, True):
        tell_staff(town.uow, Alert(Trouble.BACKUP, NOW, over=over), NOW)

    assert town.told() == [("Anne", TroubleFound(Trouble.BACKUP)), ("Anne", TroubleOver(Trouble.BACKUP))]


@pytest.mark.parametrize(
    ("health", "wrong"),
    [
        (Health(), set()),
        (Health(reminders_since=NOW - 4 * A_MINUTE), set()),
        (Health(reminders_since=NOW - 6 * A_MINUTE), {Trouble.REMINDERS}),
        (Health(inbox_since=NOW - 6 * A_MINUTE), {Trouble.INBOX}),
        (Health(failed_this_hour=4), set()),
        (Health(failed_this_hour=5), {Trouble.FAILURES}),
        (Health(backups_wanted_at=NOW - A_DAY), set()),
        (Health(backups_wanted_at=NOW - 2 * A_DAY), {Trouble.BACKUP}),
        (Health(backups_wanted_at=NOW - 9 * A_DAY, backup_at=NOW - A_DAY), set()),
        (
            Health(backups_wanted_at=NOW - 9 * A_DAY, backup_at=NOW - A_DAY, backup_failed_at=NOW - A_MINUTE),
            {Trouble.BACKUP},
        ),
    ],
)
def test_what_counts_as_wrong(health: Health, wrong: set[Trouble]) -> None:
    assert troubles_of(health, NOW) == wrong


def test_a_message_meant_for_tomorrow_is_not_late(town: Town) -> None:
    tomorrow = NewOutgoing(chat_id=1, content={"text": "…"}, key="later", due_at=NOW + A_DAY)
    Outbox(town.connection).add(tomorrow, NOW)

    assert town.uow.health.look(NOW + timedelta(hours=23)) == Health()
