"""Nudge: ask those who have not answered a meeting once more, once a meeting."""

from markupsafe import Markup

from handlers.facilitators.led_coalition import led_coalition_first
from handlers.feature import Feature
from handlers.members.meeting import meeting_screen
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.errors import Outdated
from programme.ids import MeetingId
from programme.meetings import Meeting
from programme.usecases.move_meeting import movable_meeting
from programme.usecases.nudge import nudge


def nudge_for_next(turn: Turn, coalition: Coalition) -> Reply:
    """Nudge for the coalition's next meeting, and say how many were asked."""
    meeting = turn.uow.meetings.next_of(coalition.id, turn.now)
    if meeting is None:
        return say(Screen(turn.language.say("No meeting is planned."), way_out(turn.language)))
    return say(Screen(nudged_words(turn, meeting), way_out(turn.language, "meeting", meeting.id)))


def nudge_for_this(turn: Turn) -> Reply:
    """Nudge for the meeting of the tapped button, unless it has moved since it was shown."""
    meeting = movable_meeting(turn.uow, turn.me.id, MeetingId(turn.number(0)), turn.now)
    if meeting.version != turn.number(1):
        raise Outdated
    words = str(nudged_words(turn, meeting).striptags())
    return turn.show(meeting_screen(turn, turn.uow.meetings.get(meeting.id)), toast=words)


def nudged_words(turn: Turn, meeting: Meeting) -> Markup:
    """Nudge, and say how many were asked; or why nobody was."""
    language = turn.language
    if meeting.nudged_at is not None:
        on = language.day(meeting.nudged_at.astimezone(turn.territory.zone).date())
        return language.say("“{title}”: the members were already nudged on {day}.", title=meeting.title, day=on)
    asked = nudge(turn.uow, turn.me.id, meeting.id, turn.now, turn.territory.zone)
    if not asked:
        return language.say("“{title}”: everybody I can ask has answered.", title=meeting.title)
    return language.say_n(
        "“{title}”: {n} member who had not answered is asked again.",
        "“{title}”: {n} members who had not answered are asked again.",
        asked,
        title=meeting.title,
    )


FEATURE = Feature(
    commands={"relancer": led_coalition_first("nudge.next", nudge_for_next)},
    buttons={"nudge": nudge_for_this, "nudge.next": led_coalition_first("nudge.next", nudge_for_next)},
)
