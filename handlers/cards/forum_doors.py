"""The way from a forum's card to its doors, for those who keep them."""

from handlers.screen import Rows, button
from handlers.turn import Turn
from programme.doors import open_doors
from programme.forums import Forum


def door_rows(turn: Turn, forum: Forum) -> Rows:
    """Give the project team its button always, and who helps at the doors theirs while they are open."""
    if turn.staff:
        return ((button(turn.language.plain("Registrations and doors"), "doors", forum.id),),)
    if turn.person is None or open_doors(forum, turn.now, turn.territory.zone) is None:
        return ()
    if not turn.uow.doors.helps(forum.id, turn.person.id):
        return ()
    return ((button(turn.language.plain("Doors"), "doors", forum.id),),)
