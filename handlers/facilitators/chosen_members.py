"""The members of a coalition as a question offers them; the conversation was opened with its number."""

from collections.abc import Sequence

from handlers.forms import Option, context_of
from handlers.turn import Turn
from programme.ids import CoalitionId
from programme.texts import folded

COALITION = "coalition"
"""The conversation's own name for the coalition it was opened for."""


def members(turn: Turn) -> Sequence[Option]:
    """Give every accepted member, by name."""
    code = context_of(turn).get(COALITION, "")
    if not code.isdecimal():
        return ()
    listed = turn.uow.memberships.listed(CoalitionId(int(code)))
    named = [(one.name if not one.organisation else f"{one.name}, {one.organisation}", one) for one in listed]
    options = [Option(str(one.membership.person_id), label) for label, one in named]
    return sorted(options, key=lambda option: folded(option.label))


def find_members(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give the members whose name or organisation hold the words."""
    found = [option for option in members(turn) if folded(words) in folded(option.label)]
    return found[offset : offset + limit], len(found)
