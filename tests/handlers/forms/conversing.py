"""A person who says and taps, and the chat as they see it; conversations are kept in memory, as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any, cast
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.chat import Chat
from handlers.forms import AnyForm, ask_again, cancel, go_on, old_button, open_form, retired
from handlers.forms.field import Body, State
from handlers.forms.wording import length
from handlers.reply import Change, Message, Reply, Say, say
from handlers.said import Command, Said, Tap, Words
from handlers.screen import DATA_MAX, Button, Screen
from handlers.turn import Sender, Turn
from locales import language_for
from programme.ids import TelegramId
from programme.ports import KeptDraft, UnitOfWork
from programme.territory import Contact, Territory

NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)
"""Wednesday 18 November 2026, noon in Brest."""
BREST = Territory(
    name="Brest métropole",
    programme="Coalitions d’acteurs",
    zone=ZoneInfo("Europe/Paris"),
    contact=Contact("Mission climat"),
    stakes=(),
    sectors=(),
    organisation_kinds=(),
    support_kinds=(),
)
PRIVATE = Chat(7, private=True)
NOT_FOR_FORMS = say(Screen(Markup("(the router answers)")))


@dataclass
class DraftsInMemory:
    """The port `Drafts`, with the rules of the table: one draft per person and chat, ids never given twice."""

    kept: dict[int, str] = field(default_factory=dict)
    last_id: int = 0

    def get(self, chat_id: int, telegram_id: TelegramId) -> KeptDraft | None:
        drafts = (self._read(text) for text in self.kept.values())
        return next((one for one in drafts if (one.chat_id, one.telegram_id) == (chat_id, telegram_id)), None)

    def by_id(self, draft_id: int) -> KeptDraft | None:
        return self._read(self.kept[draft_id]) if draft_id in self.kept else None

    def put(
        self,
        chat_id: int,
        telegram_id: TelegramId,
        form: str,
        version: int,
        content: dict[str, Any],
        now: datetime,
        *,
        new: bool,
    ) -> KeptDraft:
        earlier = self.get(chat_id, telegram_id)
        if earlier is not None:
            del self.kept[earlier.id]
        if new or earlier is None:
            self.last_id += 1
        draft_id = self.last_id if new or earlier is None else earlier.id
        row = (draft_id, chat_id, telegram_id, form, version, content, now.isoformat(), False)
        self.kept[draft_id] = json.dumps(row)
        return self._read(self.kept[draft_id])

    def drop(self, draft_id: int) -> None:
        self.kept.pop(draft_id, None)

    def untouched_since(self, moment: datetime, limit: int) -> Sequence[KeptDraft]:
        drafts = [self._read(text) for text in self.kept.values()]
        return [one for one in drafts if one.touched_at < moment and not one.reminded][:limit]

    def mark_reminded(self, draft_id: int) -> None:
        row = json.loads(self.kept[draft_id])
        self.kept[draft_id] = json.dumps([*row[:-1], True])

    def _read(self, text: str) -> KeptDraft:
        draft_id, chat_id, telegram_id, form, version, content, touched_at, reminded = json.loads(text)
        at = datetime.fromisoformat(touched_at)
        return KeptDraft(draft_id, chat_id, TelegramId(telegram_id), form, version, content, at, reminded)


@dataclass
class InMemory:
    """A unit of work for forms, which read and change nothing but drafts."""

    drafts: DraftsInMemory = field(default_factory=DraftsInMemory)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Keep everything or, where it fails, nothing."""
        before = dict(self.drafts.kept)
        try:
            yield
        except Exception:
            self.drafts.kept = before
            raise


def turn_of(
    said: Said,
    *,
    now: datetime = NOON,
    language: str = "en",
    memory: InMemory | None = None,
    telegram_id: int = 7,
    chat: Chat | None = None,
) -> Turn:
    """Give a turn of somebody in a private chat in Brest."""
    return Turn(
        chat=chat or Chat(telegram_id, private=True),
        sender=Sender(telegram_id, "Léa"),
        said=said,
        person=None,
        staff=False,
        language=language_for(language),
        territory=BREST,
        now=now,
        uow=cast(UnitOfWork, memory or InMemory()),
        bot_username="jalon_bot",
    )


@dataclass
class Seen:
    """A message as the person sees it."""

    id: int
    screen: Screen

    @property
    def text(self) -> str:
        return str(self.screen.text)

    @property
    def labels(self) -> list[str]:
        return [one.label for row in self.screen.rows for one in row]

    def button(self, label: str) -> Button:
        found = [one for row in self.screen.rows for one in row if one.label == label]
        if not found:
            raise AssertionError(f"no button {label!r} among {self.labels} under {self.text!r}")
        return found[0]


@dataclass
class Talker:
    """Somebody in a private chat with the bot; every message shown is checked against Telegram's limits."""

    forms: Mapping[str, AnyForm]
    memory: InMemory = field(default_factory=InMemory)
    telegram_id: int = 7
    chat: Chat = PRIVATE
    now: datetime = NOON
    language: str = "en"
    seen: list[Seen] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    toast: str = ""
    last_id: int = 100

    def opens(
        self, name: str, *, context: Mapping[str, str] | None = None, known: Mapping[str, Any] | None = None
    ) -> None:
        """Open a form as a command does."""
        turn = self._turn(Command(name))
        with self.memory.turn():
            self._read(open_form(turn, self.forms[name], context=context, known=known))

    def says(self, text: str) -> None:
        self.does(Words(text))

    def taps(self, label: str, on: Seen | None = None) -> None:
        message = on or self._with_button(label)
        self.taps_data(message.button(label).data, message)

    def taps_data(self, data: str, on: Seen | None = None) -> None:
        route, *args = data.split(":")
        self.does(Tap(route, tuple(args), None if on is None else on.id))

    def does(self, said: Said) -> None:
        """Say or tap anything: what is not for the conversation is answered by the router, in one line."""
        turn = self._turn(said)
        drafts = self.memory.drafts
        with self.memory.turn():
            kept = drafts.get(self.chat.id, TelegramId(self.telegram_id))
            notes: tuple[Message, ...] = () if kept is None else retired(turn, kept, self.forms)
            reply = None
            if kept is not None and not notes:
                stops = isinstance(said, Command) and said.name == "annuler"
                reply = cancel(turn, kept) if stops else go_on(turn, kept, self.forms)
            if reply is None:
                reply = old_button(turn) if isinstance(said, Tap) and said.route == "f" else NOT_FOR_FORMS
            self._read(reply.after(*notes))

    def comes_back(self) -> None:
        """Tap « Go on » under the notice that asks whether to."""
        kept = self.memory.drafts.get(self.chat.id, TelegramId(self.telegram_id))
        assert kept is not None
        with self.memory.turn():
            self._read(ask_again(self._turn(Tap("resume", (str(kept.id),), None)), kept, self.forms))

    @property
    def last(self) -> Seen:
        return self.seen[-1]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.seen]

    @property
    def with_buttons(self) -> list[Seen]:
        """The messages that still have buttons of a conversation."""
        return [
            message
            for message in self.seen
            if any(one.data.startswith("f:") for row in message.screen.rows for one in row)
        ]

    def _turn(self, said: Said) -> Turn:
        turn = turn_of(said, now=self.now, language=self.language, memory=self.memory, telegram_id=self.telegram_id)
        return replace(turn, chat=self.chat)

    def _with_button(self, label: str) -> Seen:
        found = [message for message in self.seen if label in message.labels]
        if not found:
            raise AssertionError(f"no button {label!r}: {self.last.text!r} has {self.last.labels}")
        return found[-1]

    def _read(self, reply: Reply) -> None:
        """Show a reply as Telegram does; an answer to a tap that is only a toast is an answer too."""
        assert reply.messages or reply.toast, "no answer"
        assert len(reply.toast) <= 200
        self.toast = reply.toast
        for message in reply.messages:
            check_screen(message.screen)
            if isinstance(message, Say):
                self._say(message.screen, message.anchor)
            else:
                self._change(message)

    def _say(self, screen: Screen, anchor: str) -> None:
        self.last_id += 1
        self.seen.append(Seen(self.last_id, screen))
        if anchor:
            self.anchors[anchor] = self.last_id

    def _change(self, change: Change) -> None:
        message_id = change.message_id or self.anchors.get(change.anchor)
        found = [message for message in self.seen if message.id == message_id]
        if found:
            found[0].screen = change.screen
        elif change.or_say:
            self._say(change.screen, change.anchor)


def check_screen(screen: Screen) -> None:
    """Check a screen against Telegram's limits (FACTS of the Bot API): text, keyboard, data."""
    assert 1 <= length(screen.text) <= 4096
    assert len(str(screen.text).encode()) <= 32_768
    _Nesting().check(str(screen.text))
    buttons = [one for row in screen.rows for one in row]
    assert len(buttons) <= 100
    assert all(1 <= len(row) <= 8 for row in screen.rows)
    assert all(
        one.label.strip() and len(one.label) <= 70 and 1 <= len(one.data.encode()) <= DATA_MAX for one in buttons
    )
    assert sum(len(one.label.encode()) + len(one.data.encode()) + 40 for one in buttons) <= 10_000


class _Nesting(HTMLParser):
    """Checks that tags nest and that there are no others than ours."""

    def check(self, text: str) -> None:
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert (tag, attrs) in (("b", []), ("i", []))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def shown(body: Body) -> list[list[str]]:
    """Give the labels of a field's buttons, row by row."""
    return [[one.label for one in row] for row in body.rows]


def tap(body: Body, label: str) -> Tap:
    """Tap one of a field's own buttons."""
    data = next(one.data for row in body.rows for one in row if one.label == label)
    route, *args = data.split(":")
    return Tap(route, tuple(args), 1)


NO_STATE: State = {}
