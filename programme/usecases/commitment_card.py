"""The commitment card before it is published: built from what is known, corrected field by field."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from hashlib import blake2s
from typing import Any, Final

from programme.actions import Action, ActionState
from programme.coalitions import Coalition
from programme.commitment_cards import (
    CARD_ACTION_MAX,
    CARD_ACTIONS_MOST,
    CARD_MEMBERS_MOST,
    CARD_OBJECTIVE_MAX,
    WAY_OF_WORKING_MAX,
    CardField,
    CardFields,
    CommitmentCard,
)
from programme.errors import NotWellFormed, OutOfRange
from programme.ids import CoalitionId, CommitmentCardId, PersonId
from programme.organisations import ORGANISATION_NAME_MAX
from programme.path import Agreement
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.texts import checked_line, checked_text, folded
from programme.usecases.log_action import known_stakes
from programme.usecases.rights import led_coalition

InWords = Callable[[Agreement], str]
"""Puts a working agreement into words, as the programme can't; no names of people, who may want to be forgotten."""

FIRST: Final = (ActionState.UNDER_WAY, ActionState.PLANNED, ActionState.DONE)
"""The order in which actions that are not on the roadmap stand on the card."""
LONGEST: Final[Mapping[CardField, int]] = {
    CardField.OBJECTIVE: CARD_OBJECTIVE_MAX,
    CardField.MEMBERS: ORGANISATION_NAME_MAX,
    CardField.WAY_OF_WORKING: WAY_OF_WORKING_MAX,
    CardField.FIRST_ACTIONS: CARD_ACTION_MAX,
    CardField.STAKES: 0,
}
"""How many characters a field takes, or each of its lines."""


def known_fields(uow: UnitOfWork, coalition: Coalition, territory: Territory, in_words: InWords) -> CardFields:
    """Build the five fields from what is known; what is not known yet is empty."""
    agreement = uow.path.agreement(coalition.id)
    return CardFields(
        objective=coalition.objective[:CARD_OBJECTIVE_MAX],
        members=tuple(organisation.name for organisation in uow.organisations.in_coalition(coalition.id)),
        way_of_working="" if agreement is None else in_words(agreement)[:WAY_OF_WORKING_MAX],
        first_actions=_first_actions(uow, coalition),
        stakes=tuple(stake.key for stake in territory.stakes if stake.key in coalition.stakes),
    )


def card_so_far(uow: UnitOfWork, coalition: Coalition, territory: Territory, in_words: InWords) -> CardFields:
    """Give the five fields as they would be published now: what is known, with the corrections laid over it."""
    corrections = uow.commitment_cards.corrections(coalition.id)
    written = {name: value for name, value in asdict(corrections).items() if value is not None}
    fields = replace(known_fields(uow, coalition, territory, in_words), **written)
    # A stake that the territory has dropped since can't be committed to any more.
    return replace(fields, stakes=tuple(stake.key for stake in territory.stakes if stake.key in fields.stakes))


def corrected_fields(uow: UnitOfWork, coalition_id: CoalitionId) -> tuple[CardField, ...]:
    """Tell which fields were written in place of what is known."""
    corrections = uow.commitment_cards.corrections(coalition_id)
    return tuple(field for field in CardField if getattr(corrections, field) is not None)


def missing(fields: CardFields) -> tuple[CardField, ...]:
    """Tell which fields are still empty."""
    return tuple(field for field in CardField if not getattr(fields, field))


def latest_card(uow: UnitOfWork, coalition_id: CoalitionId) -> CommitmentCard | None:
    """Give the latest published version, None where there is none."""
    return next(iter(uow.commitment_cards.versions(coalition_id)), None)


def next_card(uow: UnitOfWork, coalition: Coalition, territory: Territory, in_words: InWords) -> CommitmentCard:
    """Give the version that would be published now; it has no id yet."""
    latest = latest_card(uow, coalition.id)
    fields = card_so_far(uow, coalition, territory, in_words)
    return CommitmentCard(
        id=CommitmentCardId(0),
        coalition_id=coalition.id,
        version=1 if latest is None else latest.version + 1,
        coalition_name=coalition.name,
        fields=fields,
        stake_names=tuple(stake.label for stake in territory.stakes if stake.key in fields.stakes),
    )


def changed_since(card: CommitmentCard, earlier: CommitmentCard | None) -> bool:
    """Tell whether a card says anything that the earlier version does not."""
    return earlier is None or (card.coalition_name, card.fields) != (earlier.coalition_name, earlier.fields)


def card_mark(card: CommitmentCard) -> str:
    """Give twelve signs that stand for a version and everything in it, to tell whether it is still what was seen."""
    whole = (card.version, card.coalition_name, asdict(card.fields), card.stake_names)
    return blake2s(json.dumps(whole, ensure_ascii=False).encode(), digest_size=6).hexdigest()


def correct_card(
    uow: UnitOfWork,
    by: PersonId,
    coalition_id: CoalitionId,
    field: CardField,
    value: str | tuple[str, ...],
    territory: Territory,
    now: datetime,
) -> None:
    """Keep what is written in place of what is known of a field: a text for the first and third, else several lines.

    Raises NotAllowed, NotFound for a coalition or a stake that is not there, NotWellFormed for a text that is empty or
    too long, OutOfRange for too few or too many lines.
    """
    coalition = led_coalition(uow, by, coalition_id)
    written: dict[str, Any] = {field.value: _checked(field, value, territory)}
    corrections = replace(uow.commitment_cards.corrections(coalition.id), **written)
    uow.commitment_cards.put_corrections(coalition.id, corrections, now)


def take_back_correction(
    uow: UnitOfWork, by: PersonId, coalition_id: CoalitionId, field: CardField, now: datetime
) -> None:
    """Leave a field to what is known again; raises NotAllowed or NotFound."""
    coalition = led_coalition(uow, by, coalition_id)
    corrections = replace(uow.commitment_cards.corrections(coalition.id), **{field.value: None})
    uow.commitment_cards.put_corrections(coalition.id, corrections, now)


def _first_actions(uow: UnitOfWork, coalition: Coalition) -> tuple[str, ...]:
    """Give the titles of the first actions: the roadmap's by their date, then the others, under way before the rest."""
    others = sorted(
        (action for action in uow.actions.of_coalitions([coalition.id]) if action.state in FIRST),
        key=lambda action: FIRST.index(action.state),
    )
    wanted = (*uow.actions.roadmap(coalition.id), *others)
    titles = dict[str, str]()
    for action in wanted:
        if action.state in FIRST:
            titles.setdefault(_once(action), action.title)
    return tuple(titles.values())[:CARD_ACTIONS_MOST]


def _once(action: Action) -> str:
    """Give what tells actions apart: two members may have logged the same one."""
    return folded(action.title) or action.title


def _checked(field: CardField, value: str | tuple[str, ...], territory: Territory) -> str | tuple[str, ...]:
    if isinstance(value, str) is not (field in {CardField.OBJECTIVE, CardField.WAY_OF_WORKING}):
        raise NotWellFormed(field, LONGEST[field])
    if isinstance(value, str):
        return checked_text(value, field, LONGEST[field])
    if field is CardField.STAKES:
        return known_stakes(_several(field, value, len(territory.stakes)), territory)
    most = CARD_MEMBERS_MOST if field is CardField.MEMBERS else CARD_ACTIONS_MOST
    return _several(field, tuple(checked_line(line, field, LONGEST[field]) for line in value), most)


def _several(field: CardField, lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Give the lines without repeats; raises OutOfRange for none, or more than `most`."""
    once = tuple(dict.fromkeys(lines))
    if not 1 <= len(once) <= most:
        raise OutOfRange(field, 1, most)
    return once
