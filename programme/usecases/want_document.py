"""Take a document out: who asks for it gets it in a moment, and what holds more than figures is audited."""

from datetime import datetime

from programme.audit import AuditLine
from programme.documents import SHAPES, Document, Shape
from programme.errors import NotFound
from programme.ids import PersonId
from programme.notices import DocumentWanted
from programme.ports import UnitOfWork
from programme.usecases.rights import require_staff


def want_document(uow: UnitOfWork, by: PersonId, document: Document, shape: Shape, now: datetime) -> None:
    """Have a document drawn and sent to who asks, once a second at most; raises NotAllowed or NotFound.

    It is a notice: drawing takes its time where sending happens, and no turn that writes waits for it.
    """
    require_staff(uow, by)
    if shape not in SHAPES[document]:
        raise NotFound
    told = uow.notices.tell(
        [by], DocumentWanted(document, shape), f"document:{document}:{shape}:{int(now.timestamp())}", now
    )
    if told and document is not Document.CHARTS:
        uow.audit.add(AuditLine(now, by, "document_exported", document, {"shape": shape}))
