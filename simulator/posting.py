"""What happens in chats: messages come, change and go, members come and go, and the bots there are told."""

from typing import Any

from simulator.accounts import Bot, User
from simulator.chats import Chat, Member, Message
from simulator.network import Network

# What stands in a message besides who, where and when: an edit replaces it.
CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document")
NAMES = ("first_name", "last_name", "username")
SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "group_chat_created",
    "supergroup_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "new_chat_title",
    "pinned_message",
    "forum_topic_created",
    "forum_topic_closed",
    "forum_topic_reopened",
)


def post(
    network: Network,
    chat: Chat,
    sender: User,
    content: dict[str, Any],
    *,
    thread: int | None = None,
    reply_to: Message | None = None,
    sender_chat: dict[str, Any] | None = None,
) -> Message:
    """Put a message into a chat and tell the bots that may see it."""
    chat.last_id += 1
    fields: dict[str, Any] = {"message_id": chat.last_id, "from": sender}
    if sender_chat is not None:
        fields["sender_chat"] = sender_chat
    fields |= {"chat": chat.fields, "date": network.date()}
    if thread is not None:
        fields |= {"message_thread_id": thread, "is_topic_message": True}
        if reply_to is None and thread in chat.kept:
            # Telegram shows a message in a topic as an answer to the service message that created the topic.
            reply_to = chat.kept[thread]
    elif reply_to is not None and chat.type == "supergroup" and not chat.forum:
        fields["message_thread_id"] = reply_to.fields.get("message_thread_id", reply_to.id)
    if reply_to is not None:
        fields["reply_to_message"] = _quoted(reply_to)
    message = Message(chat, fields | content, sender["id"])
    chat.kept[chat.last_id] = message
    tell_bots(network, message, "message")
    network.changed("message", chat, message=message)
    return message


def edit(network: Network, message: Message, content: dict[str, Any], markup: dict[str, Any] | None) -> None:
    """Replace a message's content and buttons; bots hear of it only where a person has edited."""
    kept = {name: value for name, value in message.fields.items() if name not in (*CONTENT, "reply_markup")}
    message.fields = kept | {"edit_date": network.date()} | content
    if markup is not None:
        message.fields["reply_markup"] = markup
    message.edits += 1
    tell_bots(network, message, "edited_message")
    network.changed("edit", message.chat, message=message)


def delete(network: Network, message: Message) -> None:
    """Take a message out of its chat."""
    del message.chat.kept[message.id]
    message.deleted = True
    network.changed("delete", message.chat, message=message)


def tell_bots(network: Network, message: Message, kind: str) -> None:
    """Give an update about a message to the bots of its chat that may see it, its sender excepted."""
    chat = message.chat
    if chat.bot is not None:
        if message.sender_id != chat.bot.id:
            chat.bot.updates.push(kind, dict(message.fields))
        return
    service = any(name in message.fields for name in SERVICE)
    if message.fields["from"]["is_bot"] and not service and "sender_chat" not in message.fields:
        # Bots don't hear each other; an anonymous administrator only looks like one.
        return
    for bot in network.bots.values():
        if bot.id != message.sender_id and sees(bot, message):
            bot.updates.push(kind, dict(message.fields))


def sees(bot: Bot, message: Message) -> bool:
    """Tell whether a bot in a group receives this message: privacy mode hides what is not meant for it."""
    member = message.chat.member(bot.user)
    if not member.present:
        return False
    fields = message.fields
    if bot.sees_all or member.administers or any(name in fields for name in SERVICE):
        return True
    if fields.get("via_bot", {}).get("id") == bot.id:
        return True
    if fields.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
        return True
    text = message.text.lower()
    return f"@{bot.username.lower()}" in text or any(
        entity["type"] == "bot_command" and "@" not in text[entity["offset"] :].split(maxsplit=1)[0]
        for entity in message.entities
        if entity["offset"] == 0
    )


def set_member(network: Network, chat: Chat, member: Member, by: User) -> None:
    """Change somebody's place in a chat and tell the bots that learn of it."""
    before = chat.member(member.user)
    chat.members[member.user["id"]] = member
    update = {
        "chat": chat.fields,
        "from": by,
        "date": network.date(),
        "old_chat_member": before.json,
        "new_chat_member": member.json,
    }
    for bot in network.bots.values():
        if bot.id == member.user["id"]:
            bot.updates.push("my_chat_member", update)
        elif chat.member(bot.user).administers:
            bot.updates.push("chat_member", update)
    network.changed("member", chat, member=member)


def set_blocked(network: Network, chat: Chat, *, blocked: bool) -> None:
    """Let a person block the bot of a private chat, or take it back; the bot learns of it."""
    if chat.bot is None or chat.blocked is blocked:
        return
    chat.blocked, chat.started = blocked, True
    person = chat.members[chat.id].user
    chat.members[chat.bot.id] = Member(chat.bot.user, "member" if blocked else "kicked")
    set_member(network, chat, Member(chat.bot.user, "kicked" if blocked else "member"), person)


def group(network: Network, title: str, kind: str, *, forum: bool = False) -> Chat:
    """A new group or supergroup without members."""
    first = 4_000_000_001 if kind == "group" else 1_002_000_000_001
    number = -network.number(kind, first)
    fields: dict[str, Any] = {"id": number, "title": title, "type": kind}
    if forum:
        fields["is_forum"] = True
    chat = Chat(number, kind, fields)
    network.chats[number] = chat
    return chat


def private_chat(network: Network, user: User, bot: Bot) -> Chat:
    """The chat of a person with a bot, made when it is first asked for."""
    chat = network.private.get((bot.id, user["id"]))
    if chat is None:
        fields = {name: user[name] for name in ("id", *NAMES) if name in user} | {"type": "private"}
        chat = Chat(user["id"], "private", fields, bot=bot)
        chat.members = {user["id"]: Member(user, "member"), bot.id: Member(bot.user, "member")}
        network.private[bot.id, user["id"]] = chat
    return chat


def _quoted(message: Message) -> dict[str, Any]:
    return {name: value for name, value in message.fields.items() if name not in {"reply_to_message", "pinned_message"}}
