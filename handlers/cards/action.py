"""The card of an action: what, where it stands, when, for which stakes, with which figure, and who logged it."""

from markupsafe import Markup

from handlers.names import action_state, figure_words, roadmap_state
from handlers.navigation import way_out
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Language, Msgid, _
from programme.actions import NEXT_STATE, Action, ActionState, When
from programme.usecases.change_action import may_change, may_move_on

MOVE_ON: dict[ActionState, Msgid] = {
    ActionState.UNDER_WAY: _("→ It is under way"),
    ActionState.DONE: _("→ It is done"),
}


def action_screen(turn: Turn, action: Action) -> Screen:
    """Give an action's card with the buttons of who looks at it."""
    language = turn.language
    text = paragraphs(
        lines(
            language.say("<b>{title}</b>", title=action.title),
            language.say(
                "{state} · {when}", state=action_state(action.state, language), when=when_words(action.when, language)
            ),
        ),
        lines(
            language.say("Coalition: {name}", name=turn.uow.coalitions.get(action.coalition_id).name),
            _stakes_line(turn, action),
            language.say("Figure: {figure}", figure=figure_words(action.figure, language)) if action.figure else None,
            _author_line(turn, action),
            _roadmap_line(turn, action),
        ),
        _details(turn, action),
    )
    return Screen(text, (*_deeds(turn, action), *way_out(language, "actions", "me", "all", 0)))


def when_words(when: When, language: Language) -> str:
    """Write the day of an action, or its month."""
    return language.month(when.on) if when.whole_month else language.day(when.on)


def _deeds(turn: Turn, action: Action) -> tuple[tuple[Button, ...], ...]:
    language, rows = turn.language, list[tuple[Button, ...]]()
    following = NEXT_STATE.get(action.state)
    mine = may_change(turn.uow, turn.me.id, action)
    if following is not None and may_move_on(turn.uow, turn.me.id, action):
        words = language.plain(MOVE_ON[following])
        rows.append((button(words, "action.on", action.id, action.state.value),))
    if action.photo:
        rows.append((button(language.plain("See the photo"), "action.photo", action.id),))
    if mine:
        rows.append(
            (
                button(language.plain("Correct or complete"), "action.edit", action.id),
                button(language.plain("Delete"), "action.delete", action.id),
            )
        )
    return tuple(rows)


def _stakes_line(turn: Turn, action: Action) -> Markup | None:
    stakes = [stake for key in action.stakes if (stake := turn.territory.stake(key)) is not None]
    if not stakes:
        return None
    names = turn.language.listing([stake.label_in(turn.language.code) for stake in stakes])
    return turn.language.say("Stakes: {names}", names=names)


def _author_line(turn: Turn, action: Action) -> Markup:
    language = turn.language
    former = language.plain("a former member")
    name = former if action.logged_by is None else turn.uow.people.get(action.logged_by).name
    if action.organisation_id is None:
        return language.say("Logged by {name}", name=name)
    organisation = turn.uow.organisations.get(action.organisation_id).name
    return language.say("Logged by {name} ({organisation})", name=name, organisation=organisation)


def _roadmap_line(turn: Turn, action: Action) -> Markup | None:
    if action.roadmap is None:
        return None
    language, state = turn.language, roadmap_state(action.roadmap, turn.language)
    if action.owner_id is None:
        return language.say("Roadmap: {state}", state=state)
    name = turn.uow.people.get(action.owner_id).name
    return language.say("Roadmap: {state}, looked after by {name}", state=state, name=name)


def _details(turn: Turn, action: Action) -> Markup | None:
    language, details = turn.language, action.details
    sector = turn.territory.sector(details.sector)
    return (
        lines(
            language.say("Means: {text}", text=details.means) if details.means else None,
            language.say("For whom: {text}", text=details.public) if details.public else None,
            language.say("Partners: {text}", text=details.partners) if details.partners else None,
            language.say("Expected result: {text}", text=details.expected_result) if details.expected_result else None,
            language.say("Sector: {name}", name=sector.label_in(language.code)) if sector else None,
        )
        or None
    )
