"""Ask the authority for help: `/appui`, what is wanted and for when; and what became of what was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from handlers.cards.support import head_lines, kind_name, one_line
from handlers.chat import Chat
from handlers.facilitators.led_coalition import led_coalition_first
from handlers.feature import Feature
from handlers.forms import Choice, Day, Form, Option, Pick, Question, Text, open_form
from handlers.groups.begun_there import GROUP, chat_of, chat_words
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, Say
from handlers.said import Command
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import _
from programme.coalitions import Coalition
from programme.ids import CoalitionId
from programme.support import SUPPORT_TEXT_MAX, SupportRequest, anchor_of
from programme.texts import folded
from programme.usecases.ask_support import SupportAsk, ask_support
from programme.usecases.bind_group import coalitions_to_bind
from programme.usecases.rights import led_coalition

ROUTE: Final = "support"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the conversation asks."""

    coalition: CoalitionId
    kind: str
    text: str
    wanted_on: date | None = None
    group: str = ""


def show_support(turn: Turn, coalition: Coalition) -> Reply:
    """Show what a coalition has asked; where that is nothing, begin asking."""
    return _list(turn, coalition, 0) if turn.uow.support.of_coalition(coalition.id) else start_asking(turn, coalition)


def show_page(turn: Turn) -> Reply:
    """Show a page of what a coalition has asked."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    return _list(turn, coalition, turn.number(1) if turn.word(1) else 0)


def start_from_button(turn: Turn) -> Reply:
    """Begin asking for a coalition, also for the kind of help that the button names."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    return start_asking(turn, coalition, kind=turn.word(1))


def start_asking(turn: Turn, coalition: Coalition, *, kind: str = "", group: Chat | None = None) -> Reply:
    """Open the conversation for one coalition; the `group` it was begun in gets the request's card."""
    known = {"coalition": str(coalition.id)}
    if kind in {one.key for one in turn.territory.support_kinds}:
        known["kind"] = kind
    context: Mapping[str, str] = {} if group is None else {GROUP: chat_words(group)}
    return open_form(turn, ASK_SUPPORT, context=context, known=known)


def asking_coalitions(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give the coalitions that who speaks may ask for, and whose names hold the words."""
    led = coalitions_to_bind(turn.uow, turn.me.id)
    found = [coalition for coalition in led if folded(words) in folded(coalition.name)]
    return [Option(str(one.id), one.name) for one in found[offset : offset + limit]], len(found)


def kinds(turn: Turn) -> Sequence[Option]:
    """Give the kinds of help that the territory offers."""
    return [Option(kind.key, kind.label_in(turn.language.code)) for kind in turn.territory.support_kinds]


def _list(turn: Turn, coalition: Coalition, number: int) -> Reply:
    language = turn.language
    page = page_of(turn.uow.support.of_coalition(coalition.id), number)
    text = lines(
        language.say("<b>Support requests</b> · {name}", name=coalition.name),
        *(one_line(turn, request) for request in page.things),
        None if page.things else language.say("None yet."),
    )
    rows = (
        *((button(_label(turn, request), "support.one", request.id),) for request in page.things),
        *page.turner(language, "support.mine", coalition.id),
        (button(language.plain("Ask for support"), "support.new", coalition.id),),
        *way_out(language, "coalition", coalition.id),
    )
    return turn.show(Screen(text, rows))


def _label(turn: Turn, request: SupportRequest) -> str:
    day = turn.language.short_day(request.asked_at.astimezone(turn.territory.zone).date())
    return f"{day} · {kind_name(turn, request.kind)}"


def _ask(turn: Turn, asked: Asked) -> Reply:
    group = chat_of(asked.group)
    ask = SupportAsk(
        coalition=asked.coalition,
        kind=asked.kind,
        text=asked.text,
        wanted_on=asked.wanted_on,
        chat_id=None if group is None else group.id,
        thread_id=None if group is None else group.thread_id,
    )
    request = ask_support(turn.uow, turn.me.id, ask, turn.territory, turn.now)
    text = paragraphs(
        turn.language.say("Your request is with the project team. Its answers will come here and to your group.")
        if request.chat_id is not None
        else turn.language.say("Your request is with the project team. Its answers will come here."),
        head_lines(turn, request),
        turn.language.say("To add something, answer this message."),
    )
    return Reply((Say(Screen(text), anchor=anchor_of(request.id)),))


def _begin_again(turn: Turn) -> Reply:
    return show_mine(replace(turn, said=Command("appui")))


show_mine = led_coalition_first(ROUTE, show_support)

ASK_SUPPORT = Form(
    name="ask_support",
    version=1,
    into=Asked,
    questions=(
        Question("coalition", _("For which coalition?"), Pick(asking_coalitions), into=int, label=_("Coalition")),
        Question("kind", _("Which help would be useful?"), Choice(kinds), label=_("Help")),
        Question(
            "text",
            _("What would you need?"),
            Text(longest=SUPPORT_TEXT_MAX, multiline=True),
            hint=_("For example: a room for 20 people near the station, in the evening"),
            label=_("What is wanted"),
        ),
        Question("wanted_on", _("For when?"), Day(past=False), label=_("For when"), optional=True),
    ),
    review=_("Your support request"),
    submit=_ask,
)

FEATURE = Feature(
    commands={"appui": show_mine},
    buttons={ROUTE: show_mine, "support.mine": show_page, "support.new": start_from_button},
    forms=(ASK_SUPPORT,),
    again={ASK_SUPPORT.name: _begin_again},
)
