"""Notices about roles in the programme: on the project team, and of who facilitates no more."""

from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, lines
from programme.notices import FacilitationEnded, TeamJoined, TeamLeft


def team_joined(notice: TeamJoined, reader: Reader) -> Screen:
    """Tell who was appointed, and where the team's menu is."""
    if not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    language = reader.language
    text = lines(
        language.say("You belong to the project team now."),
        language.say("/equipe shows what waits for it and all that it can do."),
    )
    to_menu = (button(language.plain("Project team"), "team"),)
    return Screen(text, (to_menu, why_button(notice, language), *way_out(language)))


def team_left(notice: TeamLeft, reader: Reader) -> Screen:
    """Tell who was taken off the team."""
    if reader.uow.people.is_staff(reader.person.id):
        raise Untrue("staff again")
    text = reader.language.say("You do not belong to the project team any more. The rest stays as it was.")
    return Screen(text, (why_button(notice, reader.language), *way_out(reader.language)))


def facilitation_ended(notice: FacilitationEnded, reader: Reader) -> Screen:
    """Tell who facilitates no more that they stay a member."""
    language, uow = reader.language, reader.uow
    coalition = uow.coalitions.get(notice.coalition_id)
    membership = uow.memberships.of(reader.person.id, coalition.id)
    if membership is None or membership.facilitator:
        raise Untrue("facilitates again, or left")
    text = language.say(
        "The project team has taken the facilitation of “{coalition}” off you; you stay a member. For any question, "
        "ask the team.",
        coalition=coalition.name,
    )
    to_card = (button(language.plain("See the coalition"), "coalition", coalition.id),)
    return Screen(text, (to_card, why_button(notice, language), *way_out(language)))
