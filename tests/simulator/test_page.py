"""The page as the browser asks it: what it is given, what it may do, what is refused."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp
import pytest

from simulator.accounts import Bot
from simulator.page import Leap, Page, Seat
from simulator.page.commands import commands_for
from simulator.page.live import WAITING_MAX, Watcher
from simulator.page.seats import chat_key, rooms_of
from simulator.people import Person
from simulator.server import running
from simulator.telegram import Telegram
from tests.simulator.conftest import PIXEL, Api, Hands

FIRST: Final = {"key": "hour"}


class Browser:
    """What a browser does, without one."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self.session = session
        self.address = address

    async def acts(self, act: str, person: Person, chat: str | None = None, **given: Any) -> tuple[int, Any]:
        """Ask for an act in somebody's chat, with the bot unless another is named."""
        asked = {"seat": person.id, "chat": chat or chat_key(person.chat_with()), **given}
        return await self.posts(f"acts/{act}", json=asked)

    async def posts(self, path: str, origin: str | None = None, **body: Any) -> tuple[int, Any]:
        headers = {"Origin": origin or self.address}
        async with self.session.post(f"{self.address}/page/{path}", headers=headers, **body) as response:
            told = await response.read()
            return response.status, json.loads(told) if response.content_type == "application/json" else told.decode()

    @asynccontextmanager
    async def watches(self) -> AsyncIterator["Watching"]:
        """Watch what happens; the first that is told is the picture of everything."""
        async with self.session.get(f"{self.address}/page/live") as response:
            yield Watching(response)


class Watching:
    """What a watching browser is told, one by one."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self, kind: str) -> dict[str, Any]:
        """The next change of this kind."""
        async with asyncio.timeout(5):
            while True:
                line = (await self.response.content.readline()).decode()
                assert line, "The line was cut."
                if line.startswith("data: "):
                    told: dict[str, Any] = json.loads(line.removeprefix("data: "))
                    if told["kind"] == kind:
                        return told


@pytest.fixture
def page(telegram: Telegram, lea: Person, sam: Person, clock: Hands) -> Page:
    async def leap(key: str) -> str:
        clock.pass_by(**{f"{key}s": 1})
        return f"Avancé : {key}."

    return Page(telegram, "Démonstration", [Seat(lea, "membre"), Seat(sam, "")], [Leap("hour", "Une heure")], leap)


@pytest.fixture
async def address(telegram: Telegram, page: Page) -> AsyncIterator[str]:
    async with running(telegram, page=page) as address:
        yield address


@pytest.fixture
async def browser(address: str) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as session:
        yield Browser(session, address)


async def test_the_page_and_its_parts_protect_themselves(browser: Browser) -> None:
    for path, kind in {
        "/": "text/html",
        "/page/static/main.js": "javascript",
        "/page/static/layout.css": "css",
    }.items():
        async with browser.session.get(browser.address + path) as response:
            assert (response.status, kind in response.content_type) == (200, True)
            policy = response.headers["Content-Security-Policy"]
            assert (policy.split("; ")[:3]) == ["default-src 'none'", "script-src 'self'", "style-src 'self'"]
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_other_pages_can_neither_act_nor_read(browser: Browser, lea: Person) -> None:
    asked = {"seat": lea.id, "chat": chat_key(lea.chat_with()), "text": "Piraté"}
    port = browser.address.rsplit(":", 1)[1]
    for origin in ("https://elsewhere.example", "null", f"http://localhost:{port}"):
        assert (await browser.posts("acts/say", origin, json=asked))[0] == 403
    url = f"{browser.address}/page/acts/say"
    async with browser.session.post(url, json=asked) as response:
        assert response.status == 403
    # A name of another site that leads to this machine.
    for path in ("/", "/page/live"):
        headers = {"Host": f"elsewhere.example:{port}"}
        async with browser.session.get(browser.address + path, headers=headers) as response:
            assert response.status == 403
    assert [message.text for message in lea.chat_with().messages] == ["/start"]

    assert await browser.posts("acts/say", data=json.dumps(asked), json=None) == (
        409,
        {"sentence": "La page a envoyé une demande illisible\N{NO-BREAK SPACE}: rechargez-la."},
    )


async def test_a_browser_gets_a_picture_and_then_each_change(browser: Browser, api: Api, lea: Person) -> None:
    async with browser.watches() as watching:
        picture = await watching.next("snapshot")
        key = chat_key(lea.chat_with())
        assert [(seat["name"], seat["mark"]) for seat in picture["seats"]] == [("Léa", "membre"), ("Sam", "")]
        assert [message["fields"]["text"] for message in picture["messages"][key]] == ["/start"]
        assert (picture["title"], picture["zone"], picture["now"]) == ("Démonstration", "Europe/Paris", 1795541400)

        await api("sendMessage", chat_id=lea.id, text="Bonjour")
        told = await watching.next("message")
        assert (told["chat"], told["message"]["fields"]["text"]) == (key, "Bonjour")
        assert (await watching.next("call"))["call"]["method"] == "sendMessage"
        await api("setMyCommands", commands=[{"command": "aide", "description": "Aide"}])
        rooms = (await watching.next("places"))["seats"][0]["rooms"]
        assert rooms == [{"chat": key, "commands": [{"command": "/aide", "description": "Aide"}]}]
        await api("deleteMessage", chat_id=lea.id, message_id=2)
        assert await watching.next("gone") == {"kind": "gone", "chat": key, "id": 2}


def test_a_slow_browser_gets_a_fresh_picture_instead_of_all_it_missed(telegram: Telegram, lea: Person) -> None:
    watcher = Watcher(telegram, (Seat(lea, ""),))
    watcher.stale = False
    telegram.listen(watcher.heard)
    lea.says("1")
    assert [event["kind"] for event in watcher.events()] == ["message"]

    for number in range(WAITING_MAX + 2):
        lea.says(str(number))
    assert (watcher.stale, list(watcher.events())) == (True, [])


async def test_nobody_listens_once_the_browser_has_gone(browser: Browser, telegram: Telegram) -> None:
    before = list(telegram._listeners)
    async with browser.watches() as watching:
        await watching.next("snapshot")
        assert len(telegram._listeners) == len(before) + 1
        watching.response.close()
    await telegram.until(lambda: telegram._listeners == before)


async def test_each_acts_only_in_their_own_chats(browser: Browser, lea: Person, sam: Person) -> None:
    assert await browser.acts("say", lea, text="Bonjour") == (200, {})
    assert lea.chat_with().last.text == "Bonjour"
    gone = (409, {"sentence": "Cette discussion n’est plus là."})
    assert await browser.acts("say", sam, chat_key(lea.chat_with()), text="Je suis Léa") == gone
    stranger = {"seat": 7, "chat": chat_key(lea.chat_with()), "text": "x"}
    assert await browser.posts("acts/say", json=stranger) == gone
    assert lea.chat_with().last.text == "Bonjour"


async def test_what_is_impossible_is_said_in_a_sentence(browser: Browser, api: Api, lea: Person) -> None:
    await api(
        "sendMessage",
        chat_id=lea.id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]},
    )
    place: dict[str, Any] = {"message": 2, "row": 0, "place": 0}
    assert await browser.acts("tap", lea, **place, label="Non") == (
        409,
        {"sentence": "Ce bouton vient de changer. Regardez-le à nouveau."},
    )
    assert await browser.acts("tap", lea, message=2, row="0", place=5, label="Oui") == (
        409,
        {"sentence": "Ce bouton n’est plus là."},
    )
    assert await browser.acts("tap", lea, message=99, row=0, place=0, label="Oui") == (
        409,
        {"sentence": "Ce message n’est plus là."},
    )
    assert await browser.acts("say", lea, text=" ") == (
        409,
        {
            "sentence": "Ce message ne peut pas être envoyé ici.",
            "detail": "Nobody can send a text of 0 characters.",
        },
    )
    assert await browser.acts("delete", lea, message=2) == (
        409,
        {"sentence": "On ne supprime que ses propres messages."},
    )
    assert (await browser.acts("dance", lea))[0] == 409
    assert (await browser.acts("tap", lea, **place, label="Oui"))[0] == 200


async def test_own_messages_are_changed_and_taken_away(browser: Browser, lea: Person) -> None:
    mine = lea.says("Bonjuor")
    assert await browser.acts("edit", lea, message=mine.id, text="Bonjour") == (200, {})
    assert (mine.text, mine.edits) == ("Bonjour", 1)
    assert await browser.acts("delete", lea, message=mine.id) == (200, {})
    assert mine.deleted


async def test_only_pictures_are_shown_and_all_else_is_saved(browser: Browser, lea: Person) -> None:
    evil = lea.sends_document(b"<script>alert(1)</script>", 'a"b/é.html', "text/html").fields["document"]
    photo = lea.sends_photo(PIXEL).fields["photo"][-1]
    false = lea.sends_photo(b"<svg onload=alert(1)>").fields["photo"][-1]
    heads = []
    for file in (evil, photo, false):
        async with browser.session.get(f"{browser.address}/page/files/{file['file_id']}") as response:
            heads.append((response.content_type, response.headers.get("Content-Disposition")))
    assert heads == [
        ("application/octet-stream", "attachment; filename*=UTF-8''a%22b%2F%C3%A9.html"),
        ("image/png", None),
        ("application/octet-stream", "attachment; filename*=UTF-8''photo.jpg"),
    ]
    async with browser.session.get(f"{browser.address}/page/files/none") as response:
        assert response.status == 404


async def test_a_file_that_is_no_picture_is_not_sent_as_a_photo(browser: Browser, lea: Person) -> None:
    asked = {"seat": lea.id, "chat": chat_key(lea.chat_with()), "photo": True}
    form = aiohttp.FormData({"act": json.dumps(asked)})
    form.add_field("file", b"%PDF", filename="a.png", content_type="image/png")
    status, told = await browser.posts("acts/attach", data=form)
    assert (status, told["sentence"]) == (409, "Ce fichier n’est pas une image. Envoyez-le comme document.")


async def test_a_call_is_told_in_full_without_the_token(browser: Browser, api: Api, bot: Bot, lea: Person) -> None:
    await api("sendMessage", chat_id=lea.id, text=f"Voici {bot.token}")
    await api("setWebhook", url="", secret_token="geheim")
    calls = []
    for number in (0, 1):
        async with browser.session.get(f"{browser.address}/page/calls/{number}") as response:
            calls.append(json.loads((await response.json())["json"]))
    assert calls[0]["parameters"] == {"chat_id": lea.id, "text": "Voici •••"}
    assert calls[1]["parameters"] == {"url": "", "secret_token": "•••"}
    async with browser.session.get(f"{browser.address}/page/calls/99") as response:
        assert response.status == 404


async def test_earlier_messages_come_on_request(browser: Browser, lea: Person) -> None:
    for number in range(5):
        lea.says(str(number))
    query = {"seat": str(lea.id), "chat": chat_key(lea.chat_with()), "before": "4"}
    async with browser.session.get(f"{browser.address}/page/earlier", params=query) as response:
        assert [one["fields"]["text"] for one in (await response.json())["messages"]] == ["/start", "0", "1"]
    async with browser.session.get(f"{browser.address}/page/earlier", params=query | {"before": "x"}) as response:
        assert response.status == 400


async def test_commands_are_those_of_the_narrowest_scope(
    telegram: Telegram, bot: Bot, lea: Person, sam: Person
) -> None:
    group = sam.creates_group("Coalition", [lea], bot=bot)
    for scope in ("default", "all_group_chats", "all_chat_administrators", f"chat_member:{group.id}:{lea.id}"):
        bot.profile.commands[scope, ""] = [{"command": scope.split(":")[0], "description": "?"}]
    bot.profile.commands["all_private_chats", "fr"] = [{"command": "bonjour", "description": "?"}]
    bot.profile.commands["all_private_chats", ""] = [{"command": "hello", "description": "?"}]

    def proposed(person: Person) -> list[str]:
        rooms = rooms_of(telegram, Seat(person, ""))
        return [one["command"] for room in rooms for one in commands_for(telegram, room)]

    assert proposed(lea) == ["/bonjour", "/chat_member"]
    assert proposed(sam) == ["/bonjour", "/all_chat_administrators"]
    lea.user["language_code"] = "en"
    assert proposed(lea) == ["/hello", "/chat_member"]
    group.members.pop(bot.id)
    assert proposed(sam) == ["/bonjour"]


async def test_the_clock_is_moved_once_at_a_time(browser: Browser, page: Page, clock: Hands) -> None:
    assert await browser.posts("leap", json=FIRST) == (200, {"sentence": "Avancé : hour."})
    assert clock().hour == 18
    assert await browser.posts("leap", json={"key": "year"}) == (409, {"sentence": "Cette avance n’existe pas."})

    gate, begun = asyncio.Event(), asyncio.Event()

    async def slow(key: str) -> str:
        begun.set()
        await gate.wait()
        return key

    page.leap = slow
    async with asyncio.TaskGroup() as group:
        first = group.create_task(browser.posts("leap", json=FIRST))
        await begun.wait()
        assert await browser.posts("leap", json=FIRST) == (409, {"sentence": "L’horloge avance déjà."})
        gate.set()
    assert first.result() == (200, {"sentence": "hour"})


async def test_the_server_stops_at_once_with_a_browser_and_a_leap_under_way(telegram: Telegram, page: Page) -> None:
    begun = asyncio.Event()

    async def endless(_: str) -> str:
        begun.set()
        await asyncio.Event().wait()
        return ""

    page.leap = endless
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        async with running(telegram, page=page) as address:
            browser = Browser(session, address)
            watching = Watching(await session.get(f"{address}/page/live"))
            await watching.next("snapshot")
            leap = group.create_task(_cut(browser))
            await begun.wait()
            stopping = time.perf_counter()
        stopped = time.perf_counter() - stopping
        assert (await leap, stopped < 0.5) == (True, True)
    assert telegram._listeners == []


async def test_two_servers_in_turn_show_one_page(telegram: Telegram, page: Page) -> None:
    for _ in range(2):
        async with (
            running(telegram, page=page) as address,
            aiohttp.ClientSession() as session,
            Browser(session, address).watches() as watching,
        ):
            assert (await watching.next("snapshot"))["title"] == "Démonstration"


async def test_the_simulator_by_itself_has_a_page_with_two_people() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", "--page", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        address = (await process.stdout.readline()).decode().strip()
        async with aiohttp.ClientSession() as session, Browser(session, address).watches() as watching:
            names = [seat["name"] for seat in (await watching.next("snapshot"))["seats"]]
        assert names == ["Léa Le Goff", "Sam Kervella"]
    finally:
        process.terminate()
        await process.wait()


async def _cut(browser: Browser) -> bool:
    try:
        await browser.posts("leap", json=FIRST)
    except aiohttp.ClientError:
        return True
    return False
