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
    "helper": _("The project team has named you to help at the doors of this forum, or needs you there no more."),
    "chair": _("You chair this meeting: I tell you when it becomes your turn, and a week before."),
    "chair_passed_on": _("You were to chair this meeting: I tell you when somebody else does."),
    "digest": _("You chose one message a week: it comes on Monday morning, and never when there is nothing to tell."),
    "own_milestone": _(
        "I remind who looks after a milestone of it; who facilitates its coalition too, on the day and when it is late."
    ),
    "entrusted": _("A milestone was entrusted to you, or one of yours has moved: I tell you at once."),
    "dates": _("You are a member of this coalition: I ask you which dates suit you."),
    "dates_in": _("You facilitate this coalition: the date of its poll is yours to choose."),
    "afterwards": _(
        "You facilitate this coalition, or chaired this meeting: I ask afterwards, on day 3 and on day 7 who came and "
        "for the minutes, as long as they are missing."
    ),
    "minutes": _("You said yes to this meeting, or were there: its minutes come to you."),
    "nudge": _("You are a member and have not answered: whoever facilitates asks once more, once a meeting."),
    "vote": _("You are a member of this coalition: I tell you what it votes on, and what comes of it."),
    "group": _("You facilitate this coalition: I tell you when I can no longer write where it talks."),
    "facilitation": _("You were entrusted with facilitating this coalition: I tell you at once."),
    "removed": _("You were a member of this coalition: I tell you what was decided about you."),
    "support_asked": _("You belong to the project team: every support request comes to you."),
    "support_said": _("You asked for support, or answer it for the project team: I pass on what the other side says."),
    "support_changed": _("You asked for support: I tell you when your request is taken on, and when it is closed."),
    "support_found": _("You asked for support: I tell you what the project team found for you."),
    "support_recalled": _(
        "You belong to the project team: a support request that nobody took for more than 3 working days is recalled, "
        "and one of yours without an answer for more than 5."
    ),
    "recalled": _(
        "You belong to the project team: what has waited for more than 3 working days is recalled, and again every 3."
    ),
    "team": _("The project team has appointed you, or taken you off: I tell you at once."),
    "trouble": _("You belong to the project team: I tell you when something stays wrong for 10 minutes, once."),
    "silent": _("Who has not been heard of for 24 months is asked, and erased 30 days later without an answer."),
    "silent_in_charge": _("You belong to the project team: whoever has a charge is not erased without your knowing."),
    "announcement": _("You belong to the project team: an announcement to many is read by two before it is sent."),
    "announcement_report": _("You belong to the project team, and asked for this report."),
    "left_open": _("You stopped in the middle of a question a day ago: I ask once whether to go on."),
    "document": _("You belong to the project team, and asked for this file."),
    "campaign": _(
        "You facilitate a coalition whose commitment card is awaited: I tell you of the campaign, then remind you 30, "
        "14, 7 and 1 days before, on the day and 3 days after."
    ),
    "campaign_chased": _(
        "You facilitate a coalition whose commitment card is awaited: the project team asks you again, once a day at "
        "most."
    ),
    "campaign_closed": _("You belong to the project team: I tell you what came of a campaign."),
    "level": _("You belong to the project team: I tell you what organisations ask for and give up by the charter."),
    "level_decided": _("You asked for this level for your organisation: I tell you what was decided."),
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
    "helper": _("To stop it: tell the project team that you do not help."),
    "chair": _("To stop it: pass your turn, or leave the order with /animation."),
    "chair_passed_on": _("This message comes once: there is nothing to stop."),
    "digest": _("To stop it: choose single messages again, or a pause, in the settings."),
    "own_milestone": _("To stop it: mark it as reached, or change your reminders in the settings."),
    "entrusted": _("This message comes once: there is nothing to stop."),
    "dates": _("To stop it: leave the coalition."),
    "dates_in": _("This message comes once: there is nothing to stop."),
    "afterwards": _("To stop it: note who came and add the minutes, or choose a pause in the settings."),
    "minutes": _("This message comes once: there is nothing to stop."),
    "nudge": _("This message comes once: there is nothing to stop."),
    "vote": _("To stop it: leave the coalition."),
    "group": _("To stop it: let me write in the group, or bind another one with /lier."),
    "facilitation": _("This message comes once: there is nothing to stop."),
    "removed": _("This message comes once: there is nothing to stop."),
    "support_asked": _("To stop it: ask your colleagues to take you off the team."),
    "support_said": _("To stop it: the project team can close the request."),
    "support_changed": _("This message comes once: there is nothing to stop."),
    "support_found": _("This message comes once: there is nothing to stop."),
    "support_recalled": _("To stop it: take the requests on, answer them, or close them."),
    "recalled": _("To stop it: approve or refuse what waits."),
    "team": _("This message comes once: there is nothing to stop."),
    "trouble": _("To stop it: ask your colleagues to take you off the team."),
    "silent": _("To stop it: tap “Yes, keep it”, or write anything here."),
    "silent_in_charge": _("This message comes once: there is nothing to stop."),
    "announcement": _("To stop it: ask your colleagues to take you off the team."),
    "announcement_report": _("This message comes once: there is nothing to stop."),
    "left_open": _("To stop it: tap “Stop here”, or write /annuler."),
    "document": _("This message comes once: there is nothing to stop."),
    "campaign": _("To stop it: publish the card, or choose a pause in the settings."),
    "campaign_chased": _("To stop it: publish the card, or choose a pause in the settings."),
    "campaign_closed": _("This message comes once: there is nothing to stop."),
    "level": _("To stop it: ask your colleagues to take you off the team."),
    "level_decided": _("This message comes once: there is nothing to stop."),
}

RULE_OF: Final[dict[type[notices.Notice], str]] = {
    notices.MembershipAsked: "request",
    notices.MembershipDecided: "decided",
    notices.CoalitionProposed: "proposal",
    notices.ProposalDecided: "answered",
    notices.MeetingPlanned: "planned",
    notices.MeetingMoved: "change",
    notices.MeetingCancelled: "change",
    notices.MeetingNudge: "nudge",
    notices.SeriesPlanned: "planned",
    notices.SeriesEnded: "change",
    notices.MilestoneReminder: "milestone",
    notices.RegistrationConfirmed: "place",
    notices.SeatOffered: "place",
    notices.OfferLapsed: "place",
    notices.OfferTakenBack: "place",
    notices.ForumMoved: "forum",
    notices.ForumCancelled: "forum",
    notices.HelperNamed: "helper",
    notices.HelperRemoved: "helper",
    notices.Digest: "digest",
    notices.MilestoneEntrusted: "entrusted",
    notices.MinutesWanted: "afterwards",
    notices.MinutesPublished: "minutes",
    notices.DatePollOpened: "dates",
    notices.DatePollClosed: "dates_in",
    notices.VoteOpened: "vote",
    notices.VoteClosed: "vote",
    notices.GroupOutOfReach: "group",
    notices.TopicLost: "group",
    notices.MadeFacilitator: "facilitation",
    notices.MemberRemoved: "removed",
    notices.ChairTurn: "chair",
    notices.TurnPassedOn: "chair_passed_on",
    notices.SupportAsked: "support_asked",
    notices.SupportSaid: "support_said",
    notices.SupportChanged: "support_changed",
    notices.SupportFound: "support_found",
    notices.SupportRecalled: "support_recalled",
    notices.AnnouncementRecalled: "recalled",
    notices.ProposalRecalled: "recalled",
    notices.TeamJoined: "team",
    notices.TeamLeft: "team",
    notices.FacilitationEnded: "team",
    notices.TroubleFound: "trouble",
    notices.TroubleOver: "trouble",
    notices.AskedToStay: "silent",
    notices.SilentInCharge: "silent_in_charge",
    notices.ConversationLeftOpen: "left_open",
    notices.AnnouncementToApprove: "announcement",
    notices.AnnouncementReport: "announcement_report",
    notices.DocumentWanted: "document",
    notices.CampaignOpened: "campaign",
    notices.CampaignReminder: "campaign",
    notices.CampaignChased: "campaign_chased",
    notices.CampaignMoved: "campaign",
    notices.CampaignClosed: "campaign_closed",
    notices.LevelAsked: "level",
    notices.LevelRecalled: "recalled",
    notices.LevelDecided: "level_decided",
    notices.LevelLowered: "level",
}
"""The rule behind each kind of notice but the reminders of meetings and forums, whose lead decides."""


def why_button(notice: notices.Notice, language: Language, rule: str = "") -> tuple[Button, ...]:
    """Give the row that explains a notice: by its kind, or by a `rule` of its own."""
    return (button(language.plain("Why this message?"), "why", rule or rule_of(notice)),)


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
