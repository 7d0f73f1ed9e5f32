"""Links that bring people to a coalition, and who came by them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, cast

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, update

from programme.errors import NotFound
from programme.ids import CoalitionId, InvitationId, PersonId
from programme.invitations import Invitation
from storage.engine import insert_new
from storage.tables.support import invitation_uses, invitations

BY_ID: Final = select(invitations).where(invitations.c.id == bindparam("invitation"))
BY_CODE: Final = select(invitations).where(invitations.c.code == bindparam("wanted"))
ADD: Final = insert(invitations)
SAVE: Final = update(invitations).where(invitations.c.id == bindparam("invitation"))
OF_COALITION: Final = (
    select(invitations).where(invitations.c.coalition_id == bindparam("coalition")).order_by(invitations.c.id.desc())
)
COUNT: Final = (
    select(func.count()).select_from(invitation_uses).where(invitation_uses.c.invitation_id == bindparam("invitation"))
)


class SqlInvitations:
    """The invitations in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, invitation_id: InvitationId) -> Invitation:
        """Give an invitation; raises NotFound."""
        row = self._connection.execute(BY_ID, {"invitation": invitation_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _invitation(row)

    def by_code(self, code: str) -> Invitation | None:
        """Give the invitation that a link names, a revoked one too."""
        row = self._connection.execute(BY_CODE, {"wanted": code}).mappings().one_or_none()
        return None if row is None else _invitation(row)

    def add(self, invitation: Invitation) -> Invitation:
        """Keep a new invitation under an id given here."""
        values = {
            "coalition_id": invitation.coalition_id,
            "code": invitation.code,
            "made_by": invitation.made_by,
            "made_at": invitation.made_at,
            "revoked_at": invitation.revoked_at,
        }
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(invitation, id=InvitationId(new_id))

    def save(self, invitation: Invitation) -> None:
        """Keep whether an invitation is revoked; all else stays."""
        self._connection.execute(SAVE, {"invitation": invitation.id, "revoked_at": invitation.revoked_at})

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[Invitation]:
        """Give a coalition's invitations, the latest first, revoked ones too."""
        rows = self._connection.execute(OF_COALITION, {"coalition": coalition_id}).mappings()
        return [_invitation(row) for row in rows]

    def note_use(self, invitation_id: InvitationId, person_id: PersonId, now: datetime) -> None:
        """Keep that a person came by an invitation; harmless when it is known."""
        use = {"invitation_id": invitation_id, "person_id": person_id, "used_at": now}
        insert_new(self._connection, invitation_uses, [use])

    def count(self, invitation_id: InvitationId) -> int:
        """Count who came by an invitation, whoever is gone since too."""
        return self._connection.scalars(COUNT, {"invitation": invitation_id}).one()


def _invitation(row: RowMapping) -> Invitation:
    return Invitation(
        id=row[invitations.c.id],
        coalition_id=row[invitations.c.coalition_id],
        code=row[invitations.c.code],
        made_by=row[invitations.c.made_by],
        made_at=row[invitations.c.made_at],
        revoked_at=row[invitations.c.revoked_at],
    )
