"""The territory: the local authority whose programme the bot serves, in its own words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from programme.path import Step

RESOURCE_TITLE_MAX: Final = 60
RESOURCE_LINE_MAX: Final = 200
RESOURCE_LINK_MAX: Final = 500
LEVEL_LABEL_MAX: Final = 40
LEVEL_WANTS_MAX: Final = 300
HOME: Final = "FR"
"""Whose public holidays a territory keeps that names no other country."""


class ScopeKind(StrEnum):
    """What the actors of a coalition have in common."""

    THEME = "theme"
    AREA = "area"
    SECTOR = "sector"


class OrganisationKind(StrEnum):
    """What a person speaks for; `INHABITANT` for who comes in their own name."""

    COMPANY = "company"
    ASSOCIATION = "association"
    INSTITUTION = "institution"
    PUBLIC_BODY = "public_body"
    LOCAL_AUTHORITY = "local_authority"
    NETWORK = "network"
    INHABITANT = "inhabitant"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask at the authority; what is not known is None."""

    service: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """Something the territory names itself: a stable key, and words in French, in English too where given."""

    key: str
    label: str
    label_en: str | None = None

    def label_in(self, language: str) -> str:
        """The English words for "en" where the territory gives them, the French ones otherwise."""
        return self.label_en if language == "en" and self.label_en is not None else self.label


@dataclass(frozen=True, slots=True)
class Stake(Labelled):
    """A theme of the Plan Climat that an action or a coalition serves."""


@dataclass(frozen=True, slots=True)
class Sector(Labelled):
    """A sector in which the PCAET decree wants actions counted."""


@dataclass(frozen=True, slots=True)
class SupportKind(Labelled):
    """A kind of help that the authority offers to coalitions."""


@dataclass(frozen=True, slots=True)
class CommitmentLevel(Labelled):
    """A level of the charter, and what it `wants`; the territory lists them from the lightest to the strongest.

    Who asks for one that `needs_objectives` says which.
    """

    wants: str = ""
    wants_en: str | None = None
    needs_objectives: bool = False

    def wants_in(self, language: str) -> str:
        """What it wants, in English for "en" where the territory says it, in French otherwise."""
        return self.wants_en if language == "en" and self.wants_en is not None else self.wants


@dataclass(frozen=True, slots=True)
class Target(Labelled):
    """What the territory wants to reach, by the end of `by_year` where the programme names a year."""

    by_year: int | None = None


@dataclass(frozen=True, slots=True)
class FirstOrganisation:
    """An organisation known before anybody has written to the bot."""

    name: str
    kind: OrganisationKind


@dataclass(frozen=True, slots=True)
class FirstCoalition:
    """A coalition that exists before the bot; who joins an `open` one is a member at once."""

    key: str
    name: str
    objective: str
    scope: ScopeKind
    stakes: tuple[str, ...] = ()
    open: bool = False
    organisations: tuple[FirstOrganisation, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeMilestone:
    """A dated goal of the whole programme."""

    key: str
    title: str
    due_on: date
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that the authority lends: a title, one line, and a link or the path of a file.

    It serves at `steps` of a coalition's road and for `stakes`, or everywhere where none are named.
    """

    title: str
    line: str
    link: str = ""
    file: str = ""
    steps: tuple[Step, ...] = ()
    stakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of the territory's documents, as « #rrggbb »: `main` bears white text, `pale` dark text."""

    main: str = "#1b6e53"
    pale: str = "#edf4f0"


@dataclass(frozen=True, slots=True)
class VoteRules:
    """How coalitions vote: `quorum` and `majority` in percent, `days` how long a vote is open."""

    quorum: int = 50
    majority: int = 50
    days: int = 7


@dataclass(frozen=True, slots=True)
class AnnouncementRules:
    """How staff announce: above `approval_above` recipients a second member of staff must approve."""

    approval_above: int = 100


@dataclass(frozen=True, slots=True)
class Territory:
    """One local authority and its programme; a running bot serves exactly one.

    `country` and `subdivision` say whose public holidays it keeps, by the letters of ISO 3166.
    """

    name: str
    programme: str
    zone: ZoneInfo
    contact: Contact
    stakes: tuple[Stake, ...]
    sectors: tuple[Sector, ...]
    organisation_kinds: tuple[OrganisationKind, ...]
    support_kinds: tuple[SupportKind, ...]
    targets: tuple[Target, ...] = ()
    commitment_levels: tuple[CommitmentLevel, ...] = ()
    coalitions: tuple[FirstCoalition, ...] = ()
    milestones: tuple[ProgrammeMilestone, ...] = ()
    forum_month: int | None = None
    resources: tuple[Resource, ...] = ()
    votes: VoteRules = VoteRules()
    country: str = HOME
    subdivision: str | None = None
    announcements: AnnouncementRules = AnnouncementRules()
    colours: Colours = Colours()

    def sector(self, key: str) -> Sector | None:
        """The sector of that key, or None where there is none."""
        return next((sector for sector in self.sectors if sector.key == key), None)

    def commitment_level(self, key: str | None) -> CommitmentLevel | None:
        """The level of that key, or None where the charter no longer has it."""
        return next((level for level in self.commitment_levels if level.key == key), None)

    def stake(self, key: str) -> Stake | None:
        """The stake of that key, or None where the territory no longer has it."""
        return next((stake for stake in self.stakes if stake.key == key), None)
