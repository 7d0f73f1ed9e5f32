"""« Pourquoi ce message ? »: the rule behind each notice, and how to stop it."""

from typing import Final

from handlers.feature import Feature
from handlers.navigation import way_out
from handlers.reply import Reply, Say
from handlers.screen import Button, Screen, button, lines
from handlers.turn import Turn
from locales import Language, Msgid, _
from programme import notices
from programme.errors import NotFound
from programme.leads import Lead

RULES: Final[dict[str, Msgid]] = {
    "request": _("You facilitate this coalition, or are of the project team: requests to join come to you."),
    "proposal": _("You are of the project team: every proposed coalition comes to you."),
    "change": _("You are a member of this coalition: a new, moved or cancelled meeting is told at once."),
    Lead.WEEK: _("You are a member and have not declined: I remind you 7 days before."),
    Lead.DAY: _("You are a member and have not declined: I remind you the day before."),
    Lead.HOURS: _("You are a member and have not declined: I remind you 2 hours before."),
    "milestone": _("It is a milestone of the programme: I remind the members of its coalitions of it."),
}
STOPS: Final[dict[str, Msgid]] = {
    "request": _("To stop it: leave the coalition, or ask the project team."),
    "proposal": _("To stop it: ask your colleagues to take you off the team."),
    "change": _("To stop it: leave the coalition."),
}
STOP_REMINDERS: Final = _("To stop it: answer “No”, or change your reminders in the settings.")
STOP_MILESTONES: Final = _("To stop it: change your reminders in the settings.")


def why_button(notice: notices.Notice, language: Language) -> tuple[Button, ...]:
    """Give the row that explains a notice."""
    return (button(language.plain("Why this message?"), "why", _rule(notice)),)


def explain(turn: Turn) -> Reply:
    """Tell the rule, and how to stop it, under the notice, which stays as it is."""
    language, rule = turn.language, turn.word(0)
    if rule not in RULES:
        raise NotFound
    stop = STOPS.get(rule, STOP_MILESTONES if rule == "milestone" else STOP_REMINDERS)
    text = lines(language.say(RULES[rule]), language.say(stop))
    return Reply((Say(Screen(text, ((button(language.plain("Settings"), "settings"),), *way_out(language)))),))


def _rule(notice: notices.Notice) -> str:
    if isinstance(notice, notices.MeetingReminder):
        return notice.lead.value
    if isinstance(notice, notices.MilestoneReminder):
        return "milestone"
    if isinstance(notice, notices.MembershipAsked):
        return "request"
    if isinstance(notice, notices.CoalitionProposed):
        return "proposal"
    return "change"


FEATURE = Feature(buttons={"why": explain})
