"""A request for help, for stories of groups."""

from programme.coalitions import Coalition
from programme.ids import SupportRequestId
from programme.people import Person
from programme.ports import UnitOfWork
from programme.support import SupportRequest, SupportState
from tests.storage.brest import NOW


def help_asked(
    uow: UnitOfWork, of: Coalition, *, by: Person, chat_id: int | None = None, thread_id: int | None = None
) -> SupportRequest:
    return uow.support.add(
        SupportRequest(
            id=SupportRequestId(0),
            coalition_id=of.id,
            kind="venues",
            text="Une salle pour vingt personnes",
            wanted_on=None,
            state=SupportState.RECEIVED,
            asked_by=by.id,
            asked_at=NOW,
            chat_id=chat_id,
            thread_id=thread_id,
        )
    )
