"""What people at the page do: each act that the browser may ask for, carried out as that person."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.accounts import Bot
from simulator.chats import Button, Chat, Message
from simulator.images import image_size
from simulator.network import Network
from simulator.page.seats import Room, Seat, chat_key, rooms_of
from simulator.parameters import Upload

LINK_TO_BOT = re.compile(
    r"(?i)https?://(?:t|telegram)\.me/(?P<username>\w+)/?(?:\?start(?:=(?P<payload>[A-Za-z0-9_-]{0,64}))?)?"
)
PHOTO_KINDS = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


class Impossible(Exception):  # noqa: N818 - an answer that the page shows, not an error of this program
    """An act that can't be done; the sentence is shown to the person."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One act as the browser asks for it: where, by whom, with what."""

    network: Network
    room: Room
    given: Mapping[str, Any]
    upload: Upload | None = None

    @property
    def chat(self) -> Chat:
        """The chat it happens in."""
        return self.room.chat

    @property
    def place(self) -> dict[str, Any]:
        """The topic and the answered message, as `Person.says` takes them."""
        answered = self.given.get("reply_to")
        thread = self.given.get("thread")
        return {
            "thread": thread if isinstance(thread, int) else None,
            "reply_to": None if answered is None else self.message("reply_to"),
        }

    def text(self, name: str) -> str:
        """A text of the request, "" where it is missing."""
        value = self.given.get(name)
        return value if isinstance(value, str) else ""

    def message(self, name: str = "message") -> Message:
        """A message of the chat by its number."""
        number = self.given.get(name)
        message = self.chat.kept.get(number) if isinstance(number, int) else None
        if message is None:
            raise Impossible("Ce message n’est plus là.")
        return message


def say(asked: Asked) -> dict[str, Any]:
    """Send a text."""
    asked.room.seat.person.says(asked.text("text"), asked.chat, **asked.place)
    return {}


def attach(asked: Asked) -> dict[str, Any]:
    """Send a file, as a photo where that is wished."""
    upload, person, caption = asked.upload, asked.room.seat.person, asked.text("caption")
    if upload is None or not upload.content:
        raise Impossible("Ce fichier est vide.")
    if asked.given.get("photo") is not True:
        mime_type = upload.mime_type or "application/octet-stream"
        person.sends_document(upload.content, upload.name, mime_type, caption, asked.chat, **asked.place)
    elif upload.mime_type in PHOTO_KINDS and image_size(upload.content) is not None:
        person.sends_photo(upload.content, caption, asked.chat, **asked.place)
    else:
        raise Impossible("Ce fichier n’est pas une image. Envoyez-le comme document.")
    return {}


def share_contact(asked: Asked) -> dict[str, Any]:
    """Send one’s own telephone number, as a key of a keyboard asks for it."""
    asked.room.seat.person.sends_contact(to=asked.chat)
    return {}


def tap(asked: Asked) -> dict[str, Any]:
    """Tap the button at this row and place in the row; the answer names the query, or the chat to open."""
    message = asked.message()
    try:
        button = message.rows[asked.given["row"]][asked.given["place"]]
    except (KeyError, IndexError, TypeError):
        raise Impossible("Ce bouton n’est plus là.") from None
    if button.label != asked.text("label"):
        raise Impossible("Ce bouton vient de changer. Regardez-le à nouveau.")
    return _tapped(asked, message, button)


def follow_link(asked: Asked) -> dict[str, Any]:
    """Open a link to a bot: its chat, and Start where the link says so."""
    return _opened(asked, asked.text("url"))


def start(asked: Asked) -> dict[str, Any]:
    """Press Start in the chat with a bot."""
    asked.room.seat.person.opens_link(_bot(asked))
    return {}


def block(asked: Asked) -> dict[str, Any]:
    """Block the bot of the chat."""
    asked.room.seat.person.blocks(_bot(asked))
    return {}


def unblock(asked: Asked) -> dict[str, Any]:
    """Let the bot of the chat write again."""
    asked.room.seat.person.unblocks(_bot(asked))
    return {}


def vote(asked: Asked) -> dict[str, Any]:
    """Choose options of a poll by their places; none takes the vote back."""
    message, chosen = asked.message(), asked.given.get("options")
    options = [str(one["text"]) for one in message.fields.get("poll", {}).get("options", ())]
    if not isinstance(chosen, list) or any(
        not isinstance(one, int) or one not in range(len(options)) for one in chosen
    ):
        raise Impossible("Ce sondage vient de changer. Regardez-le à nouveau.")
    asked.room.seat.person.votes(message, *(options[one] for one in chosen))
    return {}


def edit(asked: Asked) -> dict[str, Any]:
    """Change the text of one’s own message."""
    asked.room.seat.person.edits(asked.message(), asked.text("text"))
    return {}


def delete(asked: Asked) -> dict[str, Any]:
    """Delete one’s own message."""
    message = asked.message()
    if message.sender_id != asked.room.seat.id:
        raise Impossible("On ne supprime que ses propres messages.")
    asked.room.seat.person.deletes(message)
    return {}


ACTS: dict[str, Callable[[Asked], dict[str, Any]]] = {
    "say": say,
    "attach": attach,
    "share_contact": share_contact,
    "tap": tap,
    "follow_link": follow_link,
    "start": start,
    "block": block,
    "unblock": unblock,
    "vote": vote,
    "edit": edit,
    "delete": delete,
}
# What the page says where the simulator's own sentence, in English, tells why a person can't do something.
IMPOSSIBLE = {
    "say": "Ce message ne peut pas être envoyé ici.",
    "attach": "Ce fichier ne peut pas être envoyé ici.",
    "tap": "Ce bouton ne peut plus être touché.",
    "vote": "Ce vote n’est pas possible : le sondage est clos, ou la réponse ne peut plus changer.",
    "edit": "Ce message ne peut pas être changé.",
}


def done(asked: Asked, act: str) -> dict[str, Any]:
    """Carry an act out; raises Impossible with the sentence for the page."""
    try:
        return ACTS[act](asked)
    except AssertionError as refused:
        raise Impossible(IMPOSSIBLE.get(act, "Ce n’est pas possible ici.")) from refused


def room_named(network: Network, seats: tuple[Seat, ...], given: Mapping[str, Any]) -> Room:
    """The room that a request means; raises Impossible where nobody at the page sees it."""
    for seat in seats:
        if seat.id == given.get("seat"):
            for room in rooms_of(network, seat):
                if chat_key(room.chat) == given.get("chat"):
                    return room
    raise Impossible("Cette discussion n’est plus là.")


def _bot(asked: Asked) -> Bot:
    if asked.chat.bot is None:
        raise Impossible("Cela n’est possible que dans une discussion avec un bot.")
    return asked.chat.bot


def _tapped(asked: Asked, message: Message, button: Button) -> dict[str, Any]:
    if button.data is not None:
        return {"query": asked.room.seat.person.taps_data(button.data, message).id}
    if button.url is not None:
        return _opened(asked, button.url)
    raise Impossible("Cette page n’ouvre pas ce genre de bouton.")


def _opened(asked: Asked, url: str) -> dict[str, Any]:
    link = LINK_TO_BOT.fullmatch(url)
    bot = asked.network.bot_named(link["username"]) if link else None
    if link is None or bot is None:
        raise Impossible("Ce lien mène hors de cette page.")
    person = asked.room.seat.person
    if "?" in url:
        person.opens_link(bot, link["payload"] or "")
    return {"open": chat_key(person.chat_with(bot))}
