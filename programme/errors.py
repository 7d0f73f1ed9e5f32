"""Refusals: what the programme's rules say no to. Each docstring is what it means; handlers find the words."""

from datetime import datetime
from zoneinfo import ZoneInfo


class Refusal(Exception):  # noqa: N818 (a refusal is an answer, not a failure)
    """The rules say no; nothing has changed."""


class NotAllowed(Refusal):
    """The person has not the role that this needs."""


class NotFound(Refusal):
    """What it is about does not exist, or not for this person."""


class TooLate(Refusal):
    """It has already happened, or been decided."""


class Outdated(Refusal):
    """It has changed since the button was shown."""


class InThePast(Refusal):
    """The moment given is already over."""


class TooEarly(Refusal):
    """It has not begun yet."""


class EndsBeforeStart(Refusal):
    """The end given does not come after the start."""


class ClosesTooLate(Refusal):
    """A date poll would close after the first date that it proposes."""


class OutOfRange(Refusal):
    """A number is smaller or larger than may be given."""

    def __init__(self, field: str, least: int, most: int) -> None:
        super().__init__(field)
        self.field = field
        self.least = least
        self.most = most


class RegistrationNotOpen(Refusal):
    """People register later on: from `opens_at`, on the clock of `zone`."""

    def __init__(self, opens_at: datetime, zone: ZoneInfo) -> None:
        super().__init__(opens_at)
        self.opens_at = opens_at
        self.zone = zone


class RegistrationClosed(Refusal):
    """Nobody registers any more, nor asks for more seats."""


class WindowMisplaced(Refusal):
    """Registration would close before it opens, or open or close after the beginning."""


class PitchFull(Refusal):
    """All the seats of a pitch are taken."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class NoRoom(Refusal):
    """More seats are asked for than there are; `most` is what this person may ask for just now, in all."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class LastFacilitator(Refusal):
    """Nobody else facilitates the coalition: it would be left without anybody who does."""


class NobodyFacilitates(Refusal):
    """Nobody facilitates the coalition whom the bot may write to now."""


class LastOfTeam(Refusal):
    """Nobody else is of the project team: nobody would be left who can appoint others."""


class NamedInSettings(Refusal):
    """The settings name this person, so only who runs the bot can take them off the project team."""


class NameTaken(Refusal):
    """Another one has this name already."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotWellFormed(Refusal):
    """A text is empty, or longer than may be."""

    def __init__(self, field: str, longest: int) -> None:
        super().__init__(field)
        self.field = field
        self.longest = longest


class StillOnTheWay(Refusal):
    """Messages are being sent: what became of them must be known first."""


class NeedsAnotherPerson(Refusal):
    """Somebody else of the project team must decide on it."""


class NobodyToTell(Refusal):
    """Nobody would get it now."""


class OtherContent(Refusal):
    """What takes the place of a message already delivered must be of its kind: a text, or a file."""
