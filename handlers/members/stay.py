"""Stay: the answer of who was silent for two years and is asked whether they go on being known."""

from handlers.feature import Feature
from handlers.navigation import way_out
from handlers.reply import Reply
from handlers.screen import Screen
from handlers.turn import Turn


def stay(turn: Turn) -> Reply:
    """Thank them: to be heard of is to stay, and that is noted with every turn."""
    turn.uow.people.note_active(turn.me.id, turn.now.astimezone(turn.territory.zone).date())
    text = turn.language.say("Thank you: nothing changes, everything is kept.")
    return turn.show(Screen(text, way_out(turn.language)))


FEATURE = Feature(buttons={"stay": stay})
