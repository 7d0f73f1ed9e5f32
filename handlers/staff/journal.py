"""The audit log by page, the latest first: who did what to what, when."""

from markupsafe import Markup

from handlers.feature import Feature
from handlers.navigation import PAGE, Page, way_out
from handlers.reply import Reply
from handlers.screen import Screen, lines, paragraphs
from handlers.staff.deeds import deed_words, subject_words
from handlers.turn import Turn
from programme.audit import AuditLine
from programme.usecases.rights import require_staff


def show_journal(turn: Turn) -> Reply:
    """Show one page of the log."""
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    last = max(0, (turn.uow.audit.count() - 1) // PAGE)
    number = min(turn.number(0) if turn.word(0) else 0, last)
    page = Page(tuple(turn.uow.audit.page(number * PAGE, PAGE)), number, last)
    text = paragraphs(
        language.say("<b>Log</b>"),
        *(_line(turn, line) for line in page.things),
        None if page.things else language.say("Nothing has been noted yet."),
    )
    return turn.show(Screen(text, (*page.turner(language, "journal"), *way_out(language, "team"))))


def _line(turn: Turn, line: AuditLine) -> Markup:
    language = turn.language
    by = turn.uow.people.names([line.by]).get(line.by, "") if line.by is not None else ""
    at = line.at.astimezone(turn.territory.zone)
    return lines(
        language.say(
            "{day}, {time} · {name}",
            day=language.short_day(at.date()),
            time=language.clock(at.time()),
            name=by or language.plain("the bot, or somebody who left"),
        ),
        language.say("{label}: {answer}", label=deed_words(line, language), answer=what)
        if (what := subject_words(line, turn.uow, language))
        else language.say("{text}", text=deed_words(line, language)),
    )


FEATURE = Feature(commands={"journal": show_journal}, buttons={"journal": show_journal})
