"""What stands in the lists that the project team takes out, in words; how a file keeps it is spreadsheets' own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from handlers.cards.level import level_name
from handlers.documents.asked import Asked
from handlers.documents.sheet import Cell, Sheet
from handlers.documents.support_table import support_table
from handlers.names import REGISTRATIONS, SCOPES, action_state, organisation_kind, roadmap_state, step_name, unit_name
from locales import Language, Msgid, _
from programme.documents import Document
from programme.territory import Territory
from programme.usecases import export

DOCUMENTS: Final[dict[Document, Msgid]] = {
    Document.MEMBERS: _("Members"),
    Document.COALITIONS: _("Coalitions"),
    Document.ACTIONS: _("Actions"),
    Document.REGISTRATIONS: _("Registrations"),
    Document.ATTENDANCE: _("Attendance"),
    Document.SUPPORT: _("Support requests"),
    Document.ROADMAP: _("The territory’s roadmap"),
    Document.CHARTS: _("Dashboard"),
}


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A heading that the project team wrote itself."""

    words: str


def document_name(document: Document, language: Language) -> str:
    """Give the name of a document."""
    return language.plain(DOCUMENTS[document])


def sheet_of(document: Document, asked: Asked) -> Sheet:
    """Give a list as the reader may see it; raises NotAllowed, and KeyError for what is no list."""
    headings, rows = _SHEETS[document](asked)
    plain = asked.language.plain
    words = tuple(heading.words if isinstance(heading, Verbatim) else plain(heading) for heading in headings)
    return Sheet(document_name(document, asked.language), words, rows)


def _members(asked: Asked) -> tuple[tuple[Msgid, ...], Sequence[tuple[Cell, ...]]]:
    language, territory, zone = asked.language, asked.territory, asked.territory.zone
    headings = (
        _("Name"),
        _("Organisation"),
        _("Kind of organisation"),
        _("Level of commitment"),
        _("Coalition"),
        _("Facilitates"),
        _("Member since"),
        _("Agreed to be known on"),
    )
    return headings, [
        (
            row.name,
            row.organisation,
            organisation_kind(row.kind, language),
            level_name(row.level, language, territory),
            row.coalition,
            _whether(row.facilitator, language) if row.coalition else None,
            None if row.since is None else row.since.astimezone(zone).date(),
            row.consented_at.astimezone(zone).date(),
        )
        for row in export.members(asked.uow, asked.by)
    ]


def _coalitions(asked: Asked) -> tuple[tuple[Msgid, ...], Sequence[tuple[Cell, ...]]]:
    language, territory = asked.language, asked.territory
    headings = (
        _("Coalition"),
        _("Scope"),
        _("Objective"),
        _("Stakes"),
        _("Step"),
        _("Number of members"),
        _("Who facilitates"),
        _("Organisations"),
        _("Levels of commitment"),
        _("Version of the commitment card"),
        _("Published on"),
    )
    return headings, [
        (
            row.coalition.name,
            language.plain(SCOPES[row.coalition.scope]),
            row.coalition.objective,
            _stakes(row.coalition.stakes, territory, language),
            language.plain("End of the road") if row.step is None else step_name(row.step, language),
            row.members,
            ", ".join(row.facilitators),
            ", ".join(row.organisations),
            ", ".join(
                f"{name}\N{NO-BREAK SPACE}: {level_name(key, language, territory)}" for name, key in row.levels.items()
            ),
            row.card_version,
            None if row.card_published_at is None else row.card_published_at.astimezone(territory.zone).date(),
        )
        for row in export.coalitions(asked.uow, asked.by)
    ]


def _actions(asked: Asked) -> tuple[tuple[Msgid, ...], Sequence[tuple[Cell, ...]]]:
    language, territory = asked.language, asked.territory
    headings = (
        _("Coalition"),
        _("Action"),
        _("State"),
        _("Date"),
        _("Regulated sector (PCAET)"),
        _("Local stakes"),
        _("Figure logged"),
        _("Unit"),
        _("Means"),
        _("Public"),
        _("Partners"),
        _("Expected result"),
        _("Organisation"),
        _("Roadmap"),
        _("Logged on"),
    )
    found: list[tuple[Cell, ...]] = []
    for row in export.actions(asked.uow, asked.by):
        action, details = row.action, row.action.details
        sector = territory.sector(details.sector)
        found.append(
            (
                row.coalition,
                action.title,
                action_state(action.state, language),
                language.month(action.when.on) if action.when.whole_month else action.when.on,
                details.sector if sector is None else sector.label_in(language.code),
                _stakes(action.stakes, territory, language),
                None if action.figure is None else action.figure.value,
                "" if action.figure is None else unit_name(action.figure.unit, language),
                details.means,
                details.public,
                details.partners,
                details.expected_result,
                row.organisation,
                "" if action.roadmap is None else roadmap_state(action.roadmap, language),
                action.logged_at.astimezone(territory.zone).date(),
            )
        )
    return headings, found


def _registrations(asked: Asked) -> tuple[tuple[Msgid | Verbatim, ...], Sequence[tuple[Cell, ...]]]:
    language, zone = asked.language, asked.territory.zone
    registrations = export.registrations(asked.uow, asked.by, asked.now)
    questions = list(dict.fromkeys(question for row in registrations for question in row.answers))
    headings: tuple[Msgid | Verbatim, ...] = (
        _("Forum"),
        _("Date"),
        _("Name"),
        _("Organisation"),
        _("Seats"),
        _("State"),
        _("Asked on"),
        _("Checked in"),
        _("Was there"),
        *(Verbatim(question) for question in questions),
    )
    return headings, [
        (
            row.forum,
            _on_the_clock(row.starts_at, zone),
            row.name or language.plain("former member"),
            row.organisation,
            row.seats,
            language.plain(REGISTRATIONS[row.state]),
            _on_the_clock(row.asked_at, zone),
            None if row.checked_in_at is None else _on_the_clock(row.checked_in_at, zone),
            None if row.came is None else _whether(row.came, language),
            *(row.answers.get(question) for question in questions),
        )
        for row in registrations
    ]


def _attendance(asked: Asked) -> tuple[tuple[Msgid, ...], Sequence[tuple[Cell, ...]]]:
    language, zone = asked.language, asked.territory.zone
    headings = (_("Coalition"), _("Meeting"), _("Date"), _("Name"), _("Organisation"), _("Was there"))
    return headings, [
        (
            row.coalition,
            row.meeting,
            _on_the_clock(row.starts_at, zone),
            row.name,
            row.organisation,
            _whether(row.present, language),
        )
        for row in export.attendance(asked.uow, asked.by, asked.now)
    ]


_SHEETS: Final[dict[Document, Callable[[Asked], tuple[tuple[Msgid | Verbatim, ...], Sequence[tuple[Cell, ...]]]]]] = {
    Document.MEMBERS: _members,
    Document.COALITIONS: _coalitions,
    Document.ACTIONS: _actions,
    Document.REGISTRATIONS: _registrations,
    Document.ATTENDANCE: _attendance,
    Document.SUPPORT: support_table,
}


def _stakes(keys: Sequence[str], territory: Territory, language: Language) -> str:
    """Name stakes; one that the territory has dropped keeps its key."""
    found = ((key, territory.stake(key)) for key in keys)
    return ", ".join(key if stake is None else stake.label_in(language.code) for key, stake in found)


def _whether(yes: bool, language: Language) -> str:
    return language.plain("yes") if yes else language.plain("no")


def _on_the_clock(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
