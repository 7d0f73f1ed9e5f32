"""One announcement in the hands of the project team: sent, approved, stopped, withdrawn, reported."""

from dataclasses import dataclass
from datetime import datetime

from handlers.cards.announcement import announcement_as_received
from handlers.feature import Feature
from handlers.forms import Form, Moment, Question, open_form
from handlers.navigation import way_out
from handlers.reply import Reply, Say, toast
from handlers.screen import Screen, button
from handlers.staff.announcements import begin_again, number_of, shown, shown_anew
from handlers.turn import Turn
from locales import _
from programme.announcements import AnnouncementState
from programme.ids import AnnouncementId
from programme.usecases.report_announcement import report_announcement
from programme.usecases.rights import require_staff
from programme.usecases.send_announcement import approve_announcement, send_announcement, try_announcement
from programme.usecases.steer_announcement import (
    resume_announcement,
    stop_announcement,
    withdraw_announcement,
)
from programme.usecases.write_announcement import reconsider


@dataclass(frozen=True, slots=True)
class Chosen:
    """The moment chosen for an announcement, whose number and version the conversation was opened with."""

    due_at: datetime
    announcement: str = ""
    version: str = ""


def show(turn: Turn) -> Reply:
    """Show where one stands."""
    require_staff(turn.uow, turn.me.id)
    return shown(turn, turn.uow.announcements.get(_id(turn)))


def preview(turn: Turn) -> Reply:
    """Say it as its readers get it, and its screen again below."""
    require_staff(turn.uow, turn.me.id)
    announcement = turn.uow.announcements.get(_id(turn))
    return Reply((Say(announcement_as_received(announcement)), *shown_anew(turn, announcement).messages))


def try_out(turn: Turn) -> Reply:
    """Send it to who taps, in the way that everybody will get it."""
    try_announcement(turn.uow, turn.me.id, _id(turn), turn.now)
    return toast(turn.language.plain("It comes to you alone."))


def send(turn: Turn) -> Reply:
    """Send it now, or have it approved."""
    sent = send_announcement(
        turn.uow,
        turn.me.id,
        _id(turn),
        turn.number(1),
        turn.now,
        turn.territory.zone,
        approval_above=turn.territory.announcements.approval_above,
    )
    asked = sent.state is AnnouncementState.TO_APPROVE
    plain = turn.language.plain
    words = plain("Your colleagues are asked to approve it.") if asked else plain("It is on its way.")
    return shown(turn, sent, toast=words)


def ask_moment(turn: Turn) -> Reply:
    """Ask when it is to be sent."""
    require_staff(turn.uow, turn.me.id)
    announcement = turn.uow.announcements.get(_id(turn))
    context = {"announcement": str(announcement.id), "version": str(turn.number(1))}
    return open_form(turn, SCHEDULE_ANNOUNCEMENT, context=context)


def approve(turn: Turn) -> Reply:
    """Approve a colleague's."""
    approved = approve_announcement(turn.uow, turn.me.id, _id(turn), turn.number(1), turn.now)
    return shown(turn, approved, toast=turn.language.plain("Approved"))


def back_to_draft(turn: Turn) -> Reply:
    """Take it back to a draft."""
    return shown(turn, reconsider(turn.uow, turn.me.id, _id(turn), turn.number(1), turn.now))


def stop(turn: Turn) -> Reply:
    """Stop the sending."""
    stopped = stop_announcement(turn.uow, turn.me.id, _id(turn), turn.now)
    words = turn.language.plain("Stopped: only what is in the air just now still arrives.")
    return shown(turn, stopped, toast=words)


def resume(turn: Turn) -> Reply:
    """Let a stopped sending go on."""
    going = resume_announcement(turn.uow, turn.me.id, _id(turn), turn.now)
    return shown(turn, going, toast=turn.language.plain("It is on its way."))


def ask_withdrawal(turn: Turn) -> Reply:
    """Ask whether to withdraw it for everybody."""
    require_staff(turn.uow, turn.me.id)
    announcement = turn.uow.announcements.get(_id(turn))
    language = turn.language
    text = language.say(
        "Withdraw this announcement? What was sent is deleted, or changed into one short sentence where Telegram does "
        "not allow that any more (after 48 hours)."
    )
    words = language.plain("Yes, withdraw it")
    if announcement.began_at is None:
        text, words = language.say("Drop this draft?"), language.plain("Yes, drop it")
    yes = button(words, "announcement.takeback", announcement.id)
    return turn.show(Screen(text, ((yes,), *way_out(language, "announcement", announcement.id))))


def withdraw(turn: Turn) -> Reply:
    """Withdraw it for everybody."""
    withdrawn = withdraw_announcement(turn.uow, turn.me.id, _id(turn), turn.now)
    plain = turn.language.plain
    return shown(turn, withdrawn, toast=plain("Dropped") if withdrawn.began_at is None else plain("Withdrawn"))


def report(turn: Turn) -> Reply:
    """Send the report with its list, drawn outside of this turn."""
    report_announcement(turn.uow, turn.me.id, _id(turn), turn.now)
    return toast(turn.language.plain("The report comes to you."))


def _schedule(turn: Turn, chosen: Chosen) -> Reply:
    scheduled = send_announcement(
        turn.uow,
        turn.me.id,
        AnnouncementId(number_of(chosen.announcement)),
        number_of(chosen.version),
        turn.now,
        turn.territory.zone,
        approval_above=turn.territory.announcements.approval_above,
        due_at=chosen.due_at,
    )
    return shown_anew(turn, scheduled)


def _id(turn: Turn) -> AnnouncementId:
    return AnnouncementId(turn.number(0))


SCHEDULE_ANNOUNCEMENT = Form(
    name="schedule_announcement",
    version=1,
    into=Chosen,
    questions=(
        Question(
            "due_at",
            _("When shall it leave?"),
            Moment(),
            hint=_("For example: Tuesday 18:30, 24/11 at 18:00, tomorrow noon"),
            label=_("Moment"),
        ),
    ),
    submit=_schedule,
)
FEATURE = Feature(
    buttons={
        "announcement": show,
        "announcement.preview": preview,
        "announcement.try": try_out,
        "announcement.send": send,
        "announcement.schedule": ask_moment,
        "announcement.approve": approve,
        "announcement.reconsider": back_to_draft,
        "announcement.stop": stop,
        "announcement.resume": resume,
        "announcement.withdraw": ask_withdrawal,
        "announcement.takeback": withdraw,
        "announcement.report": report,
    },
    forms=(SCHEDULE_ANNOUNCEMENT,),
    again={SCHEDULE_ANNOUNCEMENT.name: begin_again},
)
