"""Notices about date polls: opened, with the buttons that answer, and closed, with those that choose the date."""

from handlers.facilitators.decide_date import choice_rows
from handlers.group_cards.date_poll import date_buttons, how_to_answer, poll_lines
from handlers.members.answer_dates import own_answers
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, paragraphs
from programme.date_polls import DatePollState
from programme.notices import DatePollClosed, DatePollOpened
from programme.usecases.answer_dates import takes_answers
from programme.usecases.decide_date import standings
from programme.usecases.rights import facilitates, is_member


def date_poll_opened(notice: DatePollOpened, reader: Reader) -> Screen:
    """Ask a member which of the proposed dates suit them."""
    poll, language = reader.uow.date_polls.get(notice.poll_id), reader.language
    if not is_member(reader.uow, reader.person.id, poll.coalition_id):
        raise Untrue("left")
    if not takes_answers(poll, reader.now):
        raise Untrue("over")
    own = own_answers(reader.uow, poll.id, reader.person.id)
    text = paragraphs(
        language.say("Dates are proposed for a meeting:"),
        poll_lines(poll, reader.uow, language, reader.territory, own=own),
        how_to_answer(language),
    )
    rows = date_buttons(standings(reader.uow, poll.id), own, language, reader.territory)
    return Screen(text, (*rows, why_button(notice, language)))


def date_poll_closed(notice: DatePollClosed, reader: Reader) -> Screen:
    """Tell who facilitates how the dates stand, best first; one tap makes a date the meeting."""
    poll, language = reader.uow.date_polls.get(notice.poll_id), reader.language
    if not facilitates(reader.uow, reader.person.id, poll.coalition_id):
        raise Untrue("no longer facilitates")
    if poll.state is not DatePollState.CLOSED:
        raise Untrue("decided")
    found = [each for each in standings(reader.uow, poll.id) if each.option.starts_at > reader.now]
    text = paragraphs(
        poll_lines(poll, reader.uow, language, reader.territory),
        language.say("<b>Which date becomes the meeting?</b> Its members are told at once.")
        if found
        else language.say("Every date is over by now: call the poll off, and propose others."),
    )
    off = (button(language.plain("Call the poll off"), "date.off", poll.id),)
    rows = choice_rows(found, language, reader.territory)
    return Screen(text, (*rows, off, why_button(notice, language), *way_out(language)))
