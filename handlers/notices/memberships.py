"""Notices about who joins."""

from handlers.facilitators.requests import request_screen
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button
from programme.memberships import MembershipState
from programme.notices import MembershipAsked, MembershipDecided
from programme.usecases.rights import facilitates


def membership_asked(notice: MembershipAsked, reader: Reader) -> Screen:
    """Tell a facilitator that somebody asks to join, with the two buttons that decide it."""
    asked = reader.uow.memberships.get(notice.membership_id)
    if asked.state is not MembershipState.ASKED:
        raise Untrue("decided")
    if not facilitates(reader.uow, reader.person.id, asked.coalition_id):
        raise Untrue("no longer facilitates")
    staff = reader.uow.people.is_staff(reader.person.id)
    screen = request_screen(reader.uow, asked, reader.language, staff=staff)
    return Screen(screen.text, (*screen.rows[:-1], why_button(notice, reader.language)))


def membership_decided(notice: MembershipDecided, reader: Reader) -> Screen:
    """Tell who asked what was decided."""
    language = reader.language
    decided = reader.uow.memberships.get(notice.membership_id)
    coalition = reader.uow.coalitions.get(decided.coalition_id)
    to_card = (button(language.plain("See the coalition"), "coalition", coalition.id),)
    if decided.state is MembershipState.ACCEPTED:
        if decided.facilitator:
            text = language.say("You are now a member of “{name}”, and you facilitate it.", name=coalition.name)
        else:
            text = language.say("You are now a member of “{name}”.", name=coalition.name)
        return Screen(text, (to_card, why_button(notice, language), *way_out(language)))
    if decided.state is MembershipState.REFUSED:
        text = language.say(
            "Your request to join “{name}” was not accepted. Other coalitions may suit you.", name=coalition.name
        )
        to_others = (button(language.plain("Coalitions"), "coalitions"),)
        return Screen(text, (to_others, why_button(notice, language), *way_out(language)))
    raise Untrue("left meanwhile")
