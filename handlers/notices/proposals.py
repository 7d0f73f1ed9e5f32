"""Notices about proposed coalitions."""

from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, lines, paragraphs
from handlers.staff.approvals import proposal_screen, waits_since
from programme.coalitions import CoalitionState
from programme.notices import CoalitionProposed, ProposalDecided, ProposalRecalled


def coalition_proposed(notice: CoalitionProposed, reader: Reader) -> Screen:
    """Tell the project team that somebody proposes a coalition."""
    coalition = reader.uow.coalitions.get(notice.coalition_id)
    if coalition.state is not CoalitionState.PROPOSED:
        raise Untrue("decided")
    if not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    screen = proposal_screen(reader.uow, coalition, reader.language)
    return Screen(screen.text, (*screen.rows[:-1], why_button(notice, reader.language)))


def proposal_decided(notice: ProposalDecided, reader: Reader) -> Screen:
    """Tell the proposer what the project team decided."""
    language = reader.language
    coalition = reader.uow.coalitions.get(notice.coalition_id)
    if coalition.state is CoalitionState.ACTIVE:
        text = language.say("“{name}” is approved: you facilitate it from now on.", name=coalition.name)
        to_card = (button(language.plain("See the coalition"), "coalition", coalition.id),)
        return Screen(text, (to_card, why_button(notice, language), *way_out(language)))
    text = lines(
        language.say("The project team could not accept “{name}”.", name=coalition.name),
        language.say("Its message: {word}", word=notice.word) if notice.word else None,
    )
    to_others = (button(language.plain("Coalitions"), "coalitions"),)
    return Screen(text, (to_others, why_button(notice, language), *way_out(language)))


def proposal_recalled(notice: ProposalRecalled, reader: Reader) -> Screen:
    """Remind the project team of a proposal that has waited for more than three working days."""
    coalition = reader.uow.coalitions.get(notice.coalition_id)
    if coalition.state is not CoalitionState.PROPOSED:
        raise Untrue("decided")
    if not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    language = reader.language
    screen = proposal_screen(reader.uow, coalition, language)
    text = paragraphs(
        language.say("<b>This proposal has waited for more than three working days.</b>"),
        waits_since(coalition, language, reader.territory),
        screen.text,
    )
    to_queue = (button(language.plain("All approvals"), "approvals", 0),)
    return Screen(text, (*screen.rows[:-1], to_queue, why_button(notice, language)))
