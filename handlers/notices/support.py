"""Notices about support requests: to the project team, and to who asked."""

from markupsafe import Markup

from handlers.cards.support import (
    finding_words,
    head_lines,
    kind_name,
    request_for_team,
    speaker,
    team_label,
    to_request,
    with_file,
)
from handlers.navigation import PAGE
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, lines, paragraphs
from programme.notices import SupportAsked, SupportChanged, SupportFound, SupportRecalled, SupportSaid
from programme.support import SupportRequest, SupportState
from programme.usecases.recall_support import recalled_to
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
        language.say("{text}", text=message.text) if message.text else None,
        language.say("Answer this message to write back."),
    )
    write = button(language.plain("Answer"), "support.answer", request.id)
    return with_file(Screen(text, ((write, to_request(language, request)), why_button(notice, language))), message.file)


def support_changed(notice: SupportChanged, reader: Reader) -> Screen:
    """Tell who asked that their request was taken on or closed."""
    request = reader.uow.support.get(notice.request_id)
    if request.version != notice.version:
        raise Untrue("changed since")
    _still_asking(reader, request)
    text = paragraphs(reader.language.say("There is news of your support request:"), head_lines(reader, request))
    return Screen(text, ((to_request(reader.language, request),), why_button(notice, reader.language)))


def support_found(notice: SupportFound, reader: Reader) -> Screen:
    """Tell who asked what the project team found."""
    finding = reader.uow.findings.get(notice.finding_id)
    request = reader.uow.support.get(finding.request_id)
    _still_asking(reader, request)
    language = reader.language
    coalition = reader.uow.coalitions.get(request.coalition_id)
    text = paragraphs(
        language.say("<b>{text}</b>", text=finding_words(finding, language)),
        language.say(
            "About the support request: {kind} ({coalition})",
            kind=kind_name(reader, request.kind),
            coalition=coalition.name,
        ),
        language.say("Answer this message to write back."),
    )
    return Screen(text, ((to_request(language, request),), why_button(notice, language)))


def support_recalled(notice: SupportRecalled, reader: Reader) -> Screen:
    """Remind somebody of the team of the requests that wait too long for them, all in one message."""
    if not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    waiting = recalled_to(reader.uow, reader.person.id, notice.recalled_on)
    if not waiting:
        raise Untrue("nothing waits")
    language = reader.language
    text = paragraphs(
        language.say_n(
            "<b>{n} support request has waited for several days.</b>",
            "<b>{n} support requests have waited for several days.</b>",
            len(waiting),
        ),
        lines(*(_waits(reader, request) for request in waiting[:PAGE])),
        language.say("To end the wait: take it on, answer it, or close it."),
    )
    rows = (
        *((button(team_label(reader, request), "support.open", request.id),) for request in waiting[:PAGE]),
        (button(language.plain("All support requests"), "support.queue", 0),),
        why_button(notice, language),
    )
    return Screen(text, rows)


def _waits(reader: Reader, request: SupportRequest) -> Markup:
    language, since = reader.language, request.waits_since or request.asked_at
    return language.say(
        "• {kind} ({coalition}): waits since {day}",
        kind=kind_name(reader, request.kind),
        coalition=reader.uow.coalitions.get(request.coalition_id).name,
        day=language.day(since.astimezone(reader.territory.zone).date(), year=False),
    )


def _still_asking(reader: Reader, request: SupportRequest) -> None:
    if reader.person.id not in asking_side(reader.uow, request):
        raise Untrue("left")
