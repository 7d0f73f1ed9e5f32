"""A walk through the bot in one language: people do things, and what they read then is kept as a shot."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.clock import MovableClock
from bot.process import running
from bot.territory_file import load_territory
from handlers.forms.wording import shortened
from locales import Language, language_for
from programme.ids import PersonId, TelegramId
from programme.people import Person as KnownPerson
from programme.usecases.introduce_person import IN_OWN_NAME, Introduction, introduce_person
from simulator.chats import Chat, Message
from simulator.people import Person
from simulator.server import running as simulating
from simulator.telegram import Telegram
from storage.unit_of_work import SqlUnitOfWork
from tests.world import AT_ONCE, BREST, MONDAY_NOON, PARIS, TOKEN, World, plain_spaces, settings_for, unpaced

Found = TypeVar("Found")

SAID_MAX: Final = 60
"""How much is shown of what somebody wrote."""
PUBLIC_URL: Final = "https://jalon.example.org"


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a person sees it: Telegram's HTML, rows of labels, and the name of the file that it carries."""

    html: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    file: str = ""
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Shot:
    """What somebody did, the words on the tapped button, and the messages that came of it."""

    part: str
    title: str
    did: str = ""
    toast: str = ""
    messages: tuple[Shown, ...] = ()


@dataclass(repr=False)
class Tour:
    """One world in one language, its shots, and the routes of all buttons that were tapped."""

    world: World
    language: Language
    part: str = ""
    shots: list[Shot] = field(default_factory=list)
    routes: set[str] = field(default_factory=set)
    known: dict[int, dict[int, int]] = field(default_factory=dict)
    """For each chat how often each of its messages had changed when it was last looked at."""

    def comes(self, name: str, **facts: Any) -> "Visitor":
        """Somebody whom the bot does not know yet."""
        return Visitor(self, self.world.stranger(name, language_code=self.language.code, **facts), name)

    async def has(self, name: str, organisation: str = "", **facts: Any) -> "Visitor":
        """Somebody who has gone through first contact before, for an organisation that is known."""
        visitor = self.comes(name, **facts)
        visitor.person.chat_with().started = True
        await self.does(lambda uow: self._introduce(uow, visitor, organisation))
        return visitor

    def _introduce(self, uow: SqlUnitOfWork, visitor: "Visitor", organisation: str) -> None:
        found = uow.organisations.find(organisation, limit=1) if organisation else ()
        who = Introduction(visitor.name, str(found[0].id) if found else IN_OWN_NAME)
        now = self.world.clock.now()
        introduce_person(uow, TelegramId(visitor.person.id), who, self.language.code, now)

    def visitor(self, name: str) -> "Visitor":
        """Somebody who came before."""
        return Visitor(self, self.world.people[name], name)

    def paris(self, day: int, hour: int, minute: int = 0, month: int = 12, year: int = 2026) -> datetime:
        """Give a moment on the clock in Brest."""
        return datetime(year, month, day, hour, minute, tzinfo=PARIS)

    async def does(self, work: Callable[[SqlUnitOfWork], Found]) -> Found:
        """Do a deed without the words that lead to it."""
        return await self.world.does(work)

    def either(self, french: str, english: str) -> str:
        """Give what a person types in this tour's language."""
        return french if self.language.code == "fr" else english

    def shows(self, title: str, *texts: str) -> None:
        """Keep what Telegram shows outside any chat."""
        self.shots.append(Shot(self.part, title, messages=tuple(Shown(_escaped(text), text) for text in texts)))

    def keeps(self, title: str, did: str, toast: str, chat: Chat, *, whole: bool) -> None:
        """Keep what is new in a chat: messages said, or where there are none those changed; both for the `whole`."""
        new, changed = self.news(chat)
        messages = [*changed, *new] if whole else new or changed
        shown = tuple(self._shown(message) for message in messages)
        if not shown and not toast:
            raise AssertionError(f"“{title}”: nothing was said and no word stands on the button.")
        self.shots.append(Shot(self.part, title, did, toast, shown))

    def news(self, chat: Chat) -> tuple[list[Message], list[Message]]:
        """Give the bot's new messages and those changed since this chat was last looked at, which it is now."""
        before = self.known.get(chat.id, {})
        ours = [message for message in chat.messages if message.sender_id == self.world.bot.id]
        self.known[chat.id] = {message.id: message.edits for message in ours}
        new = [message for message in ours if message.id not in before]
        return new, [message for message in ours if message.id in before and message.edits > before[message.id]]

    def _shown(self, message: Message) -> Shown:
        fields = message.fields
        sent = fields["photo"][-1] if "photo" in fields else fields.get("document")
        name = "" if sent is None else self.world.telegram.files.by_id[sent["file_id"]].name
        rows = tuple(
            tuple(f"{button.label} ↗" if button.url else button.label for button in row) for row in message.rows
        )
        return Shown(message.html, message.text, rows, name, picture="photo" in fields)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody on a tour. What they do is kept as a shot where it is given a title."""

    tour: Tour
    person: Person
    name: str

    async def record(self) -> KnownPerson:
        """Who this is to the programme."""
        return await self.tour.world.record_of(self.person)

    def number(self, uow: SqlUnitOfWork) -> PersonId:
        """Give the programme's number of this person."""
        known = uow.people.by_telegram(TelegramId(self.person.id))
        assert known is not None
        return known.id

    async def says(self, text: str, shot: str = "", *, there: Chat | None = None, **how: Any) -> None:
        """Write something, in private or in a group."""
        self.tour.news(there or self.person.chat_with())
        self.person.says(text, there, **how)
        await self._done(shot, f"{self.name}: {shortened(text, SAID_MAX)}", there)

    async def does(self, deed: Callable[[Person], object], shot: str, what: str) -> None:
        """Do something else than write or tap in private."""
        self.tour.news(self.person.chat_with())
        deed(self.person)
        await self._done(shot, f"{self.name} {what}", None)

    async def taps(
        self, msgid: str, shot: str = "", /, *, whole: bool = False, there: Chat | None = None, **facts: str
    ) -> None:
        """Tap the latest button of this label: an English text of the catalogue with its facts, or a name."""
        chat = there or self.person.chat_with()
        message, written, data = self._found(chat, self.tour.language.plain(msgid, **facts))
        await self._pressed(message, data, written, shot, chat, whole=whole)

    async def forges(
        self, data: str, shot: str = "", *, whole: bool = False, there: Chat | None = None, label: str = ""
    ) -> None:
        """Tap what once was a button, or is one elsewhere; its `label` is a text of the catalogue."""
        chat = there or self.person.chat_with()
        ours = [message for message in chat.latest() if message.sender_id == self.tour.world.bot.id]
        if not ours:
            await self.tour.world.says(self.person, "/menu")
            ours = [message for message in chat.latest() if message.sender_id == self.tour.world.bot.id]
            self.tour.news(chat)
        await self._pressed(ours[0], data, self.tour.language.plain(label) if label else "", shot, chat, whole=whole)

    async def reads(self, shot: str, *, there: Chat | None = None) -> None:
        """Keep what came by itself since this person last did something or looked."""
        self.tour.keeps(shot, "", "", there or self.person.chat_with(), whole=False)

    def looks_away(self) -> None:
        """Leave what came by itself out of the next shot."""
        self.tour.news(self.person.chat_with())

    def data_of(self, label: str) -> str:
        """Give what a button carries."""
        return self._found(self.person.chat_with(), self.tour.language.plain(label))[2]

    async def _pressed(self, message: Message, data: str, label: str, shot: str, chat: Chat, *, whole: bool) -> None:
        self.tour.routes.add(data.partition(":")[0])
        self.tour.news(chat)
        query = self.person.taps_data(data, message)
        await self.tour.world.settle()
        words = str((query.answered or {}).get("text", ""))
        if shot:
            did = f"{self.name}: [ {label} ]" if label else f"{self.name}: [ … ]"
            self.tour.keeps(shot, did, words, chat, whole=whole)
        else:
            self.tour.news(chat)

    async def _done(self, shot: str, did: str, there: Chat | None) -> None:
        await self.tour.world.settle()
        if shot:
            self.tour.keeps(shot, did, "", there or self.person.chat_with(), whole=False)
        else:
            self.tour.news(there or self.person.chat_with())

    def _found(self, chat: Chat, label: str) -> tuple[Message, str, str]:
        """Find a button: of this label, else one that begins so, with a tick before it or a count behind it."""
        wanted = plain_spaces(label)
        buttons = [
            (message, button.label, button.data)
            for message in chat.latest()
            if message.sender_id == self.tour.world.bot.id
            for row in message.rows
            for button in row
            if button.data
        ]
        fits: tuple[Callable[[str], bool], ...] = (
            lambda written: written == wanted,
            lambda written: written == f"✓ {wanted}" or written.startswith(f"{wanted} ("),
            lambda written: wanted in written,
        )
        for fit in fits:
            for message, written, data in buttons:
                if fit(plain_spaces(written)):
                    return message, written, data
        seen = [written for message, written, _ in buttons if message is buttons[0][0]]
        raise AssertionError(f"{self.name} finds no button “{wanted}”; the latest are {seen}.")


@asynccontextmanager
async def a_tour(folder: Path, code: str) -> AsyncIterator[Tour]:
    """Start a Telegram and the bot in one language, with a public address, and stop them at the end."""
    clock = MovableClock(MONDAY_NOON)
    telegram = Telegram(clock=clock.now)
    bot = telegram.new_bot(TOKEN, username="jalon_test_bot", first_name="Jalon", inline=True)
    territory = load_territory(BREST)
    async with simulating(telegram) as address:
        settings = settings_for(folder, address).model_copy(update={"locale": code, "public_url": PUBLIC_URL})
        async with running(settings, territory, clock, unpaced(), AT_ONCE) as jalon:
            # A bot that has looked around once, as it is a moment after its start.
            await jalon.schedule.tick()
            yield Tour(World(telegram, bot, clock, jalon, territory, settings), language_for(code))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
