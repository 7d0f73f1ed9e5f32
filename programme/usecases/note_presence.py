"""Note where the bot is and what it may do there, and tell who facilitates when it can't be reached in a group."""

from dataclasses import replace
from datetime import datetime

from programme.groups import GroupChat
from programme.notices import GroupOutOfReach, TopicLost
from programme.ports import UnitOfWork


def note_presence(uow: UnitOfWork, chat: GroupChat, now: datetime) -> GroupChat | None:
    """Keep what is known of a group; gives what was known before.

    Where the bot could write and no longer can, those who facilitate the coalitions that talk there are told.
    """
    before = uow.groups.chat(chat.chat_id)
    uow.groups.put_chat(chat, now)
    if (before is None or before.in_reach) and not chat.in_reach:
        moment = int(now.timestamp())
        for coalition_id in dict.fromkeys(group.coalition_id for group in uow.groups.in_chat(chat.chat_id)):
            notice = GroupOutOfReach(coalition_id, chat.chat_id)
            key = f"group_out_of_reach:{coalition_id}:{chat.chat_id}:{moment}"
            uow.notices.tell(uow.memberships.facilitators(coalition_id), notice, key, now)
    return before


def note_out_of_reach(uow: UnitOfWork, chat_id: int, now: datetime) -> None:
    """Note that a message to a group was refused: the bot may not write there."""
    known = uow.groups.chat(chat_id) or GroupChat(chat_id, "", present=True, may_write=True)
    note_presence(uow, replace(known, may_write=False), now)


def may_write_again(uow: UnitOfWork, chat_id: int, now: datetime) -> bool:
    """Tell whether the bot may write in a group, as far as is known; where not, it is taken to be so from now on.

    Telegram does not tell when a group lets everybody write again: the next message there shows it.
    """
    known = uow.groups.chat(chat_id)
    if known is None or known.in_reach:
        return True
    uow.groups.put_chat(replace(known, present=True, may_write=True), now)
    return False


def lose_topic(uow: UnitOfWork, chat_id: int, thread_id: int, now: datetime) -> None:
    """Note that a topic is gone, and tell once those who facilitate the coalition that talked there."""
    lost = uow.groups.lose_topic(chat_id, thread_id)
    if lost is not None:
        key = f"topic_lost:{lost.coalition_id}:{chat_id}:{thread_id}"
        notice = TopicLost(lost.coalition_id, chat_id)
        uow.notices.tell(uow.memberships.facilitators(lost.coalition_id), notice, key, now)
