"""What became of an announcement: as a message, and as a list for spreadsheets with one row for each delivery."""

from datetime import datetime
from typing import Final

from markupsafe import Markup

from handlers.cards.announcement import beginning, state_lines
from handlers.documents.sheet import Cell, Sheet
from handlers.screen import lines, paragraphs
from locales import Language, Msgid, _
from programme.announcements import OUT_OF_REACH, QUIET, Announcement, Delivery, DeliveryState, Tally, totals
from programme.ports import UnitOfWork
from programme.territory import Territory

DELIVERY_STATES: Final[dict[DeliveryState, Msgid]] = {
    DeliveryState.SENT: _("sent"),
    DeliveryState.UNCONFIRMED: _("sent, unconfirmed"),
    DeliveryState.BLOCKED: _("blocked"),
    DeliveryState.FAILED: _("failed"),
    DeliveryState.SKIPPED: _("skipped"),
    DeliveryState.WAITING: _("waiting"),
}
REASONS: Final[dict[str, Msgid]] = {
    "paused": _("paused their messages"),
    "left": _("no longer concerned"),
    OUT_OF_REACH: _("had blocked the bot before"),
    "withdrawn": _("withdrawn before it was sent"),
    "gone": _("erased"),
    QUIET: _("until the end of quiet hours"),
    "stopped": _("stopped"),
}
"""The reasons that we give ourselves."""
TELEGRAMS: Final[dict[str, Msgid]] = {
    "blocked": _("blocked the bot"),
    "deactivated": _("has left Telegram"),
    "can't initiate": _("has never written to the bot"),
    "chat not found": _("Telegram no longer finds this chat"),
    "kicked": _("the bot was removed from the group"),
    "not a member": _("the bot was removed from the group"),
    "not enough rights": _("the bot may not write there"),
    "unknown outcome": _("Telegram did not answer"),
}
"""What a reason of Telegram’s holds, and what it means; others are given in Telegram’s own words."""


def report_text(uow: UnitOfWork, announcement: Announcement, language: Language, territory: Territory) -> Markup:
    """Give the counts of an announcement's deliveries, with the reasons of those that did not arrive."""
    tallies = uow.announcements.tallies(announcement.id)
    began_at = announcement.began_at
    return paragraphs(
        lines(
            language.say("<b>Report of announcement {number}</b>", number=announcement.id),
            language.say("<i>{beginning}</i>", beginning=beginning(announcement, language)),
            None
            if began_at is None
            else language.say("Begun on {moment}", moment=language.moment(began_at, territory.zone)),
        ),
        lines(*state_lines(totals(tallies), language)),
        lines(*(_reason_line(tally, language) for tally in tallies if tally.reason)),
    )


def report_sheet(uow: UnitOfWork, announcement: Announcement, language: Language, territory: Territory) -> Sheet:
    """Give one row for each delivery: to whom, what became of it, why, and when."""
    headings = (_("Name"), _("Organisation"), _("Outcome"), _("Reason"), _("Moment"))
    rows = [_row(delivery, language, territory) for delivery in uow.announcements.deliveries(announcement.id)]
    title = language.plain("Announcement {number}", number=announcement.id)
    return Sheet(title, tuple(language.plain(heading) for heading in headings), rows)


def reason_words(reason: str, language: Language) -> str:
    """Give a reason in words: ours, or Telegram's own where we have none for it."""
    told = REASONS.get(reason) or next((words for sign, words in TELEGRAMS.items() if sign in reason.lower()), None)
    return reason if told is None else language.plain(told)


def _row(delivery: Delivery, language: Language, territory: Territory) -> tuple[Cell, ...]:
    at: datetime | None = None
    if delivery.at is not None:
        at = delivery.at.astimezone(territory.zone).replace(tzinfo=None)
    name = delivery.name or language.plain("former member")
    state = language.plain(DELIVERY_STATES[delivery.state])
    return (name, delivery.organisation, state, reason_words(delivery.reason, language), at)


def _reason_line(tally: Tally, language: Language) -> Markup:
    return language.say(
        "• {state}, {reason}: {count}",
        state=language.plain(DELIVERY_STATES[tally.state]),
        reason=reason_words(tally.reason, language),
        count=language.number(tally.count),
    )
