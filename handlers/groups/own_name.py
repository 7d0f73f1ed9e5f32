"""A group's anonymous admins: nobody knows who they are, so nothing can be done for them."""

from handlers.reply import Reply, say_in_passing
from handlers.screen import Screen
from handlers.turn import Turn


def ask_for_own_name(turn: Turn) -> Reply:
    """Ask who speaks as the group to speak as themselves."""
    text = turn.language.say(
        "You are speaking as the group, so I cannot tell who you are. Please send this again under your own name."
    )
    return say_in_passing(Screen(text))
