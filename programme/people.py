"""People who talk to the bot, and how each wants to be reminded."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from programme.ids import OrganisationId, PersonId, TelegramId
from programme.leads import CHOSEN_LEADS, Lead
from programme.quiet_hours import QuietHours

NAME_MAX: Final = 64


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person chose in the settings; `digest` wants one message a week instead of single notices."""

    language: str = "fr"
    leads: frozenset[Lead] = frozenset(CHOSEN_LEADS)
    quiet_hours: QuietHours = QuietHours()
    paused_until: date | None = None
    digest: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who agreed to be known; `organisation_id` is None for who comes in their own name."""

    id: PersonId
    telegram_id: TelegramId
    name: str
    organisation_id: OrganisationId | None
    consented_at: datetime
    preferences: Preferences = Preferences()
    reachable: bool = True
