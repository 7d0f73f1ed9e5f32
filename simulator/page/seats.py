"""Who sits at the page, and which chats each of them sees there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.chats import Chat
from simulator.network import Network
from simulator.people import Person


@dataclass(frozen=True, slots=True)
class Seat:
    """A demo person at the page; `mark` tells in a few words what they are."""

    person: Person
    mark: str

    @property
    def id(self) -> int:
        """The number of the person's account."""
        return self.person.id

    @property
    def name(self) -> str:
        """The name that everybody sees."""
        user = self.person.user
        return " ".join(str(user[name]) for name in ("first_name", "last_name") if name in user)


@dataclass(frozen=True, slots=True)
class Leap:
    """A button that moves the clock: `key` is what the callback receives, `label` what the button says."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Room:
    """A chat as somebody at the page sees it."""

    seat: Seat
    chat: Chat


def chat_key(chat: Chat) -> str:
    """The name of a chat in the page: private chats with two bots have one number, and two names."""
    return str(chat.id) if chat.bot is None else f"{chat.id}.{chat.bot.id}"


def rooms_of(network: Network, seat: Seat) -> list[Room]:
    """The chats of a seat: with each bot, then the groups in which the person is."""
    private = [seat.person.chat_with(bot) for bot in network.bots.values()]
    groups = [
        chat for chat in network.chats.values() if chat.migrated_to is None and chat.member(seat.person.user).present
    ]
    return [Room(seat, chat) for chat in private + groups]


def all_rooms(network: Network, seats: Sequence[Seat]) -> Iterator[Room]:
    """Every chat of everybody at the page."""
    for seat in seats:
        yield from rooms_of(network, seat)
