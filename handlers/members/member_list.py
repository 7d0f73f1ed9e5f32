"""Who is in a coalition, by organisation: for its members to read, for its facilitators to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from handlers.cards.level import with_level
from handlers.facilitators.led_coalition import led_coalition_first
from handlers.feature import Feature
from handlers.members.coalitions import ORGANISATIONS_SHOWN, coalition_card, no_longer_leads_anywhere
from handlers.navigation import PAGE, page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Language
from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotFound
from programme.ids import CoalitionId
from programme.meetings import NAMES_SHOWN
from programme.ports import MemberEntry, UnitOfWork
from programme.territory import Territory
from programme.usecases.rights import facilitates, is_member, require_member


def begin(turn: Turn) -> Reply:
    """Show who is in the coalition one facilitates, or is a member of; asked only where there are several."""
    if not turn.staff and not turn.uow.coalitions.led_by(turn.me.id):
        own = turn.uow.coalitions.of_person(turn.me.id)
        if len(own) == 1:
            return _show(turn, own[0], 0)
        if own:
            text = turn.language.say("<b>Members of which coalition?</b>")
            rows = tuple((button(one.name, "members", one.id, 0),) for one in own)
            return turn.show(Screen(text, (*rows, *way_out(turn.language))))
    return of_led_coalition(turn)


def show_members(turn: Turn) -> Reply:
    """Show a page of a coalition's members to who is one, facilitates it or is staff."""
    coalition = turn.uow.coalitions.get(CoalitionId(turn.number(0)))
    if not facilitates(turn.uow, turn.me.id, coalition.id):
        require_member(turn.uow, turn.me.id, coalition.id)
    if coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    return _show(turn, coalition, turn.number(1) if turn.word(1) else 0)


def show_by_code(turn: Turn, code: str) -> Reply:
    """Show a coalition's members behind a link that stands in its group; its card to who may not see them."""
    coalition = turn.uow.coalitions.by_code(code)
    if coalition is None or coalition.state is not CoalitionState.ACTIVE:
        return say(no_longer_leads_anywhere(turn))
    if is_member(turn.uow, turn.me.id, coalition.id) or facilitates(turn.uow, turn.me.id, coalition.id):
        return say(members_screen(turn, coalition, 0))
    return say(coalition_card(turn, coalition))


def members_screen(turn: Turn, coalition: Coalition, number: int) -> Screen:
    """Give a page of a coalition's members: as text, and as buttons for who facilitates it."""
    language, listed = turn.language, turn.uow.memberships.listed(coalition.id)
    page, leads = page_of(listed, number), facilitates(turn.uow, turn.me.id, coalition.id)
    if leads:
        people = language.say("Touch a name to entrust that person with facilitation, or to remove them.")
    else:
        levels = _with_levels(turn.uow, coalition, language, turn.territory)
        people = lines(*_by_organisation(page.things, levels, language))
    text = paragraphs(
        head_lines(turn.uow, coalition, listed, language), people if listed else None, _without_people(turn, coalition)
    )
    rows: Rows = ()
    if leads:
        waiting = len(turn.uow.memberships.waiting([coalition.id]))
        requests = (button(f"{language.plain('Requests to join')} ({waiting})", "requests", coalition.id),)
        search = (button(language.plain("Search"), "member.find", coalition.id),)
        rows = (
            *((button(entry_label(entry), "member", entry.membership.id),) for entry in page.things),
            *((search,) if len(listed) > PAGE else ()),
            *((requests,) if waiting else ()),
            (button(language.plain("Invite by a link"), "invite", coalition.id),),
        )
    turner = page.turner(language, "members", coalition.id)
    return Screen(text, (*rows, *turner, *way_out(language, "coalition", coalition.id)))


def short_list(uow: UnitOfWork, coalition: Coalition, language: Language, territory: Territory) -> Markup:
    """Give a coalition's members as one short message: the first ones by organisation, the others as a number."""
    listed = uow.memberships.listed(coalition.id)
    shown, others = listed[:NAMES_SHOWN], max(0, len(listed) - NAMES_SHOWN)
    rest = language.say_n("and {n} other person", "and {n} other people", others) if others else None
    return paragraphs(
        head_lines(uow, coalition, listed, language),
        lines(*_by_organisation(shown, _with_levels(uow, coalition, language, territory), language), rest)
        if listed
        else None,
    )


def head_lines(uow: UnitOfWork, coalition: Coalition, listed: Sequence[MemberEntry], language: Language) -> Markup:
    """Give the name of a coalition, how many are in it, and who facilitates it."""
    organisations = len(uow.organisations.in_coalition(coalition.id))
    leading = [entry.name for entry in listed if entry.membership.facilitator]
    return lines(
        language.say("<b>Members</b> · {coalition}", coalition=coalition.name),
        language.say(
            "{people}, {organisations}",
            people=language.plain_n("{n} person", "{n} people", len(listed)),
            organisations=language.plain_n("{n} organisation", "{n} organisations", organisations),
        ),
        language.say("Facilitation: {names}", names=language.listing(leading))
        if leading
        else language.say("Facilitation: nobody at the moment, the project team answers."),
    )


def entry_label(entry: MemberEntry) -> str:
    """Give a member for a button: « Léa Martin · ENIB »."""
    return f"{entry.name} · {entry.organisation}" if entry.organisation else entry.name


def _show(turn: Turn, coalition: Coalition, number: int) -> Reply:
    return turn.show(members_screen(turn, coalition, number))


def _begin_with(turn: Turn, coalition: Coalition) -> Reply:
    return _show(turn, coalition, 0)


def _with_levels(uow: UnitOfWork, coalition: Coalition, language: Language, territory: Territory) -> Mapping[str, str]:
    """Give each organisation of a coalition with its level of commitment, by its name."""
    return {one.name: with_level(one, language, territory) for one in uow.organisations.in_coalition(coalition.id)}


def _by_organisation(entries: Iterable[MemberEntry], levels: Mapping[str, str], language: Language) -> Iterable[Markup]:
    for organisation, people in groupby(entries, key=lambda entry: entry.organisation):
        names = language.listing([person.name for person in people])
        if organisation:
            yield language.say("{organisation}: {names}", organisation=levels[organisation], names=names)
        else:
            yield language.say("In their own name: {names}", names=names)


def _without_people(turn: Turn, coalition: Coalition) -> Markup | None:
    """Name the organisations of a coalition for which nobody has come yet."""
    represented = {entry.organisation for entry in turn.uow.memberships.listed(coalition.id)}
    levels = _with_levels(turn.uow, coalition, turn.language, turn.territory)
    names = [shown for name, shown in levels.items() if name not in represented]
    if not names:
        return None
    others = len(names) - ORGANISATIONS_SHOWN
    more = [turn.language.plain_n("{n} other", "{n} others", others)] if others > 0 else []
    shown = turn.language.listing([*names[:ORGANISATIONS_SHOWN], *more])
    return turn.language.say("Nobody here yet for: {names}", names=shown)


of_led_coalition = led_coalition_first("members.of", _begin_with)

FEATURE = Feature(
    commands={"membres": begin},
    buttons={"members.of": of_led_coalition, "members": show_members},
)
