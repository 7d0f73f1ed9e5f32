"""The charts of the dashboard and of the territory's roadmap."""

from collections.abc import Sequence

from handlers.charts.bars import MIDDLE, PALE, STRONG, Bar, Chart, Format, Heading, Part, drawn
from handlers.names import action_state, step_name
from locales import Language
from programme.actions import ActionState
from programme.path import Step
from programme.territory import Territory
from programme.usecases.dashboard import COUNTED, Dashboard
from programme.usecases.territory_roadmap import TerritoryRoadmap


def dashboard_picture(known: Dashboard, language: Language, territory: Territory) -> bytes:
    """Give a PNG for a phone: coalitions by step, and actions by stake and state."""
    on = known.at.astimezone(territory.zone).date()
    heading = Heading(
        language.plain("Dashboard"),
        f"{territory.programme} · {territory.name} · {language.day(on)}",
        language.plain("An action that serves several stakes counts once for each.\nWhat is logged is no measure."),
    )
    return drawn(
        (stages_chart(known, language), stakes_chart(known, language, territory)),
        heading,
        language.number,
        colour=territory.colours.main,
    )


def stages_chart(known: Dashboard, language: Language) -> Chart:
    """Give the coalitions by the step they are at."""
    return Chart(
        language.plain("Coalitions by step"),
        (Part("", STRONG),),
        [Bar(stage_name(step, language), (count,)) for step, count in known.stages.items()],
        language.plain("No coalition yet."),
    )


def stakes_chart(known: Dashboard, language: Language, territory: Territory) -> Chart:
    """Give the actions by stake, each bar parted by state."""
    looks = {
        ActionState.DONE: (STRONG, False),
        ActionState.UNDER_WAY: (MIDDLE, False),
        ActionState.PLANNED: (PALE, True),
    }
    return Chart(
        language.plain("Actions by stake and state"),
        tuple(Part(action_state(state, language), *looks[state]) for state in COUNTED),
        [
            Bar(stake.label_in(language.code), tuple(known.by_stake[stake.key][state] for state in COUNTED))
            for stake in territory.stakes
        ],
        language.plain("No action yet."),
    )


def commitments_chart(roadmap: TerritoryRoadmap, language: Language, form: Format) -> bytes:
    """Give the committed coalitions by stake, for paper."""
    chart = Chart(
        language.plain("Committed coalitions by stake"),
        (Part("", STRONG),),
        [Bar(stake, (len(names),)) for stake, names in roadmap.by_stake.items()],
        language.plain("No commitment card is published yet."),
    )
    return drawn((chart,), None, language.number, form)


def commitments_in_words(roadmap: TerritoryRoadmap, language: Language) -> str:
    """Say what that chart shows, for who does not see it."""
    told: Sequence[str] = [
        language.plain("{name}: {count}", name=stake, count=language.number(len(names)))
        for stake, names in roadmap.by_stake.items()
    ]
    return language.plain("Bar chart of the committed coalitions by stake. {all}.", all="; ".join(told))


def stage_name(step: Step | None, language: Language) -> str:
    """Give the name of a step, or of the end of the road."""
    return language.plain("End of the road") if step is None else step_name(step, language)
