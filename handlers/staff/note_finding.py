"""Note what was found for a support request: a room booked, a speaker, with day and cost; changed and removed later."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from handlers.cards.support import finding_words, head_lines
from handlers.feature import Feature
from handlers.forms import Choice, Cost, Day, Form, Option, Question, Text, open_form
from handlers.members.support_request import request_screen
from handlers.names import FINDINGS, finding_name
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button, lines, paragraphs
from handlers.staff.support_queue import show_queue
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound
from programme.ids import FindingId, SupportRequestId
from programme.support import COST_MOST, FINDING_MAX, Finding, FindingKind
from programme.usecases.note_finding import Found, change_finding, note_finding, noted_finding, remove_finding
from programme.usecases.rights import require_staff

FIELDS: Final = ("kind", "name", "happens_on", "cents")


@dataclass(frozen=True, slots=True)
class FoundTold:
    """What the conversation asks, and the number of the request, or of what was noted already."""

    kind: FindingKind
    name: str
    happens_on: date | None = None
    cents: int | None = None
    request: str = ""
    finding: str = ""


def start(turn: Turn) -> Reply:
    """Open the conversation for a request."""
    require_staff(turn.uow, turn.me.id)
    request = turn.uow.support.get(SupportRequestId(turn.number(0)))
    return open_form(turn, NOTE_FINDING, context={"request": str(request.id)})


def show_one(turn: Turn) -> Reply:
    """Show what was noted, with the buttons that change and remove it."""
    finding = _noted(turn)
    language = turn.language
    text = paragraphs(
        head_lines(turn, turn.uow.support.get(finding.request_id)),
        lines(
            language.say("<b>{text}</b>", text=finding_words(finding, language)),
            language.say("Cost: not noted") if finding.cents is None else None,
        ),
    )
    rows = (
        (
            button(language.plain("Change"), "found.edit", finding.id),
            button(language.plain("Remove"), "found.remove", finding.id),
        ),
        *way_out(language, "support.one", finding.request_id),
    )
    return turn.show(Screen(text, rows))


def start_changing(turn: Turn) -> Reply:
    """Open the review of what was noted, every line of which can be corrected."""
    finding = _noted(turn)
    known = {
        "kind": finding.kind.value,
        "name": finding.name,
        "happens_on": None if finding.happens_on is None else finding.happens_on.isoformat(),
        "cents": finding.cents,
    }
    return open_form(turn, NOTE_FINDING, context={"finding": str(finding.id)}, known=known)


def ask_removal(turn: Turn) -> Reply:
    """Ask once more before it goes."""
    finding = _noted(turn)
    language = turn.language
    text = language.say("Remove “{found}”?", found=finding_words(finding, language))
    sure = button(language.plain("Yes, remove it"), "found.drop", finding.id)
    return turn.show(Screen(text, ((sure,), *way_out(language, "found", finding.id))))


def remove(turn: Turn) -> Reply:
    """Remove what was noted, and show the request without it."""
    finding = _noted(turn)
    remove_finding(turn.uow, turn.me.id, finding.id, turn.now)
    screen = request_screen(turn, turn.uow.support.get(finding.request_id))
    return turn.show(screen, toast=turn.language.plain("Removed."))


def kinds(turn: Turn) -> list[Option]:
    """Give what may be found."""
    return [Option(kind.value, finding_name(kind, turn.language)) for kind in FINDINGS]


def _noted(turn: Turn) -> Finding:
    return noted_finding(turn.uow, turn.me.id, FindingId(turn.number(0)))


def _keep(turn: Turn, told: FoundTold) -> Reply:
    found = Found(told.kind, told.name, told.happens_on, told.cents)
    if told.finding.isdecimal():
        kept = change_finding(turn.uow, turn.me.id, FindingId(int(told.finding)), found, turn.now)
        words = turn.language.say("It is corrected, and the coalition sees it with its request.")
    elif told.request.isdecimal():
        kept = note_finding(turn.uow, turn.me.id, SupportRequestId(int(told.request)), found, turn.now)
        words = turn.language.say("It is noted: who asked is told, and sees it with the request.")
    else:
        raise NotFound
    return say(Screen(words), request_screen(turn, turn.uow.support.get(kept.request_id)))


NOTE_FINDING = Form(
    name="note_finding",
    version=1,
    into=FoundTold,
    questions=(
        Question("kind", _("What did you find?"), Choice(kinds), into=FindingKind, label=_("Found")),
        Question(
            "name",
            _("Which one, or where?"),
            Text(longest=FINDING_MAX),
            hint=_("For example: Maison des associations, room B"),
            label=_("Name or place"),
        ),
        Question("happens_on", _("For which day?"), Day(), label=_("Day"), optional=True),
        Question("cents", _("What does it cost?"), Cost(most=COST_MOST), label=_("Cost"), optional=True),
    ),
    review=_("What was found, as the coalition will read it"),
    submit=_keep,
)

FEATURE = Feature(
    buttons={
        "found": show_one,
        "found.note": start,
        "found.edit": start_changing,
        "found.remove": ask_removal,
        "found.drop": remove,
    },
    forms=(NOTE_FINDING,),
    again={NOTE_FINDING.name: show_queue},
)
