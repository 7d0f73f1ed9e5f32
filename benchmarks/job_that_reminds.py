"""The job of the baseline for reminders, where a job store finds it by its name."""

import time

RAN_AT: list[float] = []
"""When each job ran, as Unix time."""


async def remind(_number: int) -> None:
    """Do the least that a job can do."""
    RAN_AT.append(time.time())
