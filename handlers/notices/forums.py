"""Notices about forums: places that free up, moves, reminders, and the question after."""

from markupsafe import Markup

from handlers.cards.forum import forum_lines, standing
from handlers.cards.forum_questions import afterwards_rows
from handlers.names import FEEDBACK
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Button, Screen, button, paragraphs
from programme.forums import Forum, ForumState, Registration, RegistrationState
from programme.ids import RegistrationId
from programme.leads import Lead
from programme.notices import (
    ForumCancelled,
    ForumMoved,
    ForumReminder,
    OfferLapsed,
    OfferTakenBack,
    RegistrationConfirmed,
    SeatOffered,
)
from programme.usecases.answer_question import question_afterwards, was_there


def registration_confirmed(notice: RegistrationConfirmed, reader: Reader) -> Screen:
    """Tell who waited that a place is theirs."""
    registration, forum = _own(notice.registration_id, reader)
    if registration.state is not RegistrationState.CONFIRMED:
        raise Untrue("changed")
    head = reader.language.say("A place has come free: your registration is confirmed.")
    return _card(head, registration, forum, reader, (_ticket(forum, reader), _out(registration, forum, reader)), notice)


def seat_offered(notice: SeatOffered, reader: Reader) -> Screen:
    """Tell who waits that a place is held for them, and until when."""
    registration, forum = _own(notice.registration_id, reader)
    if registration.state is not RegistrationState.OFFERED or registration.version != notice.version:
        raise Untrue("changed")
    if registration.offer_until is None or registration.offer_until <= reader.now:
        raise Untrue("too late")
    head = reader.language.say("A place has come free. Do you take it?")
    confirm = button(reader.language.plain("Confirm my place"), "forum.confirm", forum.id)
    decline = button(reader.language.plain("Leave it to the next person"), "forum.decline", forum.id)
    text = paragraphs(
        head, forum_lines(forum, reader.language, reader.territory), _standing(registration, forum, reader)
    )
    return Screen(text, ((confirm,), (decline,), why_button(notice, reader.language)))


def offer_lapsed(notice: OfferLapsed, reader: Reader) -> Screen:
    """Tell who did not confirm in time that the place went on."""
    registration = reader.uow.registrations.get(notice.registration_id)
    forum = reader.uow.forums.get(registration.forum_id)
    if reader.uow.registrations.of(reader.person.id, forum.id) is not None:
        raise Untrue("registered again")
    _still_to_come(forum, reader)
    text = paragraphs(
        reader.language.say("The place held for you was not confirmed in time: it is no longer held."),
        forum_lines(forum, reader.language, reader.territory),
        reader.language.say("You may register again."),
    )
    return Screen(text, (_open(forum, reader), why_button(notice, reader.language)))


def offer_taken_back(notice: OfferTakenBack, reader: Reader) -> Screen:
    """Tell who had not confirmed yet that there are fewer places now, and that they wait again."""
    registration, forum = _own(notice.registration_id, reader)
    if registration.state is not RegistrationState.WAITING or registration.version != notice.version:
        raise Untrue("changed")
    head = reader.language.say(
        "The forum has fewer places than before: the one held for you had to be taken back. We are sorry."
    )
    return _card(head, registration, forum, reader, (_out(registration, forum, reader),), notice)


def forum_moved(notice: ForumMoved, reader: Reader) -> Screen:
    """Tell the registered that a forum has another moment or place, and where they stand."""
    forum = reader.uow.forums.get(notice.forum_id)
    registration = _registered(forum, reader)
    if forum.version != notice.version or forum.state is not ForumState.PLANNED:
        raise Untrue("moved")
    _still_to_come(forum, reader)
    head = reader.language.say("The forum has changed: here is its new date and place.")
    deeds = [_out(registration, forum, reader)]
    if registration.state is RegistrationState.OFFERED:
        deeds.insert(0, (button(reader.language.plain("Confirm my place"), "forum.confirm", forum.id),))
    calendar = (button(reader.language.plain("Add to my calendar"), "forum.ics", forum.id),)
    return _card(head, registration, forum, reader, (*deeds, calendar), notice)


def forum_cancelled(notice: ForumCancelled, reader: Reader) -> Screen:
    """Tell the registered that a forum does not take place."""
    forum = reader.uow.forums.get(notice.forum_id)
    _registered(forum, reader)
    text = paragraphs(
        reader.language.say("The forum does not take place. We are sorry."),
        forum_lines(forum, reader.language, reader.territory),
    )
    return Screen(text, (why_button(notice, reader.language), *way_out(reader.language)))


def forum_reminder(notice: ForumReminder, reader: Reader) -> Screen:
    """Remind the registered in words that are true now, and ask them afterwards how it was."""
    forum = reader.uow.forums.get(notice.forum_id)
    registration = _registered(forum, reader)
    if forum.state is not ForumState.PLANNED:
        raise Untrue("cancelled")
    if forum.version != notice.version:
        raise Untrue("moved")
    if registration.state is not RegistrationState.CONFIRMED:
        raise Untrue("not confirmed")
    paused_until = reader.person.preferences.paused_until
    if paused_until is not None and reader.now.astimezone(reader.territory.zone).date() < paused_until:
        raise Untrue("paused")
    if notice.lead is Lead.AFTERWARDS:
        return _question(notice, forum, registration, reader)
    _still_to_come(forum, reader)
    when = reader.language.from_now(forum.starts_at, reader.now, reader.territory.zone)
    head = reader.language.say("The forum begins {when}.", when=when)
    return _card(head, registration, forum, reader, (_ticket(forum, reader), _out(registration, forum, reader)), notice)


def _question(notice: ForumReminder, forum: Forum, registration: Registration, reader: Reader) -> Screen:
    if registration.feedback is not None:
        raise Untrue("answered")
    language, came = reader.language, was_there(reader.uow, registration)
    thanks = reader.uow.forum_questions.thanks(forum.id) if came else ""
    question = question_afterwards(reader.uow, forum.id) if came else None
    text = paragraphs(
        language.say("<b>{title}</b>", title=forum.title),
        language.say("{words}", words=thanks) if thanks else None,
        language.say("How was it for you?")
        if thanks
        else language.say("Thank you for having registered. How was it for you?"),
        language.say("And a question of the team’s: {question}", question=question.text) if question else None,
        language.say("Your answer is counted without your name."),
    )
    answers = tuple(
        (button(language.plain(words), "forum.said", forum.id, feedback),) for feedback, words in FEEDBACK.items()
    )
    more = afterwards_rows(reader.uow, language, registration)
    return Screen(text, (*answers, *more, why_button(notice, language)))


def _own(registration_id: RegistrationId, reader: Reader) -> tuple[Registration, Forum]:
    """Give a registration and its forum where both still hold."""
    registration = reader.uow.registrations.get(registration_id)
    if registration.person_id != reader.person.id:
        raise Untrue("somebody else's")
    forum = reader.uow.forums.get(registration.forum_id)
    if forum.state is not ForumState.PLANNED:
        raise Untrue("cancelled")
    _still_to_come(forum, reader)
    return registration, forum


def _registered(forum: Forum, reader: Reader) -> Registration:
    registration = reader.uow.registrations.of(reader.person.id, forum.id)
    if registration is None:
        raise Untrue("not registered")
    return registration


def _still_to_come(forum: Forum, reader: Reader) -> None:
    if forum.starts_at <= reader.now:
        raise Untrue("too late")


def _card(
    head: Markup,
    registration: Registration,
    forum: Forum,
    reader: Reader,
    deeds: tuple[tuple[Button, ...], ...],
    notice: RegistrationConfirmed | OfferTakenBack | ForumMoved | ForumReminder,
) -> Screen:
    text = paragraphs(
        head, forum_lines(forum, reader.language, reader.territory), _standing(registration, forum, reader)
    )
    return Screen(text, (*deeds, why_button(notice, reader.language)))


def _standing(registration: Registration, forum: Forum, reader: Reader) -> Markup:
    return standing(reader.uow, forum, registration, reader.language, reader.territory.zone, reader.now)


def _open(forum: Forum, reader: Reader) -> tuple[Button, ...]:
    return (button(reader.language.plain("See the forum"), "forum", forum.id),)


def _ticket(forum: Forum, reader: Reader) -> tuple[Button, ...]:
    return (button(reader.language.plain("My ticket"), "forum.ticket", forum.id),)


def _out(registration: Registration, forum: Forum, reader: Reader) -> tuple[Button, ...]:
    plain = reader.language.plain
    waits = registration.state is RegistrationState.WAITING
    return (
        button(plain("Leave the waiting list") if waits else plain("Cancel my registration"), "forum.out", forum.id),
    )
