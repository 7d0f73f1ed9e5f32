"""Notices about places at a forum, and who helps at its doors."""

from dataclasses import dataclass

from programme.ids import (
    ForumId,
    RegistrationId,
)
from programme.leads import Lead


@dataclass(frozen=True, slots=True)
class RegistrationConfirmed:
    """To who waited: they have a place at the forum."""

    registration_id: RegistrationId


@dataclass(frozen=True, slots=True)
class SeatOffered:
    """To who waits, close to the start: a place is held for them until they confirm it or the time is over."""

    registration_id: RegistrationId
    version: int


@dataclass(frozen=True, slots=True)
class OfferLapsed:
    """To who was offered a place: the time to confirm it is over, and how to register again."""

    registration_id: RegistrationId
    version: int


@dataclass(frozen=True, slots=True)
class OfferTakenBack:
    """To who was offered a place: the forum has become smaller, and they wait again where they waited."""

    registration_id: RegistrationId
    version: int


@dataclass(frozen=True, slots=True)
class ForumMoved:
    """To who is registered or waits: the forum has another moment or place; they keep theirs in it."""

    forum_id: ForumId
    version: int


@dataclass(frozen=True, slots=True)
class ForumCancelled:
    """To who is registered or waits: the forum does not take place."""

    forum_id: ForumId
    version: int


@dataclass(frozen=True, slots=True)
class ForumReminder:
    """To who has a place: the forum comes near; or, by its last lead, how it was."""

    forum_id: ForumId
    version: int
    lead: Lead


@dataclass(frozen=True, slots=True)
class HelperNamed:
    """To somebody known: they help at the doors of a forum."""

    forum_id: ForumId


@dataclass(frozen=True, slots=True)
class HelperRemoved:
    """To who helped at the doors of a forum: they are not needed there any more."""

    forum_id: ForumId
