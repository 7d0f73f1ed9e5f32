"""What an announcement says, or whom a draft is for, put right: a sent one is changed where it was delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.cards.announcement import announcement_as_received
from handlers.feature import Feature
from handlers.forms import Form, Formatted, Question, open_form
from handlers.reply import Reply, Say
from handlers.staff.announcement_audience import AUDIENCE_QUESTIONS, Addressed, parts_of
from handlers.staff.announcements import begin_again, content_of, number_of, shown_anew
from handlers.turn import Turn
from locales import _
from programme.announcements import ANNOUNCEMENT_CAPTION_MAX, ANNOUNCEMENT_TEXT_MAX, AnnouncementState
from programme.errors import StillOnTheWay, TooLate
from programme.ids import AnnouncementId
from programme.usecases.rights import require_staff
from programme.usecases.steer_announcement import correct_announcement
from programme.usecases.write_announcement import readdress_announcement, rewrite_announcement

DRAFT_OR_RESTING = frozenset({AnnouncementState.DRAFT, AnnouncementState.STOPPED, AnnouncementState.SENT})


@dataclass(frozen=True, slots=True)
class Corrected:
    """What takes the place of an announcement's content; its number is what the conversation was opened with."""

    content: Mapping[str, Any]
    announcement: str = ""


@dataclass(frozen=True, slots=True)
class Readdressed(Addressed):
    """Whom a draft is for instead; its number is what the conversation was opened with."""

    announcement: str = ""


def ask_correction(turn: Turn) -> Reply:
    """Ask for the message that takes its place, unless the rules would refuse it."""
    require_staff(turn.uow, turn.me.id)
    announcement = turn.uow.announcements.get(AnnouncementId(turn.number(0)))
    if announcement.state is AnnouncementState.SENDING:
        raise StillOnTheWay
    if announcement.state not in DRAFT_OR_RESTING:
        raise TooLate
    return open_form(turn, CORRECT_ANNOUNCEMENT, context={"announcement": str(announcement.id)})


def ask_audience(turn: Turn) -> Reply:
    """Ask whom a draft is for instead."""
    require_staff(turn.uow, turn.me.id)
    announcement = turn.uow.announcements.get(AnnouncementId(turn.number(0)))
    if announcement.state is not AnnouncementState.DRAFT:
        raise TooLate
    return open_form(turn, READDRESS_ANNOUNCEMENT, context={"announcement": str(announcement.id)})


def _correct(turn: Turn, corrected: Corrected) -> Reply:
    announcement = turn.uow.announcements.get(AnnouncementId(number_of(corrected.announcement)))
    change = rewrite_announcement if announcement.state is AnnouncementState.DRAFT else correct_announcement
    changed = change(turn.uow, turn.me.id, announcement.id, content_of(corrected.content), turn.now)
    return Reply((Say(announcement_as_received(changed)), *shown_anew(turn, changed).messages))


def _readdress(turn: Turn, chosen: Readdressed) -> Reply:
    announcement_id = AnnouncementId(number_of(chosen.announcement))
    audience, urgent = parts_of(chosen), chosen.urgent
    draft = readdress_announcement(turn.uow, turn.me.id, announcement_id, audience, turn.now, urgent=urgent)
    return shown_anew(turn, draft)


CORRECT_ANNOUNCEMENT = Form(
    name="correct_announcement",
    version=1,
    into=Corrected,
    questions=(
        Question(
            "content",
            _("What shall it say instead?"),
            Formatted(ANNOUNCEMENT_TEXT_MAX, ANNOUNCEMENT_CAPTION_MAX),
            hint=_("Write the whole text; under a photo or a document it becomes the caption."),
            label=_("Announcement"),
        ),
    ),
    review=_("The correction"),
    submit=_correct,
)
READDRESS_ANNOUNCEMENT = Form(
    name="readdress_announcement",
    version=1,
    into=Readdressed,
    questions=AUDIENCE_QUESTIONS,
    review=_("The recipients"),
    submit=_readdress,
)

FEATURE = Feature(
    buttons={"announcement.correct": ask_correction, "announcement.readdress": ask_audience},
    forms=(CORRECT_ANNOUNCEMENT, READDRESS_ANNOUNCEMENT),
    again={CORRECT_ANNOUNCEMENT.name: begin_again, READDRESS_ANNOUNCEMENT.name: begin_again},
)
