from collections.abc import Callable
from typing import Any

import pytest
from telegram import Update

from bot.bridge import ANONYMOUS_ADMIN, WANTED_UPDATES, Bridge, Heard, heard_in
from handlers.chat import Chat
from handlers.said import (
    Command,
    Contact,
    Edited,
    Inline,
    Moved,
    Presence,
    Reachable,
    Said,
    Tap,
    Unread,
    Upload,
    Words,
)
from handlers.turn import Sender
from simulator.accounts import Bot
from simulator.network import Network
from simulator.people import Person
from simulator.posting import post
from simulator.telegram import Telegram
from simulator.texts import typed


class Stage:
    """A Telegram on which Léa does things; what the bot gets of it is put into our words."""

    def __init__(self) -> None:
        self.telegram = Telegram()
        self.bot: Bot = self.telegram.new_bot("123456:AAH", username="jalon_bot", first_name="Jalon", sees_all=True)
        self.bot.updates.allow(list(WANTED_UPDATES))
        self.lea: Person = self.telegram.new_person("Léa", last_name="Le Gall", username="lea")
        self.lea.says("/start")
        self.bot.updates.drop()
        self.private = Chat(self.lea.id, private=True)
        self.sender = Sender(self.lea.id, "Léa", "Le Gall", "fr")

    def heard(self, username: str = "jalon_bot") -> list[Heard | None]:
        """All that arrived since the last time, as the bridge hears it."""
        updates = [Update.de_json(pending.json, None) for pending in self.bot.updates.pending]
        self.bot.updates.drop()
        return [heard_in(update, username) for update in updates]

    def said(self) -> list[Said | None]:
        return [None if heard is None else heard.said for heard in self.heard()]

    def presences(self) -> list[Said]:
        """What was heard of the bot's place in groups, service messages apart."""
        return [said for said in self.said() if said is not None]

    def sends(self, **content: Any) -> None:
        """Send what people have no verb for."""
        post(self.telegram, self.lea.chat_with(), self.lea.user, content)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def bot_says(network: Network, chat: Any, *buttons: tuple[str, str]) -> Any:
    keyboard = [[{"text": label, "callback_data": data}] for label, data in buttons]
    content = typed("Quand ?").fields() | {"reply_markup": {"inline_keyboard": keyboard}}
    return post(network, chat, network.only_bot().user, content)


def test_words_are_heard_with_who_says_them_and_where(stage: Stage) -> None:
    message = stage.lea.says("Un atelier au Technopôle")

    assert stage.heard() == [
        Heard(stage.private, stage.sender, Words("Un atelier au Technopôle"), message_id=message.id)
    ]


def test_a_reply_to_the_bot_is_heard_with_the_message_it_answers(stage: Stage) -> None:
    sam = stage.telegram.new_person("Sam")
    forum = stage.lea.creates_group("Plan Climat", [sam], bot=stage.bot, forum=True)
    topic = stage.lea.creates_topic(forum, "Mobilité")
    asked = post(stage.telegram, forum, stage.bot.user, typed("Quand ?").fields(), thread=topic.id)
    stage.bot.updates.drop()
    stage.lea.says("Mardi", forum, thread=topic.id, reply_to=asked)
    said = sam.says("Mercredi", forum, thread=topic.id)
    stage.lea.says("Jeudi", forum, thread=topic.id, reply_to=said)

    assert [heard and heard.replies_to for heard in stage.heard()] == [asked.id, None, None]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/menu", Command("menu")),
        ("/START join_ab12", Command("start", "join_ab12")),
        ("/start@jalon_bot join_ab12", Command("start", "join_ab12")),
        ("/proposer@JALON_BOT", Command("proposer")),
        ("/action Une   haie\nde 200 m", Command("action", "Une   haie\nde 200 m")),
        ("/action\nUne haie de 200 m", Command("action", "Une haie de 200 m")),
    ],
)
def test_a_command_is_heard_with_its_words(stage: Stage, text: str, command: Command) -> None:
    stage.lea.says(text)

    assert stage.said() == [command]


@pytest.mark.parametrize("text", ["/", "//", "/éco-quartier au Ponant", "/" + "x" * 33, "de /start à la fin"])
def test_what_telegram_takes_for_no_command_is_words(stage: Stage, text: str) -> None:
    stage.lea.says(text)

    [said] = stage.said()
    assert isinstance(said, Words)
    assert (said.text, said.forwarded) == (text, False)


def test_a_command_for_another_bot_is_no_command_of_ours(stage: Stage) -> None:
    group = stage.lea.creates_group("Mobilité", bot=stage.bot)
    stage.bot.updates.drop()
    stage.lea.says("/menu@other_bot", group)

    marked = {"type": "bot_command", "offset": 0, "length": 15}
    assert stage.said() == [Words("/menu@other_bot", entities=(marked,))]


def test_what_marks_up_a_text_or_a_caption_is_told_as_telegram_gives_it(stage: Stage) -> None:
    stage.lea.says_formatted('🌱 <b>Gras</b>, <a href="https://www.brest.fr/">lien</a>')
    stage.lea.sends_formatted_photo(b"\xff\xd8\xff", "<i>Plan</i>")

    text, photo = stage.said()
    assert text == Words(
        "🌱 Gras, lien",
        entities=(
            {"type": "bold", "offset": 3, "length": 4},
            {"type": "text_link", "offset": 9, "length": 4, "url": "https://www.brest.fr/"},
        ),
    )
    assert isinstance(photo, Upload)
    assert (photo.caption, photo.entities) == ("Plan", ({"type": "italic", "offset": 0, "length": 4},))


def test_a_text_that_somebody_else_wrote_first_is_told_apart(stage: Stage) -> None:
    sam = stage.telegram.new_person("Sam")
    group = sam.creates_group("Mobilité", [stage.lea], bot=stage.bot)
    written = sam.says("Rendez-vous à 18 h", group)
    stage.bot.updates.drop()
    stage.lea.forwards(written)

    assert stage.said() == [Words("Rendez-vous à 18 h", forwarded=True)]


def test_a_photo_is_heard_by_its_largest_size(stage: Stage) -> None:
    message = stage.lea.sends_photo(b"\x89PNG\r\n\x1a\n", caption="La haie")
    largest = message.fields["photo"][-1]

    assert stage.said() == [Upload("photo", largest["file_id"], size=largest["file_size"], caption="La haie")]


def test_a_document_is_heard_with_its_name_and_kind(stage: Stage) -> None:
    message = stage.lea.sends_document(b"%PDF-1.7", "compte-rendu.pdf", "application/pdf", "Le compte rendu")

    file_id = message.fields["document"]["file_id"]
    assert stage.said() == [
        Upload("document", file_id, "compte-rendu.pdf", "application/pdf", size=8, caption="Le compte rendu")
    ]


def test_a_contact_card_is_heard(stage: Stage) -> None:
    stage.lea.sends_contact("+33612345678")
    stage.sends(contact={"phone_number": "+33298000000", "first_name": "Accueil"})

    assert stage.said() == [Contact("Léa Le Gall", "+33612345678"), Contact("Accueil", "+33298000000")]


def test_what_the_bot_does_not_read_is_named(stage: Stage) -> None:
    file = {"file_id": "a", "file_unique_id": "b"}
    picture = file | {"width": 640, "height": 480, "duration": 3}
    stage.lea.sends_voice()
    stage.sends(audio=file | {"duration": 3})
    stage.sends(video_note=file | {"length": 240, "duration": 3})
    stage.lea.sends_sticker()
    stage.sends(video=picture)
    stage.sends(animation=picture, document=file)
    stage.lea.sends_location(48.39, -4.49)
    place = {"location": {"latitude": 48.39, "longitude": -4.49}, "title": "Les Capucins", "address": "Brest"}
    stage.sends(venue=place, location=place["location"])
    stage.sends(dice={"emoji": "🎲", "value": 3})
    stage.sends(story={"id": 1, "chat": {"id": 7, "type": "private"}})

    assert stage.said() == [
        Unread("voice"), Unread("voice"), Unread("voice"),
        Unread("sticker"),
        Unread("video"), Unread("video"),
        Unread("location"), Unread("location"),
        Unread("other"), Unread("other"),
    ]  # fmt: skip


def test_a_message_that_was_changed_is_told_apart(stage: Stage) -> None:
    text, photo = stage.lea.says("Mardi"), stage.lea.sends_photo(b"\x89PNG\r\n\x1a\n", caption="Avant")
    stage.bot.updates.drop()
    stage.lea.edits(text, "Mercredi")
    stage.lea.edits(photo, "Après")

    assert stage.said() == [Edited("Mercredi"), Edited("Après")]


def test_a_tap_is_heard_with_its_route_its_arguments_and_its_message(stage: Stage) -> None:
    message = bot_says(stage.telegram, stage.lea.chat_with(), ("Oui", "answer:7:0:yes"))
    query = stage.lea.taps("Oui").query
    assert query is not None

    tap = Tap("answer", ("7", "0", "yes"), message.id)
    assert stage.heard() == [Heard(stage.private, stage.sender, tap, query.id)]


@pytest.mark.parametrize(
    ("data", "route", "args"),
    [("menu", "menu", ()), ("a:", "a", ("",)), (":", "", ("",)), ("🎲" * 16, "🎲" * 16, ())],
)
def test_forged_data_is_heard_as_it_came(stage: Stage, data: str, route: str, args: tuple[str, ...]) -> None:
    message = bot_says(stage.telegram, stage.lea.chat_with(), ("Menu", "menu"))
    stage.lea.taps_data(data, message)

    assert stage.said() == [Tap(route, args, message.id)]


def test_a_tap_on_a_message_that_telegram_has_forgotten_is_heard_in_private(stage: Stage) -> None:
    query = {"id": "9", "from": stage.lea.user, "inline_message_id": "x", "chat_instance": "1", "data": "menu"}
    update = Update.de_json({"update_id": 1, "callback_query": query}, None)

    assert heard_in(update, "jalon_bot") == Heard(stage.private, stage.sender, Tap("menu", (), None), "9")


def test_a_tap_on_a_message_too_old_to_be_shown_keeps_its_place(stage: Stage) -> None:
    old = {"message_id": 3, "date": 0, "chat": {"id": -5, "type": "group", "title": "Mobilité"}}
    query = {"id": "9", "from": stage.lea.user, "message": old, "chat_instance": "1", "data": "menu"}
    update = Update.de_json({"update_id": 1, "callback_query": query}, None)

    assert heard_in(update, "jalon_bot") == Heard(Chat(-5, private=False), stage.sender, Tap("menu", (), 3), "9")


def test_a_topic_is_heard_and_the_general_one_has_no_number(stage: Stage) -> None:
    forum = stage.lea.creates_group("Plan Climat", bot=stage.bot, forum=True)
    topic = stage.lea.creates_topic(forum, "Mobilité")
    stage.bot.updates.drop()
    stage.lea.says("Ici", forum, thread=topic.id)
    stage.lea.says("Là", forum)

    assert [heard and heard.chat for heard in stage.heard()] == [
        Chat(forum.id, private=False, thread_id=topic.id),
        Chat(forum.id, private=False),
    ]


def test_a_tap_in_a_topic_is_heard_there(stage: Stage) -> None:
    forum = stage.lea.creates_group("Plan Climat", bot=stage.bot, forum=True)
    topic = stage.lea.creates_topic(forum, "Mobilité")
    keyboard = {"inline_keyboard": [[{"text": "Oui", "callback_data": "yes"}]]}
    content = typed("Quand ?").fields() | {"reply_markup": keyboard}
    message = post(stage.telegram, forum, stage.bot.user, content, thread=topic.id)
    stage.bot.updates.drop()
    stage.lea.taps_data("yes", message)

    assert [heard and (heard.chat, heard.said) for heard in stage.heard()] == [
        (Chat(forum.id, private=False, thread_id=topic.id), Tap("yes", (), message.id))
    ]


def test_an_anonymous_admin_is_told_apart(stage: Stage) -> None:
    group = stage.lea.creates_group("Mobilité", bot=stage.bot, supergroup=True)
    stage.bot.updates.drop()
    message = stage.lea.says("/menu", group, anonymously=True)

    nobody = Sender(ANONYMOUS_ADMIN, "Group", anonymous=True)
    assert stage.heard() == [Heard(Chat(group.id, private=False), nobody, Command("menu"), message_id=message.id)]


def happens_in_a_group(stage: Stage) -> None:
    sam = stage.telegram.new_person("Sam")
    group = stage.lea.creates_group("Mobilité", bot=stage.bot)
    stage.bot.updates.drop()
    sam.joins(group)
    stage.lea.removes(sam, group)
    sam.joins(group)


def happens_in_a_forum(stage: Stage) -> None:
    forum = stage.lea.creates_group("Plan Climat", bot=stage.bot, forum=True)
    stage.bot.updates.drop()
    topic = stage.lea.creates_topic(forum, "Mobilité")
    stage.lea.closes_topic(forum, topic)
    stage.lea.reopens_topic(forum, topic)


@pytest.mark.parametrize("happens", [happens_in_a_group, happens_in_a_forum])
def test_in_service_messages_nobody_says_anything(stage: Stage, happens: Callable[[Stage], None]) -> None:
    happens(stage)

    heard = stage.heard()
    assert (len(heard) >= 3, set(heard)) == (True, {None})


def test_a_group_that_becomes_a_supergroup_is_heard_in_both_places(stage: Stage) -> None:
    group = stage.lea.creates_group("Mobilité", bot=stage.bot)
    stage.bot.updates.drop()
    after = stage.lea.migrates(group)

    moved = Moved(group.id, after.id)
    assert [heard for heard in stage.heard() if heard is not None] == [
        Heard(Chat(group.id, private=False), stage.sender, moved),
        Heard(Chat(after.id, private=False), stage.sender, moved),
    ]


def test_a_group_that_moves_is_heard_also_where_telegram_names_nobody() -> None:
    service = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": -5, "type": "group", "title": "G"},
        "migrate_to_chat_id": -100,
    }
    update = Update.de_json({"update_id": 1, "message": service}, None)

    assert heard_in(update, "jalon_bot") == Heard(Chat(-5, private=False), Sender(-5, ""), Moved(-5, -100))


def test_whoever_blocks_the_bot_and_takes_it_back_is_heard(stage: Stage) -> None:
    stage.lea.blocks()
    stage.lea.unblocks()

    assert stage.heard() == [
        Heard(stage.private, stage.sender, Reachable(now=False)),
        Heard(stage.private, stage.sender, Reachable(now=True)),
    ]


def test_what_the_bot_may_do_in_a_group_is_heard(stage: Stage) -> None:
    group = stage.lea.creates_group("Mobilité", bot=stage.bot)
    stage.lea.promotes(stage.bot, group)
    stage.lea.promotes(stage.bot, group, "can_delete_messages")
    stage.lea.restricts(stage.bot, group, "can_send_messages")
    stage.lea.restricts(stage.bot, group, "can_send_polls")
    stage.lea.removes(stage.bot, group)

    assert stage.presences() == [
        Presence("Mobilité", present=True, may_write=True, may_pin=False),
        Presence("Mobilité", present=True, may_write=True, may_pin=True),
        Presence("Mobilité", present=True, may_write=True, may_pin=False),
        Presence("Mobilité", present=True, may_write=False, may_pin=False),
        Presence("Mobilité", present=True, may_write=True, may_pin=False),
        Presence("Mobilité", present=False, may_write=False, may_pin=False),
    ]


def test_the_bots_place_in_a_channel_is_nothing_to_us(stage: Stage) -> None:
    channel = {"id": -100_7, "type": "channel", "title": "Climat"}
    member = {"user": stage.bot.user, "status": "member"}
    change = {"chat": channel, "from": stage.lea.user, "date": 0, "old_chat_member": member, "new_chat_member": member}
    update = Update.de_json({"update_id": 1, "my_chat_member": change}, None)

    assert heard_in(update, "jalon_bot") is None


@pytest.mark.parametrize(("offset", "place"), [("", 0), ("20", 20), ("-3", 0), ("²", 0)])
def test_words_behind_the_bots_name_are_heard_in_private(stage: Stage, offset: str, place: int) -> None:
    query = {"id": "9", "from": stage.lea.user, "query": "éclairage", "offset": offset}
    update = Update.de_json({"update_id": 1, "inline_query": query}, None)

    assert heard_in(update, "jalon_bot") == Heard(stage.private, stage.sender, Inline("éclairage", place), "9")


def test_a_post_of_a_channel_is_of_nobody() -> None:
    channel = {"id": -100_7, "type": "channel", "title": "Climat"}
    content = {"message_id": 1, "date": 0, "chat": channel, "text": "Bonjour"}
    updates = [
        Update.de_json({"update_id": 1, kind: content}, None) for kind in ("channel_post", "message", "edited_message")
    ]

    assert [heard_in(update, "jalon_bot") for update in updates] == [None, None, None]


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        (Words("Un atelier"), ("Un atelier", "Léa Le Gall")),
        (Edited("Un atelier"), ("Un atelier", "Léa Le Gall")),
        (Command("action", "Une haie"), ("Une haie", "Léa Le Gall")),
        (Upload("photo", "a", name="haie.jpg", caption="La haie"), ("La haie", "haie.jpg", "Léa Le Gall")),
        (Contact("Sam", "+336"), ("Sam", "+336", "Léa Le Gall")),
        (Inline("éclairage"), ("éclairage", "Léa Le Gall")),
        (Presence("Mobilité", present=True, may_write=True, may_pin=True), ("Mobilité", "Léa Le Gall")),
        (Tap("menu", (), 1), ("Léa Le Gall",)),
        (Unread("voice"), ("Léa Le Gall",)),
        (Reachable(now=True), ("Léa Le Gall",)),
    ],
)
def test_what_no_log_may_show_is_told(stage: Stage, said: Said, texts: tuple[str, ...]) -> None:
    assert Heard(stage.private, stage.sender, said).texts == texts


async def test_the_bridge_claims_every_update_and_hands_it_over_by_its_number(stage: Stage) -> None:
    turns: list[tuple[int, Heard | None]] = []

    async def run_turn(update_id: int, heard: Heard | None) -> None:
        turns.append((update_id, heard))

    bridge = Bridge(run_turn, "jalon_bot")
    message = stage.lea.says("/menu")
    stage.lea.creates_group("Mobilité")
    poll = {"poll_id": "1", "user": stage.lea.user, "option_ids": [0], "option_persistent_ids": ["a"]}
    updates = [
        Update.de_json(stage.bot.updates.pending[0].json, None),
        Update.de_json({"update_id": 8, "poll_answer": poll}, None),
    ]
    assert [bridge.check_update(update) for update in [*updates, "a signal"]] == [True, True, False]

    for update in updates:
        await bridge.handle_update(update, None, None, None)  # type: ignore[arg-type]  # the bridge uses neither

    assert turns == [
        (updates[0].update_id, Heard(stage.private, stage.sender, Command("menu"), message_id=message.id)),
        (8, None),
    ]


def test_the_bot_asks_for_no_more_than_it_hears() -> None:
    assert WANTED_UPDATES == ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")
