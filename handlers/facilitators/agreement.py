"""The working agreement: read it, write it as a conversation, correct any line of it later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from handlers.cards.agreement import agreement_lines
from handlers.chat import Chat
from handlers.facilitators.chosen_members import COALITION, find_members, members
from handlers.feature import Feature
from handlers.forms import Choice, Form, Option, Pick, Question, Several, Text, open_form
from handlers.members.own_coalition import own_coalition_first
from handlers.navigation import way_out
from handlers.reply import Message, Reply, Say
from handlers.screen import Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import _
from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.ids import CoalitionId, PersonId
from programme.path import FREQUENCY_MAX, LINK_PERSON_MAX, TOOLS_MAX, Agreement
from programme.usecases.agree import NONE_YET, Terms, agree, agreement_of
from programme.usecases.chairs import chairs_in_order
from programme.usecases.rights import facilitates, led_coalition

IN_TURN: Final = "turn"
ALWAYS: Final = "always"


@dataclass(frozen=True, slots=True)
class Told:
    """The agreement as the conversation asks for it; `instead_of` is the version it was opened on."""

    chairing: str
    frequency: str
    tools: str
    authority_link: str
    outside_link: str
    chairs: tuple[str, ...] = ()
    chair: int | None = None
    coalition: str = ""
    instead_of: str = ""


def show_agreement(turn: Turn, coalition: Coalition) -> Reply:
    """Show how a coalition works."""
    return turn.show(agreement_screen(turn, coalition))


def start_agreement(turn: Turn) -> Reply:
    """Open the conversation; where there is an agreement, with its lines to correct."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    kept = turn.uow.path.agreement(coalition.id)
    version = NONE_YET if kept is None else kept.version
    context = {COALITION: str(coalition.id), "instead_of": str(version)}
    known = {} if kept is None else _known(turn, kept)
    return open_form(turn, AGREEMENT, context=context, known=known)


def agreement_screen(turn: Turn, coalition: Coalition) -> Screen:
    """Give the agreement as it stands, or what it is for; who facilitates writes and corrects it here."""
    language, kept = turn.language, agreement_of(turn.uow, turn.me.id, coalition.id)
    leads = facilitates(turn.uow, turn.me.id, coalition.id)
    rows: Rows = ()
    if kept is None:
        text = lines(
            language.say("<b>How we work</b> · {name}", name=coalition.name),
            language.say("Nothing is written down yet: who chairs, how often, with which tools, who keeps which link."),
        )
        if leads:
            rows = ((button(language.plain("Write it down"), "agreement.write", coalition.id),),)
    else:
        agreed = agreement_lines(turn.uow, kept, coalition, language, turn.territory)
        text = paragraphs(agreed, language.say("Version {version}", version=kept.version))
        rows = ((button(language.plain("Who chairs"), "chairs", coalition.id),),)
        if leads:
            rows = ((button(language.plain("Correct"), "agreement.write", coalition.id), *rows[0]),)
    return Screen(text, (*rows, *way_out(language, "steps", coalition.id)))


def ways_to_chair(turn: Turn) -> Sequence[Option]:
    """Give the two ways of chairing."""
    plain = turn.language.plain
    return (Option(IN_TURN, plain("Several people, in turn")), Option(ALWAYS, plain("Always the same person")))


def _known(turn: Turn, kept: Agreement) -> dict[str, Any]:
    """Give the answers that an agreement holds; what was the business of who is gone is asked for again."""
    known: dict[str, Any] = {
        "chairing": IN_TURN if kept.rotating else ALWAYS,
        "chairs": [str(person_id) for person_id in chairs_in_order(turn.uow, kept.coalition_id)],
        "chair": "" if kept.chair_id is None else str(kept.chair_id),
        "frequency": kept.frequency,
        "tools": kept.tools,
        "authority_link": kept.authority_link,
        "outside_link": kept.outside_link,
    }
    return {key: answer for key, answer in known.items() if answer}


def _agree(turn: Turn, told: Told) -> Reply:
    if not (told.coalition.isdecimal() and told.instead_of.isdecimal()):
        raise NotFound
    in_turn = told.chairing == IN_TURN
    terms = Terms(
        coalition=CoalitionId(int(told.coalition)),
        chairs=tuple(PersonId(int(one)) for one in told.chairs) if in_turn else (),
        chair=None if in_turn or told.chair is None else PersonId(told.chair),
        frequency=told.frequency,
        tools=told.tools,
        authority_link=told.authority_link,
        outside_link=told.outside_link,
        instead_of=int(told.instead_of),
    )
    agreed = agree(turn.uow, turn.me.id, terms, turn.now)
    coalition = turn.uow.coalitions.get(terms.coalition)
    kept = Say(Screen(turn.language.say("It is written down. The members find it with the steps: /etapes.")))
    screen = Say(agreement_screen(turn, coalition))
    news = _news(turn, agreed, coalition) if terms.instead_of == NONE_YET else ()
    return Reply((kept, screen, *news))


def _news(turn: Turn, agreed: Agreement, coalition: Coalition) -> tuple[Message, ...]:
    """Say a new agreement once in the coalition's groups."""
    language = turn.group_language or turn.language
    text = agreement_lines(turn.uow, agreed, coalition, language, turn.territory)
    return tuple(
        Say(Screen(text), chat=Chat(group.chat_id, private=False, thread_id=None if group.lost else group.thread_id))
        for group in turn.uow.groups.of_coalition(coalition.id)
        if (known := turn.uow.groups.chat(group.chat_id)) is None or known.in_reach
    )


def _in_turn(answers: Mapping[str, Any]) -> bool:
    return bool(answers["chairing"] == IN_TURN)


def _always(answers: Mapping[str, Any]) -> bool:
    return bool(answers["chairing"] == ALWAYS)


def _own_name(turn: Turn) -> str:
    return turn.me.name


AGREEMENT = Form(
    name="agreement",
    version=1,
    into=Told,
    questions=(
        Question("chairing", _("Who chairs the meetings?"), Choice(ways_to_chair), label=_("Chair")),
        Question("chairs", _("Who takes turns?"), Several(members), label=_("In turn"), when=_in_turn),
        Question("chair", _("Who chairs them all?"), Pick(find_members), into=int, label=_("Always"), when=_always),
        Question(
            "frequency",
            _("How often do you meet?"),
            Text(longest=FREQUENCY_MAX),
            hint=_("For example: the second Tuesday of the month, at 18:30"),
            label=_("Rhythm"),
        ),
        Question(
            "tools",
            _("With which tools do you work?"),
            Text(longest=TOOLS_MAX),
            hint=_("For example: this Telegram group, a shared folder"),
            label=_("Tools"),
        ),
        Question(
            "authority_link",
            _("Who is the link with the authority?"),
            Text(longest=LINK_PERSON_MAX, suggestion=_own_name),
            label=_("Link with the authority"),
        ),
        Question(
            "outside_link",
            _("And who with the outside: partners, press, other coalitions?"),
            Text(longest=LINK_PERSON_MAX, suggestion=_own_name),
            label=_("Link with the outside"),
        ),
    ),
    review=_("How you work"),
    submit=_agree,
)

begin = own_coalition_first("agreement", show_agreement)
"""Shows the agreement; which coalition is asked only of who belongs to several."""

FEATURE = Feature(
    buttons={"agreement": begin, "agreement.write": start_agreement},
    forms=(AGREEMENT,),
    again={AGREEMENT.name: begin},
)
