"""Notices about the group in which a coalition talks, told in private to who facilitates it."""

from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, lines
from programme.ids import CoalitionId
from programme.notices import GroupOutOfReach, TopicLost
from programme.usecases.rights import facilitates


def group_out_of_reach(notice: GroupOutOfReach, reader: Reader) -> Screen:
    """Say that the bot is no longer in the group, or may not write there, and what to do."""
    language, uow = reader.language, reader.uow
    _require_facilitator(notice.coalition_id, reader)
    if all(group.coalition_id != notice.coalition_id for group in uow.groups.in_chat(notice.chat_id)):
        raise Untrue("no longer in this group")
    chat = uow.groups.chat(notice.chat_id)
    if chat is None or chat.in_reach:
        raise Untrue("in reach again")
    name = uow.coalitions.get(notice.coalition_id).name
    if chat.present:
        what = language.say("I may no longer write in the group of the coalition “{coalition}”.", coalition=name)
        way_back = language.say("For me to write there again: let members, or me, send messages.")
    else:
        what = language.say("I am no longer in the group of the coalition “{coalition}”.", coalition=name)
        way_back = language.say("For me to come back: add me to the group again. I still know whose it is.")
    text = lines(
        what,
        language.say("Group: {title}", title=chat.title) if chat.title else None,
        language.say("Until then, reminders go on in private chats."),
        way_back,
    )
    return Screen(text, (why_button(notice, language), *way_out(language)))


def topic_lost(notice: TopicLost, reader: Reader) -> Screen:
    """Say that the topic is gone, and where the bot writes now."""
    language, uow = reader.language, reader.uow
    _require_facilitator(notice.coalition_id, reader)
    there = uow.groups.in_chat(notice.chat_id)
    if not any(group.lost and group.coalition_id == notice.coalition_id for group in there):
        raise Untrue("bound anew")
    name = uow.coalitions.get(notice.coalition_id).name
    chat = uow.groups.chat(notice.chat_id)
    text = lines(
        language.say("The topic of the coalition “{coalition}” was deleted from its group.", coalition=name),
        language.say("Group: {title}", title=chat.title) if chat is not None and chat.title else None,
        language.say("I write in the general topic now. To choose another one, send /lier there."),
    )
    return Screen(text, (why_button(notice, language), *way_out(language)))


def _require_facilitator(coalition_id: CoalitionId, reader: Reader) -> None:
    if not facilitates(reader.uow, reader.person.id, coalition_id):
        raise Untrue("no longer facilitates")
