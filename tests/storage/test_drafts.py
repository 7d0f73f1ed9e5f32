from datetime import timedelta

from programme.ids import TelegramId
from programme.ports import KeptDraft
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW

LEA = TelegramId(7_000_000_001)
GROUP = -1_001_234_567_890


def begins(uow: SqlUnitOfWork, form: str, *, chat: int = LEA, hours_ago: int = 0) -> KeptDraft:
    return uow.drafts.put(chat, LEA, form, 1, {}, NOW - timedelta(hours=hours_ago), new=True)


def test_a_conversation_goes_on_where_it_was(uow: SqlUnitOfWork) -> None:
    begun = begins(uow, "plan_meeting")
    content = {"answers": {"title": "Atelier d’été"}, "at": ["place", 2]}

    continued = uow.drafts.put(LEA, LEA, "plan_meeting", 1, content, NOW + timedelta(minutes=1), new=False)

    assert continued == KeptDraft(
        begun.id, LEA, LEA, "plan_meeting", 1, content, NOW + timedelta(minutes=1), reminded=False
    )
    assert uow.drafts.get(LEA, LEA) == uow.drafts.by_id(begun.id) == continued


def test_a_new_conversation_takes_the_place_of_the_one_before(uow: SqlUnitOfWork) -> None:
    first = begins(uow, "plan_meeting")

    second = begins(uow, "propose_coalition")

    assert second.id == first.id + 1
    assert uow.drafts.by_id(first.id) is None
    assert uow.drafts.get(LEA, LEA) == second


def test_a_conversation_that_went_meanwhile_is_kept_anew(uow: SqlUnitOfWork) -> None:
    gone = begins(uow, "plan_meeting")
    uow.drafts.drop(gone.id)
    assert uow.drafts.get(LEA, LEA) is None

    again = uow.drafts.put(LEA, LEA, "plan_meeting", 1, {}, NOW, new=False)

    assert again.id == gone.id + 1


def test_each_chat_has_its_own_conversation(uow: SqlUnitOfWork) -> None:
    private, in_group = begins(uow, "propose_coalition"), begins(uow, "plan_meeting", chat=GROUP)

    assert uow.drafts.get(LEA, LEA) == private
    assert uow.drafts.get(GROUP, LEA) == in_group
    assert uow.drafts.get(GROUP, TelegramId(1)) is None


def test_conversations_left_open_are_asked_about_once(uow: SqlUnitOfWork) -> None:
    later = begins(uow, "later", hours_ago=25)
    oldest = begins(uow, "oldest", chat=GROUP, hours_ago=30)
    begins(uow, "fresh", chat=GROUP - 1, hours_ago=1)
    a_day_ago = NOW - timedelta(days=1)
    assert uow.drafts.untouched_since(a_day_ago, 10) == [oldest, later]
    assert uow.drafts.untouched_since(a_day_ago, 1) == [oldest]

    uow.drafts.mark_reminded(oldest.id)

    assert uow.drafts.untouched_since(a_day_ago, 10) == [later]


def test_conversations_left_for_long_are_forgotten(uow: SqlUnitOfWork) -> None:
    oldest = begins(uow, "oldest", hours_ago=24 * 31)
    asked_about = begins(uow, "asked_about", chat=GROUP, hours_ago=24 * 30 + 1)
    on_the_day = begins(uow, "on_the_day", chat=GROUP - 1, hours_ago=24 * 30)
    uow.drafts.mark_reminded(asked_about.id)
    a_month_ago = NOW - timedelta(days=30)

    assert uow.drafts.drop_untouched_since(a_month_ago) == 2
    assert uow.drafts.drop_untouched_since(a_month_ago) == 0

    kept = [uow.drafts.by_id(draft.id) for draft in (oldest, asked_about, on_the_day)]
    assert kept == [None, None, on_the_day]


def test_a_conversation_that_was_touched_again_is_kept(uow: SqlUnitOfWork) -> None:
    begins(uow, "plan_meeting", hours_ago=24 * 40)
    touched = uow.drafts.put(LEA, LEA, "plan_meeting", 1, {"answers": {}}, NOW, new=False)

    assert uow.drafts.drop_untouched_since(NOW - timedelta(days=30)) == 0
    assert uow.drafts.get(LEA, LEA) == touched
