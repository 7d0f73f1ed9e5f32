"""A list as a file for spreadsheets: what people wrote stays text there, whatever it looks like."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from handlers.documents.sheet import Cell, Sheet
from locales import Language
from programme.territory import Territory

BYTE_ORDER_MARK: Final = "\ufeff"
"""Tells spreadsheets that a CSV file is UTF-8."""
STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet calculate a text of a CSV file (OWASP, CSV injection); full-width signs too."""
TEXT_ONLY: Final = "'"
DATE_FORMAT: Final = "dd/mm/yyyy"
MOMENT_FORMAT: Final = "dd/mm/yyyy hh:mm"
NARROWEST: Final = 12
WIDEST: Final = 48
WRAPPED: Final = 40
"""Characters from which a text is broken within its cell."""
SHEET_NAME_MAX: Final = 31
"""Characters that Excel allows in the name of a sheet."""


def csv_of(sheet: Sheet, language: Language) -> bytes:
    """Give a list as CSV for French spreadsheets: UTF-8 with its mark, semicolons, formulas made text."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([_as_text(heading, language) for heading in sheet.headings])
    writer.writerows([_as_text(cell, language) for cell in row] for row in sheet.rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def xlsx_of(sheet: Sheet, territory: Territory, at: datetime) -> bytes:
    """Give a list as a workbook: days are days and figures are figures there, and no text is ever a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 (a large library, and few turns need it)
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 (same)
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 (same)

    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = sheet.title[:SHEET_NAME_MAX]
    workbook.properties.title, workbook.properties.creator = sheet.title, territory.name
    workbook.properties.created = workbook.properties.modified = at.replace(tzinfo=None)
    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    for row_number, row in enumerate((sheet.headings, *sheet.rows), start=1):
        for column, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = page.cell(row_number, column)
            if isinstance(value, str):
                cell.value = without_controls(value)
                # Set after the value: openpyxl takes a text that begins with « = » for a formula.
                cell.data_type = "s"
                cell.quotePrefix = value.startswith(STARTS_A_FORMULA)
                cell.alignment = wrapped if len(value) > WRAPPED else top
            else:
                cell.value = value
                cell.alignment = top
                if isinstance(value, datetime):
                    cell.number_format = MOMENT_FORMAT
                elif isinstance(value, date):
                    cell.number_format = DATE_FORMAT
    fill = PatternFill("solid", fgColor=territory.colours.main.removeprefix("#").upper())
    for cell in page[1]:
        cell.font, cell.fill, cell.alignment = Font(bold=True, color="FFFFFF"), fill, wrapped
    for column, heading in enumerate(sheet.headings):
        longest = max((len(str(row[column])) for row in sheet.rows if row[column] is not None), default=0)
        width = min(max(longest, len(heading), NARROWEST), WIDEST)
        page.column_dimensions[get_column_letter(column + 1)].width = width + 2
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def without_controls(text: str) -> str:
    """Give a text without the control characters that a workbook can't hold (XML 1.0)."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))


def _as_text(cell: Cell, language: Language) -> str:
    match cell:
        case None:
            return ""
        case str():
            text = without_controls(cell)
            return TEXT_ONLY + text if text.startswith(STARTS_A_FORMULA) else text
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case Decimal():
            written = f"{cell:f}"
            return written.replace(".", ",") if language.code == "fr" else written
        case _:
            return str(cell)
