"""What the project team and those who facilitate see on a forum's card besides what everybody sees."""

from markupsafe import Markup

from handlers.screen import Button, Rows, button, lines
from handlers.turn import Turn
from locales import Language
from programme.forums import Forum, ForumState
from programme.ports import UnitOfWork
from programme.usecases.places import seats_left, takes_registrations


def steering_lines(turn: Turn, forum: Forum) -> Markup | None:
    """Tell the project team how many places are taken, and the link to share; None for everybody else."""
    if not turn.staff or forum.state is ForumState.CANCELLED:
        return None
    if not takes_registrations(forum, turn.now):
        return taken_line(turn.uow, forum, turn.language)
    # Where there is room, everybody reads how much is left.
    full = seats_left(turn.uow, forum) == 0 or bool(turn.uow.registrations.waiting(forum.id))
    return lines(
        taken_line(turn.uow, forum, turn.language) if full else None,
        turn.language.say("Link to share: {address}", address=forum_address(forum, turn.bot_username)),
    )


def steering_rows(turn: Turn, forum: Forum) -> Rows:
    """Give the buttons that change a forum that has not begun, to those who may."""
    if not takes_registrations(forum, turn.now):
        return ()
    plain = turn.language.plain
    if not turn.staff:
        pitch = button(plain("Offer a pitch"), "forum.pitch", forum.id)
        return ((pitch,),) if turn.uow.coalitions.led_by(turn.me.id) else ()
    rows: tuple[tuple[Button, ...], ...] = (
        (
            button(plain("Move it"), "forum.move", forum.id),
            button(plain("Number of places"), "forum.places", forum.id),
        ),
        (button(plain("Add a pitch"), "forum.pitch", forum.id),),
        (button(plain("Cancel the forum"), "forum.off", forum.id),),
    )
    return rows


def taken_line(uow: UnitOfWork, forum: Forum, language: Language) -> Markup:
    """Say how many places are taken: confirmed, or offered."""
    taken = uow.registrations.seats_taken(forum.id)
    total = language.number(forum.places)
    return language.say_n("{n} place taken of {total}.", "{n} places taken of {total}.", taken, total=total)


def forum_address(forum: Forum, bot_username: str) -> str:
    """Give the link that opens a forum in the chat with the bot."""
    return f"https://t.me/{bot_username}?start=forum_{forum.code}"
