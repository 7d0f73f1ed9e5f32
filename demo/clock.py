"""The demo's clock: it goes on like the machine's, and leaps forward when somebody asks it to."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.clock import Clock, SystemClock
from programme.quiet_hours import QuietHours
from programme.reminders import on_the_clock

NIGHT: Final = QuietHours()
"""The hours in which what a visitor tries would wait for the morning, as it does in the real bot."""


class LeapingClock:
    """The machine's time and all the leaps made so far."""

    def __init__(self, machine: Clock | None = None) -> None:
        self._machine = machine or SystemClock()
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """The demo's present instant, aware, in UTC."""
        return self._machine.now() + self._ahead

    def leap_by(self, step: timedelta) -> None:
        """Leap forward by `step`; raises ValueError for a step back, which no bot is made for."""
        if step < timedelta(0):
            raise ValueError("The demo's clock never goes back.")
        self._ahead += step

    def leap_over_the_night(self, zone: ZoneInfo) -> None:
        """Leap to the end of the night where it is night; by day the clock stays."""
        here = self.now().astimezone(zone)
        if here.time() not in NIGHT:
            return
        morning = here.date() if here.time() < NIGHT.ends else here.date() + timedelta(days=1)
        self.leap_by(on_the_clock(morning, NIGHT.ends, zone) - self.now())
