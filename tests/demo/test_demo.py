"""The demo as a visitor has it: one command, a page, a clock; Ctrl-C, and nothing is left."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser import chromium

START_SECONDS: Final = 60
STOP_SECONDS: Final = 10.0
"""Two are promised and less than one is usual; a machine that runs other tests as well takes its time."""
ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclass
class Demo:
    """A demo that runs, and the folder in which it keeps what it keeps."""

    process: subprocess.Popen[str]
    address: str
    folder: Path

    def left(self) -> list[str]:
        """What stands in its folder now."""
        return sorted(path.name for path in self.folder.rglob("*"))


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    # An operator's own settings must not reach the demo.
    environment = {**os.environ, "TMPDIR": str(tmp_path), "JALON_WEBHOOK_URL": "https://jalon.example.org/telegram"}
    process = subprocess.Popen(
        [sys.executable, "-m", "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert ADDRESS.fullmatch(address), address + process.stdout.read()
        assert process.stdout.readline() == "Ouvrez cette adresse dans un navigateur. Ctrl-C arrête la démonstration.\n"
        yield Demo(process, address, tmp_path)
    finally:
        process.kill()
        process.communicate()


def test_ctrl_c_ends_everything_at_once_and_nothing_is_left(demo: Demo) -> None:
    assert demo.left() != []

    began = time.monotonic()
    demo.process.send_signal(signal.SIGINT)
    words, _ = demo.process.communicate(timeout=START_SECONDS)

    assert time.monotonic() - began < STOP_SECONDS
    assert demo.process.returncode == 0
    assert words == ""
    assert demo.left() == []


def test_taken_port_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", "demo", "--port", str(port)],
            capture_output=True,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )

    sentence = f"Le port {port} est pris par un autre programme. Choisissez-en un autre : make demo PORT={port + 1}\n"
    assert (ended.returncode, ended.stdout, ended.stderr.replace("\N{NO-BREAK SPACE}", " ")) == (2, "", sentence)


async def test_visitor_logs_an_action_registers_and_is_reminded_by_clicks(demo: Demo) -> None:
    async with chromium() as browser:
        tab = await browser.new_page()
        await tab.goto(demo.address)
        await _opens(tab, "Léa Morvan", "Jalon")
        await _taps(tab, "Ajouter une action", reads="Pour quelle coalition ?")
        await _taps(tab, "Mobilités alternatives", reads="Quelle est cette action, en une phrase ?")
        await _writes(tab, "Prêter un vélo cargo", reads="Où en est-elle ?")
        await _taps(tab, "Faite", reads="Quand a-t-elle été faite ?")
        await _writes(tab, "mardi dernier", reads="À quels enjeux du Plan Climat répond-elle ?")
        await _taps(tab, "Passer", reads="Un chiffre qui montre ce qu’elle apporte ?")
        await _writes(tab, "1 200,5 kWh", reads="Une photo ?")
        await _taps(tab, "Passer", reads="Votre action")
        await _taps(tab, "Confirmer", reads="Ajoutée par Léa Morvan")
        await expect(_latest(tab)).to_contain_text("Chiffre : 1 200,5 kWh")

        await _writes(tab, "/forum", reads="76 places restantes sur 80.")
        await _taps(tab, "M’inscrire : 1 place", reads="Comment viendrez-vous ?")
        await expect(tab.locator("#toasts")).to_contain_text("Votre inscription est confirmée.")
        await _taps(tab, "À vélo", reads="Merci, c’est tout.")
        await _taps(tab, "Mon billet", reads="Présentez cette image à l’entrée.")
        await expect(_latest(tab).get_by_role("img")).to_be_visible()

        await tab.get_by_role("button", name="Jusqu’au prochain rappel").click()
        await expect(_latest(tab)).to_contain_text("Vélo au travail : préparer la journée d’essai")
        await _taps(tab, "Oui", reads="Vélo au travail : préparer la journée d’essai")
        await expect(_latest(tab).get_by_role("button", name="✓ Oui")).to_be_visible()

        await _opens(tab, "Yann Kervella", "Mobilités alternatives")
        await _writes(tab, "/action Covoiturer le mardi", reads="/action Covoiturer le mardi")
        await _opens(tab, "Yann Kervella", "Jalon")
        await expect(_latest(tab)).to_contain_text("Où en est-elle ?")


async def test_facilitator_answers_a_meeting_marks_a_step_and_shows_the_card_by_clicks(demo: Demo) -> None:
    async with chromium() as browser:
        tab = await browser.new_page()
        await tab.goto(demo.address)
        await _opens(tab, "Yann Kervella", "Mobilités alternatives")
        meeting = _message(tab, "préparer la journée d’essai")
        await expect(meeting).to_contain_text("Oui : 3 (Yann Kervella, Nolwenn Démo et Karim Démo)")
        await meeting.get_by_role("button", name="Peut-être").click()
        await expect(meeting).to_contain_text("Peut-être : 2 (Soazig Démo et Yann Kervella)")

        await _writes(tab, "/etapes", reads="▸ 6. S’inspirer (en cours, Léa Morvan")
        await _taps(tab, "✓ Fait : S’inspirer", reads="✓ 6. S’inspirer (fait le")
        await expect(_latest(tab)).to_contain_text("▸ 7. Se positionner et planifier (en cours, Yann Kervella")

        vote = _message(tab, "Vote : la fiche d’engagement, version 1")
        await vote.get_by_role("button", name="Pour").click()
        await expect(vote).to_contain_text("3 membres sur 5 ont voté")

        await _opens(tab, "Yann Kervella", "Jalon")
        await _writes(tab, "/fiche", reads="Version 1, publiée le")
        await _taps(tab, "Version 1", reads="En cours de validation par les membres")
        await _taps(tab, "Image à partager", reads="Fiche d’engagement · Mobilités alternatives")
        await expect(_latest(tab).get_by_role("img")).to_be_visible()


async def test_team_approves_a_coalition_and_sends_its_draft_by_clicks(demo: Demo) -> None:
    async with chromium() as browser:
        tab = await browser.new_page()
        await tab.goto(demo.address)
        await _opens(tab, "Anne Le Gall", "Jalon")
        await _writes(tab, "/equipe", reads="Validations : 2")
        await _taps(tab, "Validations (2)", reads="Cantines sans gaspillage : en attente depuis le")
        await _taps(tab, "Proposition : Cantines sans gaspillage", reads="Proposée par : Soazig Démo")
        await _taps(tab, "Approuver", reads="✓ Coalition approuvée")

        await _writes(tab, "/campagne", reads="Publiées : 0 · Vote ouvert : 1")

        await _writes(tab, "/annonce", reads="Annonces")
        await _taps(tab, "La maison du vélo prête", reads="6 destinataires en ce moment")
        await _taps(tab, "Envoyer maintenant", reads="envoi")
        await _opens(tab, "Léa Morvan", "Jalon")
        await expect(_message(tab, "La maison du vélo prête vingt vélos cargos")).to_be_visible()


async def _opens(tab: Page, person: str, chat: str) -> None:
    entry = tab.get_by_role("region", name=person).get_by_role("button", name=re.compile(f"^{chat}"))
    await entry.click()


async def _writes(tab: Page, words: str, reads: str) -> None:
    field = tab.get_by_role("combobox", name="Message")
    await field.fill(words)
    await field.press("Enter")
    await _reads(tab, reads)


async def _taps(tab: Page, label: str, reads: str) -> None:
    await tab.get_by_role("log").get_by_role("button", name=label).last.click()
    await _reads(tab, reads)


async def _reads(tab: Page, words: str) -> None:
    """Wait until a message says this; a notice may come below it at any moment."""
    await expect(_message(tab, words).last).to_be_visible()


def _latest(tab: Page) -> Locator:
    return tab.get_by_role("log").get_by_role("article").last


def _message(tab: Page, words: str) -> Locator:
    return tab.get_by_role("log").get_by_role("article").filter(has_text=words)
