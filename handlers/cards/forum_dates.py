"""The other dates on a forum's card: the days it holds, and the rendez-vous that were announced with it."""

from markupsafe import Markup

from handlers.screen import Rows, button
from handlers.turn import Turn
from programme.forums import Forum
from programme.usecases.forum_series import rendezvous_of


def rendezvous_line(turn: Turn, forum: Forum) -> Markup | None:
    """Say which of its series a rendez-vous is; None for a forum that stands alone."""
    together = [one.id for one in rendezvous_of(turn.uow, forum)]
    if forum.id not in together:
        return None
    number = turn.language.number
    return turn.language.say(
        "Rendez-vous {place} of {total}", place=number(together.index(forum.id) + 1), total=number(len(together))
    )


def date_rows(turn: Turn, forum: Forum) -> Rows:
    """Give the buttons that lead to each day of a forum, and to the other dates of a series."""
    plain = turn.language.plain
    days = button(plain("Day by day"), "forum.days", forum.id) if forum.days else None
    series = button(plain("All the dates"), "forum.series", forum.id) if forum.series_code is not None else None
    return tuple((one,) for one in (days, series) if one is not None)
