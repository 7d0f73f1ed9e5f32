"""A monkey: three people and their groups do what nobody should, step by step, and every step can be done again.

Longer than most modules, because all that a monkey can do stands here in one place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any, Final

from handlers.forms import ROUTE
from handlers.router import _CONVERSATION_BUTTONS, ROUTES
from simulator.chats import Chat, Message
from simulator.network import Query
from simulator.people import Person
from tests.journeys.test_nasty_texts import CLEANED, NOTHING_TO_SEE, SHOWN_AS_TYPED
from tests.world import World

PRIVATE, SUPERGROUP, PLAIN = "private", "supergroup", "plain group"
MINUTE: Final = timedelta(minutes=1)
RECENT: Final = 25
"""How many of a chat's latest messages a thumb reaches."""
CALLBACK_DATA_MAX: Final = 64
A_PICTURE: Final = b"\x89PNG"
TOO_BIG: Final = bytes(21 * 1024 * 1024)
"""More than a bot may download."""
STEADY: Final = 0.75
"""How often a question that was asked is what the next step is about: else no conversation would come to its end."""
WAITS: Final = (1, 1, 2, 3, 5, 9, 9, 20, 20, 61, 61, 180, 180, 600, 1440, 1440, 2 * 1440, 8 * 1440)
"""Minutes by which the clock is moved."""
NASTY: Final = (
    *SHOWN_AS_TYPED.values(),
    *(typed for typed, _ in CLEANED.values()),
    *NOTHING_TO_SEE.values(),
    "a" * 4096,
    "<&" * 2048,
    "🌱" * 2048,
)
SENSIBLE: Final = (
    "Léa",
    "demain 18 h 30",
    "hier",
    "14/03",
    "en mai",
    "mardi 18:30",
    "31/02",
    "dans 3 jours à 18 h",
    "24/12 14 h",
    "25/12 18 h",
    "1 200,5 kWh",
    "3 tCO2e",
    "25 personnes",
    "12",
    "1",
    "-3",
    "0",
    "oui",
    "non",
    "ENIB",
    "Association",
    "Les Capucins",
    "Prêter des vélos",
    "Mobilités alternatives",
)
ARGUMENTS: Final = (
    "0",
    "1",
    "2",
    "3",
    "7",
    "-1",
    "9" * 18,
    "9" * 30,
    "",
    "x",
    "yes",
    "no",
    "all",
    "me",
    "²",
    "🌱",
    "None",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing somebody does: where, to which message (0: none), with which words; `thread` is a topic."""

    who: str
    deed: str
    chat: str = PRIVATE
    message: int = 0
    words: str = ""
    thread: int | None = None


@dataclass
class Monkey:
    """Chooses steps by chance and does them; `links` are what /start may be given."""

    world: World
    people: Mapping[str, Person]
    groups: dict[str, Chat]
    links: Sequence[str]
    chance: Random
    topic: int
    taps: list[tuple[Step, Query]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    """What was tapped so far, to be tapped again by anybody."""

    def chooses(self) -> Step:
        """Choose a step that a person can do now."""
        who = self.chance.choice(list(self.people))
        person = self.people[who]
        if person.chat_with().blocked:
            deed = self.chance.choices(("unblocks", "says", "chatters"), (6, 2, 2))[0]
            return Step(who, deed, PRIVATE, words="/start") if deed != "chatters" else self._in_a_group(who)
        if self._asked(who) and self.chance.random() < STEADY:
            return self.chance.choice((self._taps_fresh, self._says))(who)
        deed = self.chance.choices(list(_PRIVATE_DEEDS), [weight for weight, _ in _PRIVATE_DEEDS.values()])[0]
        return _PRIVATE_DEEDS[deed][1](self, who)

    def waits(self) -> Step:
        """Choose for how long nothing is done."""
        return Step("the clock", "waits", words=str(self.chance.choice(WAITS)))

    async def does(self, step: Step) -> None:
        """Do a step; the bot hears of it when it is let."""
        if step.deed == "waits":
            await self.world.moves_by(MINUTE * int(step.words))
            return
        if step.deed == "migrates":
            self.groups[step.chat] = self.people[step.who].migrates(self.groups[step.chat])
            return
        person = self.people[step.who]
        if self._possible(person, step):
            _DEEDS[step.deed](self, person, step)

    def unanswered(self) -> list[Step]:
        """Give the taps that still spin."""
        return [step for step, query in self.taps if query.answered is None]

    def chat(self, person: Person, step: Step) -> Chat:
        """Give where a step is done."""
        return person.chat_with() if step.chat == PRIVATE else self.groups[step.chat]

    def _possible(self, person: Person, step: Step) -> bool:
        """Tell whether a step can still be done: another one of the same batch may have come between."""
        chat = self.chat(person, step)
        if step.deed == "joins":
            return not chat.member(person.user).present
        if chat.blocked:
            return step.deed in {"says", "unblocks"}
        return chat.member(person.user).present

    def _asked(self, who: str) -> bool:
        """Tell whether the bot's latest message is a question of a conversation."""
        latest = self._reached(who, PRIVATE)[:1]
        buttons = [button for message in latest for row in message.rows for button in row]
        return any(button.data and button.data.startswith(f"{ROUTE}:") for button in buttons)

    def _says(self, who: str) -> Step:
        weights = (2, 16, 4, 1) if self._asked(who) else (10, 3, 3, 4)
        kind = self.chance.choices(("command", "sensible", "nasty", "link"), weights)[0]
        match kind:
            case "command":
                words = self._command([*ROUTES.commands, "inconnue", "START", "lier", ""])
            case "sensible":
                words = self.chance.choice(SENSIBLE)
            case "nasty":
                words = self._nasty()
            case _:
                words = f"/start {self.chance.choice(self.links)}"
        return Step(who, "says", words=words)

    def _command(self, names: Sequence[str]) -> str:
        name, tail = self.chance.choice(names), self.chance.choice(("", "", "", " ", " 1 2", f" {self._nasty()[:50]}"))
        return f"/{name}{self.chance.choice(('', '', '@jalon_test_bot'))}{tail}"

    def _nasty(self) -> str:
        return self.chance.choice(NASTY)

    def _taps_fresh(self, who: str) -> Step:
        """Tap a button of the latest message that has any."""
        found = [message for message in self._reached(who, PRIVATE) if message.rows]
        return self._tap(who, PRIVATE, found[:1])

    def _taps_stale(self, who: str) -> Step:
        found = [message for message in self._reached(who, PRIVATE) if message.rows]
        return self._tap(who, PRIVATE, found)

    def _tap(self, who: str, chat: str, messages: Sequence[Message]) -> Step:
        if not messages:
            return Step(who, "says", words="/menu")
        message = self.chance.choice(messages)
        data = [button.data for row in message.rows for button in row if button.data]
        if not data:
            return Step(who, "says", words="/menu")
        chosen = self.chance.choices(data, [_appeal(one) for one in data])[0]
        self.data.append(chosen)
        return Step(who, "taps", chat, message.id, chosen)

    def _forges(self, who: str) -> Step:
        """Send what no button of this message carries: another one's, an old one's, or garbage."""
        chat = self.chance.choice((PRIVATE, PRIVATE, SUPERGROUP, PLAIN))
        found = self._reached(who, chat)
        if not found:
            return Step(who, "says", words="/aide")
        if self.data and self.chance.random() < 0.5:
            data = self.chance.choice(self.data)
        else:
            routes = [*ROUTES.buttons, *ROUTES.group_buttons, *_CONVERSATION_BUTTONS, ROUTE, "nowhere", ""]
            words = [self.chance.choice(ARGUMENTS) for _ in range(self.chance.randrange(4))]
            data = ":".join((self.chance.choice(routes), *words))
        return Step(who, "taps", chat, self.chance.choice(found).id, _short(data) or "x")

    def _sends(self, who: str) -> Step:
        deed = self.chance.choice(("photo", "document", "voice", "sticker", "place", "contact", "forwards", "too big"))
        message = 0
        if deed == "forwards":
            everything = [one for one in self.people[who].chat_with().messages if "text" in one.fields]
            if not everything:
                return Step(who, "says", words="/menu")
            message = self.chance.choice(everything[-RECENT:]).id
        return Step(who, deed, message=message, words=self.chance.choice(("", "Regardez", "<b>&")))

    def _edits(self, who: str) -> Step:
        person = self.people[who]
        own = [one for one in person.chat_with().messages if one.sender_id == person.id and "text" in one.fields]
        if not own:
            return Step(who, "says", words="Bonjour")
        return Step(who, "edits", message=self.chance.choice(own[-RECENT:]).id, words=self.chance.choice(SENSIBLE))

    def _deletes(self, who: str) -> Step:
        everything = self.people[who].chat_with().messages[-RECENT:]
        return Step(who, "deletes", message=self.chance.choice(everything).id) if everything else self._says(who)

    def _reacts(self, who: str) -> Step:
        found = self._reached(who, PRIVATE)
        return Step(who, "reacts", message=self.chance.choice(found).id) if found else self._says(who)

    def _blocks(self, who: str) -> Step:
        return Step(who, "blocks")

    def _in_a_group(self, who: str) -> Step:
        """Say or tap something in a group, come back into it, or leave it."""
        name = self.chance.choice((SUPERGROUP, PLAIN))
        chat, person = self.groups[name], self.people[who]
        if not chat.member(person.user).present:
            return Step(who, "joins", name)
        thread = self.topic if name == SUPERGROUP and self.chance.random() < 0.5 else None
        deed = self.chance.choices(("says", "taps", "leaves", "votes", "anonymously", "sticker"), (10, 8, 1, 2, 1, 1))[
            0
        ]
        if deed == "taps":
            with_buttons = [message for message in self._reached(who, name) if message.rows]
            if with_buttons:
                return self._tap(who, name, with_buttons)
        if deed == "votes":
            polls = [message for message in self._reached(who, name) if "poll" in message.fields]
            if polls:
                poll = self.chance.choice(polls)
                option = self.chance.choice(poll.fields["poll"]["options"])["text"]
                return Step(who, "votes", name, poll.id, option)
        if deed == "leaves" or (deed == "anonymously" and chat.member(person.user).administers):
            words = self._command(list(ROUTES.group_commands)) if deed == "anonymously" else ""
            return Step(who, deed, name, words=words)
        if deed == "sticker":
            return Step(who, deed, name, thread=thread)
        words = self._command([*ROUTES.group_commands, *ROUTES.group_commands, "menu", "inconnue"])
        if self.chance.random() < 0.2:
            words = self.chance.choice((*SENSIBLE, *NASTY))
        return Step(who, "says", name, words=words, thread=thread)

    def _reached(self, who: str, chat: str) -> list[Message]:
        """Give the bot's latest messages in a chat where this person is, the latest first."""
        person = self.people[who]
        place = self.chat(person, Step(who, "", chat))
        if not place.member(person.user).present:
            return []
        return list(islice((one for one in place.latest() if one.sender_id == self.world.bot.id), RECENT))


_PRIVATE_DEEDS: Final[dict[str, tuple[float, Callable[[Monkey, str], Step]]]] = {
    "taps a fresh button": (40, Monkey._taps_fresh),
    "taps a stale button": (6, Monkey._taps_stale),
    "forges a button": (8, Monkey._forges),
    "says": (24, Monkey._says),
    "sends": (4, Monkey._sends),
    "edits": (2, Monkey._edits),
    "deletes": (2, Monkey._deletes),
    "reacts": (1, Monkey._reacts),
    "blocks": (1, Monkey._blocks),
    "in a group": (11, Monkey._in_a_group),
}


def _appeal(data: str) -> float:
    """Tell how much a button is wanted: what leads on more than what leads away, and a day more than a blank."""
    if data.endswith((":confirm", ":done", ":skip")):
        return 12.0
    if data.startswith("erase.now") or data.endswith(":a:x"):
        return 0.03
    return 0.2 if data == "menu" or data.endswith((":cancel", ":back")) else 1.0


def _short(data: str) -> str:
    """Cut callback data to what Telegram takes."""
    return data.encode()[:CALLBACK_DATA_MAX].decode(errors="ignore")


def _says(monkey: Monkey, person: Person, step: Step) -> None:
    chat = monkey.chat(person, step)
    if chat.blocked:
        person.opens_link()
        return
    # As it is, without what Telegram's own programs would clean: other clients exist.
    raw = step.words in NASTY and not step.words.startswith("/")
    if raw:
        person._sends({"text": step.words}, chat, thread=step.thread)
    else:
        person.says(step.words, chat, thread=step.thread)


def _anonymously(monkey: Monkey, person: Person, step: Step) -> None:
    person.says(step.words, monkey.chat(person, step), anonymously=True)


def _taps(monkey: Monkey, person: Person, step: Step) -> None:
    message = _message(monkey, person, step)
    if message is not None:
        monkey.taps.append((step, person.taps_data(step.words, message)))


def _forwards(monkey: Monkey, person: Person, step: Step) -> None:
    message = _message(monkey, person, step)
    if message is not None:
        person.forwards(message)


def _edits(monkey: Monkey, person: Person, step: Step) -> None:
    message = _message(monkey, person, step)
    if message is not None:
        person.edits(message, step.words)


def _deletes(monkey: Monkey, person: Person, step: Step) -> None:
    message = _message(monkey, person, step)
    if message is not None:
        person.deletes(message)


def _reacts(monkey: Monkey, person: Person, step: Step) -> None:
    message = _message(monkey, person, step)
    if message is not None:
        person.reacts(message, "👍")


def _votes(monkey: Monkey, person: Person, step: Step) -> None:
    message = _message(monkey, person, step)
    if message is not None:
        person.votes(message, step.words)


def _message(monkey: Monkey, person: Person, step: Step) -> Message | None:
    """Give the message of a step; None where it was deleted a step before."""
    return monkey.chat(person, step).kept.get(step.message)


_DEEDS: Final[dict[str, Callable[[Monkey, Person, Step], Any]]] = {
    "says": _says,
    "anonymously": _anonymously,
    "taps": _taps,
    "photo": lambda _monkey, person, step: person.sends_photo(A_PICTURE, step.words),
    "document": lambda _monkey, person, step: person.sends_document(b"%PDF", caption=step.words),
    "too big": lambda _monkey, person, step: person.sends_document(TOO_BIG, caption=step.words),
    "voice": lambda _monkey, person, _step: person.sends_voice(),
    "sticker": lambda monkey, person, step: person.sends_sticker(monkey.chat(person, step), thread=step.thread),
    "place": lambda _monkey, person, _step: person.sends_location(48.39, -4.49),
    "contact": lambda _monkey, person, _step: person.sends_contact(),
    "forwards": _forwards,
    "edits": _edits,
    "deletes": _deletes,
    "reacts": _reacts,
    "votes": _votes,
    "blocks": lambda _monkey, person, _step: person.blocks(),
    "unblocks": lambda _monkey, person, _step: person.unblocks(),
    "joins": lambda monkey, person, step: person.joins(monkey.chat(person, step)),
    "leaves": lambda monkey, person, step: person.leaves(monkey.chat(person, step)),
}
