"""What stands in the lists that the project team takes out, in words; how a file keeps it is spreadsheets' own."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from handlers.documents.asked import Asked
from handlers.documents.sheet import Cell, Sheet
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
    Document.ROADMAP: _("The territory’s roadmap"),
    Document.CHARTS: _("Dashboard"),
}


def document_name(document: Document, language: Language) -> str:
    """Give the name of a document."""
    return language.plain(DOCUMENTS[document])


def sheet_of(document: Document, asked: Asked) -> Sheet:
    """Give a list as the reader may see it; raises NotAllowed, and KeyError for what is no list."""
    headings, rows = _SHEETS[document](asked)
    plain = asked.language.plain
    return Sheet(document_name(document, asked.language), tuple(plain(heading) for heading in headings), rows)


def _members(asked: Asked) -> tuple[tuple[Msgid, ...], Sequence[tuple[Cell, ...]]]:
    language, zone = asked.language, asked.territory.zone
    headings = (
        _("Name"),
        _("Organisation"),
        _("Kind of organisation"),
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


def _registrations(asked: Asked) -> tuple[tuple[Msgid, ...], Sequence[tuple[Cell, ...]]]:
    language, zone = asked.language, asked.territory.zone
    headings = (
        _("Forum"),
        _("Date"),
        _("Name"),
        _("Organisation"),
        _("Seats"),
        _("State"),
        _("Asked on"),
        _("Checked in"),
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
        )
        for row in export.registrations(asked.uow, asked.by)
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
        for row in export.attendance(asked.uow, asked.by)
    ]


_SHEETS: Final[dict[Document, Callable[[Asked], tuple[tuple[Msgid, ...], Sequence[tuple[Cell, ...]]]]]] = {
    Document.MEMBERS: _members,
    Document.COALITIONS: _coalitions,
    Document.ACTIONS: _actions,
    Document.REGISTRATIONS: _registrations,
    Document.ATTENDANCE: _attendance,
}


def _stakes(keys: Sequence[str], territory: Territory, language: Language) -> str:
    """Name stakes; one that the territory has dropped keeps its key."""
    found = ((key, territory.stake(key)) for key in keys)
    return ", ".join(key if stake is None else stake.label_in(language.code) for key, stake in found)


def _whether(yes: bool, language: Language) -> str:
    return language.plain("yes") if yes else language.plain("no")


def _on_the_clock(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
