"""The usual hours of a meeting, as buttons."""

from datetime import time
from typing import Final

from handlers.screen import Rows, button
from handlers.turn import Turn

USUAL: Final = (
    (time(9), time(10), time(11), time(12)),
    (time(12, 30), time(14), time(15), time(16)),
    (time(17, 30), time(18), time(18, 30), time(19)),
)


def hour_rows(turn: Turn) -> Rows:
    """Show the usual hours, one button each."""
    return tuple(tuple(button(turn.language.clock(at), "h", f"{at:%H%M}") for at in row) for row in USUAL)


def tapped_hour(args: tuple[str, ...]) -> time | None:
    """Read the hour of a button; None where it is none."""
    try:
        return time.fromisoformat(f"{args[0][:2]}:{args[0][2:]}") if args and len(args[0]) == 4 else None  # noqa: PLR2004 (1830)
    except ValueError:
        return None
