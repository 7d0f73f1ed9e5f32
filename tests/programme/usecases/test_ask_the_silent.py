from datetime import UTC, date, datetime, timedelta

from programme.errors import NotFound
from programme.ids import PersonId
from programme.notices import AskedToStay, SilentInCharge
from programme.usecases.appoint import relieve_facilitator
from programme.usecases.ask_the_silent import ask_the_silent, erase_the_silent, years_before
from programme.usecases.introduce_person import mark_reachable
from tests.programme.usecases.town import PARIS, Town

TODAY = datetime(2028, 12, 5, 10, tzinfo=PARIS).astimezone(UTC)
A_DAY = timedelta(days=1)
ERASE_ON = date(2029, 1, 4)


def known(town: Town, person_id: PersonId) -> bool:
    try:
        town.uow.people.get(person_id)
    except NotFound:
        return False
    return True


def heard_of(town: Town, *names: str, on: date = date(2028, 6, 1)) -> None:
    for entry in town.uow.people.listed():
        if entry.name in names:
            town.uow.people.note_active(entry.id, on)


def asks(town: Town, now: datetime = TODAY) -> None:
    assert ask_the_silent(town.uow, now, PARIS) is False


def erases(town: Town, now: datetime) -> None:
    assert erase_the_silent(town.uow, now, PARIS) is False


def test_who_is_silent_for_two_years_is_asked_once_and_erased_a_month_later(town: Town) -> None:
    heard_of(town, "Maude", "Anne", "Sam")
    asks(town)
    asks(town, TODAY + A_DAY)
    assert town.told() == [("Léa", AskedToStay(ERASE_ON))]

    erases(town, TODAY + 29 * A_DAY)
    assert known(town, town.member.id)
    erases(town, TODAY + 30 * A_DAY)

    assert not known(town, town.member.id)
    assert [line.deed for line in town.audited()] == ["erase_person"]


def test_who_has_closed_the_door_is_not_written_to_and_erased_all_the_same(town: Town) -> None:
    heard_of(town, "Maude", "Anne", "Sam")
    mark_reachable(town.uow, town.member.id, TODAY - A_DAY, reachable=False)
    asks(town)
    assert town.told() == []

    erases(town, TODAY + 30 * A_DAY)
    assert not known(town, town.member.id)


def test_a_sign_of_life_keeps_everything(town: Town) -> None:
    heard_of(town, "Maude", "Anne", "Sam")
    asks(town)
    town.uow.people.note_active(town.member.id, TODAY.date())
    erases(town, TODAY + 60 * A_DAY)

    assert known(town, town.member.id)


def test_who_was_heard_of_within_two_years_is_not_asked(town: Town) -> None:
    heard_of(town, "Maude", "Anne", "Sam")
    heard_of(town, "Léa", on=date(2026, 12, 6))
    asks(town)

    assert town.told() == []


def test_who_facilitates_is_not_erased_and_the_team_is_told(town: Town) -> None:
    heard_of(town, "Léa", "Anne", "Sam")
    asks(town)
    erases(town, TODAY + 90 * A_DAY)

    assert known(town, town.facilitator.id)
    assert town.told() == [("Maude", AskedToStay(ERASE_ON)), ("Anne", SilentInCharge(town.facilitator.id))]

    relieve_facilitator(town.uow, town.staff.id, town.facilitator.id, town.toits.id, TODAY + 90 * A_DAY)
    erases(town, TODAY + 91 * A_DAY)
    assert not known(town, town.facilitator.id)


def test_the_team_is_never_erased(town: Town) -> None:
    heard_of(town, "Léa", "Maude", "Sam")
    asks(town)
    erases(town, TODAY + 90 * A_DAY)

    assert known(town, town.staff.id)


def test_nobody_is_asked_at_night(town: Town) -> None:
    heard_of(town, "Maude", "Anne", "Sam")
    asks(town, TODAY - timedelta(hours=4))
    assert town.told() == []

    asks(town)
    assert town.told() == [("Léa", AskedToStay(ERASE_ON))]


def test_a_day_of_activity_is_noted_once(town: Town) -> None:
    def changes() -> object:
        return town.connection.exec_driver_sql("SELECT total_changes()").scalar_one()

    town.uow.people.note_active(town.member.id, TODAY.date())
    noted = changes()
    town.uow.people.note_active(town.member.id, TODAY.date())

    assert changes() == noted


def test_the_29th_of_february_has_a_day_two_years_before() -> None:
    assert years_before(date(2028, 2, 29)) == date(2026, 2, 28)
