"""The commitment card in words: its five fields, its version, and whether the members have validated it."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

from handlers.forms.wording import bold, length, shortened
from handlers.screen import lines, paragraphs
from handlers.turn import Turn
from locales import Language, Msgid, _
from programme.commitment_cards import CardField, CommitmentCard
from programme.path import Agreement
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.commitment_card import InWords
from programme.votes import VoteState, VoteSubject

CARD_FIELDS: Final[dict[CardField, Msgid]] = {
    CardField.OBJECTIVE: _("Objective"),
    CardField.MEMBERS: _("Members"),
    CardField.WAY_OF_WORKING: _("Way of working"),
    CardField.FIRST_ACTIONS: _("First actions"),
    CardField.STAKES: _("Stakes"),
}
TEXT_MOST: Final = 3900
"""Characters of a card in a message: Telegram takes 4096 (Bot API, sendMessage), and buttons' screens add a line."""
STAKES_MOST: Final = 300
MEMBERS_LEAST: Final = 200
"""Characters that names of organisations get however long the rest is; those that do not fit are counted."""


def card_language(turn: Turn) -> Language:
    """Give the language of what a card says by itself: the territory's, since it is published once for everybody."""
    return turn.group_language or turn.language


def in_words(turn: Turn) -> InWords:
    """Give what puts a working agreement into the words of a card."""
    language = card_language(turn)
    return lambda agreement: agreement_words(agreement, language)


def agreement_words(agreement: Agreement, language: Language) -> str:
    """Put a working agreement into words, without the name of anybody."""
    chair = language.plain("The members chair in turn") if agreement.rotating else language.plain("One person chairs")
    return "\n".join(
        part
        for part in (
            chair,
            language.plain("Rhythm: {frequency}", frequency=agreement.frequency) if agreement.frequency else "",
            language.plain("Tools: {tools}", tools=agreement.tools) if agreement.tools else "",
        )
        if part
    )


def field_name(field: CardField, language: Language) -> str:
    """Give the name of a field."""
    return language.plain(CARD_FIELDS[field])


def card_lines(card: CommitmentCard, uow: UnitOfWork, language: Language, territory: Territory) -> Markup:
    """Write a card as one message that fits Telegram: names that are too many are counted."""
    fields = card.fields
    title = lines(language.say("<b>Commitment card</b>"), bold(card.coalition_name))
    objective = _part(CardField.OBJECTIVE, escape(fields.objective), language)
    below = paragraphs(
        _part(CardField.WAY_OF_WORKING, escape(fields.way_of_working), language),
        _part(CardField.FIRST_ACTIONS, _bullets(fields.first_actions), language),
        _part(CardField.STAKES, names_within(card.stake_names, STAKES_MOST, language), language),
        lines(version_line(card, language, territory), standing_line(card, uow, language, territory)),
    )
    room = max(MEMBERS_LEAST, TEXT_MOST - length(paragraphs(title, objective, below)))
    members = _part(CardField.MEMBERS, names_within(fields.members, room, language), language)
    return paragraphs(title, objective, members, below)


def version_line(card: CommitmentCard, language: Language, territory: Territory) -> Markup:
    """Say which version a card is, and when it was published."""
    if card.published_at is None:
        return language.say("Draft of version {version}, not published yet", version=card.version)
    day = language.day(card.published_at.astimezone(territory.zone).date())
    return language.say("Version {version}, published on {day}", version=card.version, day=day)


def standing_line(card: CommitmentCard, uow: UnitOfWork, language: Language, territory: Territory) -> Markup | None:
    """Say whether the members have validated a published card; nothing of a draft."""
    if card.published_at is None:
        return None
    vote = uow.votes.latest_on(card.coalition_id, VoteSubject.COMMITMENT_CARD, card.id)
    state = None if vote is None else vote.state
    if vote is not None and state is VoteState.ADOPTED and vote.closed_at is not None:
        day = language.day(vote.closed_at.astimezone(territory.zone).date())
        return language.say("✓ Validated by the members on {day}", day=day)
    if state is VoteState.OPEN:
        return language.say("Being validated by the members")
    if state is VoteState.REJECTED:
        return language.say("Not validated by the members")
    return language.say("Not put to the members’ vote")


def names_within(names: Sequence[str], most: int, language: Language) -> Markup:
    """Join names as a sentence does, in about `most` characters; those that do not fit are counted."""
    shown = names_that_fit(names, most)
    left = len(names) - len(shown)
    return language.listing([*shown, language.plain_n("{n} other", "{n} others", left)] if left else shown)


def names_that_fit(names: Sequence[str], most: int) -> Sequence[str]:
    """Give the first names that take `most` characters together with what stands between them; at least one."""
    used = 0
    for place, name in enumerate(names):
        used += len(name) + len(" · ")
        if used > most and place > 0:
            return names[:place]
    return names


def field_words(card: CommitmentCard, field: CardField) -> str:
    """Give a field as plain text, its lines one under the other; empty where it is missing."""
    if field is CardField.STAKES:
        return "\n".join(card.stake_names)
    value: str | tuple[str, ...] = getattr(card.fields, field)
    return value if isinstance(value, str) else "\n".join(value)


def field_in_short(card: CommitmentCard, field: CardField, most: int, language: Language) -> Markup:
    """Give a field on a line or two."""
    match field:
        case CardField.MEMBERS:
            return names_within(card.fields.members, most, language)
        case CardField.STAKES:
            return names_within(card.stake_names, most, language)
        case CardField.FIRST_ACTIONS:
            return names_within(card.fields.first_actions, most, language)
        case _:
            return escape(shortened(" · ".join(" ".join(line.split()) for line in _written(card, field)), most))


def _written(card: CommitmentCard, field: CardField) -> list[str]:
    return [line for line in field_words(card, field).splitlines() if line.strip()]


def _part(field: CardField, words: Markup, language: Language) -> Markup | None:
    return lines(bold(field_name(field, language)), words) if words else None


def _bullets(things: Sequence[str]) -> Markup:
    return lines(*(Markup("• {}").format(thing) for thing in things))
