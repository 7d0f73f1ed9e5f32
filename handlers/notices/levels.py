"""Notices about levels of commitment: asked for, waiting, decided, given up."""

from handlers.cards.level import level_name, request_card
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, lines, paragraphs
from handlers.staff.levels import request_screen
from programme.commitment_levels import LevelRequest, LevelRequestState
from programme.ids import LevelRequestId
from programme.notices import LevelAsked, LevelDecided, LevelLowered, LevelRecalled


def level_asked(notice: LevelAsked, reader: Reader) -> Screen:
    """Tell staff that an organisation asks for a level."""
    screen = request_screen(_waiting(notice.request_id, reader), reader.uow, reader.language, reader.territory)
    return Screen(screen.text, (*screen.rows[:-1], why_button(notice, reader.language)))


def level_recalled(notice: LevelRecalled, reader: Reader) -> Screen:
    """Remind staff of a request that has waited for more than three working days."""
    language = reader.language
    screen = request_screen(_waiting(notice.request_id, reader), reader.uow, language, reader.territory)
    text = paragraphs(
        language.say("<b>This request has waited for more than three working days.</b>"),
        screen.text,
    )
    to_queue = (button(language.plain("All approvals"), "approvals", 0),)
    return Screen(text, (*screen.rows[:-1], to_queue, why_button(notice, language)))


def level_decided(notice: LevelDecided, reader: Reader) -> Screen:
    """Tell who asked what staff decided."""
    request = reader.uow.level_requests.get(notice.request_id)
    if request.state not in {LevelRequestState.CONFIRMED, LevelRequestState.REFUSED}:
        raise Untrue("not decided")
    language = reader.language
    see = (button(language.plain("Commitment"), "engagement"),)
    text = request_card(request, reader.uow, language, reader.territory)
    return Screen(text, (see, why_button(notice, language), *way_out(language)))


def level_lowered(notice: LevelLowered, reader: Reader) -> Screen:
    """Tell staff that an organisation has gone down, or has left the charter."""
    if not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    language, organisation = reader.language, reader.uow.organisations.get(notice.organisation_id)
    if (organisation.level or "") != notice.level:
        raise Untrue("changed again")
    level = level_name(organisation.level, language, reader.territory)
    text = lines(
        language.say("<b>Level of commitment</b> · {name}", name=organisation.name),
        language.say("The organisation has gone down to: {level}", level=level)
        if level
        else language.say("The organisation has withdrawn its commitment."),
    )
    return Screen(text, (why_button(notice, language), *way_out(language)))


def _waiting(request_id: LevelRequestId, reader: Reader) -> LevelRequest:
    """Give a request that waits, to staff; raises Untrue."""
    request = reader.uow.level_requests.get(request_id)
    if request.state is not LevelRequestState.ASKED:
        raise Untrue("decided")
    if not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    return request
