"""Offer a pitch: a coalition, or the project team, gives a short talk at a forum."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from handlers.feature import Feature
from handlers.forms import Form, Option, Pick, Question, Text, open_form
from handlers.members.forum import forum_screen, show_forums
from handlers.reply import Reply, say
from handlers.screen import Screen
from handlers.turn import Turn
from locales import _
from programme.errors import NotAllowed, NotFound, TooLate
from programme.forums import PITCH_TITLE_MAX
from programme.ids import CoalitionId, ForumId
from programme.texts import folded
from programme.usecases.offer_pitch import offer_pitch
from programme.usecases.places import takes_registrations

TEAM: Final = "team"
"""Stands for the project team where coalitions are chosen."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the conversation asks: who gives the pitch and under which title."""

    coalition: str
    title: str
    forum: str = ""


def start_offer(turn: Turn) -> Reply:
    """Open the conversation; who gives the pitch is asked only of who may offer it for several."""
    forum = turn.uow.forums.get(ForumId(turn.number(0)))
    givers = _givers(turn)
    if not givers:
        raise NotAllowed
    if not takes_registrations(forum, turn.now):
        raise TooLate
    known: dict[str, Any] = {"coalition": givers[0].value} if len(givers) == 1 else {}
    return open_form(turn, OFFER_PITCH, context={"forum": str(forum.id)}, known=known)


def offer_again(turn: Turn) -> Reply:
    """Lead back to the forums after a conversation that ended without its answer."""
    return show_forums(turn)


def givers(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give those for whom one may offer a pitch, and whose names hold the words."""
    found = [option for option in _givers(turn) if folded(words) in folded(option.label)]
    return found[offset : offset + limit], len(found)


def _givers(turn: Turn) -> Sequence[Option]:
    led = turn.uow.coalitions.active() if turn.staff else turn.uow.coalitions.led_by(turn.me.id)
    team = [Option(TEAM, turn.language.plain("The project team"))] if turn.staff else []
    return [*team, *(Option(str(coalition.id), coalition.name) for coalition in led)]


def _offer(turn: Turn, offered: Offered) -> Reply:
    if not offered.forum.isdecimal():
        raise NotFound
    forum_id = ForumId(int(offered.forum))
    coalition_id = None if offered.coalition == TEAM else CoalitionId(int(offered.coalition))
    offer_pitch(turn.uow, turn.me.id, forum_id, coalition_id, offered.title, turn.now)
    told = turn.language.say("The pitch now stands on the forum’s page. Those who register can choose it.")
    return say(Screen(told), forum_screen(turn, turn.uow.forums.get(forum_id)))


OFFER_PITCH = Form(
    name="offer_pitch",
    version=1,
    into=Offered,
    questions=(
        Question("coalition", _("Who gives this pitch?"), Pick(givers), label=_("Given by")),
        Question(
            "title",
            _("What is it about, in a few words?"),
            Text(longest=PITCH_TITLE_MAX),
            hint=_("For example: Lending cargo bikes between neighbours"),
            label=_("Pitch"),
        ),
    ),
    review=_("The pitch"),
    submit=_offer,
)

FEATURE = Feature(
    buttons={"forum.pitch": start_offer},
    forms=(OFFER_PITCH,),
    again={OFFER_PITCH.name: offer_again},
)
