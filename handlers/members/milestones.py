"""Milestones in private: those of one's coalition and the programme's, what is left of each, done in one tap."""

from datetime import date

from handlers.cards.milestone import MARKS, in_order, milestone_card, milestone_lines
from handlers.feature import Feature
from handlers.members.own_coalition import own_coalition_first
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.ids import MilestoneId
from programme.milestones import Milestone, MilestoneState
from programme.usecases.change_milestone import (
    complete_milestone,
    give_up_milestone,
    may_complete,
    may_steer,
    reopen_milestone,
    seen_milestone,
)
from programme.usecases.rights import facilitates


def show_milestones(turn: Turn, coalition: Coalition) -> Reply:
    """Show a coalition's milestones and the programme's, the nearest first."""
    language = turn.language
    page = page_of(milestones_of(turn, coalition), turn.number(1) if turn.word(0) and turn.word(1) else 0)
    text = paragraphs(
        language.say("<b>Milestones</b> · {name}", name=coalition.name),
        milestone_lines(page.things, turn.uow, language, turn.territory, today(turn))
        or language.say("There is none yet."),
    )
    add = ((button(language.plain("Add a milestone"), "milestone.new", coalition.id),),)
    rows = (
        *((button(f"{MARKS[one.state]} {one.title}", "milestone", one.id, coalition.id),) for one in page.things),
        *page.turner(language, "milestones", coalition.id),
        *(add if facilitates(turn.uow, turn.me.id, coalition.id) else ()),
        *way_out(language, "coalition", coalition.id),
    )
    return turn.show(Screen(text, rows))


def begin(turn: Turn) -> Reply:
    """Begin with those of the whole programme for staff and for who is in no coalition, else with one's coalition."""
    if turn.staff or not turn.uow.coalitions.of_person(turn.me.id):
        return _all(turn, 0)
    return LIST(turn)


def show_all(turn: Turn) -> Reply:
    """Show the milestones of the whole programme."""
    return _all(turn, turn.number(0) if turn.word(0) else 0)


def _all(turn: Turn, number: int) -> Reply:
    language = turn.language
    page = page_of(in_order(programme_milestones(turn)), number)
    text = paragraphs(
        language.say("<b>Milestones of the programme</b>"),
        milestone_lines(page.things, turn.uow, language, turn.territory, today(turn))
        or language.say("There is none yet."),
    )
    add = ((button(language.plain("Add one for everybody"), "milestone.all.new"),),) if turn.staff else ()
    own = turn.staff or turn.uow.coalitions.of_person(turn.me.id)
    rows = (
        *((button(f"{MARKS[one.state]} {one.title}", "milestone", one.id),) for one in page.things),
        *page.turner(language, "milestones.all"),
        *add,
        *(((button(language.plain("Milestones of a coalition"), "milestones"),),) if own else ()),
        *(way_out(language, "team") if turn.staff else way_out(language)),
    )
    return turn.show(Screen(text, rows))


def show_milestone(turn: Turn) -> Reply:
    """Show one milestone to the members of its coalition; one of the programme to everybody."""
    return turn.show(milestone_screen(turn, seen_milestone(turn.uow, turn.me.id, _tapped(turn))))


def complete(turn: Turn) -> Reply:
    """Note in one tap that a milestone is reached."""
    milestone = complete_milestone(turn.uow, turn.me.id, _tapped(turn), turn.now)
    return turn.show(milestone_screen(turn, milestone), toast=turn.language.plain("Noted: reached. Well done!"))


def give_up(turn: Turn) -> Reply:
    """Give a milestone up; the same card offers to take it up again."""
    milestone = give_up_milestone(turn.uow, turn.me.id, _tapped(turn), turn.now)
    return turn.show(milestone_screen(turn, milestone), toast=turn.language.plain("Noted: dropped."))


def reopen(turn: Turn) -> Reply:
    """Take a milestone up again."""
    milestone = reopen_milestone(turn.uow, turn.me.id, _tapped(turn), turn.now, turn.territory.zone)
    return turn.show(milestone_screen(turn, milestone), toast=turn.language.plain("It is open again."))


def milestone_screen(turn: Turn, milestone: Milestone) -> Screen:
    """Give a milestone's card with the buttons of who looks at it."""
    language = turn.language
    text = lines(milestone_card(milestone, turn.uow, language, turn.territory, today(turn)))
    back = milestone.coalition_id or (turn.number(1) if turn.word(1) else 0)
    out = way_out(language, "milestones", back) if back else way_out(language, "milestones.all", 0)
    return Screen(text, (*_deeds(turn, milestone), *out))


def milestones_of(turn: Turn, coalition: Coalition) -> list[Milestone]:
    """Give a coalition's own milestones and the programme's, as they are listed; what the programme dropped is not."""
    return in_order([*turn.uow.milestones.of_coalition(coalition.id), *programme_milestones(turn)])


def programme_milestones(turn: Turn) -> list[Milestone]:
    """Give those of the whole programme; what was dropped is not listed."""
    return [one for one in turn.uow.milestones.programme_ones() if one.state is not MilestoneState.GIVEN_UP]


def today(turn: Turn) -> date:
    """Give the day on the territory's clock."""
    return turn.now.astimezone(turn.territory.zone).date()


def _tapped(turn: Turn) -> MilestoneId:
    return MilestoneId(turn.number(0))


def _deeds(turn: Turn, milestone: Milestone) -> tuple[tuple[Button, ...], ...]:
    plain, rows = turn.language.plain, list[tuple[Button, ...]]()
    steers = may_steer(turn.uow, turn.me.id, milestone)
    completes = may_complete(turn.uow, turn.me.id, milestone)
    edit = "milestone.all.edit" if milestone.coalition_id is None else "milestone.edit"
    if milestone.state is MilestoneState.OPEN:
        if completes:
            rows.append((button(plain("✓ It is reached"), "milestone.done", milestone.id),))
        if steers:
            rows.append(
                (
                    button(plain("Move or correct it"), edit, milestone.id),
                    button(plain("Drop it"), "milestone.drop", milestone.id),
                )
            )
    elif steers or (completes and milestone.state is MilestoneState.DONE):
        rows.append((button(plain("Take it up again"), "milestone.open", milestone.id),))
    return tuple(rows)


LIST = own_coalition_first("milestones", show_milestones)
FEATURE = Feature(
    commands={"jalons": begin},
    buttons={
        "milestones": LIST,
        "milestones.all": show_all,
        "milestone": show_milestone,
        "milestone.done": complete,
        "milestone.drop": give_up,
        "milestone.open": reopen,
    },
)
