"""The hours of the night in which nobody is reminded."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours without reminders, on the territory's clock; two equal ends mean none."""

    starts: time = time(21)
    ends: time = time(8)

    def __contains__(self, at: time) -> bool:
        """Tell whether an hour of the day is quiet."""
        if self.starts <= self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends
