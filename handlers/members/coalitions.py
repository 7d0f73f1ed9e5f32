"""Coalitions: browse them by theme, area or sector, read a card, join, leave."""

from collections.abc import Sequence

from handlers.cards.level import with_level
from handlers.feature import Feature
from handlers.names import SCOPES
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Language
from programme.coalitions import Coalition, CoalitionState
from programme.errors import NotFound
from programme.ids import CoalitionId
from programme.memberships import Membership, MembershipState
from programme.territory import ScopeKind
from programme.usecases.commitment_card import latest_card
from programme.usecases.join_coalition import join_coalition, joins_at_once
from programme.usecases.leave_coalition import leave_coalition
from programme.usecases.rights import facilitates

ORGANISATIONS_SHOWN = 12
ALL = "all"
MINE = "mine"


def show_ways(turn: Turn) -> Reply:
    """Show the ways to browse: by scope, all, one's own."""
    language = turn.language
    by_scope = [
        (button(f"{language.plain(name)} ({count})", "list", scope.value, 0),)
        for scope, name in SCOPES.items()
        if (count := len(turn.uow.coalitions.active(scope)))
    ]
    mine = turn.uow.coalitions.of_person(turn.me.id)
    own = ((button(f"{language.plain('My coalitions')} ({len(mine)})", "list", MINE, 0),),) if mine else ()
    text = lines(
        language.say("<b>Coalitions</b>"),
        language.say("Actors of the territory who join forces on one subject."),
    )
    rows = (
        *own,
        *by_scope,
        (button(language.plain("All"), "list", ALL, 0), button(language.plain("Propose a coalition"), "propose")),
        *way_out(language),
    )
    return turn.show(Screen(text, rows))


def show_list(turn: Turn) -> Reply:
    """Show one page of a list of coalitions, changed in place."""
    language, kind = turn.language, turn.word(0)
    page = page_of(_listed(turn, kind), turn.number(1))
    text = lines(
        language.say("<b>Coalitions</b> · {which}", which=_list_name(kind, language)),
        None if page.things else _nothing(kind, language),
    )
    rows = (
        *((button(coalition.name, "coalition", coalition.id),) for coalition in page.things),
        *page.turner(language, "list", kind),
        *way_out(language, "coalitions"),
    )
    return turn.show(Screen(text, rows))


def show_card(turn: Turn) -> Reply:
    """Show a coalition's card."""
    return turn.show(coalition_card(turn, _coalition(turn)))


def join(turn: Turn) -> Reply:
    """Join a coalition from its card: at once, or by asking."""
    coalition = _coalition(turn)
    membership = join_coalition(turn.uow, turn.me.id, coalition.id, turn.now)
    return turn.show(coalition_card(turn, coalition), toast=_joined_words(membership, turn.language))


def join_by_code(turn: Turn, code: str) -> Reply:
    """Join the coalition of an invitation link, and show its card with what happened."""
    coalition = turn.uow.coalitions.by_code(code)
    if coalition is None or coalition.state is not CoalitionState.ACTIVE:
        return say(no_longer_leads_anywhere(turn))
    join_coalition(turn.uow, turn.me.id, coalition.id, turn.now)
    return say(coalition_card(turn, coalition))


def no_longer_leads_anywhere(turn: Turn) -> Screen:
    """Say that a link's coalition is no longer there, with the way to the others."""
    text = turn.language.say("This invitation no longer leads anywhere. Here is where to find every coalition.")
    return Screen(text, ((button(turn.language.plain("Coalitions"), "coalitions"),), *way_out(turn.language)))


def leave(turn: Turn) -> Reply:
    """Leave a coalition in one tap; who facilitates it alone is asked first, to hand over or to go all the same."""
    coalition, language = _coalition(turn), turn.language
    if list(turn.uow.memberships.facilitators(coalition.id)) != [turn.me.id]:
        return leave_all_the_same(turn)
    text = lines(
        language.say("<b>Leave “{coalition}”?</b>", coalition=coalition.name),
        language.say("Nobody else facilitates it: without you, requests to join go to the project team."),
    )
    hand_over = (button(language.plain("Hand over first"), "members", coalition.id, 0),)
    others = len(turn.uow.memberships.members(coalition.id)) > 1
    rows = (
        *((hand_over,) if others else ()),
        (button(language.plain("Leave all the same"), "leave.sure", coalition.id),),
        (button(language.plain("No, stay"), "coalition", coalition.id),),
    )
    return turn.show(Screen(text, rows))


def leave_all_the_same(turn: Turn) -> Reply:
    """Leave a coalition, or take one's request back; its card offers to come back."""
    coalition, plain = _coalition(turn), turn.language.plain
    before = turn.uow.memberships.of(turn.me.id, coalition.id)
    leave_coalition(turn.uow, turn.me.id, coalition.id, turn.now)
    asked = before is not None and before.state is MembershipState.ASKED
    words = plain("Your request is taken back.") if asked else plain("Done: you are no longer in it.")
    return turn.show(coalition_card(turn, coalition), toast=words)


def coalition_card(turn: Turn, coalition: Coalition) -> Screen:
    """Give a coalition's card: objective, organisations, next meeting, where one stands, and what one can do."""
    language = turn.language
    membership = turn.uow.memberships.of(turn.me.id, coalition.id)
    text = paragraphs(
        language.say("<b>{name}</b>", name=coalition.name),
        language.say("{objective}", objective=coalition.objective) if coalition.objective else None,
        lines(_organisations_line(turn, coalition), _stakes_line(turn, coalition), _meeting_line(turn, coalition)),
        _standing(membership, language),
    )
    return Screen(text, (*_deeds(turn, coalition, membership), *way_out(language, "list", coalition.scope.value, 0)))


def _listed(turn: Turn, kind: str) -> Sequence[Coalition]:
    if kind == MINE:
        return turn.uow.coalitions.of_person(turn.me.id)
    if kind == ALL:
        return turn.uow.coalitions.active()
    if kind not in list(ScopeKind):
        raise NotFound
    return turn.uow.coalitions.active(ScopeKind(kind))


def _list_name(kind: str, language: Language) -> str:
    if kind in {ALL, MINE}:
        return language.plain("All") if kind == ALL else language.plain("My coalitions")
    return language.plain(SCOPES[ScopeKind(kind)])


def _nothing(kind: str, language: Language) -> str:
    if kind == MINE:
        return language.say("You are in no coalition yet. Find one that suits you, or propose one.")
    return language.say("None yet. You may propose the first one.")


def _coalition(turn: Turn) -> Coalition:
    coalition = turn.uow.coalitions.get(CoalitionId(turn.number(0)))
    if coalition.state is not CoalitionState.ACTIVE:
        raise NotFound
    return coalition


def _organisations_line(turn: Turn, coalition: Coalition) -> str:
    language = turn.language
    members = turn.uow.organisations.in_coalition(coalition.id)
    names = [with_level(organisation, language, turn.territory) for organisation in members]
    if not names:
        return language.say("Organisations: none yet")
    if len(names) <= ORGANISATIONS_SHOWN:
        return language.say("Organisations: {names}", names=language.listing(names))
    others = len(names) - ORGANISATIONS_SHOWN
    shown = language.listing([*names[:ORGANISATIONS_SHOWN], language.plain_n("{n} other", "{n} others", others)])
    return language.say("Organisations: {names}", names=shown)


def _stakes_line(turn: Turn, coalition: Coalition) -> str | None:
    stakes = [stake for key in coalition.stakes if (stake := turn.territory.stake(key)) is not None]
    if not stakes:
        return None
    names = turn.language.listing([stake.label_in(turn.language.code) for stake in stakes])
    return turn.language.say("Stakes: {names}", names=names)


def _meeting_line(turn: Turn, coalition: Coalition) -> str:
    meeting = turn.uow.meetings.next_of(coalition.id, turn.now)
    if meeting is None:
        return turn.language.say("Next meeting: not set yet")
    moment = turn.language.moment(meeting.starts_at, turn.territory.zone)
    return turn.language.say("Next meeting: {moment}", moment=moment)


def _standing(membership: Membership | None, language: Language) -> str | None:
    if membership is None:
        return None
    if membership.state is MembershipState.ASKED:
        return language.say("Your request is with the people who facilitate it: you will have their answer here.")
    if membership.state is MembershipState.ACCEPTED:
        if membership.facilitator:
            return language.say("✓ You facilitate this coalition.")
        return language.say("✓ You are a member.")
    return None


def _deeds(turn: Turn, coalition: Coalition, membership: Membership | None) -> tuple[tuple[Button, ...], ...]:
    language, rows = turn.language, list[tuple[Button, ...]]()
    state = membership.state if membership is not None else None
    meeting = turn.uow.meetings.next_of(coalition.id, turn.now)
    leads = facilitates(turn.uow, turn.me.id, coalition.id)
    if meeting is not None and (leads or state is MembershipState.ACCEPTED):
        rows.append((button(language.plain("Next meeting"), "meeting", meeting.id),))
    if leads or state is MembershipState.ACCEPTED:
        rows.append(
            (
                button(language.plain("Actions"), "actions", coalition.id, "all", 0),
                button(language.plain("Log an action"), "action.new", coalition.id),
            )
        )
        rows.append(
            (
                button(language.plain("Steps"), "steps", coalition.id),
                button(language.plain("How we work"), "agreement", coalition.id),
            )
        )
        rows.append(
            (
                button(language.plain("Roadmap"), "roadmap", coalition.id),
                button(language.plain("Milestones"), "milestones", coalition.id),
            )
        )
    if leads:
        waiting = len(turn.uow.memberships.waiting([coalition.id]))
        rows.append((button(language.plain("Plan a meeting"), "plan", coalition.id),))
        if waiting:
            rows.append((button(f"{language.plain('Requests to join')} ({waiting})", "requests", coalition.id),))
    if leads or state is MembershipState.ACCEPTED:
        invite = (button(language.plain("Invite by a link"), "invite", coalition.id),) if leads else ()
        rows.append((button(language.plain("Members"), "members", coalition.id, 0), *invite))
        support = (button(language.plain("Support requests"), "support", coalition.id),) if leads else ()
        rows.append((*support, button(language.plain("Resources"), "resources.all", 0)))
    if leads or latest_card(turn.uow, coalition.id) is not None:
        rows.append((button(language.plain("Commitment card"), "card", coalition.id),))
    if state is MembershipState.ACCEPTED:
        rows.append((button(language.plain("Leave the coalition"), "leave", coalition.id),))
    elif state is MembershipState.ASKED:
        rows.append((button(language.plain("Take my request back"), "leave", coalition.id),))
    else:
        words = language.plain("Join") if joins_at_once(coalition, membership) else language.plain("Ask to join")
        rows.append((button(words, "join", coalition.id),))
    return tuple(rows)


def _joined_words(membership: Membership, language: Language) -> str:
    if membership.state is MembershipState.ACCEPTED:
        return language.plain("You are a member.")
    return language.plain("Your request is sent.")


FEATURE = Feature(
    commands={"coalitions": show_ways},
    buttons={
        "coalitions": show_ways,
        "list": show_list,
        "coalition": show_card,
        "join": join,
        "leave": leave,
        "leave.sure": leave_all_the_same,
    },
)
