"""Forums: the programme and the places left, where one stands; ticket, calendar file, and the question after."""

from typing import Final

from markupsafe import Markup

from handlers.cards.forum import forum_button, forum_lines, forum_text, standing
from handlers.cards.forum_dates import date_rows, rendezvous_line
from handlers.cards.forum_doors import door_rows
from handlers.cards.forum_questions import afterwards_rows, missing_line, question_rows
from handlers.cards.forum_steering import steering_lines, steering_rows
from handlers.documents.calendar_file import forum_calendar
from handlers.documents.ticket import ticket_picture
from handlers.feature import Feature
from handlers.forms.wording import shortened
from handlers.names import FEEDBACK
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, Say, say
from handlers.screen import Button, File, Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.errors import NotFound, TooLate
from programme.forums import Feedback, Forum, ForumState, Registration, RegistrationState
from programme.ids import ForumId
from programme.usecases.answer_forum import answer_forum
from programme.usecases.places import registration_open, seats_left, takes_registrations

CHOSEN: Final = "✓ "
PITCHES_SHOWN: Final = 5
PITCH_SHOWN: Final = 60
"""Characters of a chosen pitch on the card."""


def show_forums(turn: Turn) -> Reply:
    """Show the forum to come, or the list where there are several."""
    language = turn.language
    upcoming = turn.uow.forums.upcoming(turn.now)
    if len(upcoming) == 1:
        return turn.show(forum_screen(turn, upcoming[0]))
    if not upcoming:
        text = language.say("No forum is announced at the moment. The project team tells its date here.")
        return turn.show(Screen(text, way_out(language)))
    page = page_of(upcoming, turn.number(0) if turn.word(0) else 0)
    rows = tuple((forum_button(forum, language, turn.territory.zone),) for forum in page.things)
    turner = page.turner(language, "forums")
    return turn.show(Screen(language.say("<b>Forums to come</b>"), (*rows, *turner, *way_out(language))))


def show_forum(turn: Turn) -> Reply:
    """Show one forum."""
    return turn.show(forum_screen(turn, forum_of(turn)))


def open_by_code(turn: Turn, code: str) -> Reply:
    """Show the forum of a link."""
    forum = turn.uow.forums.by_code(code)
    if forum is None:
        text = turn.language.say("This link no longer leads anywhere. Here is where to find what comes next.")
        rows = ((button(turn.language.plain("Forum"), "forums"),), *way_out(turn.language))
        return say(Screen(text, rows))
    return say(forum_screen(turn, forum))


def send_ticket(turn: Turn) -> Reply:
    """Send the ticket as a picture with its QR code."""
    forum = forum_of(turn)
    registration = turn.uow.registrations.of(turn.me.id, forum.id)
    if registration is None or registration.state is not RegistrationState.CONFIRMED:
        raise NotFound
    if not _takes_place(turn, forum):
        raise TooLate
    picture = ticket_picture(turn, forum, registration)
    caption = paragraphs(
        forum_lines(forum, turn.language, turn.territory),
        turn.language.say("Show this picture at the entrance."),
    )
    name = turn.language.plain("ticket-{number}.png", number=registration.id)
    return Reply((Say(Screen(caption, file=File(name, picture, "image/png"))),))


def send_calendar(turn: Turn) -> Reply:
    """Send a forum as a calendar file."""
    forum = forum_of(turn)
    content = forum_calendar(forum, turn.bot_username, turn.territory.zone, turn.now)
    text = turn.language.say("Open this file to put “{title}” into your calendar.", title=forum.title)
    return say(Screen(text, file=File(f"forum-{forum.id}.ics", content, "text/calendar")))


def give_feedback(turn: Turn) -> Reply:
    """Take in one tap what somebody says of a forum afterwards; it can be changed."""
    if turn.word(1) not in list(Feedback):
        raise NotFound
    forum = forum_of(turn)
    registration = answer_forum(turn.uow, turn.me.id, forum.id, Feedback(turn.word(1)), turn.now)
    return turn.show(feedback_screen(turn, forum, registration), toast=turn.language.plain("Thank you!"))


def forum_screen(turn: Turn, forum: Forum) -> Screen:
    """Give a forum's card, with where one stands and what one can do."""
    registration = turn.uow.registrations.of(turn.me.id, forum.id)
    text = paragraphs(
        rendezvous_line(turn, forum),
        forum_text(turn.uow, forum, turn.language, turn.territory, turn.now),
        None if registration is None else _own_standing(turn, forum, registration),
        steering_lines(turn, forum),
    )
    back = ("forums",) if len(turn.uow.forums.upcoming(turn.now)) > 1 else ()
    deeds = _deeds(turn, forum, registration)
    steering = (*steering_rows(turn, forum), *door_rows(turn, forum))
    return Screen(text, (*deeds, *date_rows(turn, forum), *steering, *way_out(turn.language, *back)))


def feedback_screen(turn: Turn, forum: Forum, registration: Registration) -> Screen:
    """Give the question after a forum with the answer it has."""
    text = paragraphs(
        turn.language.say("<b>{title}</b>", title=forum.title),
        turn.language.say("How was it for you? Your answer is counted without your name."),
    )
    answers = feedback_rows(turn, forum, registration.feedback)
    more = afterwards_rows(turn.uow, turn.language, registration)
    return Screen(text, (*answers, *more, *way_out(turn.language)))


def feedback_rows(turn: Turn, forum: Forum, given: Feedback | None) -> Rows:
    """Give the answers to the question after a forum, the present one marked."""
    return tuple(
        (button((CHOSEN if feedback is given else "") + turn.language.plain(words), "forum.said", forum.id, feedback),)
        for feedback, words in FEEDBACK.items()
    )


def forum_of(turn: Turn) -> Forum:
    """Give the forum of the tapped button; raises NotFound."""
    return turn.uow.forums.get(ForumId(turn.number(0)))


def _chosen_pitches(turn: Turn, registration: Registration) -> str | None:
    chosen = [
        shortened(pitch.title, PITCH_SHOWN)
        for pitch in turn.uow.forums.pitches(registration.forum_id)
        if pitch.id in registration.pitches
    ]
    if not chosen:
        return None
    return turn.language.say("Your pitches: {titles}", titles=turn.language.listing(chosen[:PITCHES_SHOWN]))


def _own_standing(turn: Turn, forum: Forum, registration: Registration) -> Markup | None:
    """Say where one stands as long as it matters; who was there is asked how it was."""
    if _asked_how_it_was(turn, forum, registration):
        return turn.language.say("How was it for you? Your answer is counted without your name.")
    confirmed = registration.state is RegistrationState.CONFIRMED and _takes_place(turn, forum)
    if not (confirmed or takes_registrations(forum, turn.now)):
        return None
    stands = standing(turn.uow, forum, registration, turn.language, turn.territory.zone, turn.now)
    return lines(stands, _chosen_pitches(turn, registration), missing_line(turn, registration))


def _asked_how_it_was(turn: Turn, forum: Forum, registration: Registration) -> bool:
    held = forum.state is ForumState.PLANNED and forum.ends_at <= turn.now
    return held and registration.state is RegistrationState.CONFIRMED


def _takes_place(turn: Turn, forum: Forum) -> bool:
    """Tell whether a forum is still to come, or going on."""
    return forum.state is ForumState.PLANNED and turn.now < forum.ends_at


def _deeds(turn: Turn, forum: Forum, registration: Registration | None) -> Rows:
    """Give what one can do: before the start everything, during it show the ticket, afterwards say how it was."""
    plain = turn.language.plain
    if takes_registrations(forum, turn.now):
        calendar = (button(plain("Add to my calendar"), "forum.ics", forum.id),)
        own = (
            _ways_in(turn, forum)
            if registration is None
            else (*_ways_on(turn, forum, registration), *question_rows(turn, forum, registration))
        )
        return (*own, calendar)
    if registration is None or registration.state is not RegistrationState.CONFIRMED:
        return ()
    if _asked_how_it_was(turn, forum, registration):
        more = afterwards_rows(turn.uow, turn.language, registration)
        return (*feedback_rows(turn, forum, registration.feedback), *more)
    return (_ticket(turn, forum), *question_rows(turn, forum, registration)) if _takes_place(turn, forum) else ()


def _ways_in(turn: Turn, forum: Forum) -> Rows:
    plain = turn.language.plain
    if not registration_open(forum, turn.now):
        return ()
    full = seats_left(turn.uow, forum) == 0 or bool(turn.uow.registrations.waiting(forum.id))
    pitches = bool(turn.uow.forums.pitches(forum.id))
    at_once = plain("Join the waiting list") if full else plain("Register: 1 place")
    return (
        (button(at_once, "forum.in", forum.id),),
        (button(plain("Several places, pitches…") if pitches else plain("Several places…"), "forum.choose", forum.id),),
    )


def _ways_on(turn: Turn, forum: Forum, registration: Registration) -> Rows:
    plain = turn.language.plain
    if registration.state is RegistrationState.OFFERED:
        return (
            (button(plain("Confirm my place"), "forum.confirm", forum.id),),
            (button(plain("Leave it to the next person"), "forum.decline", forum.id),),
        )
    change = button(plain("Change"), "forum.choose", forum.id)
    if registration.state is RegistrationState.WAITING:
        return ((change, button(plain("Leave the waiting list"), "forum.out", forum.id)),)
    return (_ticket(turn, forum), (change, button(plain("Cancel my registration"), "forum.out", forum.id)))


def _ticket(turn: Turn, forum: Forum) -> tuple[Button, ...]:
    return (button(turn.language.plain("My ticket"), "forum.ticket", forum.id),)


FEATURE = Feature(
    commands={"forum": show_forums},
    buttons={
        "forums": show_forums,
        "forum": show_forum,
        "forum.ticket": send_ticket,
        "forum.ics": send_calendar,
        "forum.said": give_feedback,
    },
)
