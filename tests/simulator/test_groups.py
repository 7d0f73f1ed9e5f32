"""Groups, supergroups and forums: who comes and goes, what a bot sees there, and where it may write."""

from typing import Any

from simulator.accounts import Bot
from simulator.people import Person
from tests.simulator.conftest import PIXEL, Api


def kinds(updates: list[dict[str, Any]]) -> list[str]:
    return [next(kind for kind in update if kind != "update_id") for update in updates]


async def test_a_bot_learns_that_it_was_added_and_removed(api: Api, lea: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité")
    lea.adds(bot, group)
    place, service = await api.updates()
    lea.removes(bot, group)
    (gone,) = await api.updates()

    assert [one["my_chat_member"]["new_chat_member"]["status"] for one in (place, gone)] == ["member", "kicked"]
    assert service["message"]["new_chat_members"] == [bot.user]
    refusal = await api.refusal("sendMessage", chat_id=group.id, text="a")
    assert refusal == "Forbidden: bot was kicked from the group chat"


async def test_a_bot_that_left_is_no_member(api: Api, lea: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", bot=bot, supergroup=True)
    assert await api("leaveChat", chat_id=group.id) is True
    refusal = await api.refusal("sendMessage", chat_id=group.id, text="a")
    assert refusal == "Forbidden: bot is not a member of the supergroup chat"


async def test_people_who_come_and_go_are_told(api: Api, lea: Person, sam: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", bot=bot)
    await api.updates()
    sam.joins(group)
    sam.leaves(group)
    come, gone = await api.updates()
    assert come["message"]["new_chat_members"] == [sam.user]
    assert gone["message"]["left_chat_member"] == sam.user


async def test_changes_of_members_come_to_an_administrator_who_asks(
    api: Api, lea: Person, sam: Person, bot: Bot
) -> None:
    group = lea.creates_group("Mobilité", bot=bot)
    lea.promotes(bot, group)
    await api.updates(allowed_updates=["chat_member"])
    sam.joins(group)
    (update,) = await api.updates()
    change = update["chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")


async def test_privacy_hides_what_is_not_meant_for_the_bot(api: Api, lea: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", bot=bot)
    asked = await api("sendMessage", chat_id=group.id, text="Où ?")
    await api.updates()

    lea.says("Bonjour à tous", group)
    lea.says("/rencontre mardi", group)
    lea.says("/rencontre@other_bot mardi", group)
    lea.says("À Brest", reply_to=group.kept[asked["message_id"]])
    lea.says("Dis, @jalon_bot", group)

    seen = ["/rencontre mardi", "À Brest", "Dis, @jalon_bot"]
    assert [one["message"]["text"] for one in await api.updates()] == seen
    lea.promotes(bot, group)
    lea.says("Bonjour encore", group)
    assert [one["message"]["text"] for one in await api.updates() if "message" in one] == ["Bonjour encore"]


async def test_privacy_can_be_off(api: Api, lea: Person, bot: Bot) -> None:
    bot.sees_all = True
    group = lea.creates_group("Mobilité", bot=bot)
    await api.updates()
    lea.says("Bonjour à tous", group)
    assert [one["message"]["text"] for one in await api.updates()] == ["Bonjour à tous"]


async def test_a_link_that_asks_for_a_group_brings_its_payload(api: Api, lea: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité")
    lea.adds(bot, group, "lier_7")
    assert (await api.updates())[-1]["message"]["text"] == "/start@jalon_bot lier_7"


async def test_an_anonymous_administrator_hides_behind_the_group(api: Api, lea: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", bot=bot, supergroup=True)
    await api.updates()
    lea.says("/rencontre", group, anonymously=True)
    (update,) = await api.updates()
    message = update["message"]
    assert message["from"] == {
        "id": 1087968824,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    }
    assert message["sender_chat"] == {"id": group.id, "title": "Mobilité", "type": "supergroup"}


async def test_members_are_told_on_request(api: Api, lea: Person, sam: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", [sam], bot=bot)
    place = {"chat_id": group.id}
    lea.promotes(sam, group, "can_pin_messages")

    assert await api("getChatMemberCount", **place) == 3
    owner, administrator = await api("getChatAdministrators", **place)
    assert (owner["user"], owner["status"]) == (lea.user, "creator")
    assert (administrator["user"], administrator["can_pin_messages"]) == (sam.user, True)
    assert (await api("getChatMember", **place, user_id=bot.id))["status"] == "member"
    assert await api.refusal("getChatMember", **place, user_id=5) == "Bad Request: PARTICIPANT_ID_INVALID"


async def test_a_restricted_bot_is_told_what_it_may_not_do(api: Api, lea: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", bot=bot, supergroup=True)
    photo = lea.sends_photo(PIXEL, to=group).fields["photo"][-1]["file_id"]
    lea.restricts(bot, group, "can_send_photos")
    refusal = await api.refusal("sendPhoto", chat_id=group.id, photo=photo)
    assert refusal == "Bad Request: not enough rights to send photos to the chat"

    lea.restricts(bot, group, "can_send_messages")
    refusal = await api.refusal("sendMessage", chat_id=group.id, text="a")
    assert refusal == "Bad Request: not enough rights to send text messages to the chat"


async def test_a_group_that_becomes_a_supergroup_gets_a_new_number(api: Api, lea: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", bot=bot)
    await api.updates()
    after = lea.migrates(group)

    old, new = await api.updates()
    assert (old["message"]["chat"]["id"], old["message"]["migrate_to_chat_id"]) == (group.id, after.id)
    assert (new["message"]["chat"]["id"], new["message"]["migrate_from_chat_id"]) == (after.id, group.id)
    assert (new["message"]["message_id"], after.type) == (1, "supergroup")
    assert await api.answer("sendMessage", chat_id=group.id, text="a") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": after.id},
    }
    assert (await api("sendMessage", chat_id=after.id, text="a"))["message_id"] == 2


async def test_a_topic_keeps_its_messages_apart(api: Api, lea: Person, bot: Bot) -> None:
    forum = lea.creates_group("Mobilité", bot=bot, forum=True)
    topic = lea.creates_topic(forum, "Vélo")
    await api.updates()

    lea.says("/rencontre", forum, thread=topic.id)
    (update,) = await api.updates()
    sent = await api("sendMessage", chat_id=forum.id, text="Quand ?", message_thread_id=topic.id)
    general = await api("sendMessage", chat_id=forum.id, text="Ici")

    message = update["message"]
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic.id, True)
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "Vélo"
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic.id, True)
    assert ("message_thread_id" in general, forum.last.thread) == (False, None)
    said = lea.says("Mardi", reply_to=forum.kept[sent["message_id"]])
    assert (said.thread, said.reply_to) == (topic.id, sent["message_id"])


async def test_a_topic_that_is_not_there_is_refused_and_so_is_general_by_number(
    api: Api, lea: Person, bot: Bot
) -> None:
    forum = lea.creates_group("Mobilité", bot=bot, forum=True)
    for thread in (1, 99):
        refusal = await api.refusal("sendMessage", chat_id=forum.id, text="a", message_thread_id=thread)
        assert refusal == "Bad Request: message thread not found"
    assert await api("sendChatAction", chat_id=forum.id, action="typing", message_thread_id=1) is True


async def test_a_closed_topic_takes_nothing_until_it_is_opened(api: Api, lea: Person, bot: Bot) -> None:
    forum = lea.creates_group("Mobilité", bot=bot, forum=True)
    topic = lea.creates_topic(forum, "Vélo")
    place = {"chat_id": forum.id, "text": "a", "message_thread_id": topic.id}
    lea.closes_topic(forum, topic)
    assert await api.refusal("sendMessage", **place) == "Bad Request: TOPIC_CLOSED"
    lea.reopens_topic(forum, topic)
    assert (await api("sendMessage", **place))["text"] == "a"


async def test_an_answer_in_a_supergroup_carries_a_thread_that_is_no_topic(api: Api, lea: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", bot=bot, supergroup=True)
    asked = await api("sendMessage", chat_id=group.id, text="Où ?")
    said = lea.says("À Brest", reply_to=group.last)
    assert (said.fields["message_thread_id"], said.thread) == (asked["message_id"], None)
    thread = said.fields["message_thread_id"]
    refusal = await api.refusal("sendMessage", chat_id=group.id, text="a", message_thread_id=thread)
    assert refusal == "Bad Request: message thread not found"


async def test_a_tap_in_a_group_tells_who_tapped(api: Api, lea: Person, sam: Person, bot: Bot) -> None:
    group = lea.creates_group("Mobilité", [sam], bot=bot)
    markup = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
    await api("sendMessage", chat_id=group.id, text="Mardi ?", reply_markup=markup)
    await api.updates()
    sam.taps("Oui", chat=group)
    (update,) = await api.updates()
    assert (update["callback_query"]["from"], update["callback_query"]["message"]["chat"]["id"]) == (sam.user, group.id)


async def test_a_topic_that_is_deleted_takes_its_messages_along(api: Api, lea: Person, bot: Bot) -> None:
    forum = lea.creates_group("Plan Climat", bot=bot, forum=True)
    topic, other = lea.creates_topic(forum, "Mobilité"), lea.creates_topic(forum, "Énergie")
    card = await api("sendMessage", chat_id=forum.id, text="a", message_thread_id=topic.id)
    kept = await api("sendMessage", chat_id=forum.id, text="b", message_thread_id=other.id)
    await api.updates()

    lea.deletes_topic(forum, topic)

    refusals = [
        await api.refusal("sendMessage", chat_id=forum.id, text="c", message_thread_id=topic.id),
        await api.refusal("editMessageText", chat_id=forum.id, text="c", message_id=card["message_id"]),
    ]
    assert refusals == ["Bad Request: message thread not found", "Bad Request: message to edit not found"]
    assert forum.last.id == kept["message_id"]
    assert await api.updates() == []
