from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from programme.groups import Group, GroupChat
from programme.series import Frequency
from programme.usecases.meeting_cards import card_of
from programme.usecases.move_meeting import cancel_meeting
from programme.usecases.pin_meetings import pin_meetings
from programme.usecases.plan_series import SeriesPlan, plan_series
from storage.tables.delivery import outbox
from tests.programme.usecases.group_cards import waiting_in_groups
from tests.programme.usecases.town import PARIS, Town, paris
from tests.storage.brest import NOW

GROUP = -1001


def due_of(town: Town) -> list[datetime]:
    rows = town.connection.scalars(select(outbox.c.due_at).where(outbox.c.chat_id < 0).order_by(outbox.c.id))
    return list(rows)


def binds(town: Town, chat_id: int = GROUP, *, may_pin: bool = True, present: bool = True) -> Group:
    group = Group(chat_id, None, town.toits.id)
    town.uow.groups.put_chat(GroupChat(chat_id, "Toits", present, may_write=True, may_pin=may_pin), NOW)
    town.uow.groups.bind(group, NOW)
    return group


def said(town: Town) -> list[dict[str, Any]]:
    return [content for _, content in waiting_in_groups(town)]


def card(meeting_id: int) -> dict[str, Any]:
    return {"card": "meeting", "subject": meeting_id}


def test_a_planned_meeting_is_shown_in_every_group_in_reach(town: Town) -> None:
    binds(town)
    binds(town, -1002)
    binds(town, -1003, present=False)

    meeting = town.plans()

    assert waiting_in_groups(town) == [(-1002, card(meeting.id)), (-1001, card(meeting.id))]


def test_on_the_day_it_is_pinned_once_and_until_midnight(town: Town) -> None:
    group = binds(town)
    meeting = town.plans(paris(8, 18, 30))

    for at in (paris(7, 12), paris(8, 7), paris(8, 8), paris(8, 8, 1), paris(8, 12)):
        assert not pin_meetings(town.uow, at, PARIS)

    assert said(town) == [card(meeting.id), {"pin": True}, {"pin": False}]
    assert due_of(town)[-2:] == [paris(8, 8), paris(9, 0)]
    assert list(town.uow.group_cards.places(card_of(meeting.id))) == [group]


def test_a_meeting_planned_for_today_is_pinned_at_once(town: Town) -> None:
    binds(town)

    meeting = town.plans(NOW + timedelta(hours=2))

    assert said(town) == [card(meeting.id), {"pin": True}, {"pin": False}]


def test_where_the_bot_may_not_nothing_is_pinned(town: Town) -> None:
    binds(town, may_pin=False)
    meeting = town.plans(NOW + timedelta(hours=2))

    pin_meetings(town.uow, NOW, PARIS)

    assert said(town) == [card(meeting.id)]


def test_a_meeting_cancelled_on_its_day_is_pinned_no_more(town: Town) -> None:
    binds(town)
    meeting = town.plans(NOW + timedelta(hours=2))

    cancel_meeting(town.uow, town.facilitator.id, meeting.id, NOW)

    assert said(town)[-1] == {"pin": False}
    assert due_of(town)[-1] == NOW


def test_the_cards_of_a_series_come_a_week_before(town: Town) -> None:
    binds(town)
    plan = SeriesPlan(town.toits.id, "Point", paris(1, 18, 30), Frequency.WEEKLY, "ENIB")
    series = plan_series(town.uow, town.facilitator.id, plan, NOW, PARIS)
    first, second, *_ = town.uow.meetings.of_series(series.id, NOW)
    assert said(town) == [card(first.id)]

    for at in (paris(1, 18), paris(1, 19), paris(1, 19, 1), paris(1, 22)):
        pin_meetings(town.uow, at, PARIS)

    shown = [content for content in said(town) if "card" in content]
    assert shown == [card(first.id), card(second.id)]


def test_a_group_that_is_bound_later_gets_the_cards_of_the_week(town: Town) -> None:
    meeting = town.plans(paris(1, 8))
    assert said(town) == []
    binds(town)

    pin_meetings(town.uow, NOW, PARIS)
    pin_meetings(town.uow, NOW, PARIS)

    assert said(town) == [card(meeting.id)]
