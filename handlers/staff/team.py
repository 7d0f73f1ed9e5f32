"""The project team's menu: everything it does, with how much waits for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from handlers.feature import Feature
from handlers.navigation import way_out
from handlers.reply import Reply
from handlers.screen import Button, Rows, Screen, button, lines
from handlers.staff import approvals
from handlers.turn import Turn
from locales import Msgid, _
from programme.ports import UnitOfWork
from programme.usecases.rights import require_staff

A_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: its words, where it leads, and what counts the things that wait there."""

    label: Msgid
    route: str
    waiting: Callable[[UnitOfWork], int] | None = None


def _to_approve(uow: UnitOfWork) -> int:
    return len(uow.announcements.to_approve())


def _support(uow: UnitOfWork) -> int:
    return uow.support.count_unclosed()


ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(_("Approvals"), "approvals", approvals.count_waiting),
    Entry(_("Support requests"), "support.queue", _support),
    Entry(_("Announcements"), "announcements", _to_approve),
    Entry(_("Forums"), "team.forums"),
    Entry(_("Campaigns"), "campaigns"),
    Entry(_("Milestones"), "milestones.all"),
    Entry(_("Dashboard"), "dashboard"),
    Entry(_("Exports"), "exports"),
    Entry(_("The territory’s roadmap"), "territory_roadmap"),
    Entry(_("Roles"), "roles"),
    Entry(_("Log"), "journal"),
    Entry(_("Health of the bot"), "health"),
)


def show_menu(turn: Turn) -> Reply:
    """Show what the team does, and how much waits."""
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    counts = [entry.waiting(turn.uow) if entry.waiting is not None else 0 for entry in ENTRIES]
    text = lines(
        language.say("<b>Project team</b>"),
        language.say("This waits for you:") if any(counts) else language.say("Nothing waits for you."),
        *(
            language.say("• {what}: {count}", what=language.plain(entry.label), count=language.number(count))
            for entry, count in zip(ENTRIES, counts, strict=True)
            if count
        ),
    )
    buttons = [_button(turn, entry, count) for entry, count in zip(ENTRIES, counts, strict=True)]
    rows: Rows = tuple(tuple(buttons[start : start + A_ROW]) for start in range(0, len(buttons), A_ROW))
    return turn.show(Screen(text, (*rows, *way_out(language))))


def _button(turn: Turn, entry: Entry, count: int) -> Button:
    words = turn.language.plain(entry.label)
    return button(f"{words} ({count})" if count else words, entry.route, 0)


FEATURE = Feature(commands={"equipe": show_menu}, buttons={"team": show_menu})
