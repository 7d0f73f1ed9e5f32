"""Propose a coalition: need, name, idea, scope and whom to invite; the project team decides."""

from collections.abc import Sequence

from handlers.feature import Feature
from handlers.forms import Choice, Form, Option, Question, Text, open_form
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from locales import _
from programme.coalitions import COALITION_NAME_MAX, OBJECTIVE_MAX
from programme.territory import ScopeKind
from programme.usecases.propose_coalition import INVITED_MAX, NEED_MAX, Proposal, propose_coalition

SCOPE_CHOICES = {
    ScopeKind.THEME: _("A theme of the Plan Climat"),
    ScopeKind.AREA: _("One area: a business park, a neighbourhood…"),
    ScopeKind.SECTOR: _("One sector of activity"),
}


def start_proposal(turn: Turn) -> Reply:
    """Open the conversation."""
    return open_form(turn, PROPOSE_COALITION)


def scopes(turn: Turn) -> Sequence[Option]:
    """Give what actors can have in common."""
    return [Option(scope.value, turn.language.plain(words)) for scope, words in SCOPE_CHOICES.items()]


def _propose(turn: Turn, proposal: Proposal) -> Reply:
    proposed = propose_coalition(turn.uow, turn.me.id, proposal, turn.now)
    text = turn.language.say(
        "Thank you. “{name}” is with the project team: you will have its answer here.", name=proposed.name
    )
    return say(Screen(text, way_out(turn.language)))


PROPOSE_COALITION = Form(
    name="propose_coalition",
    version=1,
    into=Proposal,
    questions=(
        Question(
            "need",
            _("What need do you see?"),
            Text(longest=NEED_MAX, multiline=True),
            hint=_("For example: many of us come to the Technopôle alone by car."),
            label=_("Need"),
        ),
        Question(
            "name",
            _("What name would suit the coalition?"),
            Text(longest=COALITION_NAME_MAX),
            hint=_("For example: Travel together to the Technopôle"),
            label=_("Name"),
        ),
        Question(
            "idea",
            _("What would you like to do together?"),
            Text(longest=OBJECTIVE_MAX, multiline=True),
            hint=_("For example: share rides and ask for a better bus line."),
            label=_("Idea"),
        ),
        Question("scope", _("What do its actors have in common?"), Choice(scopes), label=_("Scope")),
        Question(
            "invited",
            _("Whom would you invite?"),
            Text(longest=INVITED_MAX, multiline=True),
            hint=_("For example: ENIB, IMT Atlantique, the residents’ association"),
            label=_("To invite"),
            optional=True,
        ),
    ),
    review=_("Your proposal"),
    submit=_propose,
)

FEATURE = Feature(
    commands={"proposer": start_proposal},
    buttons={"propose": start_proposal},
    forms=(PROPOSE_COALITION,),
    again={PROPOSE_COALITION.name: start_proposal},
)
