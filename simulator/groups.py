"""What happens to groups: they are made, people and bots come and go, topics open, a group becomes a supergroup."""

from collections.abc import Iterable

from simulator.accounts import User
from simulator.chats import ADMINISTRATOR_RIGHTS, Chat, Member, Message, Topic
from simulator.network import Network
from simulator.posting import delete, group, post, set_member

TOPIC_COLOUR = 7322096
FIRST_RIGHTS = frozenset(ADMINISTRATOR_RIGHTS) - {"can_promote_members"}


def create(network: Network, owner: User, title: str, others: Iterable[User], *, supergroup: bool, forum: bool) -> Chat:
    """A new group of its owner and the others; a forum is always a supergroup."""
    kind = "supergroup" if supergroup or forum else "group"
    chat = group(network, title, kind, forum=forum)
    set_member(network, chat, Member(owner, "creator"), owner)
    for user in others:
        set_member(network, chat, Member(user, "member"), owner)
    post(network, chat, owner, {f"{kind}_chat_created": True})
    return chat


def come(network: Network, chat: Chat, user: User, by: User) -> Message:
    """Somebody joins, or is added by somebody."""
    set_member(network, chat, Member(user, "member"), by)
    return post(network, chat, by, {"new_chat_members": [user]})


def go(network: Network, chat: Chat, user: User, by: User) -> Message:
    """Somebody leaves, or is removed; a bot that is removed sees no message any more, only the change of its place."""
    set_member(network, chat, Member(user, "left" if user["id"] == by["id"] else "kicked"), by)
    return post(network, chat, by, {"left_chat_member": user})


def appoint(network: Network, chat: Chat, user: User, by: User, rights: frozenset[str] | None) -> None:
    """Make somebody administrator, with all rights but appointing others unless `rights` say which."""
    kept = FIRST_RIGHTS if rights is None else rights
    set_member(network, chat, Member(user, "administrator", kept | {"can_manage_chat"}), by)


def dismiss(network: Network, chat: Chat, user: User, by: User) -> None:
    """Make an administrator an ordinary member again."""
    set_member(network, chat, Member(user, "member"), by)


def restrict(network: Network, chat: Chat, user: User, by: User, denied: frozenset[str]) -> None:
    """Take permissions such as `can_send_messages` from somebody."""
    set_member(network, chat, Member(user, "restricted", denied=denied), by)


def open_topic(network: Network, chat: Chat, name: str, by: User) -> Topic:
    """A new topic of a forum; raises AssertionError in a group without topics."""
    if not chat.forum:
        raise AssertionError(f"“{chat.title}” has no topics.")
    topic = Topic(chat.last_id + 1, name)
    chat.topics[topic.id] = topic
    post(network, chat, by, {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOUR}}, thread=topic.id)
    return topic


def close_topic(network: Network, chat: Chat, topic: Topic, by: User, *, closed: bool) -> None:
    """Close a topic, or open it again."""
    topic.closed = closed
    post(network, chat, by, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, thread=topic.id)


def delete_topic(network: Network, chat: Chat, topic: Topic) -> None:
    """Take a topic away with all that was said in it; nobody can write there any more."""
    del chat.topics[topic.id]
    for message in [message for message in chat.messages if message.thread == topic.id]:
        delete(network, message)


def upgrade(network: Network, chat: Chat, by: User, *, forum: bool = False) -> Chat:
    """Turn a group into a supergroup: a new chat with a new number, whose messages are counted anew."""
    if chat.type != "group" or chat.migrated_to is not None:
        raise AssertionError(f"“{chat.title}” is a supergroup already.")
    after = group(network, chat.title, "supergroup", forum=forum)
    after.members, after.denied = dict(chat.members), chat.denied
    post(network, chat, by, {"migrate_to_chat_id": after.id})
    chat.migrated_to = after.id
    post(network, after, by, {"migrate_from_chat_id": chat.id})
    return after
