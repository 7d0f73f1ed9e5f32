"""`/ressources`: what the authority lends, by step of the road and by theme: pages to open, files to read."""

import mimetypes
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from handlers.feature import Feature
from handlers.forms.option import mark
from handlers.members.menu import contact_line
from handlers.names import STEPS
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Button, File, Rows, Screen, button, lines, link
from handlers.turn import Turn
from programme.errors import NotFound
from programme.ids import CoalitionId
from programme.path import Step
from programme.territory import Resource

FILE_TYPES: Final = {".md": "text/markdown"}
"""The media types that not every system knows."""


def show_resources(turn: Turn) -> Reply:
    """Show all that is lent, page by page."""
    return turn.show(all_screen(turn, way_out(turn.language)))


def show_steps(turn: Turn) -> Reply:
    """Show the steps for which something is lent."""
    return turn.show(steps_screen(turn, _back(turn)))


def show_themes(turn: Turn) -> Reply:
    """Show the themes for which something is lent."""
    return turn.show(themes_screen(turn, _back(turn)))


def show_step(turn: Turn) -> Reply:
    """Show what serves at a step; from a coalition's road, the way back leads there."""
    return turn.show(step_screen(turn, lambda *back: way_out(turn.language, *back)))


def show_theme(turn: Turn) -> Reply:
    """Show what serves a theme."""
    return turn.show(theme_screen(turn, way_out(turn.language, "resources.themes")))


def send_file(turn: Turn) -> Reply:
    """Send a file that is lent."""
    resource = _marked(turn)
    text = lines(
        turn.language.say("<b>{title}</b>", title=resource.title),
        turn.language.say("{line}", line=resource.line),
    )
    try:
        content = Path(resource.file).read_bytes()
    except OSError:
        return say(_out_of_reach(turn, resource))
    name = Path(resource.file).name
    media_type = FILE_TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return say(Screen(text, file=File(name, content, media_type)))


def all_screen(turn: Turn, way_on: Rows) -> Screen:
    """Give a page of all that is lent, and the ways to less of it: by step, by theme; then the `way_on`."""
    language, lent = turn.language, turn.territory.resources
    if not lent:
        text = language.say("Nothing is here yet. A question? {contact}", contact=contact_line(turn))
        return Screen(text, way_on)
    ways = []
    if any(one.steps for one in lent):
        ways.append(button(language.plain("By step"), "resources.steps"))
    if any(one.stakes for one in lent):
        ways.append(button(language.plain("By theme"), "resources.themes"))
    number = turn.number(0) if turn.word(0) else 0
    title = language.say("<b>Resources</b> of {territory}", territory=turn.territory.name)
    return _list(turn, title, lent, number, ("resources.all",), (*((tuple(ways),) if ways else ()), *way_on))


def steps_screen(turn: Turn, way_on: Rows) -> Screen:
    """Give one button for each step that has something of its own."""
    steps = [step for step in Step if any(step in one.steps for one in turn.territory.resources)]
    rows = tuple((button(turn.language.plain(STEPS[step]), "resources", 0, step.value),) for step in steps)
    return Screen(turn.language.say("<b>Resources</b> · at which step?"), (*rows, *way_on))


def themes_screen(turn: Turn, way_on: Rows) -> Screen:
    """Give one button for each stake that has something of its own."""
    named = {key for one in turn.territory.resources for key in one.stakes}
    stakes = [stake for stake in turn.territory.stakes if stake.key in named]
    rows = tuple((button(one.label_in(turn.language.code), "resources.theme", one.key, 0),) for one in stakes)
    return Screen(turn.language.say("<b>Resources</b> · on which theme?"), (*rows, *way_on))


def step_screen(turn: Turn, way_on: Callable[..., Rows]) -> Screen:
    """Give what serves at the step of the tapped button; `way_on` makes the last row from where it leads back."""
    coalition_id, word = CoalitionId(turn.number(0)), turn.word(1)
    if word not in list(Step):
        raise NotFound
    step = Step(word)
    lent = _for(turn, lambda one: step in one.steps, lambda one: not one.steps)
    title = turn.language.say("<b>Resources</b> · {name}", name=turn.language.plain(STEPS[step]))
    back = ("step", coalition_id, step.value) if coalition_id else ("resources.steps",)
    number = turn.number(2) if turn.word(2) else 0
    return _list(turn, title, lent, number, ("resources", coalition_id, step.value), way_on(*back))


def theme_screen(turn: Turn, way_on: Rows) -> Screen:
    """Give what serves the theme of the tapped button."""
    stake, number = turn.territory.stake(turn.word(0)), turn.number(1) if turn.word(1) else 0
    if stake is None:
        raise NotFound
    lent = _for(turn, lambda one: stake.key in one.stakes, lambda one: not one.stakes)
    title = turn.language.say("<b>Resources</b> · {name}", name=stake.label_in(turn.language.code))
    return _list(turn, title, lent, number, ("resources.theme", stake.key), way_on)


def _back(turn: Turn) -> Rows:
    return way_out(turn.language, "resources.all", 0)


def _for(turn: Turn, made_for: Callable[[Resource], bool], for_all: Callable[[Resource], bool]) -> Sequence[Resource]:
    """Give what is made for something, then what serves everywhere."""
    lent = turn.territory.resources
    return [*(one for one in lent if made_for(one)), *(one for one in lent if for_all(one))]


def _list(
    turn: Turn, title: Markup, lent: Sequence[Resource], number: int, route: tuple[object, ...], way_on: Rows
) -> Screen:
    language, page = turn.language, page_of(lent, number)
    text = lines(
        title,
        *(language.say("• <b>{title}</b>: {line}", title=one.title, line=one.line) for one in page.things),
        None if page.things else language.say("None yet."),
    )
    rows = tuple((_button(turn, one),) for one in page.things)
    return Screen(text, (*rows, *page.turner(language, *route), *way_on))


def _button(turn: Turn, resource: Resource) -> Button:
    if resource.link:
        return link(resource.title, resource.link)
    return button(turn.language.plain("{title} (file)", title=resource.title), "resources.file", mark(resource.title))


def _marked(turn: Turn) -> Resource:
    lent = turn.territory.resources
    found = next((one for one in lent if one.file and mark(one.title) == turn.word(0)), None)
    if found is None:
        raise NotFound
    return found


def _out_of_reach(turn: Turn, resource: Resource) -> Screen:
    text = turn.language.say(
        "I cannot read “{title}” at the moment. Please ask for it: {contact}",
        title=resource.title,
        contact=contact_line(turn),
    )
    return Screen(text)


FEATURE = Feature(
    commands={"ressources": show_resources},
    buttons={
        "resources": show_step,
        "resources.all": show_resources,
        "resources.steps": show_steps,
        "resources.themes": show_themes,
        "resources.theme": show_theme,
        "resources.file": send_file,
    },
)
