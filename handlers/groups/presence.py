"""The bot in a group: it greets once where it was added, and knows where it may not write."""

from dataclasses import replace

from handlers.groups.aside import to_private_chat
from handlers.reply import SILENCE, Reply, say
from handlers.said import Presence
from handlers.screen import Screen, lines
from handlers.turn import Turn
from programme.groups import GroupChat
from programme.usecases.note_presence import note_presence


def note(turn: Turn, seen: Presence) -> Reply:
    """Keep what the bot may do in a group, and greet where it was just added."""
    chat = GroupChat(turn.chat.id, seen.title, seen.present, seen.may_write, seen.may_pin)
    before = note_presence(turn.uow, chat, turn.now)
    if not chat.in_reach or (before is not None and before.present):
        return SILENCE
    return say(greeting(turn))


def greeting(turn: Turn) -> Screen:
    """Say what the bot can do in a group, and how to begin."""
    language = turn.group_language or turn.language
    begin = language.say("To begin, whoever facilitates the coalition sends <b>/lier</b> here.")
    if turn.uow.groups.in_chat(turn.chat.id):
        begin = language.say("I know which coalition talks here: everything goes on as before.")
    text = lines(
        language.say("<b>Hello, I am Jalon.</b> I help the coalitions of {territory}.", territory=turn.territory.name),
        language.say("In this group, I can:"),
        language.say("• prepare meetings, and count who comes"),
        language.say("• keep an eye on milestones and on the roadmap"),
        language.say("• keep the actions and the commitment card"),
        language.say("• pass on your requests for help"),
        begin,
        language.say("/aide shows the rest."),
    )
    return Screen(text, ((to_private_chat(replace(turn, language=language), "menu"),),))
