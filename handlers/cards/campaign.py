"""A campaign in words: its days, how many are how far, and where one coalition stands."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from markupsafe import Markup

from handlers.cards.commitment import field_name
from handlers.forms.wording import bold
from handlers.screen import lines, paragraphs
from locales import Language
from programme.campaigns import Board, Campaign, CardProgress, Standing
from programme.territory import Territory

MARKS: Final = {
    CardProgress.PUBLISHED: "✓",
    CardProgress.VOTE_OPEN: "✓",
    CardProgress.IN_PREPARATION: "◐",
    CardProgress.NOT_BEGUN: "○",
}
"""A sign before each coalition, beside words that say the same."""


def campaign_head(campaign: Campaign, language: Language, territory: Territory, now: datetime) -> Markup:
    """Name a campaign with its days: when it begins, or how long is left, or when it was closed and what came of it."""
    today, opens_on = now.astimezone(territory.zone).date(), campaign.opens_at.astimezone(territory.zone).date()
    if campaign.closed_at is not None:
        closed_on = campaign.closed_at.astimezone(territory.zone).date()
        standing = language.say("Closed on {day}", day=language.day(closed_on))
    elif today < opens_on:
        days = {"first": language.day(opens_on), "last": language.day(campaign.due_on)}
        standing = language.say("Begins on {first}, until {last}", **days)
    else:
        standing = deadline_words(campaign, today, language)
    return lines(bold(campaign.title), standing, result_line(campaign, language))


def deadline_words(campaign: Campaign, today: date, language: Language) -> Markup:
    """Say until when cards are awaited, and how long that is."""
    day, days = language.day(campaign.due_on), (campaign.due_on - today).days
    if days > 1:
        return language.say_n("Until {day}: {n} day left", "Until {day}: {n} days left", days, day=day)
    if days == 1:
        return language.say("Until tomorrow, {day}", day=day)
    if days == 0:
        return language.say("Until today, {day}", day=day)
    return language.say_n("It was due {n} day ago: {day}", "It was due {n} days ago: {day}", -days, day=day)


def result_line(campaign: Campaign, language: Language) -> Markup | None:
    """Say what came of a campaign that is closed."""
    if campaign.result is None:
        return None
    return language.say_n(
        "{n} card published, of {all} coalitions",
        "{n} cards published, of {all} coalitions",
        campaign.result.published,
        all=language.number(campaign.result.coalitions),
    )


def counts_line(board: Board, language: Language) -> Markup:
    """Count who is how far."""
    return language.say(
        "Published: {published} · Vote open: {voting} · In preparation: {preparing} · Not begun: {waiting}",
        published=language.number(board.count(CardProgress.PUBLISHED)),
        voting=language.number(board.count(CardProgress.VOTE_OPEN)),
        preparing=language.number(board.count(CardProgress.IN_PREPARATION)),
        waiting=language.number(board.count(CardProgress.NOT_BEGUN)),
    )


def standing_line(one: Standing, language: Language, territory: Territory) -> Markup:
    """Say on one line how far a coalition is."""
    facts = {"mark": MARKS[one.progress], "name": one.coalition.name}
    return language.say("{mark} <b>{name}</b>: {standing}", **facts, standing=_standing(one, language, territory))


def awaited_lines(standings: Sequence[Standing], language: Language, territory: Territory) -> Markup:
    """Say how far each of the coalitions is whose card is awaited from somebody."""
    return paragraphs(
        lines(*(standing_line(one, language, territory) for one in standings)),
        language.say("/fiche prepares the card with you: five fields, most of them filled already."),
    )


def _standing(one: Standing, language: Language, territory: Territory) -> str:
    match one.progress:
        case CardProgress.PUBLISHED:
            return language.plain("version {version}, {day}", **_version(one, language, territory))
        case CardProgress.VOTE_OPEN:
            return language.plain("version {version}, {day}, vote open", **_version(one, language, territory))
        case CardProgress.IN_PREPARATION if one.missing:
            names = language.listing([field_name(field, language).lower() for field in one.missing])
            return language.plain("in preparation, missing: {names}", names=names.unescape())
        case CardProgress.IN_PREPARATION:
            return language.plain("ready to be published")
        case CardProgress.NOT_BEGUN if one.card is not None:
            facts = _version(one, language, territory)
            return language.plain("not begun, last version: {version}, {day}", **facts)
        case CardProgress.NOT_BEGUN:
            return language.plain("not begun")


def _version(one: Standing, language: Language, territory: Territory) -> dict[str, str]:
    if one.card is None or one.card.published_at is None:
        raise ValueError("what is not published has no version to name")
    day = language.short_day(one.card.published_at.astimezone(territory.zone).date())
    return {"version": str(one.card.version), "day": day}
