"""Levels of commitment in words: beside the name of an organisation, and a request for one."""

from markupsafe import Markup

from handlers.screen import lines, paragraphs
from locales import Language
from programme.commitment_levels import LevelRequest, LevelRequestState
from programme.organisations import Organisation
from programme.ports import UnitOfWork
from programme.territory import Territory


def level_name(key: str | None, language: Language, territory: Territory) -> str:
    """Give the name of a level; its key where the charter has dropped it, nothing where there is none."""
    level = territory.commitment_level(key)
    return (key or "") if level is None else level.label_in(language.code)


def with_level(organisation: Organisation, language: Language, territory: Territory) -> str:
    """Name an organisation with its level: « ENIB (Agir) »."""
    if organisation.level is None:
        return organisation.name
    level = level_name(organisation.level, language, territory)
    return language.plain("{organisation} ({level})", organisation=organisation.name, level=level)


def request_card(request: LevelRequest, uow: UnitOfWork, language: Language, territory: Territory) -> Markup:
    """Say which organisation asks for what, what it has, who asks since when, and what was decided."""
    organisation = uow.organisations.get(request.organisation_id)
    names = [] if request.asked_by is None else list(uow.people.names([request.asked_by]).values())
    day = language.day(request.asked_at.astimezone(territory.zone).date())
    present = level_name(organisation.level, language, territory)
    waits = request.state is LevelRequestState.ASKED
    return paragraphs(
        lines(
            language.say("<b>Level of commitment</b> · {name}", name=organisation.name),
            language.say("Asked for: {level}", level=level_name(request.level, language, territory)),
            language.say("Today: {level}", level=present or language.plain("none")) if waits else None,
            language.say("Asked for by {name} on {day}", name=names[0], day=day)
            if names
            else language.say("Asked for on {day}", day=day),
        ),
        language.say("Objectives: {objectives}", objectives=request.objectives) if request.objectives else None,
        _decision(request, language),
    )


def _decision(request: LevelRequest, language: Language) -> Markup | None:
    match request.state:
        case LevelRequestState.ASKED:
            return None
        case LevelRequestState.CONFIRMED:
            return language.say("✓ Confirmed")
        case LevelRequestState.WITHDRAWN:
            return language.say("The request was taken back.")
        case LevelRequestState.REFUSED:
            word = language.say("Its message: {word}", word=request.word) if request.word else None
            return lines(language.say("✕ Refused"), word)
