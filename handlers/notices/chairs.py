"""Notices about chairing: one's turn with how to prepare it, and a turn that somebody else took."""

from typing import Final

from markupsafe import Markup

from handlers.cards.meeting import meeting_lines
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Button, Screen, button, lines, paragraphs
from locales import Language, Msgid, _
from programme.meetings import Meeting, MeetingState
from programme.notices import ChairTurn, TurnPassedOn
from programme.path import Step
from programme.usecases.chairs import chairs_in_order
from programme.usecases.rights import is_member

PREPARATION: Final[tuple[Msgid, ...]] = (
    _("• read the last minutes again, and ask who wants to add a point"),
    _("• write the agenda: three points, a length for each"),
    _("• check the room or the link, and what is needed there"),
    _("• choose who takes notes and who watches the time"),
    _("• keep ten minutes at the end: who does what, by when"),
)


def chair_turn(notice: ChairTurn, reader: Reader) -> Screen:
    """Tell who chairs a meeting that it is their turn, and how to prepare it."""
    meeting = _meeting_to_come(notice, reader)
    if meeting.version != notice.version:
        raise Untrue("moved")
    if meeting.chair_id != reader.person.id:
        raise Untrue("somebody else chairs")
    paused_until = reader.person.preferences.paused_until
    if paused_until is not None and reader.now.astimezone(reader.territory.zone).date() < paused_until:
        raise Untrue("paused")
    language = reader.language
    when = language.from_now(meeting.starts_at, reader.now, reader.territory.zone)
    text = paragraphs(
        language.say("It is your turn to chair, <b>{when}</b>:", when=when),
        _card(meeting, reader),
        lines(language.say("<b>To prepare it:</b>"), *(language.say(each) for each in PREPARATION)),
    )
    return Screen(text, (*_ways(meeting, reader), why_button(notice, language)))


def turn_passed_on(notice: TurnPassedOn, reader: Reader) -> Screen:
    """Tell who was to chair a meeting that somebody else does."""
    meeting = _meeting_to_come(notice, reader)
    if meeting.chair_id == reader.person.id:
        raise Untrue("chairs it again")
    language = reader.language
    text = paragraphs(_who_chairs(meeting, reader), _card(meeting, reader))
    return Screen(text, (why_button(notice, language), *way_out(language, "chairs", meeting.coalition_id)))


def _meeting_to_come(notice: ChairTurn | TurnPassedOn, reader: Reader) -> Meeting:
    meeting = reader.uow.meetings.get(notice.meeting_id)
    if meeting.state is not MeetingState.PLANNED:
        raise Untrue("cancelled")
    if meeting.starts_at <= reader.now:
        raise Untrue("too late")
    if not is_member(reader.uow, reader.person.id, meeting.coalition_id):
        raise Untrue("left")
    return meeting


def _card(meeting: Meeting, reader: Reader) -> Markup:
    coalition = reader.uow.coalitions.get(meeting.coalition_id)
    return meeting_lines(meeting, coalition, reader.language, reader.territory)


def _who_chairs(meeting: Meeting, reader: Reader) -> Markup:
    language = reader.language
    if meeting.chair_id is None:
        return language.say("You do not chair this meeting any more:")
    name = reader.uow.people.get(meeting.chair_id).name
    return language.say("{name} chairs this meeting in your place:", name=name)


def _ways(meeting: Meeting, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """Lead to the meeting, to what helps to prepare it, and to who takes the turn instead."""
    language, own = reader.language, reader.person.id
    rows = [(button(language.plain("See the meeting"), "meeting", meeting.id),)]
    if any(Step.MEET in resource.steps for resource in reader.territory.resources):
        rows.append((_resources(meeting, language),))
    if any(one != own for one in chairs_in_order(reader.uow, meeting.coalition_id)):
        pass_on = button(language.plain("Pass my turn"), "chairs.skip", meeting.coalition_id, own, meeting.id)
        rows.append((pass_on,))
    return tuple(rows)


def _resources(meeting: Meeting, language: Language) -> Button:
    return button(language.plain("Resources to prepare it"), "resources", meeting.coalition_id, Step.MEET.value)
