"""One member of a coalition, for who facilitates it: who it is, and what can be decided about them."""

from dataclasses import dataclass
from typing import Final

from handlers.facilitators.requests import who_asks
from handlers.feature import Feature
from handlers.forms import Form, Option, Pick, Question, context_of, open_form
from handlers.members.member_list import begin, entry_label
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Button, Screen, button, lines
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound, TooLate
from programme.ids import CoalitionId, MembershipId
from programme.memberships import Membership, MembershipState
from programme.texts import folded
from programme.usecases.rights import facilitates, led_coalition, require_facilitator

COALITION: Final = "coalition"


@dataclass(frozen=True, slots=True)
class Sought:
    """The membership that was looked for, and the coalition in which."""

    member: str
    coalition: str = ""


def show_member(turn: Turn) -> Reply:
    """Show one member with what can be decided about them."""
    return turn.show(member_screen(turn, current_member(turn, MembershipId(turn.number(0)))))


def find_member(turn: Turn) -> Reply:
    """Open the search by name."""
    coalition = led_coalition(turn.uow, turn.me.id, CoalitionId(turn.number(0)))
    return open_form(turn, FIND_MEMBER, context={COALITION: str(coalition.id)})


def members_found(turn: Turn, words: str, offset: int, limit: int) -> tuple[list[Option], int]:
    """Give the members whose names, or whose organisations', hold the words."""
    coalition_id = CoalitionId(int(context_of(turn).get(COALITION) or 0))
    if not facilitates(turn.uow, turn.me.id, coalition_id):
        return [], 0
    listed = turn.uow.memberships.listed(coalition_id)
    found = [entry for entry in listed if folded(words) in folded(entry_label(entry))]
    options = [Option(str(entry.membership.id), entry_label(entry)) for entry in found[offset : offset + limit]]
    return options, len(found)


def current_member(turn: Turn, membership_id: MembershipId) -> Membership:
    """Give a membership to who facilitates its coalition; raises NotAllowed, or TooLate where it has ended."""
    membership = turn.uow.memberships.get(membership_id)
    require_facilitator(turn.uow, turn.me.id, membership.coalition_id)
    if membership.state is not MembershipState.ACCEPTED:
        raise TooLate
    return membership


def member_screen(turn: Turn, membership: Membership) -> Screen:
    """Give who a member is, with the buttons that decide about them."""
    language = turn.language
    coalition = turn.uow.coalitions.get(membership.coalition_id)
    since = language.day(membership.since.astimezone(turn.territory.zone).date())
    text = lines(
        language.say("<b>{name}</b>", name=who_asks(turn.uow, membership, language)),
        language.say("In “{coalition}” since {day}", coalition=coalition.name, day=since),
        language.say("✓ Facilitates this coalition") if membership.facilitator else None,
    )
    return Screen(text, (*_deeds(turn, membership), *way_out(language, "members", coalition.id, 0)))


def _deeds(turn: Turn, membership: Membership) -> tuple[tuple[Button, ...], ...]:
    plain, rows = turn.language.plain, list[tuple[Button, ...]]()
    if membership.person_id == turn.me.id:
        return ((button(plain("Leave the coalition"), "leave", membership.coalition_id),),)
    leading = turn.uow.memberships.facilitators(membership.coalition_id)
    if not membership.facilitator:
        rows.append((button(plain("Entrust with facilitation too"), "member.name", membership.id),))
    if turn.me.id in leading:
        rows.append((button(plain("Hand over to this person"), "member.hand", membership.id),))
    if not membership.facilitator or len(leading) > 1:
        rows.append((button(plain("Remove from the coalition"), "member.out", membership.id),))
    return tuple(rows)


def _show_found(turn: Turn, sought: Sought) -> Reply:
    if not sought.member.isdecimal():
        raise NotFound
    return say(member_screen(turn, current_member(turn, MembershipId(int(sought.member)))))


FIND_MEMBER = Form(
    name="find_member",
    version=1,
    into=Sought,
    questions=(
        Question("member", _("Whom are you looking for?"), Pick(members_found), hint=_("A name, or an organisation")),
    ),
    submit=_show_found,
)

FEATURE = Feature(
    buttons={"member": show_member, "member.find": find_member},
    forms=(FIND_MEMBER,),
    again={FIND_MEMBER.name: begin},
)
