"""`/annonce`: the announcements, and writing one: what it says, to whom, and whether quiet hours are kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from handlers.announcement_card import STATES, announcement_as_received, announcement_screen, beginning
from handlers.feature import Feature
from handlers.forms import Form, Formatted, Option, Question, Several, YesNo, open_form
from handlers.forms.option import LABEL_MAX
from handlers.forms.wording import shortened
from handlers.names import SCOPES, organisation_kind
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, Say, say
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from locales import Msgid, _
from programme.announcements import (
    ANNOUNCEMENT_CAPTION_MAX,
    ANNOUNCEMENT_TEXT_MAX,
    Announcement,
    AudienceKind,
    Content,
    Part,
)
from programme.coalitions import Coalition
from programme.territory import ScopeKind
from programme.usecases.rights import require_staff
from programme.usecases.write_announcement import write_announcement

AUDIENCES: Final[dict[AudienceKind, Msgid]] = {
    AudienceKind.EVERYBODY: _("Everybody"),
    AudienceKind.FACILITATORS: _("Who facilitates a coalition"),
    AudienceKind.STAFF: _("The project team"),
    AudienceKind.COALITION: _("The members of a coalition"),
    AudienceKind.GROUP: _("The group of a coalition"),
    AudienceKind.SCOPE: _("Coalitions by theme, area or sector"),
    AudienceKind.ORGANISATION_KIND: _("A kind of organisation"),
    AudienceKind.REGISTRANTS: _("Who has a place at a forum"),
    AudienceKind.WAITING_LIST: _("Who waits for a place at a forum"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What the conversation asks: the message, the kinds of audience, and for some kinds which ones."""

    content: Mapping[str, Any]
    audience: tuple[str, ...]
    urgent: bool
    coalitions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    forums: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()


def show_announcements(turn: Turn) -> Reply:
    """Show the announcements, the latest first."""
    return _list(turn, turn.number(0) if turn.word(0) else 0)


def begin_again(turn: Turn) -> Reply:
    """Show the announcements from their first page."""
    return _list(turn, 0)


def start_writing(turn: Turn) -> Reply:
    """Open the conversation that writes an announcement."""
    require_staff(turn.uow, turn.me.id)
    return open_form(turn, WRITE_ANNOUNCEMENT)


def content_of(value: Mapping[str, Any]) -> Content:
    """Give the content of a message as it was written."""
    return Content(value["text"], tuple(value["entities"]), value["kind"], value["file_id"], value["name"])


def shown(turn: Turn, announcement: Announcement, *, toast: str = "") -> Reply:
    """Show where an announcement stands."""
    screen = announcement_screen(turn.uow, announcement, turn.language, turn.territory, turn.now)
    return turn.show(screen, toast=toast)


def _list(turn: Turn, page_number: int) -> Reply:
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    page = page_of(turn.uow.announcements.latest(), page_number)
    text = lines(
        language.say("<b>Announcements</b>"),
        None if page.things else language.say("None was written yet."),
    )
    rows = (
        *((button(_label(turn, one), "announcement", one.id),) for one in page.things),
        *page.turner(language, "announcements"),
        (button(language.plain("Write an announcement"), "announcement.write"),),
        *way_out(language, "team"),
    )
    return turn.show(Screen(text, rows))


def _label(turn: Turn, announcement: Announcement) -> str:
    state = turn.language.plain(STATES[announcement.state])
    return shortened(f"{beginning(announcement, turn.language)} · {state}", LABEL_MAX)


def _audiences(turn: Turn) -> Sequence[Option]:
    there = set(AUDIENCES)
    if not _talking(turn):
        there.discard(AudienceKind.GROUP)
    if not turn.uow.forums.upcoming(turn.now):
        there -= {AudienceKind.REGISTRANTS, AudienceKind.WAITING_LIST}
    return [Option(kind.value, turn.language.plain(words)) for kind, words in AUDIENCES.items() if kind in there]


def _coalitions(turn: Turn) -> Sequence[Option]:
    return [Option(str(one.id), one.name) for one in turn.uow.coalitions.active()]


def _groups(turn: Turn) -> Sequence[Option]:
    return [Option(str(one.id), one.name) for one in _talking(turn)]


def _talking(turn: Turn) -> list[Coalition]:
    return [one for one in turn.uow.coalitions.active() if turn.uow.groups.of_coalition(one.id)]


def _scopes(turn: Turn) -> Sequence[Option]:
    return [Option(scope.value, turn.language.plain(SCOPES[scope])) for scope in ScopeKind]


def _kinds(turn: Turn) -> Sequence[Option]:
    return [Option(kind.value, organisation_kind(kind, turn.language)) for kind in turn.territory.organisation_kinds]


def _forums(turn: Turn) -> Sequence[Option]:
    return [Option(str(one.id), one.title) for one in turn.uow.forums.upcoming(turn.now)]


def _names(kind: AudienceKind) -> Callable[[Mapping[str, Any]], bool]:
    """Tell of the answers so far whether the audience has a part of this kind."""
    return lambda answers: kind.value in (answers["audience"] or ())


def _write(turn: Turn, written: Written) -> Reply:
    named = {
        AudienceKind.COALITION: written.coalitions,
        AudienceKind.GROUP: written.groups,
        AudienceKind.SCOPE: written.scopes,
        AudienceKind.ORGANISATION_KIND: written.kinds,
        AudienceKind.REGISTRANTS: written.forums,
        AudienceKind.WAITING_LIST: written.queues,
    }
    audience = tuple(
        Part(kind, subject)
        for chosen in written.audience
        for kind in (AudienceKind(chosen),)
        for subject in named.get(kind, ("",))
    )
    content = content_of(written.content)
    draft = write_announcement(turn.uow, turn.me.id, content, audience, turn.now, urgent=written.urgent)
    note = turn.language.say("This is what they will get:")
    return Reply((Say(Screen(note)), Say(announcement_as_received(draft)), *shown_anew(turn, draft).messages))


def shown_anew(turn: Turn, announcement: Announcement) -> Reply:
    """Show where an announcement stands, in a new message."""
    return say(announcement_screen(turn.uow, announcement, turn.language, turn.territory, turn.now))


def _which(
    key: str, prompt: Msgid, options: Callable[[Turn], Sequence[Option]], kind: AudienceKind, label: Msgid
) -> Question:
    return Question(key, prompt, Several(options), label=label, when=_names(kind))


WRITE_ANNOUNCEMENT = Form(
    name="write_announcement",
    version=1,
    into=Written,
    questions=(
        Question(
            "content",
            _("What do you want to announce?"),
            Formatted(ANNOUNCEMENT_TEXT_MAX, ANNOUNCEMENT_CAPTION_MAX),
            hint=_("Write it with bold, links and so on, or send a photo or a document with a caption."),
            label=_("Announcement"),
        ),
        Question("audience", _("To whom? Several may be chosen."), Several(_audiences), label=_("To")),
        _which(
            "coalitions", _("To the members of which coalitions?"), _coalitions, AudienceKind.COALITION, _("Coalitions")
        ),
        _which("groups", _("Into the groups of which coalitions?"), _groups, AudienceKind.GROUP, _("Groups")),
        _which("scopes", _("Which coalitions?"), _scopes, AudienceKind.SCOPE, _("Scope")),
        _which("kinds", _("Which kinds of organisation?"), _kinds, AudienceKind.ORGANISATION_KIND, _("Kinds")),
        _which("forums", _("Who has a place at which forum?"), _forums, AudienceKind.REGISTRANTS, _("Registered")),
        _which(
            "queues", _("Who waits for a place at which forum?"), _forums, AudienceKind.WAITING_LIST, _("Waiting list")
        ),
        Question(
            "urgent",
            _("Is it urgent? Then it comes in quiet hours too."),
            YesNo(),
            label=_("Urgent"),
        ),
    ),
    review=_("The announcement"),
    submit=_write,
)

FEATURE = Feature(
    commands={"annonce": begin_again},
    buttons={"announcements": show_announcements, "announcement.write": start_writing},
    forms=(WRITE_ANNOUNCEMENT,),
    again={WRITE_ANNOUNCEMENT.name: begin_again},
)
