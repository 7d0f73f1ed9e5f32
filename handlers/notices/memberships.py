"""Notices about who joins."""

from handlers.facilitators.requests import request_screen
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, lines
from programme.memberships import MembershipState
from programme.notices import MadeFacilitator, MemberRemoved, MembershipAsked, MembershipDecided
from programme.usecases.rights import facilitates, is_member


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


def made_facilitator(notice: MadeFacilitator, reader: Reader) -> Screen:
    """Tell a member that they facilitate a coalition from now on."""
    language = reader.language
    coalition = reader.uow.coalitions.get(notice.coalition_id)
    if reader.person.id not in reader.uow.memberships.facilitators(coalition.id):
        raise Untrue("no longer facilitates")
    text = lines(
        language.say("You are entrusted with facilitating “{name}”.", name=coalition.name),
        language.say("From its page, you plan meetings, answer requests to join and invite."),
    )
    to_card = (button(language.plain("See the coalition"), "coalition", coalition.id),)
    return Screen(text, (to_card, why_button(notice, language), *way_out(language)))


def member_removed(notice: MemberRemoved, reader: Reader) -> Screen:
    """Tell somebody that they are no longer in a coalition, with the word that goes with it."""
    language = reader.language
    coalition = reader.uow.coalitions.get(notice.coalition_id)
    if is_member(reader.uow, reader.person.id, coalition.id):
        raise Untrue("in it again")
    text = lines(
        language.say(
            "You are no longer a member of “{name}”: those who facilitate it decided so.", name=coalition.name
        ),
        language.say("Their message: {word}", word=notice.word) if notice.word else None,
        language.say("You may ask to join again from its page."),
    )
    to_card = (button(language.plain("See the coalition"), "coalition", coalition.id),)
    return Screen(text, (to_card, why_button(notice, language), *way_out(language)))
