"""Hours of the day as people write them: « 18h30 », « 18 h », « 18:30 », « midi », « 6 pm »."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

HOUR: Final = re.compile(
    r"(?<![\w/.,:-])(?P<hour>[0-9]{1,2})\s*(?:h|:|heures?|hrs?)\s*(?P<minute>[0-9]{2})?(?:\s*(?:min|mn|minutes?))?(?![\w:])"
    r"(?:\s*(?P<half>du soir|de l apres midi|du matin|p ?m|a ?m)\b)?"
)
ENGLISH_HOUR: Final = re.compile(
    r"(?<![\w/,:-])(?P<hour>[0-9]{1,2})(?:[.:](?P<minute>[0-9]{2}))?\s*(?P<half>p ?m|a ?m)(?!\w)"
)
NAMED: Final = {"midi": time(12), "noon": time(12), "minuit": time(0), "midnight": time(0)}
NAMED_HOUR: Final = re.compile(
    r"(?<!apres )(?<!\w)(?P<name>midi|noon|minuit|midnight)(?P<more> et demie?| et quart)?(?!\w)"
)
LINK: Final = re.compile(r"(?:\b(?:a|at|vers|des|from|pour)|@|,|-)\s*$")
BARE: Final = re.compile(r"(?:a |at |vers )?(?P<hour>[0-9]{1,2})(?:[ .](?P<minute>[0-9]{2}))?")
DURATION: Final = re.compile(
    r"\b(?:dans|d ici|in|il y a|pendant|for|ago)\b(?! \w+ (?:jours?|semaines?|mois|days?|weeks?|months?)\b)"
)
"""« dans 2 h » gives no hour of the day; « dans 3 jours à 18 h » does."""
MINUTES: Final = {None: 0, " et quart": 15, " et demi": 30, " et demie": 30}
NOON: Final = 12


@dataclass(frozen=True, slots=True)
class TimeFound:
    """The only hour in a text, and the text without it."""

    at: time
    rest: str


def find_time(text: str) -> TimeFound | None:
    """Find the one hour that a simplified text gives; None where there is none, or several."""
    if DURATION.search(text):
        return None
    for pattern in (ENGLISH_HOUR, HOUR, NAMED_HOUR):
        found = list(pattern.finditer(text))
        if len(found) > 1:
            return None
        if found:
            at = _named(found[0]) if pattern is NAMED_HOUR else _figures(found[0])
            before = LINK.sub("", text[: found[0].start()].strip()).strip()
            return None if at is None else TimeFound(at, f"{before} {text[found[0].end() :].strip(' ,')}".strip())
    return None


def read_time(text: str) -> time | None:
    """Read a simplified text that gives an hour and nothing else; « 18 » alone is one here."""
    bare = BARE.fullmatch(text)
    if bare is not None:
        return _time(int(bare["hour"]), int(bare["minute"] or 0))
    found = find_time(text)
    return found.at if found is not None and not found.rest else None


def _figures(found: re.Match[str]) -> time | None:
    hour, half = int(found["hour"]), (found["half"] or "")
    if half in {"pm", "p m", "du soir", "de l apres midi"} and hour < NOON:
        hour += NOON
    elif half in {"am", "a m", "du matin"} and hour == NOON:
        hour = 0
    return _time(hour, int(found["minute"] or 0))


def _named(found: re.Match[str]) -> time:
    return NAMED[found["name"]].replace(minute=MINUTES[found["more"]])


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 (a day's hours, an hour's minutes)
