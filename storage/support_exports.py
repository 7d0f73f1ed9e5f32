"""The list of support requests that the project team takes out, with what was found for them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, func, select

from programme.exports import SupportRow
from programme.support import Finding
from storage.findings import finding_in
from storage.support import request_in
from storage.tables.programme import coalitions, people
from storage.tables.support import findings, support_requests

REQUESTS: Final = (
    select(support_requests, coalitions.c.name.label("coalition"), func.coalesce(people.c.name, "").label("taker"))
    .join(coalitions, coalitions.c.id == support_requests.c.coalition_id)
    .outerjoin(people, people.c.id == support_requests.c.taken_by)
    .order_by(support_requests.c.asked_at, support_requests.c.id)
)
FOUND: Final = select(findings).order_by(findings.c.id)
NOTHING: Final[Sequence[Finding | None]] = (None,)


def support_rows(connection: Connection) -> Sequence[SupportRow]:
    """Give the requests in the order in which they were asked, once for each thing that was found."""
    found: dict[int, list[Finding | None]] = defaultdict(list)
    for row in connection.execute(FOUND).mappings():
        found[row["request_id"]].append(finding_in(row))
    return [
        SupportRow(request_in(row), row["coalition"], row["taker"], finding)
        for row in connection.execute(REQUESTS).mappings()
        for finding in found.get(row["id"], NOTHING)
    ]
