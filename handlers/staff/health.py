"""How well the bot does: what waits and since when, what failed, and the latest backup."""

from datetime import datetime
from typing import Final

from markupsafe import Markup

from handlers.feature import Feature
from handlers.navigation import way_out
from handlers.reply import Reply
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Language, Msgid, _
from programme.health import Health, Trouble, troubles_of
from programme.usecases.rights import require_staff

IN_MINUTES: Final = 120
"""Up to how many of them a delay is told in minutes."""
TROUBLES: Final[dict[Trouble, Msgid]] = {
    Trouble.REMINDERS: _("Reminders are late"),
    Trouble.OUTBOX: _("Messages wait to be sent"),
    Trouble.INBOX: _("People wait for an answer"),
    Trouble.FAILURES: _("Several answers have failed within an hour"),
    Trouble.BACKUP: _("The nightly backup is missing"),
}


def show_health(turn: Turn) -> Reply:
    """Show how things stand now."""
    require_staff(turn.uow, turn.me.id)
    language, health = turn.language, turn.uow.health.look(turn.now)
    wrong = troubles_of(health, turn.now)
    text = paragraphs(
        lines(
            language.say("<b>Health of the bot</b>"),
            *(language.say("⚠ {trouble}", trouble=language.plain(TROUBLES[one])) for one in Trouble if one in wrong),
            None if wrong else language.say("✓ Everything is well."),
        ),
        lines(
            language.say("Reminders: {late}", late=_late(health.reminders_since, turn)),
            language.say("Messages to send: {late}", late=_late(health.outbox_since, turn)),
            language.say("Answers to give: {late}", late=_late(health.inbox_since, turn)),
            language.say("Failed within a day: {n}", n=language.number(health.failed)),
            language.say("Messages given up within a day: {n}", n=language.number(health.given_up)),
            _backup(health, turn),
        ),
    )
    again = (button(language.plain("Look again"), "health", 0),)
    return turn.show(Screen(text, (again, *way_out(language, "team"))))


def trouble_screen(trouble: Trouble, language: Language, *, over: bool) -> Markup:
    """Say that something has been wrong for ten minutes, or is well again."""
    words = language.plain(TROUBLES[trouble])
    if over:
        return lines(
            language.say("✓ <b>It is well again</b>"),
            language.say("What was wrong: “{trouble}”", trouble=words),
        )
    return lines(
        language.say("⚠ <b>{trouble}</b>", trouble=words),
        language.say("This has lasted for ten minutes. /sante says more; I will say when it is well again."),
    )


def _late(since: datetime | None, turn: Turn) -> str:
    minutes = 0 if since is None else int((turn.now - since).total_seconds() // 60)
    if minutes < 1:
        return turn.language.plain("on time")
    if minutes < IN_MINUTES:
        return turn.language.plain_n("{n} minute late", "{n} minutes late", minutes)
    return turn.language.plain_n("{n} hour late", "{n} hours late", minutes // 60)


def _backup(health: Health, turn: Turn) -> Markup:
    language, zone = turn.language, turn.territory.zone
    if health.backups_wanted_at is None:
        return language.say("Backup: left to the database’s own tools")
    if health.backup_at is None:
        return language.say("Backup: none yet, the first comes tonight")
    return language.say("Latest backup: {moment}", moment=language.moment(health.backup_at, zone))


FEATURE = Feature(commands={"sante": show_health}, buttons={"health": show_health})
