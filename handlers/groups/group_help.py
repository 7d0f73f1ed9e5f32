"""The help in a group: what works there, and the way to the rest."""

from handlers.feature import Feature
from handlers.groups.aside import to_private_chat
from handlers.reply import Reply
from handlers.screen import Screen, lines
from handlers.turn import Turn
from programme.usecases.bind_group import bound_coalition


def show_help(turn: Turn) -> Reply:
    """Say in a few lines what can be done in this group."""
    language = turn.language
    bound = bound_coalition(turn.uow, turn.chat.id, turn.chat.thread_id)
    if bound is None:
        text = lines(
            language.say("<b>I do not know yet which coalition talks here.</b>"),
            language.say("/lier: say which coalition talks here, if you facilitate it"),
            language.say("Everything else is in our private chat."),
        )
    else:
        text = lines(
            language.say("<b>Here, I understand:</b>"),
            language.say("<b>Meetings</b>: /rencontre, /rencontres, /relancer, /presences, /compterendu, /animation"),
            language.say("<b>Path</b>: /etapes, /jalon, /jalons, /action, /feuillederoute, /fiche"),
            language.say("<b>Members</b>: /membres, /inviter"),
            language.say("<b>Help from {territory}</b>: /appui, /ressources", territory=turn.territory.name),
            language.say("/lier: choose another coalition than “{coalition}”", coalition=bound.name),
            language.say("Everything else is in our private chat."),
        )
    return turn.show(Screen(text, ((to_private_chat(turn, "menu"),),)))


FEATURE = Feature(group_commands={"aide": show_help})
