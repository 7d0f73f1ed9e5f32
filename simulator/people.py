"""People who use Telegram: what they say, tap and send in private chats and groups, and what they read there.

Longer than most modules, because the whole vocabulary of a person stands in this one class.
"""

import re
from collections.abc import Iterable
from typing import Any

from simulator import groups
from simulator.accounts import GROUP_ANONYMOUS_BOT, Account, Bot, User
from simulator.answering import InlineQuestion, Tap, ask_inline, press, react, vote
from simulator.chats import Chat, Message, Topic
from simulator.files import StoredFile, file_fields
from simulator.html_text import read_html
from simulator.links import DEEP_LINK
from simulator.methods.sending import copied, forwarded
from simulator.network import Network, Query
from simulator.parameters import Upload
from simulator.posting import delete, edit, post, private_chat, set_blocked
from simulator.texts import CAPTION_MAX, TEXT_MAX, cleaned, trimmed, typed

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Person:
    """Somebody with a Telegram account. Where no chat is named, they mean their private chat with the only bot."""

    def __init__(self, network: Network, account: Account) -> None:
        self.network = network
        self.account = account

    def __repr__(self) -> str:
        """What a failed test shows."""
        return f"<{self.user['first_name']} {self.id}>"

    @property
    def user(self) -> User:
        """The account as bots see it."""
        return self.account.user

    @property
    def id(self) -> int:
        """The account's number."""
        return self.account.id

    def chat_with(self, bot: Bot | None = None) -> Chat:
        """The private chat with a bot; the bot can't write there before the person has."""
        return private_chat(self.network, self.user, bot or self.network.only_bot())

    @property
    def last_read(self) -> str:
        """The text of the latest message of a bot in private, "" where there is none."""
        message = self.last_message
        return "" if message is None else message.text

    @property
    def last_message(self) -> Message | None:
        """The latest message of a bot in private, by any of the bots; None where there is none."""
        chats = [chat for (_, person), chat in self.network.private.items() if person == self.id]
        latest = [next((one for one in chat.latest() if one.sender_id != self.id), None) for chat in chats]
        messages = [message for message in latest if message is not None]
        return max(messages, key=lambda one: int(one.fields["date"]), default=None)

    def says(
        self,
        text: str,
        to: Chat | None = None,
        *,
        reply_to: Message | None = None,
        thread: int | None = None,
        anonymously: bool = False,
    ) -> Message:
        """Send a text; `anonymously` as an administrator who speaks as the group."""
        words = typed(text)
        if not 1 <= len(words.text) <= TEXT_MAX:
            raise AssertionError(f"Nobody can send a text of {len(words.text)} characters.")
        return self._sends(words.fields(), to, reply_to, thread, anonymously=anonymously)

    def says_formatted(self, html: str, to: Chat | None = None) -> Message:
        """Send a text with bold, links and so on, given in Telegram's HTML."""
        text, entities = read_html(html)
        return self._sends(trimmed(cleaned(text), entities).fields(), to)

    def sends_formatted_photo(self, content: bytes, html: str, to: Chat | None = None) -> Message:
        """Send a photo with a caption that has bold, links and so on, given in Telegram's HTML."""
        stored = self.network.files.keep("photo", Upload("photo.jpg", content, "image/jpeg"))
        text, entities = read_html(html)
        caption = trimmed(cleaned(text), entities).fields("caption", "caption_entities")
        return self._sends(file_fields(stored) | caption, to)

    def opens_link(self, bot: Bot | None = None, payload: str = "") -> Message:
        """Follow a link to the bot and press Start."""
        if payload and not PAYLOAD.fullmatch(payload):
            raise AssertionError(f"Telegram opens no link with “{payload}”: 1 to 64 of A-Z a-z 0-9 _ -.")
        chat = self.chat_with(bot)
        if chat.blocked:
            self.unblocks(chat.bot)
        return self.says(f"/start {payload}".strip(), chat)

    def taps(self, label: str, on: Message | None = None, chat: Chat | None = None) -> Tap:
        """Tap the button with this label: on a message, or on the latest of the chat that has one so named."""
        message = on or self._latest_with(label, chat or self.chat_with())
        if message.deleted:
            raise AssertionError(f"The message “{message.text}” was deleted; its buttons can't be tapped.")
        button = message.button(label)
        if button.data is not None:
            return Tap(button, self.taps_data(button.data, message))
        link = DEEP_LINK.fullmatch(button.url or "")
        bot = self.network.bot_named(link["username"]) if link else None
        if link and bot is not None:
            self.opens_link(bot, link["payload"])
        return Tap(button)

    def taps_data(self, data: str, message: Message) -> Query:
        """Send callback data for a message, as a tap does, even data that none of its buttons carries."""
        self._may_act(message.chat)
        return press(self.network, self.user, data, message)

    def sends_photo(self, content: bytes, caption: str = "", to: Chat | None = None, **place: Any) -> Message:
        """Send a photo; `place` takes reply_to and thread, as `says` does."""
        stored = self.network.files.keep("photo", Upload("photo.jpg", content, "image/jpeg"))
        return self._sends_file(stored, caption, to, **place)

    def sends_document(
        self,
        content: bytes,
        file_name: str = "document.pdf",
        mime_type: str = "application/pdf",
        caption: str = "",
        to: Chat | None = None,
        **place: Any,
    ) -> Message:
        """Send a file."""
        stored = self.network.files.keep("document", Upload(file_name, content, mime_type))
        return self._sends_file(stored, caption, to, **place)

    def sends_voice(self, to: Chat | None = None, seconds: int = 3, **place: Any) -> Message:
        """Send a voice message."""
        stored = self.network.files.keep("voice", Upload("voice.ogg", b"OggS", "audio/ogg"))
        voice = stored.json | {"duration": seconds, "mime_type": "audio/ogg"}
        return self._sends({"voice": voice}, to, **place)

    def sends_sticker(self, to: Chat | None = None, emoji: str = "👍", **place: Any) -> Message:
        """Send a sticker."""
        stored = self.network.files.keep("sticker", Upload("sticker.webp", b"RIFF", "image/webp"))
        look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._sends({"sticker": stored.json | look | {"emoji": emoji}}, to, **place)

    def sends_location(self, latitude: float, longitude: float, to: Chat | None = None, **place: Any) -> Message:
        """Send a place on the map."""
        return self._sends({"location": {"latitude": latitude, "longitude": longitude}}, to, **place)

    def sends_contact(self, phone: str = "+33612345678", to: Chat | None = None, **place: Any) -> Message:
        """Send their own telephone number."""
        own = {name: self.user[name] for name in ("first_name", "last_name") if name in self.user}
        return self._sends({"contact": {"phone_number": phone, **own, "user_id": self.id}}, to, **place)

    def forwards(self, message: Message, to: Chat | None = None, **place: Any) -> Message:
        """Send a message on."""
        return self._sends(forwarded(message), to, **place)

    def edits(self, message: Message, text: str) -> None:
        """Change their own message's text or caption."""
        if message.sender_id != self.id:
            raise AssertionError(f"{self} can edit only own messages.")
        caption = "text" not in message.fields
        words = typed(text).fields(*(("caption", "caption_entities") if caption else ()))
        media = copied(message) if caption else {}
        kept = {name: value for name, value in media.items() if not name.startswith("caption")}
        edit(self.network, message, kept | words, None)

    def deletes(self, message: Message) -> None:
        """Delete a message; bots are not told."""
        delete(self.network, message)

    def votes(self, message: Message, *options: str) -> None:
        """Choose options of a poll by their texts; none takes the vote back."""
        self._may_act(message.chat)
        vote(self.network, self.user, message, options)

    def reacts(self, message: Message, *emoji: str) -> None:
        """Put reactions on a message in place of those they had; none takes them away."""
        self._may_act(message.chat)
        react(self.network, self.user, message, emoji)

    def blocks(self, bot: Bot | None = None) -> None:
        """Block a bot, which learns of it at once."""
        set_blocked(self.network, self.chat_with(bot), blocked=True)

    def unblocks(self, bot: Bot | None = None) -> None:
        """Let a blocked bot write again."""
        set_blocked(self.network, self.chat_with(bot), blocked=False)

    def deletes_account(self) -> None:
        """Leave Telegram for good."""
        self.account.deactivated = True
        self.network.changed("account", None, account=self.account)

    def creates_group(
        self,
        title: str,
        members: "Iterable[Person]" = (),
        *,
        bot: Bot | None = None,
        supergroup: bool = False,
        forum: bool = False,
    ) -> Chat:
        """Make a group with others, and with a bot if one is named."""
        users = [one.user for one in members] + ([] if bot is None else [bot.user])
        return groups.create(self.network, self.user, title, users, supergroup=supergroup, forum=forum)

    def joins(self, chat: Chat) -> Message:
        """Come into a group."""
        return groups.come(self.network, chat, self.user, self.user)

    def leaves(self, chat: Chat) -> None:
        """Go out of a group."""
        groups.go(self.network, chat, self.user, self.user)

    def adds(self, whom: "Person | Bot", chat: Chat, payload: str = "") -> Message:
        """Add somebody or a bot to a group; with a payload, as a link to the bot does that asks for a group."""
        service = groups.come(self.network, chat, whom.user, self.user)
        if payload and isinstance(whom, Bot):
            self.says(f"/start@{whom.username} {payload}", chat)
        return service

    def removes(self, whom: "Person | Bot", chat: Chat) -> None:
        """Put somebody or a bot out of a group."""
        groups.go(self.network, chat, whom.user, self.user)

    def promotes(self, whom: "Person | Bot", chat: Chat, *rights: str) -> None:
        """Make somebody or a bot administrator, with these rights or with all but appointing others."""
        groups.appoint(self.network, chat, whom.user, self.user, frozenset(rights) or None)

    def demotes(self, whom: "Person | Bot", chat: Chat) -> None:
        """Make an administrator an ordinary member again."""
        groups.dismiss(self.network, chat, whom.user, self.user)

    def restricts(self, whom: "Person | Bot", chat: Chat, *denied: str) -> None:
        """Take permissions such as `can_send_messages` from somebody or a bot."""
        groups.restrict(self.network, chat, whom.user, self.user, frozenset(denied))

    def creates_topic(self, chat: Chat, name: str) -> Topic:
        """Open a topic in a forum; its `id` is the thread to write in."""
        return groups.open_topic(self.network, chat, name, self.user)

    def closes_topic(self, chat: Chat, topic: Topic) -> None:
        """Close a topic for all but those who manage topics."""
        groups.close_topic(self.network, chat, topic, self.user, closed=True)

    def reopens_topic(self, chat: Chat, topic: Topic) -> None:
        """Open a closed topic again."""
        groups.close_topic(self.network, chat, topic, self.user, closed=False)

    def migrates(self, chat: Chat, *, forum: bool = False) -> Chat:
        """Turn a group into a supergroup; the answer is the new chat, whose messages count from 1."""
        return groups.upgrade(self.network, chat, self.user, forum=forum)

    def deletes_topic(self, chat: Chat, topic: Topic) -> None:
        """Delete a topic with all that stands in it; bots are not told."""
        groups.delete_topic(self.network, chat, topic)

    def inline_query(self, text: str, bot: Bot | None = None, offset: str = "") -> InlineQuestion:
        """Type text after @bot in any chat; with an offset, go on where earlier results end."""
        return ask_inline(self.network, self.user, text, bot or self.network.only_bot(), offset)

    def shares(self, title: str, found: InlineQuestion, to: Chat) -> Message:
        """Choose one of the results that a bot offered: it becomes a message of theirs in a chat."""
        for result in found.results or ():
            if result["title"] == title:
                return self._sends({**result["message"], "via_bot": found.query.bot.user}, to)
        raise AssertionError(f"No “{title}” is offered; there are: {[one['title'] for one in found.results or ()]}.")

    def follows(self, tap: Tap) -> Message:
        """Press Start in the chat with the bot that the answer to a tap has opened."""
        link = DEEP_LINK.fullmatch(tap.opens)
        if link is None:
            raise AssertionError(f"That tap opened no chat with a bot; its answer: {tap.answered}.")
        return self.opens_link(self.network.bot_named(link["username"]), link["payload"])

    def _latest_with(self, label: str, chat: Chat) -> Message:
        seen: list[list[str]] = []
        for message in chat.latest():
            if any(label in row for row in message.buttons):
                return message
            seen += message.buttons
        raise AssertionError(f"No button “{label}” in this chat; visible: {seen or 'none'}.")

    def _sends_file(self, stored: StoredFile, caption: str, to: Chat | None, **place: Any) -> Message:
        words = typed(caption)
        if len(words.text) > CAPTION_MAX:
            raise AssertionError(f"Nobody can send a caption of {len(words.text)} characters.")
        return self._sends(file_fields(stored) | words.fields("caption", "caption_entities"), to, **place)

    def _sends(
        self,
        content: dict[str, Any],
        to: Chat | None,
        reply_to: Message | None = None,
        thread: int | None = None,
        *,
        anonymously: bool = False,
    ) -> Message:
        chat = to or (reply_to.chat if reply_to else self.chat_with())
        self._may_act(chat)
        chat.started = True
        if thread is None and reply_to is not None:
            thread = reply_to.thread
        if thread is not None and thread not in chat.topics:
            raise AssertionError(f"There is no topic {thread} in “{chat.title}”.")
        if not anonymously:
            return post(self.network, chat, self.user, content, thread=thread, reply_to=reply_to)
        if not chat.member(self.user).administers:
            raise AssertionError(f"{self} is no administrator of “{chat.title}” and can't speak as the group.")
        return post(
            self.network,
            chat,
            GROUP_ANONYMOUS_BOT,
            content,
            thread=thread,
            reply_to=reply_to,
            sender_chat=chat.fields,
        )

    def _may_act(self, chat: Chat) -> None:
        if self.account.deactivated:
            raise AssertionError(f"{self} has left Telegram.")
        if chat.blocked:
            raise AssertionError(f"{self} has blocked this bot: first unblocks or opens_link.")
        if not chat.member(self.user).present or (chat.private and chat.id != self.id):
            raise AssertionError(f"{self} is not in “{chat.title or chat.id}”.")
