"""Whose turn it is to chair, and who comes next, as text: the same in a group and in private."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from handlers.screen import lines, paragraphs
from locales import Language
from programme.coalitions import Coalition
from programme.meetings import Meeting
from programme.path import Agreement
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.chairs import chaired, chairs_in_order, whose_turn

MEETINGS_SHOWN: Final = 3
NAMES_SHOWN: Final = 12


def rotation_lines(
    uow: UnitOfWork, coalition: Coalition, language: Language, territory: Territory, now: datetime
) -> Markup:
    """Say who chairs the meetings to come, then the order in which others follow."""
    agreement, meetings = uow.path.agreement(coalition.id), chaired(uow, coalition.id, now)
    return paragraphs(
        lines(
            language.say("<b>Who chairs</b> · {name}", name=coalition.name),
            _turn(uow, coalition, language, now),
            *_planned(uow, meetings, language, territory),
        ),
        language.say("No agreement says yet who chairs the meetings.")
        if agreement is None
        else _to_come(uow, agreement, language),
    )


def _turn(uow: UnitOfWork, coalition: Coalition, language: Language, now: datetime) -> Markup | None:
    chair = whose_turn(uow, coalition.id, now)
    if chair is None:
        return None
    return language.say("It is the turn of <b>{name}</b>.", name=uow.people.get(chair).name)


def _planned(uow: UnitOfWork, meetings: Sequence[Meeting], language: Language, territory: Territory) -> list[Markup]:
    shown = meetings[:MEETINGS_SHOWN]
    names = uow.people.names(one.chair_id for one in shown if one.chair_id is not None)
    return [
        language.say(
            "• {day} · {title}: {name}",
            day=language.short_day(one.starts_at.astimezone(territory.zone).date()),
            title=one.title,
            name=names.get(one.chair_id, "") if one.chair_id is not None else "",
        )
        for one in shown
    ]


def _to_come(uow: UnitOfWork, agreement: Agreement, language: Language) -> Markup:
    if not agreement.rotating:
        if agreement.chair_id is None:
            return language.say("Who always chaired has left: the agreement is to be corrected.")
        return language.say("{name} chairs every meeting.", name=uow.people.get(agreement.chair_id).name)
    order = chairs_in_order(uow, agreement.coalition_id)
    names = list(uow.people.names(order).values())
    if not names:
        return language.say("Nobody takes turns yet.")
    following = (
        language.say("{number}. {name}", number=number, name=name)
        for number, name in enumerate(names[:NAMES_SHOWN], start=1)
    )
    others = len(names) - NAMES_SHOWN
    return lines(
        language.say("<b>For the meetings that are not planned yet:</b>"),
        *following,
        language.say_n("and {n} other", "and {n} others", others) if others > 0 else None,
    )
