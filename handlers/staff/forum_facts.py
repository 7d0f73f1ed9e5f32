"""What is asked of a forum, the same wherever it is announced or changed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from handlers.forms import Choice, Moment, Number, Option, Question, Text
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound
from programme.forums import FORUM_PLACE_MAX, FORUM_PROGRAMME_MAX, FORUM_TITLE_MAX, PLACES_MOST
from programme.ids import ForumId

HOURS: Final = (2, 3, 4, 6, 8)
"""How long most forums last."""
OTHER_END: Final = "other"
FORUM: Final = "forum"
"""Under which name a conversation remembers its forum."""


def lengths(turn: Turn) -> Sequence[Option]:
    """Give how long a forum may last."""
    hours = [Option(str(number), turn.language.plain_n("{n} hour", "{n} hours", number)) for number in HOURS]
    return [*hours, Option(OTHER_END, turn.language.plain("Until another moment"))]


def ends_otherwise(answers: Mapping[str, Any]) -> bool:
    """Tell whether the end is still to be asked."""
    return bool(answers["lasts"] == OTHER_END)


def end_of(starts_at: datetime, lasts: str, ends_at: datetime | None) -> datetime:
    """Give the end: the one told, or so many hours after the beginning."""
    return starts_at + timedelta(hours=int(lasts)) if lasts.isdecimal() else ends_at or starts_at


def length_of(starts_at: datetime, ends_at: datetime) -> str:
    """Give the answer to how long it lasts that fits a beginning and an end."""
    whole = {timedelta(hours=number): str(number) for number in HOURS}
    return whole.get(ends_at - starts_at, OTHER_END)


def as_long(starts_at: datetime, ends_at: datetime, now_starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Give the end of what lasts as long as before from another beginning on, on the clock on the wall."""
    lasted = ends_at.astimezone(zone) - starts_at.astimezone(zone)
    return (now_starts_at.astimezone(zone) + lasted).astimezone(UTC)


def forum_number(remembered: str) -> ForumId:
    """Read which forum a conversation is about; raises NotFound."""
    if not remembered.isdecimal():
        raise NotFound
    return ForumId(int(remembered))


TITLE: Final = Question(
    "title",
    _("What is the forum called?"),
    Text(longest=FORUM_TITLE_MAX),
    hint=_("For example: Forum of committed actors 2027"),
    label=_("Title"),
)
STARTS_AT: Final = Question(
    "starts_at",
    _("When does the forum begin?"),
    Moment(),
    hint=_("For example: Tuesday 18:30, 24/11 at 18:00, tomorrow noon"),
    label=_("Beginning"),
)
LASTS: Final = Question("lasts", _("How long does it last?"), Choice(lengths), label=_("Length"))
ENDS_AT: Final = Question("ends_at", _("When does it end?"), Moment(), label=_("End"), when=ends_otherwise)
PLACE: Final = Question(
    "place",
    _("Where? A place, or a link."),
    Text(longest=FORUM_PLACE_MAX),
    hint=_("For example: town hall, room 2"),
    label=_("Where"),
)
PROGRAMME: Final = Question(
    "programme",
    _("What is on the programme?"),
    Text(longest=FORUM_PROGRAMME_MAX, multiline=True),
    hint=_("A few lines: hours, guests, workshops…"),
    label=_("Programme"),
    optional=True,
)
PLACES: Final = Question(
    "places",
    _("How many places are there?"),
    Number(least=1, most=PLACES_MOST),
    hint=_("For example: 120"),
    label=_("Places"),
)
OPENS_AT: Final = Question(
    "opens_at",
    _("When does registration open? Skip this where it opens at once."),
    Moment(),
    label=_("Opening"),
    optional=True,
)
CLOSES_AT: Final = Question(
    "closes_at",
    _("When does registration close? Skip this where it stays open until the forum begins."),
    Moment(),
    label=_("Closing"),
    optional=True,
)
