from datetime import UTC, date, datetime
from typing import Final

import pytest
from sqlalchemy import select

from bot.public_holidays import public_holidays
from programme.announcements import Announcement, AudienceKind, Content, Part
from programme.usecases.appoint import appoint_to_team
from programme.usecases.recall_announcements import recall_announcements
from programme.usecases.send_announcement import approve_announcement, send_announcement
from programme.usecases.write_announcement import reconsider, write_announcement
from storage.tables.delivery import outbox
from storage.tables.programme import people
from tests.programme.usecases.support_life import BREST
from tests.programme.usecases.town import PARIS, Town

EVERYBODY: Final = (Part(AudienceKind.EVERYBODY),)


def at(day: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=PARIS).astimezone(UTC)


def submitted(town: Town) -> Announcement:
    """Have Anne put an announcement to everybody forward on a Monday; Paul may approve it."""
    paul = town.newcomer("Paul")
    appoint_to_team(town.uow, town.staff.id, paul.id, at(23))
    draft = write_announcement(town.uow, town.staff.id, Content("Bonjour"), EVERYBODY, at(20))
    return send_announcement(town.uow, town.staff.id, draft.id, draft.version, at(23), PARIS, approval_above=1)


def recalls(town: Town, *moments: datetime) -> list[tuple[str, date]]:
    """Whom the schedule told, and on which day."""
    for woken_at in moments:
        assert not recall_announcements(town.uow, woken_at, PARIS, public_holidays(BREST))
    recalled = (
        select(people.c.name, outbox.c.created_at)
        .join(people, people.c.id == outbox.c.person_id)
        .where(outbox.c.key.like("announcement_recalled:%"))
        .order_by(outbox.c.id)
    )
    return [(row.name, row.created_at.astimezone(PARIS).date()) for row in town.connection.execute(recalled)]


def test_an_announcement_is_recalled_to_who_may_approve_it_after_three_working_days_and_every_three(town: Town) -> None:
    submitted(town)
    moments = [at(day) for day in (24, 25, 26, 27, 28, 30)] + [at(day, month=12) for day in (1, 2, 3)]

    assert recalls(town, *moments) == [("Paul", date(2026, 11, 27)), ("Paul", date(2026, 12, 2))]


def test_the_night_waits_for_the_morning(town: Town) -> None:
    submitted(town)

    assert recalls(town, at(27, 1), at(27, 7), at(27, 8)) == [("Paul", date(2026, 11, 27))]


@pytest.mark.parametrize("approved", [True, False])
def test_what_is_approved_or_taken_back_is_not_recalled(town: Town, approved: bool) -> None:
    waiting = submitted(town)
    if approved:
        paul = next(one for one in town.uow.people.staff() if one.id != town.staff.id)
        approve_announcement(town.uow, paul.id, waiting.id, waiting.version, at(24))
    else:
        reconsider(town.uow, town.staff.id, waiting.id, waiting.version, at(24))

    assert recalls(town, at(30)) == []
