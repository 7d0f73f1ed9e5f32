"""Documents that somebody of the project team asked for, drawn when they are sent."""

import re
from typing import Final

from handlers.charts.programme import dashboard_picture
from handlers.documents.asked import Asked
from handlers.documents.spreadsheets import csv_of, xlsx_of
from handlers.documents.tables import document_name, sheet_of
from handlers.documents.territory_roadmap import roadmap_pdf
from handlers.documents.territory_roadmap_docx import roadmap_docx
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import File, Screen, lines
from programme.documents import Document, Shape
from programme.errors import NotAllowed
from programme.notices import DocumentWanted
from programme.texts import folded
from programme.usecases.dashboard import dashboard

MEDIA_TYPES: Final = {
    Shape.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Shape.CSV: "text/csv; charset=utf-8",
    Shape.PDF: "application/pdf",
    Shape.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Shape.PNG: "image/png",
}


def document_wanted(notice: DocumentWanted, reader: Reader) -> Screen:
    """Send the document as things are now; raises Untrue where its reader has left the project team."""
    language = reader.language
    try:
        content = _drawn(notice, reader)
    except NotAllowed:
        raise Untrue("no longer staff") from None
    text = lines(
        language.say("<b>{document}</b>", document=document_name(notice.document, language)),
        language.say("As of {moment}", moment=language.moment(reader.now, reader.territory.zone)),
    )
    stem = re.sub("[^a-z0-9]+", "-", folded(document_name(notice.document, language))).strip("-")
    name = f"{stem}-{reader.now.astimezone(reader.territory.zone):%Y-%m-%d}.{notice.shape}"
    return Screen(text, (why_button(notice, language),), File(name, content, MEDIA_TYPES[notice.shape]))


def _drawn(notice: DocumentWanted, reader: Reader) -> bytes:
    if notice.document is Document.CHARTS:
        known = dashboard(reader.uow, reader.person.id, reader.territory, reader.now)
        return dashboard_picture(known, reader.language, reader.territory)
    asked = Asked(reader.person.id, reader.language, reader.territory, reader.now, reader.uow)
    if notice.document is Document.ROADMAP:
        return roadmap_pdf(asked) if notice.shape is Shape.PDF else roadmap_docx(asked)
    sheet = sheet_of(notice.document, asked)
    if notice.shape is Shape.CSV:
        return csv_of(sheet, reader.language)
    return xlsx_of(sheet, reader.territory, reader.now)
