"""Offer a pitch: a coalition, or the project team, will give a short talk at a forum."""

from datetime import datetime

from programme.audit import AuditLine
from programme.forums import PITCH_TITLE_MAX, Pitch
from programme.ids import CoalitionId, ForumId, PersonId, PitchId
from programme.ports import UnitOfWork
from programme.texts import checked_line
from programme.usecases.places import open_forum
from programme.usecases.rights import led_coalition, require_staff


def offer_pitch(
    uow: UnitOfWork, by: PersonId, forum_id: ForumId, coalition_id: CoalitionId | None, title: str, now: datetime
) -> Pitch:
    """Keep a pitch of a coalition that `by` facilitates or, without a coalition, of the project team.

    Raises NotAllowed, NotFound where the forum is not or the coalition not active, TooLate or NotWellFormed.
    """
    if coalition_id is None:
        require_staff(uow, by)
    else:
        led_coalition(uow, by, coalition_id)
    open_forum(uow, forum_id, now)
    pitch = uow.forums.add_pitch(
        Pitch(PitchId(0), forum_id, coalition_id, checked_line(title, "title", PITCH_TITLE_MAX))
    )
    uow.audit.add(AuditLine(now, by, "offer_pitch", f"forum:{forum_id}", {"pitch": pitch.id}))
    return pitch
