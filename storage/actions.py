"""What the actors did, do or plan; a deleted action waits here until it is dropped for good."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, cast

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from programme.actions import Action, ActionDetails, ActionState, Figure, FigureUnit, RoadmapState, When
from programme.errors import NotFound
from programme.ids import ActionId, CoalitionId, PersonId
from storage.tables.actions import actions

BY_ID: Final = select(actions).where(actions.c.id == bindparam("action"))
ADD: Final = insert(actions)
SAVE: Final = update(actions).where(actions.c.id == bindparam("action"))
KEPT: Final = select(actions).where(actions.c.deleted_at.is_(None))
LATEST_FIRST: Final = KEPT.order_by(actions.c.done_on.desc(), actions.c.id.desc())
OF_PERSON: Final = LATEST_FIRST.where(actions.c.logged_by == bindparam("person"))
OF_PERSON_IN_STATE: Final = OF_PERSON.where(actions.c.state == bindparam("in_state"))
OF_COALITIONS: Final = LATEST_FIRST.where(actions.c.coalition_id.in_(bindparam("coalitions", expanding=True)))
OF_COALITIONS_IN_STATE: Final = OF_COALITIONS.where(actions.c.state == bindparam("in_state"))
LOGGED_BETWEEN: Final = KEPT.where(
    actions.c.coalition_id.in_(bindparam("coalitions", expanding=True)),
    actions.c.logged_at >= bindparam("since"),
    actions.c.logged_at < bindparam("until"),
).order_by(actions.c.logged_at.desc(), actions.c.id.desc())
ROADMAP: Final = KEPT.where(actions.c.coalition_id == bindparam("coalition"), actions.c.roadmap.is_not(None)).order_by(
    actions.c.done_on, actions.c.id
)
DROP_DELETED: Final = delete(actions).where(actions.c.deleted_at < bindparam("before"))


class SqlActions:
    """The actions in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, action_id: ActionId) -> Action:
        """Give an action, a deleted one too while it is there; raises NotFound."""
        row = self._connection.execute(BY_ID, {"action": action_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return action_in(row)

    def add(self, action: Action) -> Action:
        """Keep a new action under an id given here."""
        values = {"logged_by": action.logged_by, "logged_at": action.logged_at, **_columns(action)}
        (new_id,) = cast("tuple[int]", self._connection.execute(ADD, values).inserted_primary_key)
        return replace(action, id=ActionId(new_id))

    def save(self, action: Action) -> None:
        """Keep what changed of an action; who logged it, and when, stays."""
        self._connection.execute(SAVE, {"action": action.id, **_columns(action)})

    def of_person(self, person_id: PersonId, state: ActionState | None = None) -> Sequence[Action]:
        """Give what a person logged, in one state or any, the latest by their own date first."""
        if state is None:
            return self._all(OF_PERSON, person=person_id)
        return self._all(OF_PERSON_IN_STATE, person=person_id, in_state=state)

    def of_coalitions(self, coalition_ids: Iterable[CoalitionId], state: ActionState | None = None) -> Sequence[Action]:
        """Give the actions of coalitions, in one state or any, the latest by their own date first."""
        if state is None:
            return self._all(OF_COALITIONS, coalitions=list(coalition_ids))
        return self._all(OF_COALITIONS_IN_STATE, coalitions=list(coalition_ids), in_state=state)

    def logged_between(
        self, coalition_ids: Iterable[CoalitionId], since: datetime, until: datetime
    ) -> Sequence[Action]:
        """Give the actions logged in coalitions from `since` to before `until`, the latest first."""
        return self._all(LOGGED_BETWEEN, coalitions=list(coalition_ids), since=since, until=until)

    def roadmap(self, coalition_id: CoalitionId) -> Sequence[Action]:
        """Give the actions on a coalition's roadmap, by their date."""
        return self._all(ROADMAP, coalition=coalition_id)

    def drop_deleted(self, before: datetime) -> int:
        """Forget for good what was deleted before this moment; gives how many."""
        return self._connection.execute(DROP_DELETED, {"before": before}).rowcount

    def _all(self, statement: Any, **values: Any) -> list[Action]:
        return [action_in(row) for row in self._connection.execute(statement, values).mappings()]


def action_in(row: RowMapping) -> Action:
    """Read an action from a row that holds the columns of actions."""
    return Action(
        id=row[actions.c.id],
        coalition_id=row[actions.c.coalition_id],
        title=row[actions.c.title],
        state=ActionState(row[actions.c.state]),
        when=When(row[actions.c.done_on], row[actions.c.whole_month]),
        stakes=tuple(row[actions.c.stakes]),
        figure=_figure(row),
        photo=row[actions.c.photo],
        details=ActionDetails(
            means=row[actions.c.means],
            public=row[actions.c.public],
            partners=row[actions.c.partners],
            expected_result=row[actions.c.expected_result],
            sector=row[actions.c.sector],
        ),
        logged_by=row[actions.c.logged_by],
        organisation_id=row[actions.c.organisation_id],
        logged_at=row[actions.c.logged_at],
        deleted_at=row[actions.c.deleted_at],
        roadmap=None if row[actions.c.roadmap] is None else RoadmapState(row[actions.c.roadmap]),
        owner_id=row[actions.c.owner_id],
    )


def _figure(row: RowMapping) -> Figure | None:
    if row[actions.c.figure] is None:
        return None
    return Figure(Decimal(row[actions.c.figure]), FigureUnit(row[actions.c.unit]))


def _columns(action: Action) -> dict[str, Any]:
    return {
        "coalition_id": action.coalition_id,
        "title": action.title,
        "state": action.state,
        "done_on": action.when.on,
        "whole_month": action.when.whole_month,
        "stakes": list(action.stakes),
        "figure": None if action.figure is None else f"{action.figure.value:f}",
        "unit": None if action.figure is None else action.figure.unit,
        "photo": action.photo,
        **asdict(action.details),
        "organisation_id": action.organisation_id,
        "deleted_at": action.deleted_at,
        "roadmap": action.roadmap,
        "owner_id": action.owner_id,
    }
