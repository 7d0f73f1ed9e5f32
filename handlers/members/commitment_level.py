"""`/engagement`: the level of commitment of one's organisation: what each wants, ask for one, go down, leave."""

from dataclasses import dataclass

from markupsafe import Markup

from handlers.cards.level import level_name
from handlers.feature import Feature
from handlers.forms import Form, Question, Text, open_form
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import _
from programme.commitment_levels import OBJECTIVES_MAX, LevelRequest
from programme.errors import NotFound
from programme.ids import LevelRequestId
from programme.organisations import Organisation
from programme.territory import CommitmentLevel
from programme.usecases.ask_level import ask_level, is_higher, is_lower, lower_level, spoken_for, take_back_level


@dataclass(frozen=True, slots=True)
class Objectives:
    """What an organisation wants to reach, and the key of the level that needs it."""

    objectives: str
    level: str = ""


def show_levels(turn: Turn) -> Reply:
    """Show the level that one's organisation has, the one that it asks for, and all those of the charter."""
    return turn.show(_levels_screen(turn))


def show_level(turn: Turn) -> Reply:
    """Show one level, what it wants, and the way to it."""
    organisation, level = spoken_for(turn.uow, turn.me.id), _tapped(turn)
    language = turn.language
    waiting = turn.uow.level_requests.waiting_of(organisation.id)
    wants = level.wants_in(language.code)
    text = paragraphs(
        language.say("<b>{level}</b> · {name}", level=level.label_in(language.code), name=organisation.name),
        language.say("{wants}", wants=wants) if wants else None,
        _consequence(turn, level, organisation, waiting),
    )
    rows = ((deed,),) if (deed := _deed(turn, level, organisation, waiting)) is not None else ()
    return turn.show(Screen(text, (*rows, *way_out(language, "engagement"))))


def ask(turn: Turn) -> Reply:
    """Ask for a level that needs no words."""
    ask_level(turn.uow, turn.me.id, turn.word(0), "", turn.territory, turn.now)
    return turn.show(_levels_screen(turn), toast=turn.language.plain("Asked: the project team decides."))


def start_writing(turn: Turn) -> Reply:
    """Ask for the objectives that a level needs."""
    spoken_for(turn.uow, turn.me.id)
    return open_form(turn, ASK_LEVEL, context={"level": _tapped(turn).key})


def take_back(turn: Turn) -> Reply:
    """Take the request back."""
    take_back_level(turn.uow, turn.me.id, LevelRequestId(turn.number(0)), turn.now)
    return turn.show(_levels_screen(turn), toast=turn.language.plain("Your request is taken back."))


def lower(turn: Turn) -> Reply:
    """Go down to a level."""
    lower_level(turn.uow, turn.me.id, _tapped(turn).key, turn.territory, turn.now)
    return turn.show(_levels_screen(turn), toast=turn.language.plain("Done: the project team is told."))


def ask_before_leaving(turn: Turn) -> Reply:
    """Ask before the organisation leaves the charter."""
    language, organisation = turn.language, spoken_for(turn.uow, turn.me.id)
    text = lines(
        language.say("<b>Withdraw the commitment of {name}?</b>", name=organisation.name),
        language.say("It has no level any more; it can ask for one again."),
    )
    sure = button(language.plain("Yes, withdraw it"), "engagement.leave.sure")
    return turn.show(Screen(text, ((sure, button(language.plain("No, go back"), "engagement")),)))


def leave(turn: Turn) -> Reply:
    """Leave the charter."""
    lower_level(turn.uow, turn.me.id, None, turn.territory, turn.now)
    return turn.show(_levels_screen(turn), toast=turn.language.plain("Done: the project team is told."))


def _levels_screen(turn: Turn) -> Screen:
    language, territory = turn.language, turn.territory
    title = language.say("<b>Commitment</b>")
    if not territory.commitment_levels:
        return Screen(lines(title, language.say("This programme has no levels of commitment.")), way_out(language))
    if turn.me.organisation_id is None:
        alone = language.say("You come in your own name: levels of commitment are for organisations.")
        return Screen(lines(title, alone), way_out(language))
    organisation = turn.uow.organisations.get(turn.me.organisation_id)
    waiting = turn.uow.level_requests.waiting_of(organisation.id)
    text = paragraphs(
        lines(
            language.say("<b>Commitment</b> · {name}", name=organisation.name),
            _present(turn, organisation),
            None if waiting is None else _waits(turn, waiting),
        ),
        language.say("Objectives: {objectives}", objectives=organisation.objectives)
        if organisation.objectives
        else None,
        language.say("The charter has {n} levels. Tap one to see what it wants.", n=len(territory.commitment_levels)),
    )
    rows: list[tuple[Button, ...]] = [
        (button(_label(turn, level, organisation), "engagement.level", level.key),)
        for level in territory.commitment_levels
    ]
    if waiting is not None:
        rows.append((button(language.plain("Take the request back"), "engagement.back", waiting.id),))
    if organisation.level is not None:
        rows.append((button(language.plain("Withdraw the commitment"), "engagement.leave"),))
    return Screen(text, (*rows, *way_out(language, "settings")))


def _present(turn: Turn, organisation: Organisation) -> Markup:
    if organisation.level is None:
        return turn.language.say("No level yet.")
    level = level_name(organisation.level, turn.language, turn.territory)
    return turn.language.say("Level: {level}", level=level)


def _waits(turn: Turn, waiting: LevelRequest) -> Markup:
    language = turn.language
    return language.say(
        "Asked on {day}: {level}. The project team decides.",
        level=level_name(waiting.level, language, turn.territory),
        day=language.day(waiting.asked_at.astimezone(turn.territory.zone).date()),
    )


def _label(turn: Turn, level: CommitmentLevel, organisation: Organisation) -> str:
    label = level.label_in(turn.language.code)
    return f"✓ {label}" if level.key == organisation.level else label


def _consequence(
    turn: Turn, level: CommitmentLevel, organisation: Organisation, waiting: LevelRequest | None
) -> Markup:
    """Say what comes of tapping the button below, or why there is none."""
    language = turn.language
    if is_lower(turn.territory, level, organisation):
        return language.say("Your organisation is above it. Going down is done at once, and the project team is told.")
    if waiting is not None:
        return language.say("A request waits already: take it back first.")
    if is_higher(turn.territory, level, organisation):
        return language.say("The project team confirms it; you have its answer here.")
    if level.needs_objectives:
        return language.say("It is the level of your organisation. You can ask for other objectives.")
    return language.say("It is the level of your organisation.")


def _deed(
    turn: Turn, level: CommitmentLevel, organisation: Organisation, waiting: LevelRequest | None
) -> Button | None:
    plain = turn.language.plain
    if is_lower(turn.territory, level, organisation):
        return button(plain("Go down to this level"), "engagement.lower", level.key)
    if waiting is not None:
        return None
    if level.needs_objectives:
        return button(plain("Write our objectives"), "engagement.write", level.key)
    if is_higher(turn.territory, level, organisation):
        return button(plain("Ask for this level"), "engagement.ask", level.key)
    return None


def _tapped(turn: Turn) -> CommitmentLevel:
    level = turn.territory.commitment_level(turn.word(0))
    if level is None:
        raise NotFound
    return level


def _ask(turn: Turn, told: Objectives) -> Reply:
    ask_level(turn.uow, turn.me.id, told.level, told.objectives, turn.territory, turn.now)
    asked = turn.language.say("Your request is with the project team: you have its answer here.")
    return say(Screen(asked), _levels_screen(turn))


ASK_LEVEL = Form(
    name="ask_level",
    version=1,
    into=Objectives,
    questions=(
        Question(
            "objectives",
            _("Which objectives does your organisation set itself?"),
            Text(longest=OBJECTIVES_MAX, multiline=True),
            hint=_("For example: 20% less energy by 2028; half of the trips without a car by 2030."),
            label=_("Objectives"),
        ),
    ),
    review=_("Your request"),
    submit=_ask,
)

FEATURE = Feature(
    commands={"engagement": show_levels},
    buttons={
        "engagement": show_levels,
        "engagement.level": show_level,
        "engagement.ask": ask,
        "engagement.write": start_writing,
        "engagement.back": take_back,
        "engagement.lower": lower,
        "engagement.leave": ask_before_leaving,
        "engagement.leave.sure": leave,
    },
    forms=(ASK_LEVEL,),
    again={ASK_LEVEL.name: show_levels},
)
