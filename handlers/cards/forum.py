"""The card of a forum: the same in notices, in the agenda and behind a link."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.forms.wording import length, shortened
from handlers.names import REGISTRATIONS
from handlers.screen import Button, button, lines, paragraphs
from locales import Language
from programme.forums import Forum, ForumDay, ForumState, Pitch, Registration, RegistrationState
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.places import (
    pitch_seats_left,
    place_in_line,
    registration_open,
    seats_left,
    takes_registrations,
)

DAYS_SHOWN: Final = 5
"""How many days a card lists; all of them have a screen of their own."""
PITCHES_SHOWN: Final = 10
LIMITED_SHOWN: Final = 40
"""Characters of a title beside which a button says how many seats are left."""
COALITION_SHOWN: Final = 60
TEXT_SHOWN: Final = 3000
"""Characters of a card above where one stands and what steers it."""
PROGRAMME_LEAST: Final = 300
PLACE_SHOWN: Final = 40
"""Characters of a day's place on a card."""


def forum_lines(forum: Forum, language: Language, territory: Territory) -> Markup:
    """Say what, when and where: four lines at most, and one for each of the first days where there are several."""
    return lines(
        language.say("<b>{title}</b>", title=forum.title),
        *_when_lines(forum, language, territory.zone),
        language.say("Where: {place}", place=forum.place),
        language.say("<b>This forum is cancelled.</b>") if forum.state is ForumState.CANCELLED else None,
    )


def forum_text(uow: UnitOfWork, forum: Forum, language: Language, territory: Territory, now: datetime) -> Markup:
    """Say all that a forum holds: its programme, its pitches and, until it begins, the places left.

    A long programme is cut where the message would hold too much.
    """
    head, pitches = forum_lines(forum, language, territory), _pitch_lines(uow, forum, language)
    room = max(PROGRAMME_LEAST, TEXT_SHOWN - length(head) - (0 if pitches is None else length(pitches)))
    return paragraphs(
        head,
        language.say("{programme}", programme=shortened(forum.programme, room)) if forum.programme else None,
        pitches,
        places_lines(uow, forum, language, territory.zone, now) if takes_registrations(forum, now) else None,
    )


def places_lines(uow: UnitOfWork, forum: Forum, language: Language, zone: ZoneInfo, now: datetime) -> Markup:
    """Say how many places are left, or how many people wait; or when people can register, where they can't now."""
    if forum.opens_at is not None and now < forum.opens_at:
        return language.say("Registration opens {moment}.", moment=language.moment(forum.opens_at, zone))
    if not registration_open(forum, now):
        return language.say("Registration is closed.")
    closes = None
    if forum.closes_at is not None:
        closes = language.say("Registration closes {moment}.", moment=language.moment(forum.closes_at, zone))
    return lines(_places_line(uow, forum, language), closes)


def _places_line(uow: UnitOfWork, forum: Forum, language: Language) -> Markup:
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


def pitch_words(pitch: Pitch, left: int | None, language: Language) -> str:
    """Give the title of a pitch and, where it has a number of seats, how many are `left`."""
    if left is None:
        return pitch.title
    title = shortened(pitch.title, LIMITED_SHOWN)
    if left == 0:
        return language.plain("{title} · full", title=title)
    return language.plain_n("{title} · {n} place left", "{title} · {n} places left", left, title=title)


def _when_lines(forum: Forum, language: Language, zone: ZoneInfo) -> Sequence[Markup]:
    if len(forum.days) <= 1:
        moment = span_words(forum.starts_at, forum.ends_at, zone, language)
        return [language.say("When: {moment}", moment=moment)]
    shown = [_day_line(day, language, zone) for day in forum.days[:DAYS_SHOWN]]
    more = len(forum.days) - len(shown)
    return [
        language.say("When:"),
        *shown,
        *([language.say_n("and {n} other day", "and {n} other days", more)] if more else []),
    ]


def _day_line(day: ForumDay, language: Language, zone: ZoneInfo) -> Markup:
    moment = span_words(day.starts_at, day.ends_at, zone, language)
    if not day.place:
        return language.say("• {moment}", moment=moment)
    return language.say("• {moment}: {place}", moment=moment, place=shortened(day.place, PLACE_SHOWN))


def _pitch_lines(uow: UnitOfWork, forum: Forum, language: Language) -> Markup | None:
    pitches = uow.forums.pitches(forum.id)
    if not pitches:
        return None
    left = pitch_seats_left(uow, forum.id)
    more = len(pitches) - PITCHES_SHOWN
    return lines(
        language.say("Pitches:"),
        *(_pitch_line(uow, pitch, left.get(pitch.id), language) for pitch in pitches[:PITCHES_SHOWN]),
        language.say_n("and {n} other pitch", "and {n} other pitches", more) if more > 0 else None,
    )


def _pitch_line(uow: UnitOfWork, pitch: Pitch, left: int | None, language: Language) -> Markup:
    title = pitch_words(pitch, left, language)
    if pitch.coalition_id is None:
        return language.say("• {title}", title=title)
    coalition = uow.coalitions.get(pitch.coalition_id)
    return language.say("• {title} ({coalition})", title=title, coalition=shortened(coalition.name, COALITION_SHOWN))


def _fewer_at_once(free: int, language: Language) -> Markup:
    return language.say_n(
        "{n} place is free now: ask for fewer to have it at once.",
        "{n} places are free now: ask for fewer to have them at once.",
        free,
    )
