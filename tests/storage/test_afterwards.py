from dataclasses import replace
from datetime import timedelta

import pytest

from programme.errors import NotFound
from programme.ids import MinutesId
from programme.meetings import Minutes
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, coalition, meeting, person

LATER = NOW + timedelta(hours=1)


def test_attendance_is_noted_changed_and_forgotten(uow: SqlUnitOfWork) -> None:
    lea, sam, zoe = (person(uow, name) for name in ("Léa", "Sam", "Zoé"))
    toits = coalition(uow, "Toits")
    held, other = meeting(uow, toits), meeting(uow, toits)
    assert uow.afterwards.attendance(held.id) == {}

    uow.afterwards.note_attendance(held.id, {sam.id: True, lea.id: True}, NOW)
    uow.afterwards.note_attendance(held.id, {lea.id: False, sam.id: True, zoe.id: False}, LATER)
    uow.afterwards.note_attendance(other.id, {zoe.id: True}, NOW)
    uow.afterwards.note_attendance(other.id, {}, NOW)

    assert uow.afterwards.attendance(held.id) == {lea.id: False, sam.id: True, zoe.id: False}
    uow.afterwards.forget_attendance(held.id, lea.id)
    uow.afterwards.forget_attendance(held.id, lea.id)
    assert uow.afterwards.attendance(held.id) == {sam.id: True, zoe.id: False}
    assert uow.afterwards.attendance(other.id) == {zoe.id: True}


def test_latest_minutes_count_and_earlier_ones_stay(uow: SqlUnitOfWork) -> None:
    held = meeting(uow, coalition(uow, "Toits"))
    lea = person(uow, "Léa")
    assert uow.afterwards.minutes(held.id) is None

    first = uow.afterwards.add_minutes(
        Minutes(MinutesId(0), held.id, "Présents : dix.", "", "", "", added_by=lea.id, added_at=NOW)
    )
    second = uow.afterwards.add_minutes(
        Minutes(MinutesId(0), held.id, "", "BQAC", "notes.pdf", "", added_by=None, added_at=LATER)
    )

    assert uow.afterwards.minutes(held.id) == second
    assert uow.afterwards.minutes_by_id(first.id) == first
    assert (
        replace(second, id=first.id, text=first.text, file_id="", file_name="", added_by=lea.id, added_at=NOW) == first
    )
    with pytest.raises(NotFound):
        uow.afterwards.minutes_by_id(MinutesId(99))
