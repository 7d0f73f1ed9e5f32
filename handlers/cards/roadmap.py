"""The roadmap of a coalition as text: how far it is, and each action with its owner and its due date."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from markupsafe import Markup

from handlers.cards.action import when_words
from handlers.names import action_state, counted_actions
from handlers.screen import lines, paragraphs
from locales import Language
from programme.actions import Action, ActionState, RoadmapState, to_validate
from programme.coalitions import Coalition
from programme.ids import PersonId
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.votes import Vote, VoteSubject

MARKS: Final = {
    ActionState.PLANNED: "○",
    ActionState.UNDER_WAY: "◐",
    ActionState.DONE: "✓",
    ActionState.GIVEN_UP: "✕",
}
"""A sign before each title, beside words that say the same."""
BAR: Final = 10
"""How many signs the bar has; the counts beside it say the same."""
ORDER: Final = (ActionState.UNDER_WAY, ActionState.PLANNED, ActionState.DONE, ActionState.GIVEN_UP)


def in_order(roadmap: Iterable[Action]) -> list[Action]:
    """Put what is still to be done first, by its due date, then what is done, then what is given up."""
    over = {ActionState.DONE: 1, ActionState.GIVEN_UP: 2}
    return sorted(roadmap, key=lambda action: (over.get(action.state, 0), action.when.on, action.id))


def roadmap_lines(
    coalition: Coalition,
    roadmap: Sequence[Action],
    shown: Iterable[Action],
    uow: UnitOfWork,
    language: Language,
    territory: Territory,
    today: date,
    below: Markup | None = None,
) -> Markup:
    """Say how far the whole roadmap is, whether it is validated, and each of the actions `shown`, then `below` them."""
    head = language.say("<b>Roadmap</b> · {name}", name=coalition.name)
    if not roadmap:
        return paragraphs(
            head, language.say("Nothing is on it yet: those who facilitate put the planned actions on it.")
        )
    return paragraphs(
        lines(head, _progress(roadmap, language), _counts(roadmap, language)),
        lines(action_lines(shown, uow, language, today), below),
        _validation(roadmap, open_vote_on(uow, coalition), uow, language, territory),
    )


def action_lines(actions: Iterable[Action], uow: UnitOfWork, language: Language, today: date) -> Markup:
    """Write a line for each action: its title, where it stands, and who looks after it."""
    listed = list(actions)
    owners = uow.people.names(action.owner_id for action in listed if action.owner_id is not None)
    return lines(*(_line(action, owners, language, today) for action in listed))


def standing_words(action: Action, language: Language, today: date) -> str:
    """Say where an action stands and by when it is to be done, or when it was."""
    when = when_words(action.when, language)
    match action.state:
        case ActionState.DONE:
            return language.plain("done: {when}", when=when)
        case ActionState.GIVEN_UP:
            return action_state(action.state, language).lower()
        case ActionState.UNDER_WAY if is_late(action, today):
            return language.plain("under way, late, due: {when}", when=when)
        case ActionState.UNDER_WAY:
            return language.plain("under way, due: {when}", when=when)
        case _ if is_late(action, today):
            return language.plain("planned, late, due: {when}", when=when)
    return language.plain("planned, due: {when}", when=when)


def is_late(action: Action, today: date) -> bool:
    """Tell whether the due day of an action, or its whole month, is over and it is not done."""
    if action.state not in {ActionState.PLANNED, ActionState.UNDER_WAY}:
        return False
    if action.when.whole_month:
        return (action.when.on.year, action.when.on.month) < (today.year, today.month)
    return action.when.on < today


def open_vote_on(uow: UnitOfWork, coalition: Coalition) -> Vote | None:
    """Give the vote that is open on a coalition's roadmap."""
    return next((vote for vote in uow.votes.open_of(coalition.id) if vote.subject is VoteSubject.ROADMAP), None)


def _line(action: Action, owners: Mapping[PersonId, str], language: Language, today: date) -> Markup:
    owner = None if action.owner_id is None else owners.get(action.owner_id)
    facts = {
        "mark": MARKS[action.state],
        "title": action.title,
        "standing": standing_words(action, language, today),
        "owner": owner or language.plain("nobody yet"),
    }
    if action in to_validate((action,)):
        return language.say("{mark} <b>{title}</b> · {standing} · {owner} · to be validated", **facts)
    return language.say("{mark} <b>{title}</b> · {standing} · {owner}", **facts)


def _progress(roadmap: Sequence[Action], language: Language) -> Markup:
    counted = [action for action in roadmap if action.state is not ActionState.GIVEN_UP]
    done = sum(action.state is ActionState.DONE for action in counted)
    full = BAR * done // len(counted) if counted else 0
    return language.say_n(
        "{bar} {n} action done of {total}",
        "{bar} {n} actions done of {total}",
        done,
        bar="▰" * full + "▱" * (BAR - full),
        total=language.number(len(counted)),
    )


def _counts(roadmap: Sequence[Action], language: Language) -> Markup:
    counts = [(state, sum(action.state is state for action in roadmap)) for state in ORDER]
    words = " · ".join(counted_actions(state, count, language) for state, count in counts if count)
    return language.say("{counts}", counts=words)


def _validation(
    roadmap: Sequence[Action], vote: Vote | None, uow: UnitOfWork, language: Language, territory: Territory
) -> Markup | None:
    waiting = len(to_validate(roadmap))
    if vote is not None:
        tally = uow.votes.tally(vote.id)
        return language.say_n(
            "A vote is open until {moment}: {n} member of {members} has voted.",
            "A vote is open until {moment}: {n} members of {members} have voted.",
            tally.voted,
            moment=language.moment(vote.closes_at, territory.zone),
            members=language.number(tally.members),
        )
    if waiting:
        return language.say_n(
            "{n} action is still to be validated by a vote.",
            "{n} actions are still to be validated by a vote.",
            waiting,
        )
    if any(action.roadmap is RoadmapState.VALIDATED for action in roadmap):
        return language.say("✓ Validated by the members.")
    return None
