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
    "request": _("You facilitate this coalition, or belong to the project team: requests to join come to you."),
    "decided": _("You asked to join this coalition, or somebody took you into it: I tell you what was decided."),
    "proposal": _("You belong to the project team: every proposed coalition comes to you."),
    "answered": _("You proposed this coalition: I tell you what the project team decided."),
    "planned": _("You are a member of this coalition: I tell you of a new meeting."),
    "change": _("You are a member of this coalition: a meeting that moves or is cancelled is told at once."),
    Lead.WEEK: _("You are a member and have not declined: I remind you 7 days before."),
    Lead.DAY: _("You are a member and have not declined: I remind you the day before."),
    Lead.HOURS: _("You are a member and have not declined: I remind you 2 hours before."),
    "milestone": _("It is a milestone of the programme: I remind the members of its coalitions of it."),
    "place": _("You registered for this forum: I tell you what happens to your place."),
    "forum": _("You registered for this forum: a change of it is told at once."),
    "forum_near": _("You have a place at this forum: I remind you 30 days, 7 days, the day before and 2 hours before."),
    "forum_over": _("You had a place at this forum: I ask once, afterwards, how it was."),
    "digest": _("You chose one message a week: it comes on Monday morning, and never when there is nothing to tell."),
    "left_open": _("You stopped in the middle of a question a day ago: I ask once whether to go on."),
}
STOPS: Final[dict[str, Msgid]] = {
    "request": _("To stop it: leave the coalition, or ask the project team."),
    "decided": _("This message comes once: there is nothing to stop."),
    "proposal": _("To stop it: ask your colleagues to take you off the team."),
    "answered": _("This message comes once: there is nothing to stop."),
    "planned": _("To stop it: leave the coalition, or choose one message a week in the settings."),
    "change": _("To stop it: leave the coalition."),
    Lead.WEEK: _("To stop it: answer “No”, or change your reminders in the settings."),
    Lead.DAY: _("To stop it: answer “No”, or change your reminders in the settings."),
    Lead.HOURS: _("To stop it: answer “No”, or change your reminders in the settings."),
    "milestone": _("To stop it: change your reminders in the settings."),
    "place": _("To stop it: cancel your registration."),
    "forum": _("To stop it: cancel your registration."),
    "forum_near": _("To stop it: cancel your registration, or change your reminders in the settings."),
    "forum_over": _("This message comes once: there is nothing to stop."),
    "digest": _("To stop it: choose single messages again, or a pause, in the settings."),
    "left_open": _("To stop it: tap “Stop here”, or write /annuler."),
}

RULE_OF: Final[dict[type[notices.Notice], str]] = {
    notices.MembershipAsked: "request",
    notices.MembershipDecided: "decided",
    notices.CoalitionProposed: "proposal",
    notices.ProposalDecided: "answered",
    notices.MeetingPlanned: "planned",
    notices.MeetingMoved: "change",
    notices.MeetingCancelled: "change",
    notices.MilestoneReminder: "milestone",
    notices.RegistrationConfirmed: "place",
    notices.SeatOffered: "place",
    notices.OfferLapsed: "place",
    notices.OfferTakenBack: "place",
    notices.ForumMoved: "forum",
    notices.ForumCancelled: "forum",
    notices.Digest: "digest",
    notices.ConversationLeftOpen: "left_open",
}
"""The rule behind each kind of notice but the reminders of meetings and forums, whose lead decides."""


def why_button(notice: notices.Notice, language: Language) -> tuple[Button, ...]:
    """Give the row that explains a notice."""
    return (button(language.plain("Why this message?"), "why", rule_of(notice)),)


def rule_of(notice: notices.Notice) -> str:
    """Give the name of the rule behind a notice."""
    if isinstance(notice, notices.MeetingReminder):
        return notice.lead.value
    if isinstance(notice, notices.ForumReminder):
        return "forum_over" if notice.lead is Lead.AFTERWARDS else "forum_near"
    return RULE_OF[type(notice)]


def explain(turn: Turn) -> Reply:
    """Tell the rule, and how to stop it, under the notice, which stays as it is."""
    language, rule = turn.language, turn.word(0)
    if rule not in RULES:
        raise NotFound
    text = lines(language.say(RULES[rule]), language.say(STOPS[rule]))
    return Reply((Say(Screen(text, ((button(language.plain("Settings"), "settings"),), *way_out(language)))),))


FEATURE = Feature(buttons={"why": explain})
