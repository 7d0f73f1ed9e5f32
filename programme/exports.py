"""Lists that the project team takes out, row by row: people stand in them only who agreed to be known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from programme.actions import Action
from programme.coalitions import Coalition
from programme.forums import RegistrationState
from programme.path import Step
from programme.territory import OrganisationKind


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody in a coalition; `coalition` is empty, and `since` None, for who belongs to none."""

    name: str
    organisation: str
    kind: OrganisationKind
    coalition: str
    facilitator: bool
    since: datetime | None
    consented_at: datetime


@dataclass(frozen=True, slots=True)
class CoalitionRow:
    """An active coalition with its step (None at the end of the road), its members, and its latest commitment card."""

    coalition: Coalition
    step: Step | None
    members: int
    facilitators: Sequence[str]
    organisations: Sequence[str]
    card_version: int | None
    card_published_at: datetime | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action with the names of its coalition and of who did it, empty where that is not known."""

    action: Action
    coalition: str
    organisation: str


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """A registration for a forum; `name` is empty once that person is forgotten."""

    forum: str
    starts_at: datetime
    name: str
    organisation: str
    seats: int
    state: RegistrationState
    asked_at: datetime
    checked_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Whether somebody came to a meeting of a coalition."""

    coalition: str
    meeting: str
    starts_at: datetime
    name: str
    organisation: str
    present: bool
