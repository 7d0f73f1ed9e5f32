"""The demo's clock: it goes on like the machine's, and leaps forward when somebody asks it to."""

from datetime import datetime, timedelta

from bot.clock import SystemClock


class LeapingClock:
    """The machine's time and all the leaps made so far."""

    def __init__(self) -> None:
        self._machine = SystemClock()
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """The demo's present instant, aware, in UTC."""
        return self._machine.now() + self._ahead

    def leap_by(self, step: timedelta) -> None:
        """Leap forward by `step`; raises ValueError for a step back, which no bot is made for."""
        if step < timedelta(0):
            raise ValueError("The demo's clock never goes back.")
        self._ahead += step
