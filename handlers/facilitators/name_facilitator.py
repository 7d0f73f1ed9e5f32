"""Name a co-facilitator: asked once to confirm, since whoever facilitates may do everything in the coalition."""

from handlers.facilitators.member_card import current_member, member_screen
from handlers.feature import Feature
from handlers.reply import Reply
from handlers.screen import Screen, button, lines
from handlers.turn import Turn
from programme.ids import MembershipId
from programme.usecases.name_facilitator import name_facilitator


def ask_first(turn: Turn) -> Reply:
    """Say what a co-facilitator may do, and ask."""
    membership, language = current_member(turn, MembershipId(turn.number(0))), turn.language
    coalition = turn.uow.coalitions.get(membership.coalition_id)
    name = turn.uow.people.get(membership.person_id).name
    text = lines(
        language.say("<b>Entrust {name} with facilitation too?</b>", name=name),
        language.say("In “{coalition}”, they will be able to do all that you can.", coalition=coalition.name),
    )
    sure = button(language.plain("Yes, entrust"), "member.name.sure", membership.id)
    return turn.show(Screen(text, ((sure, button(language.plain("No, go back"), "member", membership.id)),)))


def entrust(turn: Turn) -> Reply:
    """Name the co-facilitator, who is told."""
    named = name_facilitator(turn.uow, turn.me.id, MembershipId(turn.number(0)), turn.now)
    return turn.show(member_screen(turn, named), toast=turn.language.plain("Done: the person is told."))


FEATURE = Feature(buttons={"member.name": ask_first, "member.name.sure": entrust})
