"""Notices about how the bot is, and people who have been silent."""

from dataclasses import dataclass
from datetime import date

from programme.health import Trouble
from programme.ids import (
    PersonId,
)


@dataclass(frozen=True, slots=True)
class TroubleFound:
    """To staff: something has been wrong with the bot for ten minutes."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class TroubleOver:
    """To staff: it is well again."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class AskedToStay:
    """To who has been silent for two years: whether they stay, and the day on which they are erased otherwise."""

    erase_on: date


@dataclass(frozen=True, slots=True)
class SilentInCharge:
    """To staff: somebody of the team, or who facilitates, has been silent for two years and is not erased for it."""

    person_id: PersonId
