"""A document is asked for by the project team, once a second, and each export is written down."""

from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.documents import Document, Shape
from programme.errors import NotAllowed, NotFound
from programme.notices import DocumentWanted
from programme.usecases.want_document import want_document
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW


def test_an_export_is_sent_to_who_asks_and_audited_once_however_often_one_taps(town: Town) -> None:
    for _ in range(2):
        want_document(town.uow, town.staff.id, Document.MEMBERS, Shape.XLSX, NOW)

    assert town.told() == [("Anne", DocumentWanted(Document.MEMBERS, Shape.XLSX))]
    assert town.audited() == [AuditLine(NOW, town.staff.id, "document_exported", "members", {"shape": "xlsx"})]


def test_the_same_document_can_be_asked_for_again(town: Town) -> None:
    want_document(town.uow, town.staff.id, Document.ROADMAP, Shape.PDF, NOW)
    want_document(town.uow, town.staff.id, Document.ROADMAP, Shape.PDF, NOW + timedelta(seconds=1))

    assert len(town.told()) == len(town.audited()) == 2


def test_charts_hold_nobody_and_are_not_audited(town: Town) -> None:
    want_document(town.uow, town.staff.id, Document.CHARTS, Shape.PNG, NOW)

    assert town.audited() == []


def test_a_document_comes_in_its_own_shapes_only(town: Town) -> None:
    with pytest.raises(NotFound):
        want_document(town.uow, town.staff.id, Document.MEMBERS, Shape.PDF, NOW)


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_documents_are_for_the_project_team_only(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        want_document(town.uow, town.who(role).id, Document.MEMBERS, Shape.CSV, NOW)
    assert town.told() == []
    assert town.audited() == []
