"""A conversation like the real ones: an action is logged, with what it saved once it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from handlers.forms import Choice, Form, Number, Option, Pick, Question, Text
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from locales import Msgid
from programme.errors import NameTaken

COALITIONS = ["Brest’aim", "Rade vive", "Technopôle"]


@dataclass(frozen=True)
class ActionTold:
    coalition: int
    title: str
    stage: str
    saved: Decimal | None
    detail: str = "(none)"
    link: str = ""


def coalitions(_turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    found = [Option(str(number), name) for number, name in enumerate(COALITIONS) if words.lower() in name.lower()]
    return found[offset : offset + limit], len(found)


def stages(_turn: Turn) -> list[Option]:
    return [Option("planned", "Planned"), Option("done", "Done")]


def is_done(answers: Mapping[str, Any]) -> bool:
    return bool(answers["stage"] == "done")


def log(_turn: Turn, told: ActionTold) -> Reply:
    """Refuse one title, as the rules do; tell the others back."""
    if told.title == "Taken":
        raise NameTaken(told.title)
    return say(Screen(Markup("Logged: {}").format(" / ".join(map(str, astuple(told))))))


QUESTIONS = (
    Question("coalition", Msgid("For which coalition?"), Pick(coalitions), into=int, label=Msgid("Coalition")),
    Question("title", Msgid("What is it?"), Text(longest=200), hint=Msgid("For example: bikes")),
    Question("stage", Msgid("Where does it stand?"), Choice(stages), label=Msgid("Stage")),
    Question("saved", Msgid("How much was saved?"), Number(decimals=1, unit=Msgid("kWh")), when=is_done),
    Question("detail", Msgid("Anything else?"), Text(longest=4000, multiline=True), optional=True),
)
LOG_ACTION = Form(
    name="log_action", version=1, into=ActionTold, questions=QUESTIONS, submit=log, review=Msgid("Is this right?")
)
WITHOUT_REVIEW = Form(name="log_quickly", version=1, into=ActionTold, questions=QUESTIONS, submit=log)
FORMS = {form.name: form for form in (LOG_ACTION, WITHOUT_REVIEW)}
