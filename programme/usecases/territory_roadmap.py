"""The roadmap of the territory: the latest commitment card of every coalition, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programme.commitment_cards import CommitmentCard
from programme.ids import CoalitionId, PersonId
from programme.ports import UnitOfWork
from programme.statistics import FigureTotal
from programme.territory import ScopeKind, Territory
from programme.usecases.dashboard import totals
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class TerritoryRoadmap:
    """What the coalitions commit to, each by its latest card; scopes without any are left out.

    `by_stake` names the coalitions that serve a stake, by what the stake is called: the territory's own first, in its
    order, also those that no coalition serves. `waiting` are the active coalitions without a card.
    """

    by_scope: Mapping[ScopeKind, Sequence[CommitmentCard]]
    by_stake: Mapping[str, Sequence[str]]
    waiting: Sequence[str]
    organisations: int
    first_actions: int
    figures: Sequence[FigureTotal]

    @property
    def cards(self) -> Sequence[CommitmentCard]:
        """Every card, scope by scope."""
        return [card for cards in self.by_scope.values() for card in cards]


def territory_roadmap(uow: UnitOfWork, by: PersonId, territory: Territory, language: str) -> TerritoryRoadmap:
    """Put the roadmap together for who is of the project team, its stakes in a `language`; raises NotAllowed."""
    require_staff(uow, by)
    standings = uow.statistics.coalitions()
    scopes = {standing.id: standing.scope for standing in standings}
    cards = [card for card in uow.commitment_cards.latest_of_each() if card.coalition_id in scopes]
    by_scope = {scope: [card for card in cards if scopes[card.coalition_id] is scope] for scope in ScopeKind}
    committed: set[CoalitionId] = {card.coalition_id for card in cards}
    return TerritoryRoadmap(
        by_scope={scope: found for scope, found in by_scope.items() if found},
        by_stake=_by_stake(cards, territory, language),
        waiting=[standing.name for standing in standings if standing.id not in committed],
        organisations=len({name.casefold() for card in cards for name in card.fields.members}),
        first_actions=sum(len(card.fields.first_actions) for card in cards),
        figures=totals(uow.statistics.actions()),
    )


def _by_stake(cards: Sequence[CommitmentCard], territory: Territory, language: str) -> Mapping[str, Sequence[str]]:
    """Name a stake as the territory does now; one it has dropped keeps the name it had on the card."""
    found: dict[str, list[str]] = {stake.label_in(language): [] for stake in territory.stakes}
    for card in cards:
        for key, then in zip(card.fields.stakes, card.stake_names, strict=False):
            stake = territory.stake(key)
            found.setdefault(then if stake is None else stake.label_in(language), []).append(card.coalition_name)
    return found
