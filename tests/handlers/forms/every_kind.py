"""A conversation with every kind of question, and what is right and wrong to answer each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from markupsafe import Markup

from handlers.forms import (
    Choice,
    ContactCard,
    Day,
    Form,
    Moment,
    Number,
    Option,
    Pick,
    Question,
    Several,
    Text,
    Time,
    Upload,
    YesNo,
)
from handlers.reply import Reply, say
from handlers.said import Contact, Said, Unread, Words
from handlers.said import Upload as Uploaded
from handlers.screen import Screen
from handlers.turn import Turn
from locales import Msgid


@dataclass(frozen=True)
class Everything:
    organisation: str
    title: str
    saved: Decimal
    stage: str
    stakes: tuple[str, ...]
    done_on: date | None
    begins: time
    meets_at: datetime
    public: bool
    contact: Mapping[str, str] | None = None
    photo: Mapping[str, str] | None = None
    word: str = ""


def organisations(_turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    names = [f"Club {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    found = [Option(name, name) for name in names if words.casefold() in name.casefold()]
    return found[offset : offset + limit], len(found)


def stages(_turn: Turn) -> list[Option]:
    return [Option("planned", "Planned", "Not begun"), Option("done", "Done")]


def stakes(_turn: Turn) -> list[Option]:
    return [Option(f"stake-{number}", f"Stake {number}") for number in range(12)]


def is_public(answers: Mapping[str, Any]) -> bool:
    return answers["public"] is True


def record(_turn: Turn, told: Everything) -> Reply:
    return say(Screen(Markup("Recorded: {}").format(told.title)))


EVERYTHING: Final = Form(
    name="everything",
    version=1,
    into=Everything,
    questions=(
        Question("organisation", Msgid("Which organisation?"), Pick(organisations, create=True)),
        Question("title", Msgid("What is it?"), Text(longest=60, suggestion=lambda turn: turn.sender.first_name)),
        Question("saved", Msgid("How much was saved?"), Number(least=0, most=9999, decimals=1)),
        Question("stage", Msgid("Where does it stand?"), Choice(stages)),
        Question("stakes", Msgid("Which stakes?"), Several(stakes, least=1, most=3)),
        Question("done_on", Msgid("Since when?"), Day(future=False), optional=True),
        Question("begins", Msgid("At what hour?"), Time()),
        Question("meets_at", Msgid("When do you meet?"), Moment()),
        Question("public", Msgid("Is it public?"), YesNo()),
        Question("contact", Msgid("Whom to call?"), ContactCard(), when=is_public),
        Question("photo", Msgid("A photo?"), Upload(kinds=("photo",)), when=is_public, optional=True),
        Question("word", Msgid("Anything else?"), Text(longest=4000, multiline=True), optional=True),
    ),
    submit=record,
    review=Msgid("Is this right?"),
)
FORMS: Final = {"everything": EVERYTHING}
KEYS: Final = tuple(question.key for question in EVERYTHING.questions)
RIGHT: Final[Mapping[str, tuple[Said, ...]]] = {
    "organisation": (Words("Club A"), Words("club z")),
    "title": (Words("Bikes <b>&"), Words("\u202eسلام"), Words("é" * 60)),
    "saved": (Words("1 200,5"), Words("0")),
    "stage": (Words("planned"), Words("DONE")),
    "stakes": (Words("Stake 2, stake 11"),),
    "done_on": (Words("hier"), Words("14/03"), Words("last tuesday")),
    "begins": (Words("18h30"), Words("midi")),
    "meets_at": (Words("mardi 18h30"), Words("24/12/2027 à 9h")),
    "public": (Words("oui"), Words("non")),
    "contact": (Words("Anne, anne@example.org"), Contact("Anne", "+33298000000")),
    "photo": (Uploaded("photo", "AgAC", size=1000),),
    "word": (Words("Two\n\nlines"), Words("<&" * 2000)),
}
NEVER_RIGHT: Final = (
    Words(""),
    Words("\x00"),
    Words("🎉"),
    Unread("voice"),
    Unread("sticker"),
    Uploaded("document", "BQAC", size=10**9),
)
"""What answers no question but a text; an emoji is a text too."""
