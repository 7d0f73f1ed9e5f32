"""Choose the date of a poll, which becomes the meeting in one tap; or call the poll off."""

from handlers.feature import Feature
from handlers.group_cards.date_poll import poll_lines, short_date
from handlers.members.answer_dates import poll_screen
from handlers.members.meeting import meeting_screen
from handlers.navigation import way_out
from handlers.reply import Reply
from handlers.screen import Rows, Screen, button, paragraphs
from handlers.turn import Turn
from locales import Language
from programme.date_polls import DatePoll, DatePollState
from programme.errors import TooLate
from programme.ids import DateOptionId, DatePollId
from programme.territory import Territory
from programme.usecases.decide_date import Standing, cancel_date_poll, decide_date, standings
from programme.usecases.rights import require_facilitator


def choose(turn: Turn) -> Reply:
    """Show the dates of a poll, best first, one button each."""
    poll = _undecided_poll(turn)
    language = turn.language
    found = [each for each in standings(turn.uow, poll.id) if each.option.starts_at > turn.now]
    text = paragraphs(
        poll_lines(poll, turn.uow, language, turn.territory),
        language.say("<b>Which date becomes the meeting?</b> Its members are told at once.")
        if found
        else language.say("Every date is over by now: call the poll off, and propose others."),
    )
    rows = (*choice_rows(found, language, turn.territory), *_off(poll, language), *way_out(language, "dates", poll.id))
    return turn.show(Screen(text, rows))


def decide(turn: Turn) -> Reply:
    """Make the meeting of the chosen date; where somebody decided before, show what they did."""
    option = turn.uow.date_polls.option(DateOptionId(turn.number(0)))
    try:
        meeting = decide_date(turn.uow, turn.me.id, option.id, turn.now, turn.territory.zone)
    except TooLate:
        over = turn.show(poll_screen(turn, turn.uow.date_polls.get(option.poll_id)))
        return Reply(over.messages, turn.language.plain("This poll is decided already."), alert=True)
    return turn.show(meeting_screen(turn, meeting), toast=turn.language.plain("The meeting is planned."))


def ask_whether_off(turn: Turn) -> Reply:
    """Ask once before a poll is called off: its answers can't be taken up again."""
    poll, language = _undecided_poll(turn), turn.language
    text = paragraphs(
        poll_lines(poll, turn.uow, language, turn.territory),
        language.say("<b>Call this poll off?</b> No meeting comes of it."),
    )
    rows = (
        (
            button(language.plain("Yes, call it off"), "date.off.sure", poll.id),
            button(language.plain("Keep the poll"), "dates", poll.id),
        ),
    )
    return turn.show(Screen(text, rows))


def call_off(turn: Turn) -> Reply:
    """Call a poll off."""
    poll = cancel_date_poll(turn.uow, turn.me.id, DatePollId(turn.number(0)), turn.now)
    return turn.show(poll_screen(turn, poll), toast=turn.language.plain("The poll is called off."))


def choice_rows(found: list[Standing], language: Language, territory: Territory) -> Rows:
    """Give one button for each date, with how many it suits: a phone shows little more."""
    return tuple(
        (
            button(
                language.plain(
                    "{date} · {yes} yes",
                    date=short_date(each.option, language, territory),
                    yes=language.number(each.yes),
                ),
                "date.decide",
                each.option.id,
            ),
        )
        for each in found
    )


def _off(poll: DatePoll, language: Language) -> Rows:
    return ((button(language.plain("Call the poll off"), "date.off", poll.id),),)


def _undecided_poll(turn: Turn) -> DatePoll:
    poll = turn.uow.date_polls.get(DatePollId(turn.number(0)))
    require_facilitator(turn.uow, turn.me.id, poll.coalition_id)
    if poll.state not in {DatePollState.OPEN, DatePollState.CLOSED}:
        raise TooLate
    return poll


FEATURE = Feature(
    buttons={"date.choose": choose, "date.decide": decide, "date.off": ask_whether_off, "date.off.sure": call_off}
)
