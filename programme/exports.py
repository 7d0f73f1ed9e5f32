"""Lists that the project team takes out, row by row: people stand in them only who agreed to be known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from programme.actions import Action
from programme.coalitions import Coalition
from programme.forums import RegistrationState
from programme.path import Step
from programme.support import Finding, SupportRequest
from programme.territory import OrganisationKind


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody in a coalition; `coalition` is empty, and `since` None, for who belongs to none.

    `level` is the key of their organisation's level of commitment, None where it has none.
    """

    name: str
    organisation: str
    kind: OrganisationKind
    coalition: str
    facilitator: bool
    since: datetime | None
    consented_at: datetime
    level: str | None = None


@dataclass(frozen=True, slots=True)
class CoalitionRow:
    """An active coalition with its step (None at the end of the road), its members, and its latest commitment card.

    `levels` are the keys of the levels of commitment of those of its organisations that have one, by their names.
    """

    coalition: Coalition
    step: Step | None
    members: int
    facilitators: Sequence[str]
    organisations: Sequence[str]
    card_version: int | None
    card_published_at: datetime | None
    levels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action with the names of its coalition and of who did it, empty where that is not known."""

    action: Action
    coalition: str
    organisation: str


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """A registration for a forum; `name` is empty once that person is forgotten.

    `came` is None where it can't be told: no arrival was noted, or there was no place. `answers` are those to the
    questions at registration, by their words.
    """

    forum: str
    starts_at: datetime
    name: str
    organisation: str
    seats: int
    state: RegistrationState
    asked_at: datetime
    checked_in_at: datetime | None
    came: bool | None
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Whether somebody came to a meeting of a coalition, or, where that is empty, to a forum."""

    coalition: str
    meeting: str
    starts_at: datetime
    name: str
    organisation: str
    present: bool


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A support request, once for each thing that was found for it, and once where there is none.

    `taken_by` is the name of who looks after it, empty where nobody does or they are forgotten.
    """

    request: SupportRequest
    coalition: str
    taken_by: str
    finding: Finding | None
