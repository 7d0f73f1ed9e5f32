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
        return _pitch_rows(turn, forum)
    move = button(plain("Move it"), "forum.move", forum.id)
    days = button(plain("Days"), "forum.days.edit", forum.id)
    rows: tuple[tuple[Button, ...], ...] = (
        (days if forum.days else move, button(plain("Number of places"), "forum.places", forum.id)),
        (button(plain("Change the forum"), "forum.edit", forum.id),),
        (button(plain("Add a pitch"), "forum.pitch", forum.id),),
        (button(plain("Cancel the forum"), "forum.off", forum.id),),
        *(
            ((button(plain("Cancel this one and the next ones"), "forum.rest", forum.id),),)
            if forum.series_code is not None
            else ()
        ),
    )
    return rows


def _pitch_rows(turn: Turn, forum: Forum) -> Rows:
    """Give who facilitates a coalition the buttons that offer its pitch, and change it."""
    plain, led = turn.language.plain, {coalition.id for coalition in turn.uow.coalitions.led_by(turn.me.id)}
    if not led:
        return ()
    offer = button(plain("Offer a pitch"), "forum.pitch", forum.id)
    own = any(pitch.coalition_id in led for pitch in turn.uow.forums.pitches(forum.id))
    return ((offer,), (button(plain("Change a pitch"), "forum.pitches", forum.id),)) if own else ((offer,),)


def taken_line(uow: UnitOfWork, forum: Forum, language: Language) -> Markup:
    """Say how many places are taken: confirmed, or offered."""
    taken = uow.registrations.seats_taken(forum.id)
    total = language.number(forum.places)
    return language.say_n("{n} place taken of {total}.", "{n} places taken of {total}.", taken, total=total)


def forum_address(forum: Forum, bot_username: str) -> str:
    """Give the link that opens a forum in the chat with the bot."""
    return f"https://t.me/{bot_username}?start=forum_{forum.code}"
