"""Hand over: somebody else facilitates in one's place; asked once to confirm, since only they can give it back."""

from handlers.facilitators.member_card import current_member
from handlers.feature import Feature
from handlers.navigation import way_out
from handlers.reply import Reply
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from programme.ids import MembershipId
from programme.usecases.hand_over import hand_over


def ask_first(turn: Turn) -> Reply:
    """Say what changes for both, and ask."""
    membership, language = current_member(turn, MembershipId(turn.number(0))), turn.language
    coalition = turn.uow.coalitions.get(membership.coalition_id)
    name = turn.uow.people.get(membership.person_id).name
    text = lines(
        language.say("<b>Hand facilitation over to {name}?</b>", name=name),
        language.say(
            "From now on, they facilitate “{coalition}” in your place, and you stay a member.", coalition=coalition.name
        ),
    )
    sure = button(language.plain("Yes, hand over"), "member.hand.sure", membership.id)
    return turn.show(Screen(text, ((sure, button(language.plain("No, go back"), "member", membership.id)),)))


def give(turn: Turn) -> Reply:
    """Hand over, and say so; the other is told."""
    language = turn.language
    other = hand_over(turn.uow, turn.me.id, MembershipId(turn.number(0)), turn.now)
    coalition = turn.uow.coalitions.get(other.coalition_id)
    text = language.say(
        "It is done: {name} facilitates “{coalition}”, and you stay a member.",
        name=turn.uow.people.get(other.person_id).name,
        coalition=coalition.name,
    )
    to_card = (button(language.plain("See the coalition"), "coalition", coalition.id),)
    return turn.show(Screen(text, (to_card, *way_out(language))))


FEATURE = Feature(buttons={"member.hand": ask_first, "member.hand.sure": give})
