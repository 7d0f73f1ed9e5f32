"""An announcement: as its readers get it, and as the project team sees where it stands."""

from datetime import datetime
from typing import Final

from markupsafe import Markup

from handlers.forms.wording import shortened
from handlers.names import organisation_kind
from handlers.navigation import way_out
from handlers.screen import Button, Rows, Screen, button, lines, paragraphs
from locales import Language, Msgid, _
from programme.announcements import (
    QUIET,
    Announcement,
    AnnouncementState,
    AudienceKind,
    DeliveryState,
    Part,
    totals,
)
from programme.errors import NotFound
from programme.forums import Forum
from programme.ids import CoalitionId, ForumId
from programme.ports import UnitOfWork
from programme.territory import OrganisationKind, ScopeKind, Territory

BEGINNING_MAX: Final = 60
STATES: Final[dict[AnnouncementState, Msgid]] = {
    AnnouncementState.DRAFT: _("draft"),
    AnnouncementState.TO_APPROVE: _("to be approved"),
    AnnouncementState.SCHEDULED: _("scheduled"),
    AnnouncementState.SENDING: _("being sent"),
    AnnouncementState.STOPPED: _("stopped"),
    AnnouncementState.SENT: _("sent"),
    AnnouncementState.WITHDRAWN: _("withdrawn"),
}
SCOPE_MEMBERS: Final[dict[ScopeKind, Msgid]] = {
    ScopeKind.THEME: _("the members of coalitions by theme"),
    ScopeKind.AREA: _("the members of coalitions by area"),
    ScopeKind.SECTOR: _("the members of coalitions by sector"),
}


def state_name(announcement: Announcement, language: Language) -> str:
    """Name where an announcement stands; what nobody was ever sent was dropped, not withdrawn."""
    if announcement.state is AnnouncementState.WITHDRAWN and announcement.began_at is None:
        return language.plain("dropped as a draft")
    return language.plain(STATES[announcement.state])


def announcement_as_received(announcement: Announcement) -> Screen:
    """Give an announcement exactly as its readers get it: as it was written, and nothing with it."""
    content = announcement.content
    return Screen(
        Markup(content.text),  # noqa: S704 (with entities the text is plain: it is never read as HTML)
        photo=content.file_id if content.kind == "photo" else "",
        document=content.file_id if content.kind == "document" else "",
        entities=content.entities,
    )


def withdrawn_words(language: Language) -> Markup:
    """Give what stands in place of an announcement that can't be deleted any more."""
    return language.say("This announcement was withdrawn.")


def announcement_screen(
    uow: UnitOfWork, announcement: Announcement, language: Language, territory: Territory, now: datetime
) -> Screen:
    """Give where an announcement stands, with the buttons that steer it."""
    head = lines(
        language.say(
            "<b>Announcement {number}</b>: {state}",
            number=announcement.id,
            state=state_name(announcement, language),
        ),
        language.say("<i>{beginning}</i>", beginning=beginning(announcement, language)),
        language.say(
            "To: {audience}",
            audience=", ".join(part_name(uow, part, language, territory) for part in announcement.audience),
        ),
        language.say("Quiet hours are not kept.") if announcement.urgent else None,
    )
    told = _counts(uow, announcement, language) if announcement.began_at is not None else None
    ahead = None
    if announcement.state in {AnnouncementState.DRAFT, AnnouncementState.TO_APPROVE, AnnouncementState.SCHEDULED}:
        ahead = _reach(uow, announcement, language, territory, now)
    return Screen(
        paragraphs(head, _when(announcement, language, territory), ahead, told),
        (*_buttons(announcement, language), *way_out(language, "announcements")),
    )


def beginning(announcement: Announcement, language: Language) -> str:
    """Give the first words of an announcement, or the name of its file."""
    content = announcement.content
    line = " ".join(content.text.split())
    if line:
        return shortened(line, BEGINNING_MAX)
    return content.file_name or language.plain("A photo")


def forum_words(forum: Forum, language: Language, territory: Territory) -> str:
    """Name a forum with its day, since others may have its title."""
    return f"{forum.title} ({language.short_day(forum.starts_at.astimezone(territory.zone).date())})"


def part_name(uow: UnitOfWork, part: Part, language: Language, territory: Territory) -> str:
    """Name a part of an audience; what is gone meanwhile is said to be."""
    try:
        return _named(uow, part, language, territory)
    except NotFound:
        return language.plain("something that is gone")


def _named(uow: UnitOfWork, part: Part, language: Language, territory: Territory) -> str:
    match part.kind:
        case AudienceKind.EVERYBODY:
            name = language.plain("everybody")
        case AudienceKind.FACILITATORS:
            name = language.plain("who facilitates a coalition")
        case AudienceKind.STAFF:
            name = language.plain("the project team")
        case AudienceKind.SCOPE:
            name = language.plain(SCOPE_MEMBERS[ScopeKind(part.subject)])
        case AudienceKind.ORGANISATION_KIND:
            kind = organisation_kind(OrganisationKind(part.subject), language)
            name = language.plain("organisations of the kind {kind}", kind=kind)
        case AudienceKind.COALITION:
            coalition = uow.coalitions.get(CoalitionId(part.number)).name
            name = language.plain("the members of {coalition}", coalition=coalition)
        case AudienceKind.GROUP:
            coalition = uow.coalitions.get(CoalitionId(part.number)).name
            name = language.plain("the group of {coalition}", coalition=coalition)
        case AudienceKind.REGISTRANTS:
            forum = forum_words(uow.forums.get(ForumId(part.number)), language, territory)
            name = language.plain("who has a place at {forum}", forum=forum)
        case AudienceKind.WAITING_LIST:
            forum = forum_words(uow.forums.get(ForumId(part.number)), language, territory)
            name = language.plain("who waits for a place at {forum}", forum=forum)
    return name


def _when(announcement: Announcement, language: Language, territory: Territory) -> Markup | None:
    due_at, began_at = announcement.due_at, announcement.began_at
    if announcement.state is AnnouncementState.TO_APPROVE:
        return lines(
            language.say("Somebody else of the project team must approve it."),
            None
            if due_at is None
            else language.say("Then it leaves on {moment}.", moment=language.moment(due_at, territory.zone)),
        )
    if announcement.state is AnnouncementState.SCHEDULED and due_at is not None:
        return language.say("It leaves on {moment}.", moment=language.moment(due_at, territory.zone))
    if began_at is not None:
        return language.say("Begun on {moment}", moment=language.moment(began_at, territory.zone))
    return None


def _reach(
    uow: UnitOfWork, announcement: Announcement, language: Language, territory: Territory, now: datetime
) -> Markup:
    reach = uow.announcements.reach(announcement.audience, now.astimezone(territory.zone).date())
    most = territory.announcements.approval_above
    return lines(
        language.say_n("<b>{n} recipient</b> now", "<b>{n} recipients</b> now", reach.recipients),
        language.say_n("{n} group among them", "{n} groups among them", reach.groups) if reach.groups else None,
        language.say_n(
            "{n} person paused: nothing is sent to them", "{n} people paused: nothing is sent to them", reach.paused
        )
        if reach.paused
        else None,
        language.say_n("{n} person is out of reach", "{n} people are out of reach", reach.unreachable)
        if reach.unreachable
        else None,
        language.say(
            "Above {most} recipients, somebody else of the project team must approve it.", most=language.number(most)
        )
        if reach.recipients > most and announcement.state is AnnouncementState.DRAFT
        else None,
    )


def _counts(uow: UnitOfWork, announcement: Announcement, language: Language) -> Markup:
    tallies = uow.announcements.tallies(announcement.id)
    counted = totals(tallies)
    resting = sum(one.count for one in tallies if one.state is DeliveryState.WAITING and one.reason == QUIET)
    everything = sum(counted.values())
    done = everything - counted[DeliveryState.WAITING]
    return lines(
        language.say_n(
            "{done} of {n} delivery done", "{done} of {n} deliveries done", everything, done=language.number(done)
        ),
        *state_lines(counted, language),
        language.say_n("{n} of them after quiet hours", "{n} of them after quiet hours", resting) if resting else None,
    )


def state_lines(counted: dict[DeliveryState, int], language: Language) -> tuple[Markup, ...]:
    """Give one line for each way in which deliveries ended, those without any left out."""
    words = {
        DeliveryState.SENT: language.say_n("✓ {n} sent", "✓ {n} sent", counted[DeliveryState.SENT]),
        DeliveryState.UNCONFIRMED: language.say_n(
            "{n} sent, without an answer from Telegram",
            "{n} sent, without an answer from Telegram",
            counted[DeliveryState.UNCONFIRMED],
        ),
        DeliveryState.BLOCKED: language.say_n("{n} blocked", "{n} blocked", counted[DeliveryState.BLOCKED]),
        DeliveryState.FAILED: language.say_n("{n} failed", "{n} failed", counted[DeliveryState.FAILED]),
        DeliveryState.SKIPPED: language.say_n("{n} skipped", "{n} skipped", counted[DeliveryState.SKIPPED]),
        DeliveryState.WAITING: language.say_n("{n} waits", "{n} wait", counted[DeliveryState.WAITING]),
    }
    return tuple(line for state, line in words.items() if counted[state])


def _buttons(announcement: Announcement, language: Language) -> Rows:
    number, version = announcement.id, announcement.version

    def act(label: str, route: str, *args: object) -> Button:
        return button(label, f"announcement.{route}", number, *args)

    preview = act(language.plain("Preview"), "preview")
    report = act(language.plain("Report"), "report")
    correct = act(language.plain("Correct"), "correct")
    withdraw = act(language.plain("Withdraw"), "withdraw")
    rows: Rows
    match announcement.state:
        case AnnouncementState.DRAFT:
            rows = (
                (preview, act(language.plain("Send me a test"), "try")),
                (
                    act(language.plain("Send now"), "send", version),
                    act(language.plain("At a set time"), "schedule", version),
                ),
                (
                    act(language.plain("Write it anew"), "correct"),
                    act(language.plain("Change the recipients"), "readdress"),
                ),
                (act(language.plain("Drop"), "withdraw"),),
            )
        case AnnouncementState.TO_APPROVE:
            rows = (
                (preview, act(language.plain("Approve"), "approve", version)),
                (act(language.plain("Back to a draft"), "reconsider", version),),
            )
        case AnnouncementState.SCHEDULED:
            rows = ((preview, act(language.plain("Back to a draft"), "reconsider", version)),)
        case AnnouncementState.SENDING:
            again = button(language.plain("Look again"), "announcement", number)
            rows = ((act(language.plain("Stop"), "stop"), report), (again,))
        case AnnouncementState.STOPPED:
            rows = ((act(language.plain("Resume"), "resume"), report), (correct, withdraw))
        case AnnouncementState.SENT:
            rows = ((preview, report), (correct, withdraw))
        case AnnouncementState.WITHDRAWN:
            rows = ((report,),) if announcement.began_at is not None else ()
    return rows
