"""Offer a pitch, and change it: a coalition, or the project team, will give a short talk at a forum."""

from dataclasses import replace
from datetime import datetime

from programme.audit import AuditLine
from programme.errors import OutOfRange
from programme.forums import PITCH_TITLE_MAX, PLACES_MOST, Pitch
from programme.ids import CoalitionId, ForumId, PersonId, PitchId
from programme.ports import UnitOfWork
from programme.texts import checked_line
from programme.usecases.places import open_forum
from programme.usecases.rights import led_coalition, require_staff


def offer_pitch(
    uow: UnitOfWork,
    by: PersonId,
    forum_id: ForumId,
    coalition_id: CoalitionId | None,
    title: str,
    now: datetime,
    seats: int | None = None,
) -> Pitch:
    """Keep a pitch of a coalition that `by` facilitates or, without a coalition, of the project team.

    Raises NotAllowed, NotFound where the forum is not or the coalition not active, TooLate, OutOfRange or
    NotWellFormed.
    """
    _require_giver(uow, by, coalition_id)
    open_forum(uow, forum_id, now)
    pitch = uow.forums.add_pitch(_checked(Pitch(PitchId(0), forum_id, coalition_id, title, seats)))
    uow.audit.add(AuditLine(now, by, "offer_pitch", f"forum:{forum_id}", {"pitch": pitch.id}))
    return pitch


def changeable_pitch(uow: UnitOfWork, by: PersonId, pitch_id: PitchId, now: datetime) -> Pitch:
    """Give a pitch to who may change it while the forum has not begun; raises NotFound, NotAllowed or TooLate."""
    pitch = uow.forums.pitch(pitch_id)
    _require_giver(uow, by, pitch.coalition_id)
    open_forum(uow, pitch.forum_id, now)
    return pitch


def change_pitch(
    uow: UnitOfWork, by: PersonId, pitch_id: PitchId, title: str, seats: int | None, now: datetime
) -> Pitch:
    """Give a pitch another title or other seats; who had chosen it keeps theirs, however few there are now.

    Raises what `changeable_pitch` does, OutOfRange or NotWellFormed.
    """
    pitch = changeable_pitch(uow, by, pitch_id, now)
    changed = _checked(replace(pitch, title=title, seats=seats))
    if changed != pitch:
        uow.forums.save_pitch(changed)
        uow.audit.add(AuditLine(now, by, "change_pitch", f"forum:{pitch.forum_id}", {"pitch": pitch_id}))
    return changed


def _require_giver(uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId | None) -> None:
    if coalition_id is None:
        require_staff(uow, by)
    else:
        led_coalition(uow, by, coalition_id)


def _checked(pitch: Pitch) -> Pitch:
    if pitch.seats is not None and not 1 <= pitch.seats <= PLACES_MOST:
        raise OutOfRange("seats", 1, PLACES_MOST)
    return replace(pitch, title=checked_line(pitch.title, "title", PITCH_TITLE_MAX))
