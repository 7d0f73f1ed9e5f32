"""Invitation links: who opens one joins its coalition, as anybody does."""

from handlers.members.coalitions import coalition_card, no_longer_leads_anywhere
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button
from handlers.turn import Turn
from programme.coalitions import Coalition, CoalitionState
from programme.usecases.invite import come_by_invitation
from programme.usecases.join_coalition import joins_at_once


def join_by_invitation(turn: Turn, code: str) -> Reply:
    """Join the coalition of a link and show its card; one that was withdrawn says so, and how to come all the same."""
    invitation = turn.uow.invitations.by_code(code)
    if invitation is None:
        return say(no_longer_leads_anywhere(turn))
    coalition = turn.uow.coalitions.get(invitation.coalition_id)
    if coalition.state is not CoalitionState.ACTIVE:
        return say(no_longer_leads_anywhere(turn))
    if invitation.revoked_at is not None:
        return say(_withdrawn(turn, coalition))
    come_by_invitation(turn.uow, turn.me.id, invitation, turn.now)
    return say(coalition_card(turn, coalition))


def _withdrawn(turn: Turn, coalition: Coalition) -> Screen:
    plain = turn.language.plain
    known = turn.uow.memberships.of(turn.me.id, coalition.id)
    at_once = joins_at_once(coalition, known)
    text = turn.language.say(
        "This invitation link was withdrawn. You may ask to join “{coalition}” all the same.",
        coalition=coalition.name,
    )
    rows = (
        (button(plain("Join") if at_once else plain("Ask to join"), "join", coalition.id),),
        (button(plain("See the coalition"), "coalition", coalition.id),),
    )
    return Screen(text, (*rows, *way_out(turn.language)))
