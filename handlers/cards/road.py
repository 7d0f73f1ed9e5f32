"""The road of a coalition as text: the same on its card in a group and in private."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from markupsafe import Markup

from handlers.names import step_name
from handlers.screen import lines, paragraphs
from locales import Language, Msgid, _
from programme.coalitions import Coalition
from programme.ids import PersonId
from programme.path import LAUNCH_STEPS, PATH_STEPS, Step, StepProgress, current_step
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.steps import seem_done

DONE, UNDER_WAY, TO_COME = "✓", "▸", "○"
ASKS: Final[Mapping[Step, Msgid]] = {
    Step.NEED: _("Say in a few words what the coalition wants to change, and talk about it with {territory}."),
    Step.INVITE: _("Find the organisations that the subject concerns, and invite them by a link."),
    Step.MEET: _("Get to know each other, hear what everybody expects, and make the objective precise."),
    Step.AGREE: _("Decide who chairs, how often you meet, with which tools, and who is the link with {territory}."),
    Step.DISCOVER: _("Share where things stand: the context, the rules, what exists already."),
    Step.INSPIRE: _("Look elsewhere for ideas: what others have tried, what experts tell, what can be compared."),
    Step.POSITION: _("Write the roadmap: actions, means, dates. Then have the members validate it."),
}


def road_lines(
    uow: UnitOfWork, coalition: Coalition, language: Language, territory: Territory, now: datetime
) -> Markup:
    """Show every step: done, under way or to come, with its owner and its date; then what the present one asks."""
    steps, proposed = uow.path.steps(coalition.id), seem_done(uow, coalition.id, now)
    owners = uow.people.names(one.owner_id for one in steps.values() if one.owner_id is not None)
    today, present = now.astimezone(territory.zone).date(), current_step(steps)

    def part(title: Markup, which: tuple[Step, ...]) -> Markup:
        done = sum(steps[step].done_on is not None for step in which)
        head = language.say("<b>{title}</b> · {done} of {total}", title=title, done=done, total=len(which))
        each = (
            _line(steps[step], language, owners, today, present=step is present, proposed=step in proposed)
            for step in which
        )
        return lines(head, *each)

    return paragraphs(
        language.say("<b>Steps</b> · {name}", name=coalition.name),
        part(language.say("Launch the coalition"), LAUNCH_STEPS),
        part(language.say("Move to action"), PATH_STEPS),
        language.say("You have come to the end of the road. Well done!")
        if present is None
        else language.say("<b>Now:</b> {asks}", asks=asks(present, language, territory)),
    )


def asks(step: Step, language: Language, territory: Territory) -> Markup:
    """Say in one sentence what a step asks."""
    return language.say(ASKS[step], territory=territory.name)


def standing(progress: StepProgress, language: Language, owner: str | None, today: date) -> list[str]:
    """Say who looks after a step and by when, or the day it was done."""
    if progress.done_on is not None:
        return [language.plain("done {day}", day=language.short_day(progress.done_on))]
    found = [] if owner is None else [owner]
    if progress.due_on is not None:
        day = language.short_day(progress.due_on)
        late = progress.due_on < today
        found.append(language.plain("was due on {day}", day=day) if late else language.plain("due on {day}", day=day))
    return found


def _line(
    progress: StepProgress,
    language: Language,
    owners: Mapping[PersonId, str],
    today: date,
    *,
    present: bool,
    proposed: bool,
) -> Markup:
    sign = DONE if progress.done_on is not None else UNDER_WAY if present else TO_COME
    owner = None if progress.owner_id is None else owners.get(progress.owner_id)
    facts = standing(progress, language, owner, today)
    if present:
        facts.insert(0, language.plain("under way"))
    if proposed:
        facts.append(language.plain("done?"))
    number, name = list(Step).index(progress.step) + 1, step_name(progress.step, language)
    if not facts:
        return language.say("{sign} {number}. {step}", sign=sign, number=number, step=name)
    told = ", ".join(facts)
    return language.say("{sign} {number}. {step} ({facts})", sign=sign, number=number, step=name, facts=told)
