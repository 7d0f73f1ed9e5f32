"""Notices about support requests: to the project team, and to who asked."""

from handlers.cards.support import head_lines, kind_name, request_for_team, speaker, to_request
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, lines, paragraphs
from programme.notices import SupportAsked, SupportChanged, SupportSaid
from programme.support import SupportRequest, SupportState
from programme.usecases.support_sides import asking_side


def support_asked(notice: SupportAsked, reader: Reader) -> Screen:
    """Tell the project team that a coalition asks for help."""
    request = reader.uow.support.get(notice.request_id)
    if not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    if request.state is SupportState.CLOSED:
        raise Untrue("closed")
    screen = request_for_team(reader, request, reader.person.id)
    return Screen(screen.text, (*screen.rows, why_button(notice, reader.language)))


def support_said(notice: SupportSaid, reader: Reader) -> Screen:
    """Tell one side what the other said."""
    language = reader.language
    message = reader.uow.support.message(notice.message_id)
    request = reader.uow.support.get(message.request_id)
    if message.from_staff:
        _still_asking(reader, request)
    elif not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    coalition = reader.uow.coalitions.get(request.coalition_id)
    text = paragraphs(
        lines(
            language.say("<b>{name}</b>", name=speaker(reader, message)),
            language.say(
                "About the support request: {kind} ({coalition})",
                kind=kind_name(reader, request.kind),
                coalition=coalition.name,
            ),
        ),
        language.say("{text}", text=message.text),
        language.say("Answer this message to write back."),
    )
    write = button(language.plain("Answer"), "support.answer", request.id)
    return Screen(text, ((write, to_request(language, request)), why_button(notice, language)))


def support_changed(notice: SupportChanged, reader: Reader) -> Screen:
    """Tell who asked that their request was taken on or closed."""
    request = reader.uow.support.get(notice.request_id)
    if request.version != notice.version:
        raise Untrue("changed since")
    _still_asking(reader, request)
    text = paragraphs(reader.language.say("There is news of your support request:"), head_lines(reader, request))
    return Screen(text, ((to_request(reader.language, request),), why_button(notice, reader.language)))


def _still_asking(reader: Reader, request: SupportRequest) -> None:
    if reader.person.id not in asking_side(reader.uow, request):
        raise Untrue("left")
