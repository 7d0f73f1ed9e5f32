"""The card of a forum: the same in notices, in the agenda and behind a link."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.names import REGISTRATIONS
from handlers.screen import Button, button, lines, paragraphs
from locales import Language
from programme.forums import Forum, ForumState, Pitch, Registration, RegistrationState
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.places import place_in_line, seats_left, takes_registrations


def forum_lines(forum: Forum, language: Language, territory: Territory) -> Markup:
    """Say what, when and where, four lines at most."""
    return lines(
        language.say("<b>{title}</b>", title=forum.title),
        language.say("When: {moment}", moment=span_words(forum.starts_at, forum.ends_at, territory.zone, language)),
        language.say("Where: {place}", place=forum.place),
        language.say("<b>This forum is cancelled.</b>") if forum.state is ForumState.CANCELLED else None,
    )


def forum_text(uow: UnitOfWork, forum: Forum, language: Language, territory: Territory, now: datetime) -> Markup:
    """Say all that a forum holds: its programme, its pitches and, until it begins, the places left."""
    pitches = [_pitch_line(uow, pitch, language) for pitch in uow.forums.pitches(forum.id)]
    return paragraphs(
        forum_lines(forum, language, territory),
        language.say("{programme}", programme=forum.programme) if forum.programme else None,
        lines(
            language.say("Pitches:") if pitches else None,
            *pitches,
        )
        or None,
        places_line(uow, forum, language) if takes_registrations(forum, now) else None,
    )


def places_line(uow: UnitOfWork, forum: Forum, language: Language) -> Markup:
    """Say how many places are left, or how many people wait."""
    left, waiting = seats_left(uow, forum), len(uow.registrations.waiting(forum.id))
    total = language.number(forum.places)
    if waiting:
        return language.say_n("Full: {n} person waits.", "Full: {n} people wait.", waiting)
    if left == 0:
        return language.say("Full: the waiting list is open.")
    return language.say_n("{n} place left of {total}.", "{n} places left of {total}.", left, total=total)


def standing(
    uow: UnitOfWork, forum: Forum, registration: Registration, language: Language, zone: ZoneInfo, now: datetime
) -> Markup:
    """Say where a registration stands, and what there is to do about it."""
    seats = language.plain_n("{n} place", "{n} places", registration.seats)
    if registration.state is RegistrationState.CONFIRMED:
        return language.say("✓ You are registered: {seats}.", seats=seats)
    if registration.state is RegistrationState.OFFERED and registration.offer_until is not None:
        until = language.deadline(registration.offer_until, now, zone)
        return language.say("{seats} held for you. Confirm {when}.", seats=seats, when=until)
    if registration.seats > forum.places:
        return language.say_n(
            "You are on the waiting list for {seats}, and the forum has {n} in all: ask for fewer.",
            "You are on the waiting list for {seats}, and the forum has {n} in all: ask for fewer.",
            forum.places,
            seats=seats,
        )
    place, free = place_in_line(uow, registration), seats_left(uow, forum)
    if place == 1:
        return lines(
            language.say("You are on the waiting list for {seats}: you are next.", seats=seats),
            _fewer_at_once(free, language) if 0 < free < registration.seats else None,
        )
    return language.say_n(
        "You are on the waiting list for {seats}: {n} registration is before yours.",
        "You are on the waiting list for {seats}: {n} registrations are before yours.",
        place - 1,
        seats=seats,
    )


def forum_button(forum: Forum, language: Language, zone: ZoneInfo) -> Button:
    """Give the button that opens a forum's card."""
    return button(f"{language.short_day(forum.starts_at.astimezone(zone).date())} · {forum.title}", "forum", forum.id)


def span_words(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, language: Language) -> str:
    """Write from when to when: « jeudi 18 novembre 2027, de 14 h à 18 h », or two moments over several days."""
    first, last = starts_at.astimezone(zone), ends_at.astimezone(zone)
    if first.date() == last.date():
        return language.plain(
            "{day}, from {start} to {end}",
            day=language.day(first.date()),
            start=language.clock(first.time()),
            end=language.clock(last.time()),
        )
    return language.plain(
        "from {start} to {end}", start=language.moment(starts_at, zone), end=language.moment(ends_at, zone)
    )


def registration_words(state: RegistrationState, language: Language) -> str:
    """Give the word for where a registration stands."""
    return language.plain(REGISTRATIONS[state])


def _pitch_line(uow: UnitOfWork, pitch: Pitch, language: Language) -> Markup:
    if pitch.coalition_id is None:
        return language.say("• {title}", title=pitch.title)
    coalition = uow.coalitions.get(pitch.coalition_id)
    return language.say("• {title} ({coalition})", title=pitch.title, coalition=coalition.name)


def _fewer_at_once(free: int, language: Language) -> Markup:
    return language.say_n(
        "{n} place is free now: ask for fewer to have it at once.",
        "{n} places are free now: ask for fewer to have them at once.",
        free,
    )
