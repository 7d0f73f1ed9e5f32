"""`/annonce`: the announcements, and writing one: what it says, to whom, and whether quiet hours are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.cards.announcement import announcement_as_received, announcement_screen, beginning, state_name
from handlers.feature import Feature
from handlers.forms import Form, Formatted, Question, open_form
from handlers.forms.option import LABEL_MAX
from handlers.forms.wording import shortened
from handlers.navigation import page_of, way_out
from handlers.reply import Change, Reply, Say, say
from handlers.said import Tap
from handlers.screen import Screen, button, lines
from handlers.staff.announcement_audience import AUDIENCE_QUESTIONS, Addressed, parts_of
from handlers.turn import Turn
from locales import _
from programme.announcements import (
    ANNOUNCEMENT_CAPTION_MAX,
    ANNOUNCEMENT_TEXT_MAX,
    Announcement,
    Content,
    progress_anchor,
)
from programme.errors import NotFound
from programme.usecases.rights import require_staff
from programme.usecases.write_announcement import write_announcement


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Addressed):
    """What the conversation asks: the message, and whom it is for."""

    content: Mapping[str, Any]


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


def number_of(word: str) -> int:
    """Give the number that a conversation was opened with; raises NotFound for what is none."""
    if not (word.isascii() and word.isdecimal()):
        raise NotFound
    return int(word)


def shown(turn: Turn, announcement: Announcement, *, toast: str = "") -> Reply:
    """Show where an announcement stands; for who sends it, this message goes on showing how far it is."""
    screen = announcement_screen(turn.uow, announcement, turn.language, turn.territory, turn.now)
    tapped = turn.said.message_id if isinstance(turn.said, Tap) else None
    if tapped is not None and announcement.began_at is not None and announcement.by == turn.me.id:
        return Reply((Change(screen, progress_anchor(announcement.id), tapped, settles=True),), toast)
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
    state = state_name(announcement, turn.language)
    return shortened(f"{beginning(announcement, turn.language)} · {state}", LABEL_MAX)


def _write(turn: Turn, written: Written) -> Reply:
    content = content_of(written.content)
    draft = write_announcement(turn.uow, turn.me.id, content, parts_of(written), turn.now, urgent=written.urgent)
    note = turn.language.say("This is what they will get:")
    return Reply((Say(Screen(note)), Say(announcement_as_received(draft)), *shown_anew(turn, draft).messages))


def shown_anew(turn: Turn, announcement: Announcement) -> Reply:
    """Show where an announcement stands, in a new message."""
    return say(announcement_screen(turn.uow, announcement, turn.language, turn.territory, turn.now))


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
        *AUDIENCE_QUESTIONS,
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
