"""Whom an announcement is for, as conversations ask it: kinds of audience, and which ones of some of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from handlers.cards.announcement import forum_words
from handlers.forms import Option, Question, Several, YesNo
from handlers.names import SCOPES, organisation_kind
from handlers.turn import Turn
from locales import Msgid, _
from programme.announcements import AudienceKind, Part
from programme.coalitions import Coalition
from programme.forums import Forum
from programme.territory import ScopeKind

AUDIENCES: Final[dict[AudienceKind, Msgid]] = {
    AudienceKind.EVERYBODY: _("Everybody"),
    AudienceKind.FACILITATORS: _("Who facilitates a coalition"),
    AudienceKind.STAFF: _("The project team"),
    AudienceKind.COALITION: _("The members of a coalition"),
    AudienceKind.GROUP: _("The group of a coalition"),
    AudienceKind.SCOPE: _("Coalitions by theme, area or sector"),
    AudienceKind.ORGANISATION_KIND: _("A kind of organisation"),
    AudienceKind.REGISTRANTS: _("Who has a place at a forum"),
    AudienceKind.WAITING_LIST: _("Who waits for a place at a forum"),
}
FORUMS_NAMED_AFTER: Final = timedelta(days=60)
"""How long after a forum who was there can be told something."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """The kinds of audience, for some kinds which ones, and whether quiet hours are passed over."""

    audience: tuple[str, ...]
    urgent: bool
    coalitions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    forums: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()


def parts_of(chosen: Addressed) -> tuple[Part, ...]:
    """Give the audience that was chosen."""
    named = {
        AudienceKind.COALITION: chosen.coalitions,
        AudienceKind.GROUP: chosen.groups,
        AudienceKind.SCOPE: chosen.scopes,
        AudienceKind.ORGANISATION_KIND: chosen.kinds,
        AudienceKind.REGISTRANTS: chosen.forums,
        AudienceKind.WAITING_LIST: chosen.queues,
    }
    return tuple(
        Part(kind, subject)
        for one in chosen.audience
        for kind in (AudienceKind(one),)
        for subject in named.get(kind, ("",))
    )


def _audiences(turn: Turn) -> Sequence[Option]:
    there = set(AUDIENCES)
    if not _talking(turn):
        there.discard(AudienceKind.GROUP)
    if not _forums_there(turn):
        there -= {AudienceKind.REGISTRANTS, AudienceKind.WAITING_LIST}
    return [Option(kind.value, turn.language.plain(words)) for kind, words in AUDIENCES.items() if kind in there]


def _coalitions(turn: Turn) -> Sequence[Option]:
    return [Option(str(one.id), one.name) for one in turn.uow.coalitions.active()]


def _groups(turn: Turn) -> Sequence[Option]:
    return [Option(str(one.id), one.name) for one in _talking(turn)]


def _talking(turn: Turn) -> list[Coalition]:
    return [one for one in turn.uow.coalitions.active() if turn.uow.groups.of_coalition(one.id)]


def _scopes(turn: Turn) -> Sequence[Option]:
    return [Option(scope.value, turn.language.plain(SCOPES[scope])) for scope in ScopeKind]


def _kinds(turn: Turn) -> Sequence[Option]:
    return [Option(kind.value, organisation_kind(kind, turn.language)) for kind in turn.territory.organisation_kinds]


def _forums(turn: Turn) -> Sequence[Option]:
    return [Option(str(one.id), forum_words(one, turn.language, turn.territory)) for one in _forums_there(turn)]


def _forums_there(turn: Turn) -> Sequence[Forum]:
    return turn.uow.forums.upcoming(turn.now - FORUMS_NAMED_AFTER)


def _names(kind: AudienceKind) -> Callable[[Mapping[str, Any]], bool]:
    """Tell of the answers so far whether the audience has a part of this kind."""
    return lambda answers: kind.value in (answers["audience"] or ())


def _which(
    key: str, prompt: Msgid, options: Callable[[Turn], Sequence[Option]], kind: AudienceKind, label: Msgid
) -> Question:
    return Question(key, prompt, Several(options), label=label, when=_names(kind))


AUDIENCE_QUESTIONS: Final = (
    Question("audience", _("To whom? Several may be chosen."), Several(_audiences), label=_("To")),
    _which(
        "coalitions", _("To the members of which coalitions?"), _coalitions, AudienceKind.COALITION, _("Coalitions")
    ),
    _which("groups", _("Into the groups of which coalitions?"), _groups, AudienceKind.GROUP, _("Groups")),
    _which("scopes", _("Which coalitions?"), _scopes, AudienceKind.SCOPE, _("Scope")),
    _which("kinds", _("Which kinds of organisation?"), _kinds, AudienceKind.ORGANISATION_KIND, _("Kinds")),
    _which("forums", _("Who has a place at which forum?"), _forums, AudienceKind.REGISTRANTS, _("Registered")),
    _which("queues", _("Who waits for a place at which forum?"), _forums, AudienceKind.WAITING_LIST, _("Waiting list")),
    Question("urgent", _("Is it urgent? Then it comes in quiet hours too."), YesNo(), label=_("Urgent")),
)
"""What conversations ask about the audience; their record is an `Addressed`."""
