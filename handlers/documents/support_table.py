"""The list of support requests, with what was found for them, as the project team takes it out."""

from collections.abc import Sequence
from decimal import Decimal

from handlers.cards.support import kind_name, state_words
from handlers.documents.asked import Asked
from handlers.documents.sheet import Cell
from handlers.names import finding_name
from locales import Msgid, _
from programme.usecases import export


def support_table(asked: Asked) -> tuple[tuple[Msgid, ...], Sequence[tuple[Cell, ...]]]:
    """Give the headings and the rows, one for each thing that was found; raises NotAllowed."""
    zone = asked.territory.zone
    headings = (
        _("Asked on"),
        _("Coalition"),
        _("Help"),
        _("For when"),
        _("State"),
        _("Closed on"),
        _("Found"),
        _("Name or place"),
        _("Day"),
        _("Cost in euros"),
    )
    return headings, [
        (
            row.request.asked_at.astimezone(zone).date(),
            row.coalition,
            kind_name(asked, row.request.kind),
            row.request.wanted_on,
            state_words(asked, row.request),
            None if row.request.closed_at is None else row.request.closed_at.astimezone(zone).date(),
            None if row.finding is None else finding_name(row.finding.kind, asked.language),
            None if row.finding is None else row.finding.name,
            None if row.finding is None else row.finding.happens_on,
            None if row.finding is None or row.finding.cents is None else Decimal(row.finding.cents) / 100,
        )
        for row in export.support(asked.uow, asked.by)
    ]
