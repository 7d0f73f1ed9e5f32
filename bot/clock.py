"""The time: asked of a clock, so that tests and the demo can move it."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant as an aware UTC datetime."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The machine's present instant, aware, in UTC."""
        return datetime.now(tz=UTC)  # noqa: TID251 - the one place that may ask the machine


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        """Stand at `start`, an aware datetime."""
        self._now = _utc(start)

    def now(self) -> datetime:
        """The instant where the clock stands, aware, in UTC."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Stand at `instant`, an aware datetime, earlier or later."""
        self._now = _utc(instant)

    def move_by(self, step: timedelta) -> None:
        """Go forward by `step`, or back where it is negative."""
        self._now += step


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("A clock needs an aware datetime.")
    return instant.astimezone(UTC)
