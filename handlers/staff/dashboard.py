"""The dashboard: where the programme stands, in one message, and as a picture."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from handlers.charts.programme import stage_name
from handlers.feature import Feature
from handlers.forms.wording import shortened
from handlers.names import counted_actions, organisation_kind, total_words
from handlers.navigation import way_out
from handlers.reply import Reply
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Language
from programme.actions import ActionState
from programme.documents import Document, Shape
from programme.statistics import (
    SMALLEST_GROUP,
    DateKind,
    FigureTotal,
    ForumAttendance,
    NextDate,
    OrganisationCount,
    disclosed,
)
from programme.territory import Target, Territory
from programme.usecases.dashboard import COUNTED, Dashboard, dashboard
from programme.usecases.want_document import want_document

NAMES_MOST: Final = 4
NAME_MAX: Final = 40
STATES: Final = (*COUNTED, ActionState.GIVEN_UP)


def show_dashboard(turn: Turn) -> Reply:
    """Show where the programme stands."""
    known = dashboard(turn.uow, turn.me.id, turn.territory, turn.now)
    picture = button(turn.language.plain("As a picture"), "take", Document.CHARTS, Shape.PNG)
    return turn.show(
        Screen(dashboard_text(known, turn.language, turn.territory), ((picture,), *way_out(turn.language, "team")))
    )


def show_with_picture(turn: Turn) -> Reply:
    """Show where the programme stands, and have the picture follow."""
    shown = show_dashboard(turn)
    want_document(turn.uow, turn.me.id, Document.CHARTS, Shape.PNG, turn.now)
    return shown


def dashboard_text(known: Dashboard, language: Language, territory: Territory) -> Markup:
    """Give the whole dashboard as one message that fits Telegram."""
    return paragraphs(
        language.say("<b>Dashboard</b> · {day}", day=language.day(known.at.astimezone(territory.zone).date())),
        _coalitions(known, language),
        lines(_organisations(known.organisations, language), _levels(known, language, territory)),
        _actions(known, language, territory),
        _figures_and_targets(known.figures, territory.targets, language),
        _forums(known, language, territory),
        _dates(known.dates, language, territory),
    )


def _coalitions(known: Dashboard, language: Language) -> Markup:
    dormant = len(known.dormant)
    return lines(
        language.say_n("<b>{n} active coalition</b>", "<b>{n} active coalitions</b>", known.coalitions),
        *(
            language.say("• {name}: {count}", name=stage_name(step, language), count=language.number(count))
            for step, count in known.stages.items()
            if count
        ),
        language.say_n("{n} commitment card published", "{n} commitment cards published", known.with_card),
        language.say_n(
            "{n} without activity for 30 days: {names}",
            "{n} without activity for 30 days: {names}",
            dormant,
            names=_some([one.name for one in known.dormant], language),
        )
        if dormant
        else None,
    )


def _organisations(counts: Sequence[OrganisationCount], language: Language) -> Markup:
    people = disclosed({one.kind: one.people for one in counts})
    return lines(
        language.say("<b>Organisations</b>"),
        *(
            language.say(
                "• {name}: {count}",
                name=organisation_kind(one.kind, language),
                count=", ".join(_who(one, people[one.kind], language)),
            )
            for one in counts
        ),
        None if counts else language.say("None yet."),
    )


def _levels(known: Dashboard, language: Language, territory: Territory) -> Markup | None:
    """Count the organisations by their level of commitment, from the strongest down."""
    counts = [
        f"{level.label_in(language.code)} ({language.number(count)})"
        for level in reversed(territory.commitment_levels)
        if (count := known.levels.get(level.key))
    ]
    return language.say("By level of commitment: {counts}", counts=" · ".join(counts)) if counts else None


def _who(one: OrganisationCount, people: int | None, language: Language) -> list[str]:
    organisations = language.plain_n("{n} organisation", "{n} organisations", one.organisations)
    return [
        *([organisations] if one.organisations else []),
        *([people_words(people, language)] if one.people else []),
    ]


def people_words(count: int | None, language: Language) -> str:
    """Say how many people, or that they are too few to be counted."""
    if count is None:
        return language.plain("too few people to be shown (fewer than {n})", n=SMALLEST_GROUP)
    return language.plain_n("{n} person", "{n} people", count)


def _actions(known: Dashboard, language: Language, territory: Territory) -> Markup:
    served = [(stake, known.by_stake[stake.key]) for stake in territory.stakes]
    return lines(
        language.say("<b>Actions</b>"),
        language.say(
            "{states}",
            states=" · ".join(counted_actions(state, known.by_state[state], language) for state in STATES),
        ),
        *(
            language.say(
                "• {stake}: {numbers}",
                stake=stake.label_in(language.code),
                numbers=" / ".join(language.number(found[state]) for state in COUNTED),
            )
            for stake, found in served
            if any(found.values())
        ),
        language.say("By stake: done / under way / planned.") if any(known.by_state.values()) else None,
    )


def _figures_and_targets(figures: Sequence[FigureTotal], targets: Sequence[Target], language: Language) -> Markup:
    return paragraphs(
        lines(
            language.say("<b>Figures logged by the coalitions</b>"),
            *(language.say("• {line}", line=total_words(total, language)) for total in figures),
            None if figures else language.say("No figure yet."),
        ),
        lines(
            language.say("<b>Targets of the territory</b>"),
            *(
                language.say("• {target} ({year})", target=one.label_in(language.code), year=str(one.by_year))
                if one.by_year
                else language.say("• {target}", target=one.label_in(language.code))
                for one in targets
            ),
            language.say(
                "The figures are what people wrote, not a measure: they do not say how far the territory is from its "
                "targets."
            ),
        )
        if targets
        else language.say("The figures are what people wrote, not a measure."),
    )


def _forums(known: Dashboard, language: Language, territory: Territory) -> Markup | None:
    if not known.forums:
        return None
    return lines(
        language.say("<b>Forums that took place</b>"),
        *(_forum_line(one, language, territory) for one in known.forums),
    )


def _forum_line(forum: ForumAttendance, language: Language, territory: Territory) -> Markup:
    """Say how many had a place and came; where nobody was checked in, that is not the same as nobody came."""
    facts = {
        "title": shortened(forum.title, NAME_MAX),
        "month": language.month(forum.starts_at.astimezone(territory.zone).date()),
        "registered": _few(forum.registered, language),
    }
    if not forum.came:
        return language.say("• {title} ({month}): {registered} registered, arrivals not noted", **facts)
    came = _few(forum.came, language)
    return language.say("• {title} ({month}): {registered} registered, {came} checked in", came=came, **facts)


def _dates(dates: Sequence[NextDate], language: Language, territory: Territory) -> Markup:
    return lines(
        language.say("<b>Next dates</b>"),
        *(
            language.say("• {day}: {what}", day=_day(one, language, territory), what=_what(one, language))
            for one in dates
        ),
        None if dates else language.say("None yet."),
    )


def _day(one: NextDate, language: Language, territory: Territory) -> str:
    return language.short_day(one.on if one.at is None else one.at.astimezone(territory.zone).date())


def _what(one: NextDate, language: Language) -> str:
    title, where = shortened(one.title, NAME_MAX), shortened(one.coalition, NAME_MAX)
    match one.kind:
        case DateKind.FORUM:
            return language.plain("forum “{title}”", title=title)
        case DateKind.MILESTONE if not where:
            return language.plain("milestone “{title}”", title=title)
        case DateKind.MILESTONE:
            return language.plain("milestone “{title}” ({coalition})", title=title, coalition=where)
        case DateKind.MEETING:
            return language.plain("meeting “{title}” ({coalition})", title=title, coalition=where)


def _few(count: int, language: Language) -> str:
    if 0 < count < SMALLEST_GROUP:
        return language.plain("fewer than {n}", n=SMALLEST_GROUP)
    return language.number(count)


def _some(names: Sequence[str], language: Language) -> Markup:
    shown = [shortened(name, NAME_MAX) for name in names[:NAMES_MOST]]
    left = len(names) - len(shown)
    return language.listing([*shown, language.plain_n("{n} other", "{n} others", left)] if left else shown)


FEATURE = Feature(commands={"tableau": show_with_picture}, buttons={"dashboard": show_dashboard})
