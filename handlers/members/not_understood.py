"""What is said outside any conversation and is no command: the likeliest buttons, and never a dead end."""

import re
from typing import Final

from handlers.navigation import way_out
from handlers.reply import SILENCE, Reply, say
from handlers.said import Command, Contact, Edited, Unread, Upload, Words
from handlers.screen import Screen, button
from handlers.turn import Turn
from locales import Msgid, _
from programme.texts import folded

WELL_FORMED: Final = re.compile("[a-z0-9_]{1,32}")
LIKELY: Final[tuple[tuple[frozenset[str], Msgid, tuple[object, ...]], ...]] = (
    (frozenset({"coalition", "rejoindre", "join", "groupe", "quitter", "leave"}), _("Coalitions"), ("coalitions",)),
    (
        frozenset({"rencontre", "reunion", "meeting", "agenda", "date", "quand", "when", "calendrier"}),
        _("My agenda"),
        ("agenda", 0),
    ),
    (frozenset({"proposer", "idee", "creer", "propose", "idea"}), _("Propose a coalition"), ("propose",)),
    (
        frozenset({"rappel", "langue", "pause", "silence", "reglage", "reminder", "language", "english", "stop"}),
        _("Settings"),
        ("settings",),
    ),
    (frozenset({"aide", "help", "comment", "how", "contact"}), _("Help"), ("help",)),
)
"""Beginnings of words, and the screen that who writes them most likely wants."""


def answer_words(turn: Turn) -> Reply:
    """Say that this was not understood, and offer what it most likely meant."""
    language = turn.language
    words = turn.said.text if isinstance(turn.said, Words) else ""
    if isinstance(turn.said, Words) and turn.said.forwarded:
        text = language.say("I do not read forwarded messages. What would you like to do?")
    else:
        text = language.say("I did not understand. Perhaps you want one of these:")
    likely = _likely(words)
    rows = tuple((button(language.plain(label), str(route), *args),) for label, (route, *args) in likely)
    return say(Screen(text, (*rows, *way_out(language))))


def answer_unknown_command(turn: Turn) -> Reply:
    """Say that there is no such command; what can be none in Telegram was meant as words."""
    name = turn.said.name if isinstance(turn.said, Command) else ""
    if not WELL_FORMED.fullmatch(name):
        return answer_words(turn)
    text = turn.language.say("I do not know the command /{name}. The menu shows what you can do.", name=name)
    return say(Screen(text, way_out(turn.language)))


def answer_unread(turn: Turn) -> Reply:
    """Say what can't be read, and what to do instead; a reaction of Telegram's own gets no answer."""
    language = turn.language
    if isinstance(turn.said, Edited):
        text = language.say("I do not read changed messages. Please write it again as a new message.")
    elif isinstance(turn.said, Unread) and turn.said.kind == "voice":
        text = language.say("I cannot listen to voice messages. Please write it, or choose from the menu.")
    elif isinstance(turn.said, Unread) and turn.said.kind == "sticker":
        text = language.say("A nice sticker, but I only read words. The menu shows what you can do.")
    elif isinstance(turn.said, (Unread, Upload, Contact)):
        text = language.say("I have no use for this here. The menu shows what you can do.")
    else:
        return SILENCE
    return say(Screen(text, way_out(language)))


def _likely(words: str) -> list[tuple[Msgid, tuple[object, ...]]]:
    heard = folded(words).split()
    meant = [
        (label, route)
        for beginnings, label, route in LIKELY
        if any(word.startswith(beginning) for word in heard for beginning in beginnings)
    ]
    return meant or [(label, route) for _beginnings, label, route in LIKELY[:2]]
