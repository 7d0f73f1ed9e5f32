"""The page as people use it: in a real Chromium, by pointer and by keyboard."""

import json
import re
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, expect
from playwright.async_api import Page as Tab

from simulator.accounts import Bot
from simulator.chats import Chat, Message
from simulator.network import Query
from simulator.page import Leap, Page, Seat
from simulator.people import Person
from simulator.server import running
from simulator.telegram import Telegram
from tests.browser import PATIENCE_MILLISECONDS, chromium
from tests.simulator.conftest import TOKEN, Api, Hands

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHONE: Final = {"width": 390, "height": 844}
YES_NO: Final = {
    "inline_keyboard": [
        [{"text": "Oui", "callback_data": "yes"}, {"text": "Non", "callback_data": "no"}],
        [{"text": "Menu", "callback_data": "menu"}],
    ]
}
# Every text on the screen whose contrast with what lies under it is less than 4.5:1; the wall counts with its own hue.
PALE: Final = """wall => {
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = colour => parts(colour).slice(0, 3).map(part => part / 255)
        .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
    const under = element => {
        for (let one = element; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor;
            if ((parts(colour)[3] ?? 1) > 0.8) return colour;
        }
        return wall;
    };
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        const style = getComputedStyle(element);
        if (!texts.currentNode.data.trim() || !element.checkVisibility({visibilityProperty: true})) continue;
        if (element.closest('.unseen, :disabled, script, noscript')) continue;
        const [a, b] = [light(style.color), light(under(element))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) found.push(`${texts.currentNode.data} ${ratio.toFixed(2)}`);
    }
    return found;
}"""


@dataclass
class Demo:
    """A Telegram with two people at its page, the bot's side of it, and a browser that looks at it."""

    telegram: Telegram
    bot: Bot
    clock: Hands
    lea: Person
    sam: Person
    page: Page
    context: BrowserContext
    address: str
    api: Api

    async def opens(self, person: Person | None = None, chat: str = "Jalon") -> Tab:
        """The page in a new tab, with this person's chat opened by a click."""
        tab = await self.context.new_page()
        await tab.goto(self.address, wait_until="commit")
        await entry(tab, person or self.lea, chat).click()
        return tab

    async def query(self) -> Query:
        """The tap that waits for the bot's answer."""
        await self.telegram.until(lambda: any(one.answered is None for one in self.telegram.queries.values()))
        return next(one for one in self.telegram.queries.values() if one.answered is None)

    async def said(self, chat: Chat, text: str) -> Message:
        """Wait until this is the latest message of a chat."""
        await self.telegram.until(lambda: chat.kept and chat.last.text == text, what=f"“{text}”")
        return chat.last


def entry(tab: Tab, person: Person, chat: str) -> Locator:
    """A chat in the list of chats."""
    section = tab.get_by_role("navigation", name="Discussions").get_by_role("region", name=person.user["first_name"])
    return section.get_by_role("button", name=chat)


def messages(tab: Tab) -> Locator:
    return tab.get_by_role("log").get_by_role("article")


def field(tab: Tab) -> Locator:
    return tab.get_by_role("combobox", name="Message")


async def focused(tab: Tab) -> str:
    """What has the focus: its words or its label."""
    words: str = await tab.evaluate("document.activeElement.ariaLabel ?? document.activeElement.innerText")
    return " ".join(words.split())


def picture(width: int = 60, height: int = 40) -> bytes:
    """A blue PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x1a\x68\xa8" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@asynccontextmanager
async def a_demo(browser: Browser, telegram: Telegram, clock: Hands, **looks: Any) -> AsyncIterator[Demo]:
    bot = telegram.new_bot(TOKEN, username="jalon_bot", first_name="Jalon")
    lea = telegram.new_person("Léa", last_name="Le Goff")
    sam = telegram.new_person("Sam")

    async def leap(key: str) -> str:
        clock.pass_by(**{f"{key}s": 1})
        return f"L’horloge avance\N{NO-BREAK SPACE}: {key}."

    leaps = [Leap("hour", "Une heure"), Leap("day", "Un jour")]
    page = Page(telegram, "Démonstration", [Seat(lea, "membre"), Seat(sam, "animation")], leaps, leap)
    lea.opens_link(bot)
    bot.updates.drop()
    async with running(telegram, page=page) as address, aiohttp.ClientSession() as session:
        context = await browser.new_context(**{"viewport": {"width": 1200, "height": 800}, **looks})
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        troubles: list[str] = []
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        context.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
        yield Demo(telegram, bot, clock, lea, sam, page, context, address, Api(session, address, TOKEN))
        await context.close()
    expected = re.compile(
        r"409 \(Conflict\)|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET"
    )
    assert [trouble for trouble in troubles if not expected.search(trouble)] == []


@pytest_asyncio.fixture(loop_scope="module")
async def demo(browser: Browser, telegram: Telegram, clock: Hands) -> AsyncIterator[Demo]:
    async with a_demo(browser, telegram, clock) as demo:
        yield demo


async def test_marks_are_shown_and_nothing_written_is_read_as_html(demo: Demo) -> None:
    tab = await demo.opens()
    text = "😀 <b>Gras <i>et</i></b> &lt;script&gt;alert(1)&lt;/script&gt; <code>x</code>"
    await demo.api("sendMessage", chat_id=demo.lea.id, text=text, parse_mode="HTML")
    demo.sam.opens_link(demo.bot)
    demo.sam.says("<img src=x onerror=alert(1)>")

    shown = messages(tab).last.locator(".text")
    await expect(shown).to_have_text("😀 Gras et <script>alert(1)</script> x")
    assert await shown.inner_html() == (
        "😀 <strong>Gras <em>et</em></strong> &lt;script&gt;alert(1)&lt;/script&gt; <code>x</code>"
    )
    await entry(tab, demo.sam, "Jalon").click()
    await expect(messages(tab).last.locator(".text")).to_have_text("<img src=x onerror=alert(1)>")


async def test_links_lead_out_safely_and_commands_are_sent_by_a_click(demo: Demo) -> None:
    tab = await demo.opens()
    text = '<a href="https://brest.fr/a?b=1">Brest</a>, https://example.org/x. Puis /aide ou <a href="tg://user?id=5">Z</a>'
    await demo.api("sendMessage", chat_id=demo.lea.id, text=text, parse_mode="HTML")

    links = messages(tab).last.get_by_role("link")
    await expect(links).to_have_text(["Brest", "https://example.org/x"])
    assert await links.evaluate_all("all => all.map(one => [one.getAttribute('href'), one.rel, one.target])") == [
        ["https://brest.fr/a?b=1", "noopener noreferrer", "_blank"],
        ["https://example.org/x", "noopener noreferrer", "_blank"],
    ]
    await messages(tab).get_by_role("button", name="/aide").click()
    await demo.said(demo.lea.chat_with(), "/aide")


async def test_a_tap_spins_until_it_is_answered_and_the_message_changes_in_place(demo: Demo) -> None:
    tab = await demo.opens()
    await demo.api("sendMessage", chat_id=demo.lea.id, text="Viendrez-vous ?", reply_markup=YES_NO)
    sent = demo.lea.chat_with().last
    button = messages(tab).last.get_by_role("button", name="Oui")
    await button.focus()
    await tab.keyboard.press("Enter")
    query = await demo.query()
    await expect(button).to_have_attribute("aria-busy", "true")

    await demo.api("answerCallbackQuery", callback_query_id=query.id, text="C’est noté")
    await demo.api("editMessageText", chat_id=demo.lea.id, message_id=sent.id, text="Vous venez.", reply_markup=YES_NO)

    await expect(tab.get_by_role("status").filter(has_text="C’est noté")).to_be_visible()
    await expect(messages(tab).last).to_contain_text("Vous venez.modifié 18:30")
    assert await messages(tab).count() == 2
    assert await focused(tab) == "Oui"

    await messages(tab).last.get_by_role("button", name="Non").click()
    await demo.api("answerCallbackQuery", callback_query_id=(await demo.query()).id, text="Complet", show_alert=True)
    box = tab.get_by_role("alertdialog", name="Jalon")
    await expect(box).to_contain_text("Complet")
    await tab.keyboard.press("Enter")
    await expect(box).to_have_count(0)

    await demo.api("deleteMessage", chat_id=demo.lea.id, message_id=sent.id)
    await expect(messages(tab)).to_have_count(1)


async def test_a_slash_proposes_the_commands_of_this_person_in_this_chat(demo: Demo) -> None:
    await demo.api("setMyCommands", commands=[{"command": "menu", "description": "Tout"}])
    scope = {"type": "chat", "chat_id": demo.lea.id}
    commands = [{"command": "menu", "description": "Tout"}, {"command": "equipe", "description": "L’équipe"}]
    await demo.api("setMyCommands", commands=commands, scope=scope)
    tab = await demo.opens()
    await field(tab).fill("/")

    options = tab.get_by_role("listbox", name="Commandes").get_by_role("option")
    await expect(options).to_have_text(["/menuTout", "/equipeL’équipe"])
    await tab.keyboard.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await tab.keyboard.press("Enter")
    await demo.said(demo.lea.chat_with(), "/equipe")

    await demo.api("setMyCommands", commands=commands[:1], scope=scope)
    await field(tab).press_sequentially("/")
    await expect(options).to_have_text(["/menuTout"])
    await tab.keyboard.press("Tab")
    await expect(field(tab)).to_have_value("/menu ")


async def test_everything_is_reached_by_keyboard(demo: Demo) -> None:
    await demo.api("sendMessage", chat_id=demo.lea.id, text="Viendrez-vous ?", reply_markup=YES_NO)
    tab = await demo.context.new_page()
    await tab.goto(demo.address)
    await entry(tab, demo.lea, "Jalon").wait_for()
    visited = []
    for _ in range(5):
        await tab.keyboard.press("Tab")
        visited.append(await focused(tab))
    assert visited[:4] == ["Aller à la discussion", "Une heure", "Un jour", "Appels du bot"]
    await tab.keyboard.press("ArrowDown")
    await tab.keyboard.press("ArrowUp")
    await tab.keyboard.press("Enter")
    await expect(field(tab)).to_be_focused()

    await tab.keyboard.type("Une ligne")
    await tab.keyboard.press("Shift+Enter")
    await tab.keyboard.type("et une autre")
    await tab.keyboard.press("Enter")
    mine = await demo.said(demo.lea.chat_with(), "Une ligne\net une autre")
    await expect(messages(tab)).to_have_count(3)

    back = []
    for _ in range(7):
        await tab.keyboard.press("Shift+Tab")
        back.append(await focused(tab))
    assert back == ["Joindre une photo ou un document", "Menu", "Non", "Oui", "/start", "Messages", "Bloquer"]
    await tab.keyboard.press("Tab")
    await tab.keyboard.press("ArrowUp")
    await tab.keyboard.press("ArrowUp")
    assert await focused(tab) == "Jalon, 18:30"
    await tab.keyboard.press("ArrowRight")
    assert await focused(tab) == "Répondre"
    await tab.keyboard.press("Enter")
    await tab.keyboard.type("Oui")
    await tab.keyboard.press("Enter")
    answer = await demo.said(demo.lea.chat_with(), "Oui")
    assert answer.reply_to == mine.id - 1
    await expect(messages(tab).last).to_contain_text("En réponse à Jalon")


async def test_a_screen_reader_finds_its_way(demo: Demo) -> None:
    await demo.api("sendMessage", chat_id=demo.lea.id, text="Viendrez-vous ?", reply_markup=YES_NO)
    tab = await demo.opens()

    await expect(tab.locator("body")).to_match_aria_snapshot("""
      - button "Aller à la discussion"
      - banner:
        - heading "Démonstration" [level=1]
        - paragraph:
          - text: Dans la démonstration, nous sommes le
          - time: mardi 24 novembre 2026 à 18:30
        - group "Avancer l’horloge":
          - button "Une heure"
          - button "Un jour"
        - button "Appels du bot"
      - navigation "Discussions":
        - region "Léa Le Goff membre":
          - heading "Léa Le Goff membre" [level=2]
          - paragraph: personnage de démonstration
          - list:
            - listitem:
              - button "Jalon 18:30 Viendrez-vous ?"
        - region "Sam animation":
          - heading "Sam animation" [level=2]
          - paragraph: personnage de démonstration
          - list:
            - listitem:
              - button "Jalon Pas encore démarré"
      - main "Jalon, vue par Léa Le Goff":
        - heading "Jalon" [level=2]
        - text: bot
        - paragraph: Vous êtes Léa Le Goff
        - button "Bloquer"
        - log "Messages":
          - article "Vous, 18:30":
            - button "/start"
            - button "Répondre"
            - button "Modifier"
            - button "Supprimer"
          - article "Jalon, 18:30":
            - text: Viendrez-vous ?
            - group "Boutons du message":
              - button "Oui"
              - button "Non"
              - button "Menu"
        - button "Joindre une photo ou un document"
        - combobox "Message"
        - button "Envoyer" [disabled]
    """)
    assert await tab.get_by_role("log").get_attribute("aria-live") == "polite"
    assert await tab.locator("html").get_attribute("lang") == "fr"


async def test_a_phone_shows_the_list_or_the_chat(browser: Browser, telegram: Telegram, clock: Hands) -> None:
    async with a_demo(browser, telegram, clock, viewport=PHONE, has_touch=True, is_mobile=True) as demo:
        await demo.api("sendMessage", chat_id=demo.lea.id, text="long" * 90, reply_markup=YES_NO)
        tab = await demo.context.new_page()
        await tab.goto(demo.address)
        await expect(tab.get_by_role("main")).to_be_hidden()
        await entry(tab, demo.lea, "Jalon").tap()
        await expect(messages(tab)).to_have_count(2)
        await expect(tab.get_by_role("navigation")).to_be_hidden()

        small = """all => all.filter(one => one.checkVisibility() && !one.closest('.text, .skip'))
            .filter(one => Math.min(one.offsetWidth, one.offsetHeight) < 40).map(one => one.outerHTML)"""
        assert await tab.locator("button, textarea").evaluate_all(small) == []
        assert await tab.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

        await tab.get_by_role("button", name="Appels du bot").tap()
        await expect(tab.get_by_role("complementary", name="Appels du bot")).to_contain_text("sendMessage")
        await tab.get_by_role("button", name="Fermer les appels").tap()
        await tab.get_by_role("button", name="Retour aux discussions").tap()
        await expect(tab.get_by_role("main")).to_be_hidden()
        await expect(entry(tab, demo.lea, "Jalon")).to_be_focused()


@pytest.mark.parametrize(("theme", "wall"), [("light", "rgb(207, 224, 220)"), ("dark", "rgb(15, 26, 33)")])
async def test_text_is_legible_in_both_themes(
    browser: Browser, telegram: Telegram, clock: Hands, theme: str, wall: str
) -> None:
    async with a_demo(browser, telegram, clock, color_scheme=theme) as demo:
        group = demo.sam.creates_group("Coalition Mobilités", [demo.lea], bot=demo.bot, forum=True)
        text = '<a href="https://brest.fr">Brest</a> <tg-spoiler>x</tg-spoiler> /aide <blockquote>cité</blockquote>'
        await demo.api("sendMessage", chat_id=group.id, text=text, parse_mode="HTML", reply_markup=YES_NO)
        await demo.api("sendPoll", chat_id=group.id, question="Quand ?", options=["Mardi", "Jeudi"])
        demo.lea.votes(group.last, "Mardi")
        demo.sam.says("D’accord", group, reply_to=group.last)
        demo.lea.says("Voir /menu ou https://brest.fr", group, reply_to=group.last)
        await demo.api.refusal("sendMessage", chat_id=group.id, text="")
        tab = await demo.opens(demo.lea, "Coalition Mobilités")
        await tab.get_by_role("button", name="Appels du bot").click()
        await tab.get_by_role("button", name="Un jour").click()
        await expect(tab.get_by_role("status").filter(has_text="avance")).to_be_visible()
        await tab.wait_for_timeout(200)

        assert await tab.evaluate(PALE, wall) == []


async def test_a_poll_is_voted_in_and_shows_its_results(demo: Demo) -> None:
    tab = await demo.opens()
    await demo.api("sendPoll", chat_id=demo.lea.id, question="Quand ?", options=["Mardi", "Jeudi"], is_anonymous=False)
    poll = tab.get_by_role("group", name="Quand ?")
    await poll.get_by_role("button", name="Jeudi").click()
    await expect(poll.get_by_role("listitem")).to_have_text(["0\N{NO-BREAK SPACE}%Mardi", re.compile("100.%Jeudi ✓")])
    answer = next(update for update in await demo.api.updates() if "poll_answer" in update)
    assert answer["poll_answer"]["option_ids"] == [1]

    await poll.get_by_role("button", name="Retirer mon vote").click()
    await expect(poll.get_by_role("button", name="Mardi")).to_be_visible()

    several = {"question": "Quoi ?", "options": ["Vélo", "Train", "Car"], "allows_multiple_answers": True}
    await demo.api("sendPoll", chat_id=demo.lea.id, **several)
    poll = tab.get_by_role("group", name="Quoi ?")
    await poll.get_by_role("checkbox", name="Vélo").check()
    await poll.get_by_role("checkbox", name="Car").check()
    await poll.get_by_role("button", name="Voter").click()
    await expect(poll.get_by_role("listitem")).to_have_count(3)
    assert demo.lea.chat_with().last.fields["poll"]["total_voter_count"] == 1


async def test_photos_are_seen_and_documents_saved_under_their_name(demo: Demo, tmp_path: Path) -> None:
    tab = await demo.opens()
    parts = aiohttp.FormData({"chat_id": str(demo.lea.id), "caption": "Votre billet"}, default_to_multipart=True)
    parts.add_field("photo", picture(), filename="billet.png")
    await demo.api.session.post(f"{demo.api.address}/bot{TOKEN}/sendPhoto", data=parts)
    shown = messages(tab).last.get_by_role("img", name="Photo : Votre billet")
    await expect(shown).to_be_visible()
    await expect(shown).to_have_js_property("naturalWidth", 60)
    await shown.click()
    await expect(tab.get_by_role("dialog", name="Photo").get_by_role("img")).to_be_visible()
    await tab.keyboard.press("Escape")

    parts = aiohttp.FormData({"chat_id": str(demo.lea.id)}, quote_fields=False, default_to_multipart=True)
    parts.add_field("document", b"BEGIN:VCALENDAR", filename="rencontre d’été.ics", content_type="text/calendar")
    await demo.api.session.post(f"{demo.api.address}/bot{TOKEN}/sendDocument", data=parts)
    async with tab.expect_download() as saving:
        await tab.get_by_role("link", name="rencontre d’été.ics").click()
    saved = await saving.value
    await saved.save_as(tmp_path / "saved.ics")
    assert (saved.suggested_filename, (tmp_path / "saved.ics").read_bytes()) == (
        "rencontre d’été.ics",
        b"BEGIN:VCALENDAR",
    )


async def test_files_are_sent_with_a_caption(demo: Demo) -> None:
    tab = await demo.opens()
    chooser = tab.get_by_label("Fichier à joindre")
    await chooser.set_input_files({"name": "panneau.png", "mimeType": "image/png", "buffer": picture()})
    await field(tab).fill("Le panneau")
    await field(tab).press("Enter")
    photo = await demo.said(demo.lea.chat_with(), "Le panneau")
    assert photo.fields["photo"][-1]["width"] == 60

    await chooser.set_input_files({"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    await tab.get_by_role("button", name="Envoyer").click()
    await expect(tab.get_by_role("link", name="note.pdf")).to_be_visible()
    document = demo.lea.chat_with().last.fields["document"]
    assert (document["file_name"], document["mime_type"]) == ("note.pdf", "application/pdf")


async def test_the_clock_is_moved_and_says_what_came_of_it(demo: Demo) -> None:
    tab = await demo.opens()
    clock = tab.get_by_role("banner").get_by_role("time")
    await expect(clock).to_have_text("mardi 24 novembre 2026 à 18:30")
    await tab.get_by_role("button", name="Un jour").click()

    await expect(tab.get_by_role("status").filter(has_text="L’horloge avance : day.")).to_be_visible()
    await expect(clock).to_have_text("mercredi 25 novembre 2026 à 18:30")
    await demo.api("sendMessage", chat_id=demo.lea.id, text="Rappel")
    await expect(tab.locator(".day")).to_have_text(["mardi 24 novembre 2026", "mercredi 25 novembre 2026"])


async def test_the_panel_tells_the_calls_and_never_the_token(demo: Demo) -> None:
    tab = await demo.opens()
    await tab.get_by_role("button", name="Appels du bot").click()
    panel = tab.get_by_role("complementary", name="Appels du bot")
    await demo.api("getUpdates")
    await demo.api("sendMessage", chat_id=demo.lea.id, text=f"Mon jeton : {TOKEN}", reply_markup=YES_NO)
    await demo.api.refusal("sendMessage", chat_id=demo.lea.id, text="")

    calls = panel.get_by_role("listitem")
    await expect(calls).to_have_count(2)
    await expect(calls.first).to_contain_text("sendMessageréponse 400à l’instantBad Request: message text is empty")
    await calls.nth(1).get_by_role("button").click()
    written = calls.nth(1).get_by_label("sendMessage en JSON")
    await expect(written).to_contain_text("inline_keyboard")
    told = json.loads(await written.inner_text())
    assert (told["parameters"]["text"], told["parameters"]["reply_markup"]) == ("Mon jeton : •••", YES_NO)
    assert TOKEN not in await panel.inner_html()

    await panel.get_by_role("checkbox", name="getUpdates aussi").check()
    await expect(panel.locator(".method")).to_have_text(["sendMessage", "sendMessage", "getUpdates"])


async def test_the_page_comes_back_after_a_broken_line(demo: Demo) -> None:
    tab = await demo.opens()
    await field(tab).fill("Un brouillon")
    await tab.route("**/page/live", lambda route: route.abort())
    demo.page.close()
    await expect(tab.get_by_text("La démonstration ne répond plus")).to_be_visible()
    demo.page.open()
    demo.lea.says("Pendant la coupure")
    await tab.unroute("**/page/live")

    await expect(messages(tab).last).to_contain_text("Pendant la coupure")
    await expect(tab.get_by_text("La démonstration ne répond plus")).to_have_count(0)
    await expect(field(tab)).to_have_value("Un brouillon")


async def test_a_group_is_seen_by_each_with_its_topics(demo: Demo) -> None:
    group = demo.sam.creates_group("Coalition Mobilités", [demo.lea], bot=demo.bot, forum=True)
    topic = demo.sam.creates_topic(group, "Rencontres")
    tab = await demo.opens(demo.lea, "Coalition Mobilités")
    topics = tab.get_by_role("group", name="Sujets").get_by_role("button")
    await topics.filter(has_text="Général").click()
    await topics.filter(has_text="Rencontres").click()
    await field(tab).fill("J’apporte le café")
    await field(tab).press("Enter")
    said = await demo.said(group, "J’apporte le café")
    assert (said.sender_id, said.thread) == (demo.lea.id, topic.id)
    await expect(entry(tab, demo.sam, "Coalition Mobilités")).to_contain_text("non lu")

    await entry(tab, demo.sam, "Coalition Mobilités").click()
    await expect(topics.filter(has_text="Rencontres")).to_have_attribute("aria-pressed", "true")
    await expect(tab.get_by_role("article", name="Léa Le Goff, 18:30")).to_be_visible()
    await topics.filter(has_text="Général").click()
    await expect(tab.get_by_role("log")).to_contain_text("Sam a créé le groupe")
    await expect(messages(tab)).to_have_count(0)
    demo.lea.says("Et du thé", group, thread=topic.id)
    await expect(topics).to_have_text(["Général", "Rencontres1 nouveau message"])


async def test_a_pinned_message_stands_above_its_topic(demo: Demo) -> None:
    group = demo.sam.creates_group("Coalition Mobilités", [demo.lea], bot=demo.bot, forum=True)
    demo.sam.promotes(demo.bot, group)
    topic = demo.sam.creates_topic(group, "Rencontres")
    place = {"chat_id": group.id, "message_thread_id": topic.id}
    card = {"chat_id": group.id, "message_id": (await demo.api("sendMessage", **place, text="Mardi"))["message_id"]}
    tab = await demo.opens(demo.lea, "Coalition Mobilités")
    pinned = tab.get_by_role("button", name="Message épinglé")
    await expect(pinned).to_be_hidden()

    await demo.api("pinChatMessage", **card)
    await expect(pinned).to_have_accessible_name("Message épinglé : Mardi")
    await expect(tab.get_by_role("log")).to_contain_text("Jalon a épinglé « Mardi »")
    await expect(entry(tab, demo.sam, "Coalition Mobilités")).to_contain_text("Jalon a épinglé « Mardi »")
    await expect(entry(tab, demo.sam, "Coalition Mobilités")).not_to_contain_text("Jalon : Jalon")
    await demo.api("editMessageText", **card, text="Mercredi")
    await expect(pinned).to_have_accessible_name("Message épinglé : Mercredi")
    await pinned.click()
    assert await focused(tab) == "Jalon, 18:30"

    topics = tab.get_by_role("group", name="Sujets").get_by_role("button")
    await topics.filter(has_text="Général").click()
    await expect(pinned).to_be_hidden()
    await topics.filter(has_text="Rencontres").click()
    await expect(pinned).to_be_visible()
    await demo.api("unpinChatMessage", **card)
    await expect(pinned).to_be_hidden()

    await demo.api("pinChatMessage", **card)
    await expect(pinned).to_be_visible()
    await demo.api("deleteMessage", **card)
    await expect(pinned).to_be_hidden()


async def test_a_link_to_the_bot_opens_its_chat_and_presses_start(demo: Demo) -> None:
    group = demo.sam.creates_group("Coalition Mobilités", [demo.lea], bot=demo.bot)
    link = {"inline_keyboard": [[{"text": "En privé", "url": "https://t.me/jalon_bot?start=forum_x"}]]}
    await demo.api("sendMessage", chat_id=group.id, text="Bonjour", reply_markup=link)
    tab = await demo.opens(demo.sam, "Coalition Mobilités")
    await tab.get_by_role("button", name="En privé").click()

    await expect(tab.get_by_role("main", name="Jalon, vue par Sam")).to_be_visible()
    await expect(messages(tab)).to_have_text([re.compile("^/start forum_x")])


async def test_a_bot_is_started_blocked_and_unblocked(demo: Demo) -> None:
    await demo.api("setMyDescription", description="Je suis Jalon.")
    tab = await demo.opens(demo.sam)
    await expect(tab.get_by_text("Je suis Jalon.")).to_be_visible()
    await expect(field(tab)).to_be_hidden()
    await tab.get_by_role("button", name="Démarrer").click()
    await expect(messages(tab)).to_have_count(1)
    await demo.api("sendChatAction", chat_id=demo.sam.id, action="typing")
    await expect(tab.get_by_role("main")).to_contain_text("écrit…")

    await tab.get_by_role("button", name="Bloquer").click()
    await tab.get_by_role("button", name="Débloquer").click()
    await expect(field(tab)).to_be_visible()
    assert demo.sam.chat_with().blocked is False


async def test_a_refused_act_is_told_in_a_sentence(demo: Demo) -> None:
    tab = await demo.opens()
    await demo.api("sendPoll", chat_id=demo.lea.id, question="Quand ?", options=["Mardi", "Jeudi"])
    option = tab.get_by_role("button", name="Jeudi")
    await option.wait_for()
    next(iter(demo.telegram.polls.values())).closed = True
    await option.click()
    await expect(tab.get_by_role("status").filter(has_text="le sondage est clos")).to_be_visible()
