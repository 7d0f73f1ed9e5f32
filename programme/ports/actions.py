"""What the actors did, do or plan."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from programme.actions import Action, ActionState
from programme.ids import ActionId, CoalitionId, PersonId


class Actions(Protocol):
    """What the actors did, do or plan; a deleted one is given only where that is said."""

    def get(self, action_id: ActionId) -> Action:
        """Give an action, a deleted one too while it is there; raises NotFound."""

    def add(self, action: Action) -> Action:
        """Keep a new action; its id is given here, whatever it was."""

    def save(self, action: Action) -> None:
        """Keep what changed of an action."""

    def of_person(self, person_id: PersonId, state: ActionState | None = None) -> Sequence[Action]:
        """Give what a person logged, in one state or any, the latest by their own date first."""

    def of_coalitions(self, coalition_ids: Iterable[CoalitionId], state: ActionState | None = None) -> Sequence[Action]:
        """Give the actions of coalitions, in one state or any, the latest by their own date first."""

    def logged_between(
        self, coalition_ids: Iterable[CoalitionId], since: datetime, until: datetime
    ) -> Sequence[Action]:
        """Give the actions logged in coalitions from `since` to before `until`, the latest first."""

    def roadmap(self, coalition_id: CoalitionId) -> Sequence[Action]:
        """Give the actions on a coalition's roadmap, by their date."""

    def drop_deleted(self, before: datetime) -> int:
        """Forget for good what was deleted before this moment; gives how many."""
