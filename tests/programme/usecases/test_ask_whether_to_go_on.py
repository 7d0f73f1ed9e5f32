from datetime import UTC, datetime, time, timedelta

import pytest

from programme.ids import TelegramId
from programme.notices import ConversationLeftOpen
from programme.people import Preferences
from programme.ports import KeptDraft
from programme.quiet_hours import QuietHours
from programme.usecases.ask_whether_to_go_on import ask_whether_to_go_on
from programme.usecases.change_preferences import change_preferences
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW, person

A_DAY = timedelta(days=1)
NEXT_DAY = NOW + A_DAY + timedelta(seconds=1)
"""Wednesday, shortly after ten in Brest."""


def stops_in_the_middle(
    town: Town, telegram_id: TelegramId, form: str = "propose_coalition", at: datetime = NOW
) -> KeptDraft:
    return town.uow.drafts.put(telegram_id, telegram_id, form, 1, {"answers": {}}, at, new=True)


def asked(town: Town) -> list[str]:
    return [name for name, notice in town.told() if isinstance(notice, ConversationLeftOpen)]


def test_who_stopped_a_day_ago_is_asked_once(town: Town) -> None:
    draft = stops_in_the_middle(town, town.member.telegram_id)

    for later in (timedelta(0), timedelta(minutes=1), timedelta(days=3)):
        ask_whether_to_go_on(town.uow, NEXT_DAY + later, PARIS)

    assert town.told() == [("Léa", ConversationLeftOpen(draft.id))]


def test_within_a_day_nobody_is_asked(town: Town) -> None:
    stops_in_the_middle(town, town.member.telegram_id)

    ask_whether_to_go_on(town.uow, NOW + A_DAY, PARIS)

    assert asked(town) == []


def test_who_went_on_meanwhile_has_another_day(town: Town) -> None:
    draft = stops_in_the_middle(town, town.member.telegram_id)
    town.uow.drafts.put(draft.chat_id, draft.telegram_id, draft.form, 1, {}, NOW + timedelta(hours=8), new=False)

    ask_whether_to_go_on(town.uow, NEXT_DAY, PARIS)
    assert asked(town) == []

    ask_whether_to_go_on(town.uow, NEXT_DAY + timedelta(hours=8), PARIS)
    assert asked(town) == ["Léa"]


def test_another_conversation_is_asked_about_anew(town: Town) -> None:
    first = stops_in_the_middle(town, town.member.telegram_id)
    ask_whether_to_go_on(town.uow, NEXT_DAY, PARIS)
    second = stops_in_the_middle(town, town.member.telegram_id, "plan_meeting", NEXT_DAY)
    ask_whether_to_go_on(town.uow, NEXT_DAY + A_DAY + timedelta(seconds=1), PARIS)

    assert town.told() == [("Léa", ConversationLeftOpen(first.id)), ("Léa", ConversationLeftOpen(second.id))]


def test_at_night_it_waits_for_the_morning(town: Town) -> None:
    stopped_at = datetime(2026, 11, 24, 21, 30, tzinfo=PARIS)
    stops_in_the_middle(town, town.member.telegram_id, at=stopped_at.astimezone(UTC))

    for at in (stopped_at + timedelta(days=1, minutes=1), datetime(2026, 11, 26, 7, 59, tzinfo=PARIS)):
        ask_whether_to_go_on(town.uow, at.astimezone(UTC), PARIS)
        assert asked(town) == []

    ask_whether_to_go_on(town.uow, datetime(2026, 11, 26, 8, tzinfo=PARIS).astimezone(UTC), PARIS)
    assert asked(town) == ["Léa"]


def test_one_who_sleeps_holds_up_nobody_else(town: Town) -> None:
    by_day = Preferences(quiet_hours=QuietHours(time(9), time(17)))
    change_preferences(town.uow, town.member.id, by_day, NOW)
    stops_in_the_middle(town, town.member.telegram_id)
    stops_in_the_middle(town, town.facilitator.telegram_id)

    ask_whether_to_go_on(town.uow, NEXT_DAY, PARIS)

    assert asked(town) == ["Maude"]


def test_who_has_not_agreed_to_be_known_is_left_alone_for_good(town: Town) -> None:
    visitor = TelegramId(7_999_999_999)
    draft = stops_in_the_middle(town, visitor, "first_contact")
    ask_whether_to_go_on(town.uow, NEXT_DAY, PARIS)
    assert town.told() == []

    person(town.uow, "Yann", telegram_id=visitor)
    ask_whether_to_go_on(town.uow, NEXT_DAY + A_DAY, PARIS)

    assert town.told() == []
    assert town.uow.drafts.by_id(draft.id) is not None


@pytest.mark.parametrize("how_many", [200, 450])
def test_everybody_is_asked_in_the_end(town: Town, how_many: int) -> None:
    for number in range(how_many):
        stops_in_the_middle(town, person(town.uow, f"Membre {number}").telegram_id)

    for minute in range(4):
        ask_whether_to_go_on(town.uow, NEXT_DAY + timedelta(minutes=minute), PARIS)

    assert sorted(asked(town)) == sorted(f"Membre {number}" for number in range(how_many))
