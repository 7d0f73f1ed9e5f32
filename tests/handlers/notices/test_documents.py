"""A document is drawn for who is of the project team when it is sent, and for nobody else."""

import pytest

from handlers.notices import Reader, Untrue, render_notice
from locales import language_for
from programme.documents import SHAPES, Document, Shape
from programme.notices import DocumentWanted
from programme.people import Person
from tests.programme.usecases.actions import PLAN_CLIMAT
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW

EVERY = [(document, shape) for document, shapes in SHAPES.items() for shape in shapes]
BEGINS = {
    Shape.XLSX: b"PK",
    Shape.DOCX: b"PK",
    Shape.PDF: b"%PDF-1.",
    Shape.PNG: b"\x89PNG",
    Shape.CSV: b"\xef\xbb\xbf",
}


def reader(town: Town, who: Person) -> Reader:
    return Reader(who, language_for("fr"), PLAN_CLIMAT, NOW, town.uow)


@pytest.mark.parametrize(("document", "shape"), EVERY)
def test_every_document_comes_in_each_of_its_shapes(town: Town, document: Document, shape: Shape) -> None:
    screen = render_notice(DocumentWanted(document, shape), reader(town, town.staff))

    assert screen.file is not None
    assert screen.file.content.startswith(BEGINS[shape])
    assert screen.file.name.endswith(f"-2026-11-24.{shape}")


@pytest.mark.parametrize(("document", "shape"), EVERY)
def test_who_has_left_the_team_meanwhile_gets_nothing(town: Town, document: Document, shape: Shape) -> None:
    with pytest.raises(Untrue, match="no longer staff"):
        render_notice(DocumentWanted(document, shape), reader(town, town.facilitator))
