"""Who has come to a forum, and who helps at its doors."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from programme.doors import Arrival
from programme.ids import ForumId, PersonId, RegistrationId


class Doors(Protocol):
    """The arrivals at forums, the people who note them, and the links that bring those people."""

    def arrivals(self, registration_id: RegistrationId) -> Sequence[Arrival]:
        """Give on which days somebody came, earliest first."""

    def note_arrival(self, arrival: Arrival) -> bool:
        """Keep an arrival; false where one is kept of that day already, which stays."""

    def take_back_arrival(self, registration_id: RegistrationId, day: date) -> bool:
        """Forget an arrival; false where there is none."""

    def arrived_on(self, forum_id: ForumId, day: date) -> frozenset[RegistrationId]:
        """Give the registrations that came on a day."""

    def anybody_came(self, forum_id: ForumId) -> bool:
        """Tell whether any arrival was noted at a forum."""

    def helpers(self, forum_id: ForumId) -> Sequence[PersonId]:
        """Give who helps at a forum, in the order in which they were named."""

    def helps(self, forum_id: ForumId, person_id: PersonId) -> bool:
        """Tell whether somebody helps at a forum."""

    def name_helper(self, forum_id: ForumId, person_id: PersonId, now: datetime) -> bool:
        """Have somebody help; false where they do already."""

    def remove_helper(self, forum_id: ForumId, person_id: PersonId) -> bool:
        """Have somebody help no more; false where they did not."""

    def helper_code(self, forum_id: ForumId) -> str | None:
        """Give the code of the link by which helpers come, None where there is none."""

    def forum_of_helper_code(self, code: str) -> ForumId | None:
        """Give the forum of a link by which helpers come."""

    def put_helper_code(self, forum_id: ForumId, code: str) -> None:
        """Keep the code of the link by which helpers come, in place of any other."""

    def drop_helper_code(self, forum_id: ForumId) -> bool:
        """Have that link bring nobody any more; false where there was none."""
