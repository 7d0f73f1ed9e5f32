"""Commitment cards: published versions, for which there is no statement that changes them, and corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from programme.coalitions import CoalitionState
from programme.commitment_cards import CardCorrections, CardFields, CommitmentCard
from programme.errors import NotFound, Outdated
from programme.ids import CoalitionId, CommitmentCardId
from storage.engine import insert_new
from storage.tables.commitments import card_corrections, commitment_cards
from storage.tables.programme import coalitions

STAKE_NAMES: Final = "stake_names"
"""Beside the fields, how the territory called its stakes then."""
BY_ID: Final = select(commitment_cards).where(commitment_cards.c.id == bindparam("card"))
VERSIONS: Final = (
    select(commitment_cards)
    .where(commitment_cards.c.coalition_id == bindparam("coalition"))
    .order_by(commitment_cards.c.version.desc())
)
NEWER: Final = commitment_cards.alias("newer")
LATEST_OF_EACH: Final = (
    select(commitment_cards)
    .join(coalitions, coalitions.c.id == commitment_cards.c.coalition_id)
    .where(
        coalitions.c.state == CoalitionState.ACTIVE,
        ~select(NEWER.c.id)
        .where(NEWER.c.coalition_id == commitment_cards.c.coalition_id, NEWER.c.version > commitment_cards.c.version)
        .exists(),
    )
    .order_by(coalitions.c.name_key, coalitions.c.id)
)
VERSION: Final = VERSIONS.where(commitment_cards.c.version == bindparam("number"))
CORRECTIONS: Final = select(card_corrections.c.fields).where(card_corrections.c.coalition_id == bindparam("coalition"))
CHANGE_CORRECTIONS: Final = update(card_corrections).where(card_corrections.c.coalition_id == bindparam("coalition"))


class SqlCommitmentCards:
    """The commitment cards in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, card_id: CommitmentCardId) -> CommitmentCard:
        """Give a published version; raises NotFound."""
        row = self._connection.execute(BY_ID, {"card": card_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _card(row)

    def publish(self, card: CommitmentCard) -> CommitmentCard:
        """Keep a new version under an id given here; raises Outdated where this version was published already."""
        values = {
            "coalition_id": card.coalition_id,
            "version": card.version,
            "coalition_name": card.coalition_name,
            "fields": {**asdict(card.fields), STAKE_NAMES: card.stake_names},
            "published_by": card.published_by,
            "published_at": card.published_at,
        }
        if not insert_new(self._connection, commitment_cards, [values]):
            raise Outdated
        which = {"coalition": card.coalition_id, "number": card.version}
        kept = self._connection.execute(VERSION, which).mappings().one()
        return replace(card, id=CommitmentCardId(kept[commitment_cards.c.id]))

    def versions(self, coalition_id: CoalitionId) -> Sequence[CommitmentCard]:
        """Give a coalition's published versions, the latest first."""
        return [_card(row) for row in self._connection.execute(VERSIONS, {"coalition": coalition_id}).mappings()]

    def latest_of_each(self) -> Sequence[CommitmentCard]:
        """Give the latest published version of every active coalition that has one, by the coalition's name."""
        return [_card(row) for row in self._connection.execute(LATEST_OF_EACH).mappings()]

    def corrections(self, coalition_id: CoalitionId) -> CardCorrections:
        """Give what was written in place of what is known."""
        kept = self._connection.scalar(CORRECTIONS, {"coalition": coalition_id})
        return CardCorrections() if kept is None else CardCorrections(**_tuples(kept))

    def put_corrections(self, coalition_id: CoalitionId, corrections: CardCorrections, now: datetime) -> None:
        """Keep what is written in place of what is known."""
        written = {name: value for name, value in asdict(corrections).items() if value is not None}
        values: dict[str, Any] = {"fields": written, "corrected_at": now}
        if not insert_new(self._connection, card_corrections, [{"coalition_id": coalition_id, **values}]):
            self._connection.execute(CHANGE_CORRECTIONS, {"coalition": coalition_id, **values})


def _card(row: RowMapping) -> CommitmentCard:
    kept = _tuples(row[commitment_cards.c.fields])
    stake_names = kept.pop(STAKE_NAMES)
    return CommitmentCard(
        id=row[commitment_cards.c.id],
        coalition_id=row[commitment_cards.c.coalition_id],
        version=row[commitment_cards.c.version],
        coalition_name=row[commitment_cards.c.coalition_name],
        fields=CardFields(**kept),
        stake_names=stake_names,
        published_by=row[commitment_cards.c.published_by],
        published_at=row[commitment_cards.c.published_at],
    )


def _tuples(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
