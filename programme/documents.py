"""Documents that the project team takes out: what each tells, and in which shapes it comes."""

from enum import StrEnum
from typing import Final


class Document(StrEnum):
    """What a document tells."""

    MEMBERS = "members"
    COALITIONS = "coalitions"
    ACTIONS = "actions"
    REGISTRATIONS = "registrations"
    ATTENDANCE = "attendance"
    SUPPORT = "support"
    ROADMAP = "roadmap"
    CHARTS = "charts"


class Shape(StrEnum):
    """The kind of file."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    DOCX = "docx"
    PNG = "png"


LISTS: Final = (
    Document.MEMBERS,
    Document.COALITIONS,
    Document.ACTIONS,
    Document.REGISTRATIONS,
    Document.ATTENDANCE,
    Document.SUPPORT,
)
"""The documents that are exports: one row each, of what is kept."""
SHAPES: Final[dict[Document, tuple[Shape, ...]]] = {
    **dict.fromkeys(LISTS, (Shape.XLSX, Shape.CSV)),
    Document.ROADMAP: (Shape.PDF, Shape.DOCX),
    Document.CHARTS: (Shape.PNG,),
}
"""The shapes in which each document comes."""
