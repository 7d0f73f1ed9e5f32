"""Odd messages: in private each gets a sensible answer, in groups silence.

What is made for groups stands in the modules test_group_*.py.
"""

from collections.abc import Callable
from typing import Any

import pytest

from handlers.router import CANCEL, ROUTES
from simulator.chats import Chat, Message
from simulator.people import Person
from simulator.posting import post
from tests.world import World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

Sends = Callable[[Person, Chat], object]

USELESS = "Je n’attends pas cela ici. Le menu montre ce que vous pouvez faire."
NOT_UNDERSTOOD = "Je n’ai pas compris. Cherchez-vous l’une de ces pages ?"
WELCOME = "Bonjour ! Je suis Jalon, l’assistant de Brest métropole."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
STORED = {"file_id": "BAADBAADrwADBREAAYag", "file_unique_id": "AgADrwADBREAAYag", "file_size": 900}
PICTURE = STORED | {"width": 320, "height": 240}
FILM = PICTURE | {"duration": 3}


def _other(**content: Any) -> Sends:
    """Send a kind of message for which the simulated person has no word of their own."""
    return lambda person, chat: person._sends(content, chat)


ODD: dict[str, tuple[Sends, str]] = {
    "sticker": (
        lambda person, chat: person.sends_sticker(chat),
        "Je ne lis que le texte, pas les autocollants. Le menu montre ce que vous pouvez faire.",
    ),
    "voice": (
        lambda person, chat: person.sends_voice(chat),
        "Je ne peux pas écouter les messages vocaux. Écrivez-moi ou choisissez dans le menu.",
    ),
    "audio": (
        _other(audio=STORED | {"duration": 3}),
        "Je ne peux pas écouter les messages vocaux. Écrivez-moi ou choisissez dans le menu.",
    ),
    "video note": (
        _other(video_note=STORED | {"length": 240, "duration": 3}),
        "Je ne peux pas écouter les messages vocaux. Écrivez-moi ou choisissez dans le menu.",
    ),
    "photo": (lambda person, chat: person.sends_photo(b"\x89PNG", "Regardez !", chat), USELESS),
    "document": (lambda person, chat: person.sends_document(b"%PDF", to=chat), USELESS),
    "location": (lambda person, chat: person.sends_location(48.39, -4.49, chat), USELESS),
    "contact": (lambda person, chat: person.sends_contact(to=chat), USELESS),
    "video": (_other(video=FILM), USELESS),
    "animation": (_other(animation=FILM, document=STORED), USELESS),
    "dice": (_other(dice={"emoji": "🎲", "value": 4}), USELESS),
    "venue": (
        _other(
            venue={"location": {"latitude": 48.39, "longitude": -4.49}, "title": "Mairie", "address": "Brest"},
            location={"latitude": 48.39, "longitude": -4.49},
        ),
        USELESS,
    ),
    "unknown command": (
        lambda person, chat: person.says("/inconnue", chat),
        "Je ne connais pas la commande /inconnue. Le menu montre ce que vous pouvez faire.",
    ),
    "command in capitals": (
        lambda person, chat: person.says("/MENU", chat),
        "Menu · Coalitions d’acteurs",
    ),
    "a slash alone": (
        lambda person, chat: person.says("/", chat),
        NOT_UNDERSTOOD,
    ),
    "unknown text": (lambda person, chat: person.says("Bonjour à vous", chat), NOT_UNDERSTOOD),
    "one sign": (lambda person, chat: person.says(".", chat), NOT_UNDERSTOOD),
    "a text that looks empty": (lambda person, chat: person.says("\N{HANGUL FILLER}", chat), NOT_UNDERSTOOD),
    "a text that shows nothing": (lambda person, chat: person.says("\N{ZERO WIDTH SPACE}", chat), NOT_UNDERSTOOD),
    "emoji only": (lambda person, chat: person.says("👩🏽‍🤝‍👨🏿🏳️‍🌈", chat), NOT_UNDERSTOOD),
    "the longest text": (lambda person, chat: person.says("<&" * 2048, chat), NOT_UNDERSTOOD),
    "the longest word": (lambda person, chat: person.says("a" * 4096, chat), NOT_UNDERSTOOD),
}


@pytest.mark.parametrize("kind", ODD)
async def test_odd_message_in_private_is_answered_in_a_sentence(world: World, kind: str) -> None:
    lea, (sends, words) = await world.known("Léa"), ODD[kind]
    before = await world.kept()
    said = len(lea.chat_with().messages)

    sends(lea, lea.chat_with())
    await world.settle()

    assert (world.reads(lea).splitlines()[0], len(lea.chat_with().messages)) == (words, said + 2)
    assert world.buttons(lea)[-1][-1] in {"Menu", "Aide"}
    assert await world.kept() == before


async def test_every_odd_message_of_who_is_not_known_gets_the_welcome(world: World) -> None:
    lea = world.stranger("Léa")
    before = await world.kept()
    for kind, (sends, _words) in ODD.items():
        sends(lea, lea.chat_with())
        await world.settle()
        assert world.reads(lea).splitlines()[0] == WELCOME, kind
    assert await world.kept() == before


async def test_odd_messages_leave_an_open_question_open(world: World) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "/proposer")
    texts = {"unknown text", "one sign", "a slash alone", "emoji only"}
    unread = [sends for kind, (sends, _words) in ODD.items() if kind not in texts and "command" not in kind]
    for sends in unread:
        sends(lea, lea.chat_with())
        await world.settle()
        assert "Quel besoin constatez-vous ?\n1 sur 5" in world.reads(lea)
    assert await world.says(lea, "/inconnue") == ODD["unknown command"][1]
    await world.says(lea, "Moins de voitures")
    assert world.reads(lea).splitlines()[:2] == ["Quel nom conviendrait à la coalition ?", "2 sur 5"]


async def test_unknown_command_is_named_where_it_can_be_one(world: World) -> None:
    lea = await world.known("Léa")
    for command in ("/a@jalon_test_bot", "/inconnue et des mots", "/inconnue\n<b>", "/" + "x" * 32):
        assert (await world.says(lea, command)).startswith("Je ne connais pas la commande /")
    for text in ("/" + "x" * 4095, "/" + "<" * 4095, "/é" * 2048, "/\n\n<b>", "/{name}", "//"):
        assert await world.says(lea, text) == NOT_UNDERSTOOD


async def test_command_for_another_bot_is_no_command(world: World) -> None:
    lea = await world.known("Léa")
    assert await world.says(lea, "/menu@another_bot") == NOT_UNDERSTOOD


async def test_edited_message_is_answered_once(world: World) -> None:
    lea = await world.known("Léa")
    written = lea.says("Bonjour")
    await world.settle()
    lea.edits(written, "Bonsoir")
    await world.settle()
    assert world.reads(lea) == "Je ne lis pas les messages modifiés. Envoyez votre texte dans un nouveau message."


async def test_edited_command_does_nothing(world: World) -> None:
    lea = await world.known("Léa")
    written = lea.says("Bonjour")
    await world.settle()
    before = await world.kept()
    lea.edits(written, "/proposer")
    await world.settle()
    assert world.reads(lea).startswith("Je ne lis pas les messages modifiés.")
    assert await world.kept() == before


async def test_forwarded_message_is_not_taken_for_what_the_person_says(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    words = sam.says("Je veux rejoindre une coalition")
    await world.settle()
    lea.forwards(words, lea.chat_with())
    await world.settle()
    assert world.reads(lea) == "Je ne lis pas les messages transférés. Que souhaitez-vous faire ?"


async def test_reaction_gets_no_answer(world: World) -> None:
    lea = await world.known("Léa")
    said = len(lea.chat_with().messages)
    lea.reacts(lea.chat_with().last, "👍")
    await world.settle()
    assert len(lea.chat_with().messages) == said


async def test_unknown_text_offers_the_likeliest_buttons(world: World) -> None:
    lea = await world.known("Léa")
    await world.says(lea, "Quand est la prochaine réunion ?")
    assert world.buttons(lea) == [["Mon agenda"], ["Menu"]]
    await world.says(lea, "Je veux QUITTER la coalition et plus de rappels")
    assert world.buttons(lea) == [["Coalitions"], ["Réglages"], ["Menu"]]
    await world.says(lea, "42")
    assert world.buttons(lea) == [["Coalitions"], ["Mon agenda"], ["Menu"]]


async def test_group_hears_nothing_from_the_bot_but_what_is_made_for_groups(world: World) -> None:
    group, people = await _group(world)
    before = await world.kept()
    for person in people:
        for sends, _words in ODD.values():
            sends(person, group)
        for name in sorted({*ROUTES.commands, CANCEL} - set(ROUTES.group_commands)):
            person.says(f"/{name}", group)
            person.says(f"/{name}@jalon_test_bot et des mots", group)
        person.edits(person.says("Bonjour", group), "/menu")
        person.forwards(group.last, group)
        person.reacts(group.last, "👍")
    await world.settle(within=60)
    assert _said_by_the_bot(world, group) == []
    assert await world.kept() == before


async def test_anonymous_admin_hears_nothing_of_what_is_not_made_for_groups(world: World) -> None:
    group, (lea, *_) = await _group(world)
    for words in ("Bonjour", "/menu", "/start", "/proposer@jalon_test_bot", "/annuler"):
        lea.says(words, group, anonymously=True)
    await world.settle()
    assert _said_by_the_bot(world, group) == []


async def test_groups_and_topics_come_and_go_in_silence_once_the_bot_has_greeted(world: World) -> None:
    lea, sam = await world.known("Léa"), world.stranger("Sam")
    group = lea.creates_group("Coalition", [sam])
    lea.adds(world.bot, group, payload="join_abc")
    await world.settle()
    (greeting,) = _said_by_the_bot(world, group)
    lea.promotes(world.bot, group)
    sam.leaves(group)
    sam.joins(group)
    after = lea.migrates(group, forum=True)
    topic = lea.creates_topic(after, "Rencontres")
    lea.says("/menu", after, thread=topic.id)
    lea.closes_topic(after, topic)
    lea.demotes(world.bot, after)
    lea.removes(world.bot, after)
    await world.settle()
    assert [_said_by_the_bot(world, chat) for chat in (group, after)] == [[greeting], []]


async def test_taps_of_private_buttons_in_a_group_are_refused_on_the_button(world: World) -> None:
    group, people = await _group(world)
    menu = {"inline_keyboard": [[{"text": "Menu", "callback_data": "menu"}]]}
    message = post(world.telegram, group, world.bot.user, {"text": "Menu", "reply_markup": menu})
    before = await world.kept()
    data = ("menu", "agree", "join:1", "propose", "plan:1", "pause.set:7", "f:1:1:cancel", "x", "🦊" * 16)

    queries = [person.taps_data(one, message) for person in people for one in data]
    await world.settle(within=60)

    assert {plain_spaces((query.answered or {}).get("text", "")) for query in queries} == {NOT_THERE}
    assert await world.kept() == before
    assert _said_by_the_bot(world, group) == [message]


async def test_question_open_in_private_is_not_answered_in_a_group(world: World) -> None:
    group, (lea, *_) = await _group(world)
    await world.says(lea, "/proposer")
    before = await world.kept()
    lea.says("Moins de voitures", group)
    lea.sends_sticker(group)
    await world.settle()
    assert (await world.kept() == before, _said_by_the_bot(world, group)) == (True, [])


async def test_who_blocked_the_bot_and_comes_back_is_heard_again(world: World) -> None:
    lea = await world.known("Léa")
    lea.blocks()
    await world.settle()
    assert [row["reachable"] for row in (await world.kept())["people"]] == [False]
    lea.unblocks()
    await world.settle()
    assert await world.says(lea, "42") == NOT_UNDERSTOOD
    assert [row["reachable"] for row in (await world.kept())["people"]] == [True]


async def _group(world: World) -> tuple[Chat, list[Person]]:
    """Make a group in which the bot hears everything, with somebody known and somebody who is not."""
    lea, sam = await world.known("Léa"), world.stranger("Sam")
    world.bot.sees_all = True
    group = lea.creates_group("Coalition", [sam], bot=world.bot, supergroup=True)
    await world.settle()
    lea.deletes(group.last)  # what the bot says when it comes
    return group, [lea, sam]


def _said_by_the_bot(world: World, chat: Chat) -> list[Message]:
    return [message for message in chat.messages if message.sender_id == world.bot.id]
