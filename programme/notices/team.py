"""Notices about the project team: who belongs to it, and what it asked for."""

from dataclasses import dataclass

from programme.documents import Document, Shape
from programme.ids import (
    AnnouncementId,
)


@dataclass(frozen=True, slots=True)
class TeamJoined:
    """To who was appointed: they belong to the project team."""


@dataclass(frozen=True, slots=True)
class TeamLeft:
    """To who was taken off it: they do not belong to the project team any more."""


@dataclass(frozen=True, slots=True)
class AnnouncementToApprove:
    """To the others of the project team: an announcement to many waits for one of them."""

    announcement_id: AnnouncementId
    version: int


@dataclass(frozen=True, slots=True)
class AnnouncementRecalled:
    """To the others of the project team: an announcement has waited for one of them for three working days."""

    announcement_id: AnnouncementId
    version: int


@dataclass(frozen=True, slots=True)
class AnnouncementReport:
    """To who asked for it, of the project team: what became of an announcement, drawn when it is sent."""

    announcement_id: AnnouncementId


@dataclass(frozen=True, slots=True)
class DocumentWanted:
    """To who asked for it, of the project team: a document, drawn when it is sent, from what is true then."""

    document: Document
    shape: Shape
