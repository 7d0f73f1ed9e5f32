"""Notices about announcements, to the project team: one to approve, and the report of one."""

from handlers.cards.announcement import announcement_screen
from handlers.cards.announcement_report import report_sheet, report_text
from handlers.documents.spreadsheets import xlsx_of
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import File, Screen, paragraphs
from programme.announcements import AnnouncementState
from programme.notices import AnnouncementRecalled, AnnouncementReport, AnnouncementToApprove

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def announcement_to_approve(notice: AnnouncementToApprove, reader: Reader) -> Screen:
    """Tell that an announcement to many waits for this reader or a colleague."""
    return _to_approve(notice, reader, reader.language.say("A colleague wants to send this announcement:"))


def announcement_recalled(notice: AnnouncementRecalled, reader: Reader) -> Screen:
    """Remind of an announcement that has waited for approval for more than three working days."""
    words = reader.language.say("<b>This announcement has waited for approval for more than three working days.</b>")
    return _to_approve(notice, reader, words)


def announcement_report(notice: AnnouncementReport, reader: Reader) -> Screen:
    """Send the report as things are now, with its list."""
    _still_staff(reader)
    announcement = reader.uow.announcements.get(notice.announcement_id)
    language, territory = reader.language, reader.territory
    sheet = report_sheet(reader.uow, announcement, language, territory)
    at = reader.now.astimezone(territory.zone)
    content = xlsx_of(sheet, territory, at)
    name = language.plain("announcement-{number}-{day}.xlsx", number=announcement.id, day=f"{at:%Y-%m-%d}")
    text = report_text(reader.uow, announcement, language, territory)
    return Screen(text, (why_button(notice, language),), File(name, content, XLSX))


def _to_approve(notice: AnnouncementToApprove | AnnouncementRecalled, reader: Reader, words: str) -> Screen:
    _still_staff(reader)
    announcement = reader.uow.announcements.get(notice.announcement_id)
    if announcement.state is not AnnouncementState.TO_APPROVE or announcement.version != notice.version:
        raise Untrue("decided")
    card = announcement_screen(reader.uow, announcement, reader.language, reader.territory, reader.now)
    return Screen(paragraphs(words, card.text), (*card.rows[:-1], why_button(notice, reader.language)))


def _still_staff(reader: Reader) -> None:
    if not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
