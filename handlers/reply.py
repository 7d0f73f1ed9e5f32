"""What the bot does in answer to a turn: messages said or changed, and a few words on the tapped button."""

from dataclasses import dataclass, replace

from handlers.chat import Chat
from handlers.screen import Screen


@dataclass(frozen=True, slots=True)
class Say:
    """A new message; under its `anchor`, a name of its own in that chat, it can be changed later.

    It is said in `chat`, or else where the turn takes place; one that `vanishes` is deleted a minute after it was sent.
    It quotes the message `quotes` where that is still there.
    """

    screen: Screen
    anchor: str = ""
    chat: Chat | None = None
    vanishes: bool = False
    quotes: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A message changed in place: the one tapped, or the one said under `anchor`.

    It stands in `chat`, or else where the turn takes place. Where it can't be changed any more it is said anew, or left
    alone if `or_say` is false. One that `settles` stands under its `anchor` from then on, whatever stood there before.
    """

    screen: Screen
    anchor: str = ""
    message_id: int | None = None
    or_say: bool = True
    chat: Chat | None = None
    settles: bool = False


Message = Say | Change


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to share in any chat: what is shown to choose it, and the message that is then said."""

    key: str
    title: str
    line: str
    screen: Screen


@dataclass(frozen=True, slots=True)
class Reply:
    """The whole answer to one turn; `toast` is shown on the tapped button (200 characters at most).

    `opens` is a link to the bot's private chat that the tap opens; `offers` answers words written behind the bot's name
    (50 at most), and `more_from` is the offset at which there are more.
    """

    messages: tuple[Message, ...] = ()
    toast: str = ""
    alert: bool = False
    opens: str = ""
    offers: tuple[Offer, ...] = ()
    more_from: int | None = None

    def after(self, *earlier: Message) -> "Reply":
        """Give this reply with other messages before its own."""
        return replace(self, messages=(*earlier, *self.messages))

    def within(self, chat: Chat) -> "Reply":
        """Give this reply with every message that has no chat of its own sent to this one."""
        messages = tuple(replace(one, chat=chat) if one.chat is None else one for one in self.messages)
        return replace(self, messages=messages)


SILENCE = Reply()


def say(*screens: Screen) -> Reply:
    """Answer with new messages."""
    return Reply(tuple(Say(screen) for screen in screens))


def say_in_passing(screen: Screen) -> Reply:
    """Answer with a message that vanishes after a minute: a group keeps only what concerns it."""
    return Reply((Say(screen, vanishes=True),))


def toast(words: str, *, alert: bool = False) -> Reply:
    """Answer on the tapped button only."""
    return Reply(toast=words, alert=alert)
