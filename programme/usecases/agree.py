"""Keep a coalition's working agreement: who chairs, how often, with which tools, and who keeps which link."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, Outdated
from programme.groups import CardKind, GroupCard
from programme.ids import CoalitionId, PersonId
from programme.path import FREQUENCY_MAX, LINK_PERSON_MAX, TOOLS_MAX, Agreement
from programme.ports import UnitOfWork
from programme.texts import checked_line
from programme.usecases.rights import facilitates, is_member, led_coalition

NONE_YET: Final = 0
"""The version of an agreement that is not there."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed: `chairs` take turns, or else `chair` does it always.

    `instead_of` is the version that the writer had before them, NONE_YET where there was none.
    """

    coalition: CoalitionId
    chairs: tuple[PersonId, ...]
    chair: PersonId | None
    frequency: str
    tools: str
    authority_link: str
    outside_link: str
    instead_of: int = NONE_YET


def agreement_of(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId) -> Agreement | None:
    """Give a coalition's agreement to its members and staff; raises NotAllowed."""
    if not (is_member(uow, person_id, coalition_id) or facilitates(uow, person_id, coalition_id)):
        raise NotAllowed
    return uow.path.agreement(coalition_id)


def agree(uow: UnitOfWork, by: PersonId, terms: Terms, now: datetime) -> Agreement:
    """Keep the agreement under the next version, and the order of chairs; nothing changes where it is the same.

    Who was in the order keeps their place in it, newcomers come last. Raises NotAllowed, NotFound for a chair who is no
    member, Outdated where somebody else has changed it meanwhile, or NotWellFormed.
    """
    led_coalition(uow, by, terms.coalition)
    kept = uow.path.agreement(terms.coalition)
    if (NONE_YET if kept is None else kept.version) != terms.instead_of:
        raise Outdated
    order = _order(uow, terms)
    agreed = Agreement(
        coalition_id=terms.coalition,
        rotating=terms.chair is None,
        chair_id=terms.chair,
        frequency=checked_line(terms.frequency, "frequency", FREQUENCY_MAX),
        tools=checked_line(terms.tools, "tools", TOOLS_MAX),
        authority_link=checked_line(terms.authority_link, "authority_link", LINK_PERSON_MAX),
        outside_link=checked_line(terms.outside_link, "outside_link", LINK_PERSON_MAX),
        version=terms.instead_of + 1,
    )
    if kept is not None and replace(kept, version=agreed.version) == agreed and _same_order(uow, agreed, order):
        return kept
    uow.path.put_agreement(agreed, now)
    if agreed.rotating:
        uow.path.put_chairs(terms.coalition, order)
    uow.group_cards.refresh(GroupCard(CardKind.STEPS, terms.coalition), now)
    details = {"version": agreed.version}
    uow.audit.add(AuditLine(now, by, "agree", f"coalition:{terms.coalition}", details))
    return agreed


def _order(uow: UnitOfWork, terms: Terms) -> list[PersonId]:
    """Give who chairs in turn; raises NotFound where somebody named is no member, or nobody is named."""
    named = (*terms.chairs, *(() if terms.chair is None else (terms.chair,)))
    if not named or not all(is_member(uow, person_id, terms.coalition) for person_id in named):
        raise NotFound
    before = uow.path.chairs(terms.coalition)
    stay = [person_id for person_id in before if person_id in terms.chairs]
    return [*stay, *(person_id for person_id in terms.chairs if person_id not in stay)]


def _same_order(uow: UnitOfWork, agreed: Agreement, order: list[PersonId]) -> bool:
    return not agreed.rotating or list(uow.path.chairs(agreed.coalition_id)) == order
