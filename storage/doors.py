"""Who has come to a forum, and who helps at its doors."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, bindparam, delete, exists, insert, select

from programme.doors import Arrival
from programme.ids import ForumId, PersonId, RegistrationId
from storage.engine import insert_new
from storage.tables.doors import arrivals, door_helpers, helper_links
from storage.tables.forums import registrations

ARRIVALS: Final = (
    select(arrivals).where(arrivals.c.registration_id == bindparam("registration")).order_by(arrivals.c.day)
)
TAKE_BACK: Final = delete(arrivals).where(
    arrivals.c.registration_id == bindparam("registration"), arrivals.c.day == bindparam("on_day")
)
_AT_FORUM: Final = select(registrations.c.id).where(registrations.c.forum_id == bindparam("forum"))
ARRIVED_ON: Final = select(arrivals.c.registration_id).where(
    arrivals.c.registration_id.in_(_AT_FORUM), arrivals.c.day == bindparam("on_day")
)
ANYBODY_CAME: Final = select(exists().where(arrivals.c.registration_id.in_(_AT_FORUM)))
HELPERS: Final = (
    select(door_helpers.c.person_id)
    .where(door_helpers.c.forum_id == bindparam("forum"))
    .order_by(door_helpers.c.named_at, door_helpers.c.person_id)
)
_THAT_ONE: Final = (door_helpers.c.forum_id == bindparam("forum")) & (door_helpers.c.person_id == bindparam("person"))
HELPS: Final = select(exists().where(_THAT_ONE))
REMOVE_HELPER: Final = delete(door_helpers).where(_THAT_ONE)
CODE: Final = select(helper_links.c.code).where(helper_links.c.forum_id == bindparam("forum"))
FORUM_OF_CODE: Final = select(helper_links.c.forum_id).where(helper_links.c.code == bindparam("wanted"))
ADD_CODE: Final = insert(helper_links)
DROP_CODE: Final = delete(helper_links).where(helper_links.c.forum_id == bindparam("forum"))


class SqlDoors:
    """The doors of the forums in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def arrivals(self, registration_id: RegistrationId) -> Sequence[Arrival]:
        """Give on which days somebody came, earliest first."""
        rows = self._connection.execute(ARRIVALS, {"registration": registration_id})
        return [Arrival(row.registration_id, row.day, row.at) for row in rows]

    def note_arrival(self, arrival: Arrival) -> bool:
        """Keep an arrival; false where one is kept of that day already, which stays."""
        values = {"registration_id": arrival.registration_id, "day": arrival.day, "at": arrival.at}
        return insert_new(self._connection, arrivals, [values]) == 1

    def take_back_arrival(self, registration_id: RegistrationId, day: date) -> bool:
        """Forget an arrival; false where there is none."""
        return self._gone(TAKE_BACK, registration=registration_id, on_day=day)

    def arrived_on(self, forum_id: ForumId, day: date) -> frozenset[RegistrationId]:
        """Give the registrations that came on a day."""
        return frozenset(self._connection.scalars(ARRIVED_ON, {"forum": forum_id, "on_day": day}))

    def anybody_came(self, forum_id: ForumId) -> bool:
        """Tell whether any arrival was noted at a forum."""
        return bool(self._connection.scalar(ANYBODY_CAME, {"forum": forum_id}))

    def helpers(self, forum_id: ForumId) -> Sequence[PersonId]:
        """Give who helps at a forum, in the order in which they were named."""
        return list(self._connection.scalars(HELPERS, {"forum": forum_id}))

    def helps(self, forum_id: ForumId, person_id: PersonId) -> bool:
        """Tell whether somebody helps at a forum."""
        return bool(self._connection.scalar(HELPS, {"forum": forum_id, "person": person_id}))

    def name_helper(self, forum_id: ForumId, person_id: PersonId, now: datetime) -> bool:
        """Have somebody help; false where they do already."""
        values = {"forum_id": forum_id, "person_id": person_id, "named_at": now}
        return insert_new(self._connection, door_helpers, [values]) == 1

    def remove_helper(self, forum_id: ForumId, person_id: PersonId) -> bool:
        """Have somebody help no more; false where they did not."""
        return self._gone(REMOVE_HELPER, forum=forum_id, person=person_id)

    def helper_code(self, forum_id: ForumId) -> str | None:
        """Give the code of the link by which helpers come, None where there is none."""
        return cast("str | None", self._connection.scalar(CODE, {"forum": forum_id}))

    def forum_of_helper_code(self, code: str) -> ForumId | None:
        """Give the forum of a link by which helpers come."""
        return cast("ForumId | None", self._connection.scalar(FORUM_OF_CODE, {"wanted": code}))

    def put_helper_code(self, forum_id: ForumId, code: str) -> None:
        """Keep the code of the link by which helpers come, in place of any other."""
        self.drop_helper_code(forum_id)
        self._connection.execute(ADD_CODE, {"forum_id": forum_id, "code": code})

    def drop_helper_code(self, forum_id: ForumId) -> bool:
        """Have that link bring nobody any more; false where there was none."""
        return self._gone(DROP_CODE, forum=forum_id)

    def _gone(self, statement: Any, **values: Any) -> bool:
        return self._connection.execute(statement, values).rowcount == 1
