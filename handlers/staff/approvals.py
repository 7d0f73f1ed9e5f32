"""The queue of approvals: proposed coalitions, oldest first, and requests to join that nobody else decides on."""

from dataclasses import dataclass

from markupsafe import Markup

from handlers.feature import Feature
from handlers.forms import Form, Question, Text, open_form
from handlers.members.propose_coalition import SCOPE_CHOICES
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Language, _
from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotFound, TooLate
from programme.ids import CoalitionId
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.decide_proposal import WORD_MAX, decide_proposal
from programme.usecases.rights import require_staff


@dataclass(frozen=True, slots=True)
class RefusalWord:
    """The word that goes with a refusal, and the number of the coalition that is refused."""

    word: str = ""
    coalition: str = ""


def show_queue(turn: Turn) -> Reply:
    """Show what waits for a decision of the team."""
    return _queue(turn, turn.number(0) if turn.word(0) else 0)


def begin_queue(turn: Turn) -> Reply:
    """Show the queue from its first page."""
    return _queue(turn, 0)


def count_waiting(uow: UnitOfWork) -> int:
    """Count what waits for a decision of the team."""
    requests = sum(count for _, count in _requests(uow))
    return len(uow.coalitions.proposed()) + requests + len(uow.level_requests.waiting())


def _queue(turn: Turn, page_number: int) -> Reply:
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    page = page_of(turn.uow.coalitions.proposed(), page_number)
    requests, levels = _requests(turn.uow), len(turn.uow.level_requests.waiting())
    text = paragraphs(
        lines(
            language.say("<b>Approvals</b>"),
            None if page.things or requests or levels else language.say("Nothing waits for you."),
        ),
        lines(*(_waits(turn, proposal) for proposal in page.things)),
    )
    rows = (
        *((button(language.plain("Proposal: {name}", name=one.name), "proposal", one.id),) for one in page.things),
        *page.turner(language, "approvals"),
        *((button(f"{one.name} ({count})", "requests", one.id),) for one, count in requests),
        *(((button(f"{language.plain('Levels of commitment')} ({levels})", "levels", 0),),) if levels else ()),
        *way_out(language, "team"),
    )
    return turn.show(Screen(text, rows))


def _waits(turn: Turn, proposal: Coalition) -> Markup:
    """Say since when a proposal waits."""
    return waits_since(proposal, turn.language, turn.territory) or turn.language.say("• {name}", name=proposal.name)


def waits_since(proposal: Coalition, language: Language, territory: Territory) -> Markup | None:
    """Say since when a proposal waits, where that is known."""
    if proposal.proposed_at is None:
        return None
    day = language.day(proposal.proposed_at.astimezone(territory.zone).date())
    return language.say("• {name}: waits since {day}", name=proposal.name, day=day)


def _requests(uow: UnitOfWork) -> list[tuple[Coalition, int]]:
    """Give the coalitions that nobody facilitates and that somebody asks to join, and how many do."""
    orphans = [one for one in uow.coalitions.active() if not uow.memberships.facilitators(one.id)]
    return [(one, count) for one in orphans if (count := len(uow.memberships.waiting([one.id])))]


def show_proposal(turn: Turn) -> Reply:
    """Show one proposal, with the buttons that decide it."""
    require_staff(turn.uow, turn.me.id)
    coalition = turn.uow.coalitions.get(CoalitionId(turn.number(0)))
    return turn.show(proposal_screen(turn.uow, coalition, turn.language))


def approve(turn: Turn) -> Reply:
    """Approve a proposal: its proposer becomes its facilitator."""
    decided = decide_proposal(turn.uow, turn.me.id, CoalitionId(turn.number(0)), turn.now, approved=True)
    return turn.show(
        proposal_screen(turn.uow, decided, turn.language), toast=turn.language.plain("Done: the person is told.")
    )


def ask_word(turn: Turn) -> Reply:
    """Ask for the word that goes with a refusal."""
    require_staff(turn.uow, turn.me.id)
    coalition = turn.uow.coalitions.get(CoalitionId(turn.number(0)))
    if coalition.state is not CoalitionState.PROPOSED:
        raise TooLate
    return open_form(turn, REFUSE_PROPOSAL, context={"coalition": str(coalition.id)})


def proposal_screen(uow: UnitOfWork, coalition: Coalition, language: Language) -> Screen:
    """Give a proposal as it stands: with its buttons while it waits, else with what was decided."""
    by = uow.people.get(coalition.proposed_by).name if coalition.proposed_by is not None else ""
    text = paragraphs(
        language.say("<b>Proposed coalition: {name}</b>", name=coalition.name),
        lines(
            language.say("By: {name}", name=by) if by else None,
            language.say("Scope: {scope}", scope=language.plain(SCOPE_CHOICES[coalition.scope])),
            language.say("Need: {need}", need=coalition.need) if coalition.need else None,
            language.say("Idea: {idea}", idea=coalition.objective),
            language.say("To invite: {invited}", invited=coalition.invited) if coalition.invited else None,
        ),
        _decision(coalition.state, language),
    )
    rows: Rows = ()
    if coalition.state is CoalitionState.PROPOSED:
        rows = (
            (
                button(language.plain("Approve"), "approve", coalition.id),
                button(language.plain("Refuse with a word"), "disapprove", coalition.id),
            ),
        )
    return Screen(text, (*rows, *way_out(language, "approvals")))


def _decision(state: CoalitionState, language: Language) -> str | None:
    if state is CoalitionState.ACTIVE:
        return language.say("✓ Approved")
    if state is CoalitionState.REFUSED:
        return language.say("Proposal refused")
    return None


def _refuse(turn: Turn, refusal: RefusalWord) -> Reply:
    if not refusal.coalition.isdecimal():
        raise NotFound
    coalition_id = CoalitionId(int(refusal.coalition))
    decided = decide_proposal(turn.uow, turn.me.id, coalition_id, turn.now, approved=False, word=refusal.word)
    return say(proposal_screen(turn.uow, decided, turn.language))


REFUSE_PROPOSAL = Form(
    name="refuse_proposal",
    version=1,
    into=RefusalWord,
    questions=(
        Question(
            "word",
            _("What shall I tell the person who proposed it?"),
            Text(longest=WORD_MAX, multiline=True),
            hint=_("For example: a coalition on this subject exists already, join it."),
            label=_("Word"),
            optional=True,
        ),
    ),
    review=_("The refusal"),
    submit=_refuse,
)

FEATURE = Feature(
    buttons={"approvals": show_queue, "proposal": show_proposal, "approve": approve, "disapprove": ask_word},
    forms=(REFUSE_PROPOSAL,),
    again={REFUSE_PROPOSAL.name: begin_queue},
)
