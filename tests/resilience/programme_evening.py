"""What some people do with the bot: they arrive, propose, join, set their reminders, answer a meeting.

Each keeps what they have said, so that it can be compared with what is found at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from simulator.chats import Message
from simulator.telegram import Telegram
from tests.resilience.patient import Patient, offers, others_than, reads

OPEN_COALITION: Final = "Mobilités alternatives"
BACK: Final = "‹\u00a0Retour"
SCOPES: Final = {
    "theme": "Un thème du Plan Climat",
    "area": "Un même lieu\u00a0: zone d’activité, quartier…",
    "sector": "Un même secteur d’activité",
}
ANSWERS: Final = {"yes": "Oui", "maybe": "Peut-être", "no": "Non"}
LEADS: Final = {"d-7": "7\u00a0jours avant", "d-1": "La veille", "d-14": "14\u00a0jours avant"}
MEETING: Final = "Se rencontrer malgré tout"
APPROVED: Final = "✓ Coalition approuvée"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A coalition somebody has proposed, word for word."""

    name: str
    need: str
    idea: str
    scope: str
    invited: str


@dataclass
class Actor:
    """Somebody who comes to the programme, and what they have told it."""

    patient: Patient
    name: str
    organisation: str
    new: bool
    answer: str
    proposed: list[Proposed] = field(default_factory=list)
    switched: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LEADS, 0))
    quiet: tuple[str, str] = ("21:00", "08:00")
    answered: bool = False

    @property
    def telegram_id(self) -> int:
        """The number of their account."""
        return self.patient.person.id

    async def arrives(self) -> None:
        """First contact."""
        one = self.patient
        welcome = await one.says("/start", offers("J’accepte"))
        await one.taps("J’accepte", welcome, reads("Quel est votre nom"))
        await one.says(self.name, reads("Au nom de quelle structure"))
        if self.new:
            found = await one.says(self.organisation, offers(f"Nouvelle\u00a0: {self.organisation}"))
            kind = await one.taps(f"Nouvelle\u00a0: {self.organisation}", found, reads("De quel type de structure"))
            await one.taps("Entreprise", kind, reads("Menu"), answers=2)
        else:
            await one.says(self.organisation, reads("Menu"), answers=2)

    async def proposes(self) -> None:
        """Propose a coalition; every second one without naming whom to invite."""
        number = len(self.proposed) + 1
        whose = f"{self.name} ({number})"
        scope = list(SCOPES)[(self.telegram_id + number) % len(SCOPES)]
        proposal = Proposed(
            name=f"Coalition de {whose}",
            need=f"Le besoin de {whose} :\nmoins de <voitures> & plus d’air",
            idea=f"L’idée de {whose}",
            scope=scope,
            invited=f"Les proches de {whose}" if number % 2 else "",
        )
        one = self.patient
        await one.says("/proposer", reads("Quel besoin constatez-vous"))
        await one.says(proposal.need, reads("Quel nom conviendrait"))
        await one.says(proposal.name, reads("Que souhaitez-vous faire ensemble"))
        asked = await one.says(proposal.idea, reads("Qu’est-ce que ses acteurs ont en commun"))
        last = await one.taps(SCOPES[scope], asked, reads("Qui souhaitez-vous inviter"))
        if proposal.invited:
            review = await one.says(proposal.invited, offers("Confirmer"))
        else:
            review = await one.taps("Passer", last, offers("Confirmer"))
        await one.taps("Confirmer", review, reads(f"{proposal.name}\u00a0» est transmise à l’équipe projet"))
        self.proposed.append(proposal)

    async def joins(self) -> None:
        """Find the open coalition and join it."""
        one = self.patient
        screen = await one.says("/coalitions", reads("Des acteurs du territoire"))
        await one.changes("Toutes", screen, reads("Toutes"))
        while not offers(OPEN_COALITION)(screen):
            await one.changes("Page suivante\u00a0›", screen, others_than(screen.buttons))
        await one.changes(OPEN_COALITION, screen, offers("Rejoindre"))
        await one.changes("Rejoindre", screen, reads("✓ Vous en êtes membre."))

    async def sets_reminders(self) -> None:
        """Switch some reminders: done twice, a switch would be undone."""
        one = self.patient
        screen = await one.says("/reglages", reads("Réglages"))
        await one.changes("Rappels", screen, reads("Quand dois-je vous envoyer un rappel"))
        for lead, label in LEADS.items():
            on, off = f"✓ {label}", label
            wanted = self.switched[lead] % 2 == 0
            await one.changes(on if wanted else off, screen, offers(off if wanted else on))
            self.switched[lead] += 1
        await one.changes(BACK, screen, reads("Réglages"))

    async def wants_calm_evenings(self) -> None:
        """Choose other quiet hours."""
        one = self.patient
        screen = await one.says("/reglages", reads("Réglages"))
        await one.changes("Heures calmes", screen, reads("Quand ne faut-il pas vous déranger"))
        label = next(label for row in screen.buttons for label in row if label.startswith("de 20"))
        await one.changes(label, screen, reads("Réglages"))
        self.quiet = ("20:00", "09:00")

    async def answers_the_meeting(self) -> None:
        """Answer the notice of the meeting."""
        notice = await self.patient.is_told(
            lambda message: MEETING in message.text and offers("Oui")(message), "the meeting"
        )
        label = ANSWERS[self.answer]
        await self.patient.changes(label, notice, offers(f"✓ {label}"))
        self.answered = True


@dataclass
class Team:
    """Anne of the project team, who approves what is proposed and plans the meeting."""

    patient: Patient
    telegram: Telegram
    approved: list[str] = field(default_factory=list)
    planned: bool = False

    async def arrives(self) -> None:
        """First contact, in her own name."""
        one = self.patient
        welcome = await one.says("/start", offers("J’accepte"))
        await one.taps("J’accepte", welcome, reads("Quel est votre nom"))
        asked = await one.says("Anne", reads("Au nom de quelle structure"))
        await one.taps("Je viens en mon nom", asked, reads("Menu"), answers=2)

    async def plans_the_meeting(self) -> None:
        """Plan a meeting of the open coalition, in ten days."""
        one = self.patient
        day = self.telegram.clock() + timedelta(days=10)
        asked = await one.says("/rencontre", reads("Pour quelle coalition"))
        await one.changes(OPEN_COALITION, asked, reads("À une seule date"))
        await one.taps("Une seule date", asked, reads("Quel est le sujet de la rencontre"))
        await one.says(MEETING, reads("Quel type de rencontre"))
        await one.says("Atelier", reads("Quand commence-t-elle"))
        await one.says(f"{day:%d/%m/%Y} à 18h30", reads("Un lieu ou un lien"))
        await one.says("Salle 3", reads("Quel est l’ordre du jour"))
        await one.says("Les suites", reads("Qui l’anime"))
        review = await one.says("Personne pour l’instant", offers("Confirmer"))
        await one.taps("Confirmer", review, reads("La rencontre est planifiée"), answers=2)
        self.planned = True

    async def approves(self, all_proposed: Callable[[], int | None]) -> None:
        """Approve each proposal as it comes, once, until `all_proposed` tells their number and all are approved."""
        while (notice := await self._next(all_proposed)) is not None:
            await self.patient.changes("Approuver", notice, reads(APPROVED))
            self.approved.append(_proposal_of(notice))

    async def _next(self, all_proposed: Callable[[], int | None]) -> Message | None:
        def waits() -> Message | None:
            for message in self.patient.chat.messages:
                if offers("Approuver")(message) and _proposal_of(message) not in self.approved:
                    return message
            return None

        def through() -> bool:
            return all_proposed() == len(self.approved)

        await self.telegram.until(lambda: waits() or through(), 120, "the next proposal")
        return waits()


def _proposal_of(notice: Message) -> str:
    return notice.text.split("\n", 1)[0].partition("\u00a0: ")[2]
