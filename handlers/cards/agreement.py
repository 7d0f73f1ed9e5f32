"""The working agreement of a coalition as text: the same in its group and in private."""

from markupsafe import Markup

from handlers.screen import lines
from locales import Language
from programme.coalitions import Coalition
from programme.path import Agreement
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.chairs import chairs_in_order

NAMES_SHOWN = 8
"""How many of those who chair in turn are named."""


def agreement_lines(
    uow: UnitOfWork, agreement: Agreement, coalition: Coalition, language: Language, territory: Territory
) -> Markup:
    """Say who chairs, how often, with which tools, and who keeps which link."""
    nobody = language.plain("to be chosen")
    return lines(
        language.say("<b>How we work</b> · {name}", name=coalition.name),
        chairing_line(uow, agreement, language),
        language.say("Rhythm: {frequency}", frequency=agreement.frequency),
        language.say("Tools: {tools}", tools=agreement.tools),
        language.say("Link with {territory}: {who}", territory=territory.name, who=agreement.authority_link or nobody),
        language.say("Link with the outside: {who}", who=agreement.outside_link or nobody),
    )


def chairing_line(uow: UnitOfWork, agreement: Agreement, language: Language) -> Markup:
    """Say who chairs: somebody always, or several in turn."""
    if not agreement.rotating:
        if agreement.chair_id is None:
            return language.say("Chair: to be chosen")
        return language.say("Chair: {name}", name=uow.people.get(agreement.chair_id).name)
    names = list(uow.people.names(chairs_in_order(uow, agreement.coalition_id)).values())
    if not names:
        return language.say("Chair: in turn, nobody is in the order yet")
    shown = names[:NAMES_SHOWN]
    if len(names) > NAMES_SHOWN:
        others = len(names) - NAMES_SHOWN
        shown.append(language.plain_n("{n} other", "{n} others", others))
    return language.say("Chair: in turn, {names}", names=language.listing(shown))
