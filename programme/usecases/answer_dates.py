"""Answer a date poll: to each proposed date yes, if need be or no, and as often as one's plans change."""

from datetime import datetime

from programme.date_polls import DateAnswer, DatePoll, DatePollState
from programme.errors import TooLate
from programme.ids import DateOptionId, PersonId
from programme.ports import UnitOfWork
from programme.usecases.ask_for_dates import poll_card
from programme.usecases.rights import require_member


def answer_date(
    uow: UnitOfWork, person_id: PersonId, option_id: DateOptionId, answer: DateAnswer, now: datetime
) -> DatePoll:
    """Keep a member's answer to one proposed date.

    Raises NotFound, NotAllowed for others, TooLate once the poll is closed, decided or called off.
    """
    poll = uow.date_polls.get_to_answer(uow.date_polls.option(option_id).poll_id)
    require_member(uow, person_id, poll.coalition_id)
    if not takes_answers(poll, now):
        raise TooLate
    uow.date_polls.put_answer(option_id, person_id, answer, now)
    uow.group_cards.refresh(poll_card(poll), now)
    return poll


def takes_answers(poll: DatePoll, now: datetime) -> bool:
    """Tell whether a poll may still be answered."""
    return poll.state is DatePollState.OPEN and now < poll.closes_at
