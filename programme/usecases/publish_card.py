"""Publish a commitment card: a numbered version, which never changes."""

from dataclasses import replace
from datetime import datetime

from programme.audit import AuditLine
from programme.commitment_cards import CommitmentCard
from programme.errors import NotWellFormed, Outdated, TooLate
from programme.ids import CoalitionId, PersonId
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.commitment_card import (
    LONGEST,
    InWords,
    card_mark,
    changed_since,
    latest_card,
    missing,
    next_card,
)
from programme.usecases.rights import led_coalition


def publish_card(
    uow: UnitOfWork,
    by: PersonId,
    coalition_id: CoalitionId,
    seen: str,
    territory: Territory,
    in_words: InWords,
    now: datetime,
) -> CommitmentCard:
    """Publish the card as it was `seen` (its mark), under the next number.

    Raises NotAllowed, NotFound, Outdated where it has changed since or somebody else published meanwhile, NotWellFormed
    where a field is empty, TooLate where the latest version says the same.
    """
    coalition = led_coalition(uow, by, coalition_id)
    card = next_card(uow, coalition, territory, in_words)
    if card_mark(card) != seen:
        raise Outdated
    if empty := missing(card.fields):
        raise NotWellFormed(empty[0], LONGEST[empty[0]])
    if not changed_since(card, latest_card(uow, coalition.id)):
        raise TooLate
    published = uow.commitment_cards.publish(replace(card, published_by=by, published_at=now))
    details = {"card": published.id, "version": published.version}
    uow.audit.add(AuditLine(now, by, "publish_card", f"coalition:{coalition.id}", details))
    return published
