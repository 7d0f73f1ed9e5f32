"""The territory's roadmap as a Word document that the project team goes on writing: real headings, lists and tables."""

import io
from typing import TYPE_CHECKING, Any, Final

from handlers.charts.programme import commitments_chart
from handlers.documents.asked import Asked
from handlers.documents.spreadsheets import without_controls
from handlers.documents.territory_roadmap import roadmap_facts, roadmap_of
from locales.language import REGIONS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

CHART_WIDTH: Final = 16.0
"""Centimetres: the width of the text on an A4 page."""
FONT: Final = "Calibri"


def roadmap_docx(asked: Asked) -> bytes:
    """Give the roadmap as DOCX, with title, language, headings and alternative texts; raises NotAllowed."""
    import docx  # noqa: PLC0415 (a large library, and few turns need it)
    from docx.shared import Cm  # noqa: PLC0415 (same)

    known = roadmap_of(asked)
    facts: dict[str, Any] = _clean(roadmap_facts(known, asked))
    document = docx.Document()
    _set_up(document, facts, asked)
    document.add_paragraph(facts["programme"], style="Subtitle")
    document.add_heading(facts["kind"], level=0)
    document.add_paragraph(facts["edition"], style="Subtitle")
    document.add_paragraph(" · ".join(f"{one['number']} {one['words']}" for one in facts["counts"])).runs[0].bold = True
    _summary(document, facts)
    document.add_heading(facts["stakes"]["title"], level=1)
    picture = io.BytesIO(commitments_chart(known, asked.language, "png"))
    shape = document.add_picture(picture, width=Cm(CHART_WIDTH))
    shape._inline.docPr.set("descr", facts["alternative"])  # noqa: SLF001 (python-docx has no other way to it)
    _table(document, facts["stakes"], facts["colours"]["main"])
    for scope in facts["scopes"]:
        document.add_heading(scope["name"], level=1)
        for card in scope["cards"]:
            _card(document, card)
    if facts["waiting"]["names"]:
        document.add_heading(facts["waiting"]["title"], level=1)
        for name in facts["waiting"]["names"]:
            document.add_paragraph(name, style="List Bullet")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _set_up(document: "Document", facts: dict[str, Any], asked: Asked) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 (same)
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415 (same)

    told = document.core_properties
    told.title, told.author, told.comments = facts["title"], facts["territory"], ""
    told.language = REGIONS[facts["language"]].replace("_", "-")
    told.created = told.modified = asked.now.replace(tzinfo=None)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.footer.paragraphs[0].text = facts["running"] + " · "
    _page_number(page.footer.paragraphs[0]._p)  # noqa: SLF001 (same)
    colour = RGBColor.from_string(facts["colours"]["main"].removeprefix("#").upper())
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), told.language)
    sizes = {"Title": 30, "Subtitle": 13, "Heading 1": 20, "Heading 2": 15, "Heading 3": 11}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
        fonts = style.element.rPr.rFonts
        for key in list(fonts.attrib):
            if key.endswith("Theme"):
                del fonts.attrib[key]


def _summary(document: "Document", facts: dict[str, Any]) -> None:
    summary = facts["summary"]
    document.add_heading(summary["title"], level=1)
    for words in summary["words"].split("\n\n"):
        document.add_paragraph(words)
    for title, points in ((summary["targets"], facts["targets"]), (summary["figures"], facts["figures"])):
        if points:
            document.add_heading(title, level=2)
            for point in points:
                document.add_paragraph(point, style="List Bullet")
    document.add_paragraph(summary["caution"]).runs[0].italic = True


def _card(document: "Document", card: dict[str, Any]) -> None:
    names = card["names"]
    document.add_heading(card["name"], level=2)
    document.add_paragraph(card["stakes_line"]).runs[0].italic = True
    document.add_heading(names["objective"], level=3)
    document.add_paragraph(card["objective"])
    document.add_heading(names["first_actions"], level=3)
    for action in card["first_actions"]:
        document.add_paragraph(action, style="List Bullet")
    document.add_heading(names["members"], level=3)
    document.add_paragraph(card["members"])
    document.add_heading(names["way_of_working"], level=3)
    document.add_paragraph(card["way_of_working"])
    document.add_paragraph(card["edition"]).runs[0].italic = True


def _table(document: "Document", told: dict[str, Any], colour: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 (same)
    from docx.oxml.ns import qn  # noqa: PLC0415 (same)
    from docx.shared import RGBColor  # noqa: PLC0415 (same)

    table = document.add_table(rows=1, cols=len(told["headings"]), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, told["headings"], strict=True):
        run = cell.paragraphs[0].add_run(heading)
        run.bold, run.font.color.rgb = True, RGBColor(0xFF, 0xFF, 0xFF)
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), colour.removeprefix("#").upper())
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 (same)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 (same)
    for row in told["rows"]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def _page_number(paragraph: "BaseOxmlElement") -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 (same)
    from docx.oxml.ns import qn  # noqa: PLC0415 (same)

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph.append(field)


def _clean(fact: Any) -> Any:
    """Give facts without the control characters that a document can't hold."""
    match fact:
        case str():
            return without_controls(fact)
        case dict():
            return {key: _clean(value) for key, value in fact.items()}
        case list():
            return [_clean(value) for value in fact]
        case _:
            return fact
