"""A date poll in private: one row of buttons for each date, with one's own answers marked."""

from handlers.cards.meeting import agenda_lines
from handlers.feature import Feature
from handlers.group_cards.date_poll import date_buttons, how_to_answer, poll_lines, short_date
from handlers.names import date_answer_name
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Button, Rows, Screen, button, paragraphs
from handlers.turn import ID_MAX, Turn
from programme.coalitions import Coalition
from programme.date_polls import DateAnswer, DatePoll, DatePollState
from programme.errors import NotAllowed, NotFound, TooLate
from programme.ids import DateOptionId, DatePollId, PersonId
from programme.ports import UnitOfWork
from programme.usecases.answer_dates import answer_date, takes_answers
from programme.usecases.decide_date import standings
from programme.usecases.rights import facilitates, is_member


def show_poll(turn: Turn) -> Reply:
    """Show a date poll to those it concerns."""
    poll = turn.uow.date_polls.get(DatePollId(turn.number(0)))
    if not _sees(turn, poll):
        raise NotAllowed
    return turn.show(poll_screen(turn, poll))


def open_by_number(turn: Turn, code: str) -> Reply:
    """Show the poll of a group's card; who is not in its coalition is shown how to come in."""
    if not (code.isascii() and code.isdecimal()) or int(code) > ID_MAX:
        raise NotFound
    poll = turn.uow.date_polls.get(DatePollId(int(code)))
    if _sees(turn, poll):
        return say(poll_screen(turn, poll))
    return say(_join_first(turn, turn.uow.coalitions.get(poll.coalition_id)))


def give_answer(turn: Turn) -> Reply:
    """Take an answer to one date in one tap; where the poll is over, show what came of it."""
    option, answer = DateOptionId(turn.number(0)), tapped_answer(turn)
    try:
        poll = answer_date(turn.uow, turn.me.id, option, answer, turn.now)
    except TooLate:
        poll = turn.uow.date_polls.get(turn.uow.date_polls.option(option).poll_id)
        over = turn.show(poll_screen(turn, poll))
        return Reply(over.messages, turn.language.plain("This poll is over."), alert=True)
    return turn.show(poll_screen(turn, poll), toast=noted_words(turn, option, answer))


def tapped_answer(turn: Turn) -> DateAnswer:
    """Read the answer of the tapped button; raises NotFound for a forged one."""
    if turn.word(1) not in list(DateAnswer):
        raise NotFound
    return DateAnswer(turn.word(1))


def noted_words(turn: Turn, option_id: DateOptionId, answer: DateAnswer) -> str:
    """Say what was noted for which date, and how many dates still wait for one's answer."""
    option, language = turn.uow.date_polls.option(option_id), turn.language
    noted = language.plain(
        "{date}: {answer}.",
        date=short_date(option, language, turn.territory),
        answer=date_answer_name(answer, language),
    )
    left = len(turn.uow.date_polls.options(option.poll_id)) - len(own_answers(turn.uow, option.poll_id, turn.me.id))
    more = language.plain_n("{n} date to go.", "{n} dates to go.", left) if left else language.plain("All answered.")
    return f"{noted} {more}"


def poll_screen(turn: Turn, poll: DatePoll) -> Screen:
    """Give a poll as one person sees it: their answers, and what who facilitates may do with it."""
    language, uow = turn.language, turn.uow
    member = is_member(uow, turn.me.id, poll.coalition_id)
    answers = member and takes_answers(poll, turn.now)
    text = paragraphs(
        poll_lines(poll, uow, language, turn.territory, own=own_answers(uow, poll.id, turn.me.id)),
        agenda_lines(poll.agenda, language),
        how_to_answer(language) if answers else None,
    )
    own = own_answers(uow, poll.id, turn.me.id)
    rows: Rows = (
        *(date_buttons(standings(uow, poll.id), own, language, turn.territory) if answers else ()),
        *_steering(turn, poll),
        *(
            ()
            if poll.meeting_id is None
            else ((button(language.plain("See the meeting"), "meeting", poll.meeting_id),),)
        ),
        *way_out(language),
    )
    return Screen(text, rows)


def poll_buttons(turn: Turn, coalition: Coalition, route: str) -> Rows:
    """Give a button for each poll of a coalition that is not decided yet, under a route."""
    return tuple(
        (button(turn.language.plain("Poll: {title}", title=poll.title), route, poll.id),)
        for poll in turn.uow.date_polls.open_of(coalition.id)
    )


def own_answers(uow: UnitOfWork, poll_id: DatePollId, person_id: PersonId) -> dict[DateOptionId, DateAnswer]:
    """Give what a person said to each date, as far as they did."""
    given = uow.date_polls.answers(poll_id)
    return {option: said[person_id] for option, said in given.items() if person_id in said}


def _steering(turn: Turn, poll: DatePoll) -> Rows:
    undecided = poll.state in {DatePollState.OPEN, DatePollState.CLOSED}
    if not (undecided and facilitates(turn.uow, turn.me.id, poll.coalition_id)):
        return ()
    choose: tuple[Button, ...] = (
        button(turn.language.plain("Choose the date"), "date.choose", poll.id),
        button(turn.language.plain("Call the poll off"), "date.off", poll.id),
    )
    return (choose,)


def _sees(turn: Turn, poll: DatePoll) -> bool:
    own = turn.me.id
    return is_member(turn.uow, own, poll.coalition_id) or facilitates(turn.uow, own, poll.coalition_id)


def _join_first(turn: Turn, coalition: Coalition) -> Screen:
    text = turn.language.say(
        "The members of “{name}” say here which dates suit them. To answer, join it first.", name=coalition.name
    )
    see = button(turn.language.plain("See the coalition"), "coalition", coalition.id)
    return Screen(text, ((see,), *way_out(turn.language)))


FEATURE = Feature(buttons={"dates": show_poll, "date": give_answer})
