"""The screens of a coalition's road in private: the whole of it, and one step with what can be done about it."""

from datetime import date

from markupsafe import Markup

from handlers.cards.road import asks, road_lines
from handlers.names import step_name
from handlers.navigation import way_out
from handlers.screen import Button, Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.path import HELP_AT, LAUNCH_STEPS, PATH_STEPS, Step, StepProgress
from programme.usecases.rights import facilitates
from programme.usecases.steps import road, seem_done


def road_screen(turn: Turn, coalition: Coalition) -> Screen:
    """Give the road as one person sees it: each step by its number, and what belongs to it."""
    language = turn.language
    text = road_lines(turn.uow, coalition, language, turn.territory, turn.now)
    numbers = {step: str(number) for number, step in enumerate(Step, start=1)}
    rows: Rows = tuple(
        tuple(button(numbers[step], "step", coalition.id, step.value) for step in part)
        for part in (LAUNCH_STEPS, PATH_STEPS)
    )
    agreed = (
        button(language.plain("How we work"), "agreement", coalition.id),
        button(language.plain("Who chairs"), "chairs", coalition.id),
    )
    hint = language.say("Tap a number to see a step.")
    return Screen(paragraphs(text, hint), (*rows, agreed, *way_out(language, "coalition", coalition.id)))


def step_screen(turn: Turn, coalition: Coalition, step: Step) -> Screen:
    """Give one step: its facilitators change it here, and ask the authority for help."""
    language, progress = turn.language, road(turn.uow, turn.me.id, coalition.id)[step]
    number, total = list(Step).index(step) + 1, len(Step)
    proposed = step in seem_done(turn.uow, coalition.id, turn.now)
    text = paragraphs(
        lines(
            language.say(
                "<b>{step}</b> · step {number} of {total}", step=step_name(step, language), number=number, total=total
            ),
            language.say("Coalition: {name}", name=coalition.name),
        ),
        asks(step, language, turn.territory),
        _standing(turn, progress),
        _reason(turn, coalition, step) if proposed else None,
    )
    leads = facilitates(turn.uow, turn.me.id, coalition.id)
    rows = (
        *(_changes(turn, coalition, progress) if leads else ()),
        *(_help(turn, coalition, step) if leads else ()),
        *_resources(turn, coalition, step),
        *way_out(language, "steps", coalition.id),
    )
    return Screen(text, rows)


def _standing(turn: Turn, progress: StepProgress) -> Markup:
    language = turn.language
    if progress.done_on is not None:
        done = language.say("✓ Step done on {day}", day=language.day(progress.done_on))
        return lines(done, _owner_line(turn, progress))
    due = None
    if progress.due_on is not None:
        day = language.day(progress.due_on)
        late = progress.due_on < _today(turn)
        due = language.say("Was due on {day}", day=day) if late else language.say("Due on {day}", day=day)
    return lines(_owner_line(turn, progress) or language.say("Nobody is in charge yet."), due)


def _owner_line(turn: Turn, progress: StepProgress) -> Markup | None:
    if progress.owner_id is None:
        return None
    return turn.language.say("In charge: {name}", name=turn.uow.people.get(progress.owner_id).name)


def _reason(turn: Turn, coalition: Coalition, step: Step) -> Markup | None:
    """Say why the step seems to be done."""
    language = turn.language
    if step is Step.INVITE:
        allies = len(turn.uow.organisations.in_coalition(coalition.id))
        return language.say_n("{n} organisation is in: done?", "{n} organisations are in: done?", allies)
    if step is Step.MEET:
        return language.say("The launch meeting has taken place: done?")
    return language.say("Your agreement is written down: done?")


def _changes(turn: Turn, coalition: Coalition, progress: StepProgress) -> Rows:
    plain, about = turn.language.plain, (coalition.id, progress.step.value)
    if progress.done_on is not None:
        return ((button(plain("Open it again"), "step.undo", *about),),)
    first: tuple[Button, ...] = (button(plain("It is done"), "step.done", *about),)
    if progress.step is Step.AGREE:
        first = (*first, button(plain("How we work"), "agreement", coalition.id))
    return (
        first,
        (button(plain("Who is in charge"), "step.owner", *about), button(plain("By when"), "step.due", *about)),
    )


def _help(turn: Turn, coalition: Coalition, step: Step) -> Rows:
    """Offer the kinds of the authority's help that fit a step."""
    language = turn.language
    fitting = [kind for kind in turn.territory.support_kinds if kind.key in HELP_AT[step]]
    return tuple(
        (
            button(
                language.plain("Ask for help: {kind}", kind=kind.label_in(language.code)),
                "support.new",
                coalition.id,
                kind.key,
            ),
        )
        for kind in fitting
    )


def _resources(turn: Turn, coalition: Coalition, step: Step) -> Rows:
    if not any(step in resource.steps for resource in turn.territory.resources):
        return ()
    return ((button(turn.language.plain("Resources for this step"), "resources", coalition.id, step.value),),)


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.territory.zone).date()
