"""Announcements and their deliveries."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from programme.announcements import Announcement, Delivery, Part, Reach, Tally
from programme.ids import AnnouncementId, PersonId


class Announcements(Protocol):
    """What staff announce; each delivery is a row of the outbox that is kept for ever."""

    def get(self, announcement_id: AnnouncementId) -> Announcement:
        """Give an announcement; raises NotFound."""

    def add(self, announcement: Announcement) -> Announcement:
        """Keep a new announcement; its id is given here, whatever it was."""

    def save(self, announcement: Announcement) -> Announcement:
        """Keep a change under the next version; raises Outdated where somebody else changed it meanwhile."""

    def latest(self) -> Sequence[Announcement]:
        """Give every announcement, the latest first."""

    def to_approve(self) -> Sequence[Announcement]:
        """Give those that wait for somebody's approval, oldest first."""

    def due(self, now: datetime) -> Announcement | None:
        """Give a scheduled one whose moment has come."""

    def next_due(self) -> datetime | None:
        """Give the next moment for which one is scheduled."""

    def sending(self) -> Sequence[Announcement]:
        """Give those that are being sent."""

    def reach(self, audience: Sequence[Part], today: date) -> Reach:
        """Count whom an audience reaches on this day."""

    def concerns(self, announcement: Announcement, person_id: PersonId) -> bool:
        """Tell whether a person is in an announcement's audience now."""

    def concerns_group(self, announcement: Announcement, chat_id: int, thread_id: int | None) -> bool:
        """Tell whether a place in a group belongs to the audience now, and the bot may write there."""

    def deliver(self, announcement: Announcement, now: datetime) -> int:
        """Put a delivery for each of the audience into the outbox, each once for ever; gives how many were new."""

    def unfinished(self, announcement_id: AnnouncementId) -> bool:
        """Tell whether some deliveries are still to be made."""

    def on_the_way(self, announcement_id: AnnouncementId) -> bool:
        """Tell whether some deliveries are being made at this moment."""

    def hold(self, announcement_id: AnnouncementId) -> int:
        """Keep what waits from being sent; gives how many deliveries."""

    def release(self, announcement_id: AnnouncementId, now: datetime) -> int:
        """Let what is held be sent; gives how many deliveries."""

    def drop(self, announcement_id: AnnouncementId, now: datetime) -> int:
        """Note that what waits or is held will never be sent; gives how many deliveries."""

    def correct(self, announcement: Announcement, now: datetime) -> int:
        """Have what was delivered changed; gives how many messages."""

    def take_away(self, announcement: Announcement, now: datetime) -> int:
        """Have what was delivered deleted, or changed where it can't be; gives how many messages."""

    def try_out(self, announcement: Announcement, person_id: PersonId, now: datetime) -> None:
        """Send it to one person for a look, outside of the deliveries."""

    def show_progress(self, announcement: Announcement, now: datetime) -> None:
        """Have the message changed that shows how far the sending is, soon and at most once in PROGRESS_SPACING."""

    def tallies(self, announcement_id: AnnouncementId) -> Sequence[Tally]:
        """Count the deliveries by what became of them and why."""

    def deliveries(self, announcement_id: AnnouncementId) -> Sequence[Delivery]:
        """Give every delivery, by the order in which they were put in."""
