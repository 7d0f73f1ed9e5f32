"""Decide a date poll: the chosen date becomes the meeting; or call the poll off."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.date_polls import DateAnswer, DateOption, DatePoll, DatePollState
from programme.errors import TooLate
from programme.ids import DateOptionId, DatePollId, PersonId
from programme.meetings import Answer, Meeting
from programme.ports import UnitOfWork
from programme.usecases.ask_for_dates import poll_card
from programme.usecases.plan_meeting import BY_ROTATION, MeetingPlan, plan_meeting
from programme.usecases.rights import require_facilitator


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposed date with how many members said what."""

    option: DateOption
    yes: int = 0
    if_need_be: int = 0
    no: int = 0


def decide_date(uow: UnitOfWork, by: PersonId, option_id: DateOptionId, now: datetime, zone: ZoneInfo) -> Meeting:
    """Make a meeting of a proposed date, before the poll closes or after; who said yes to it has answered yes.

    Raises NotFound, NotAllowed, TooLate where the poll is decided or called off already, or InThePast.
    """
    option = uow.date_polls.option(option_id)
    poll = _undecided_poll(uow, by, option.poll_id)
    plan = MeetingPlan(
        coalition=poll.coalition_id,
        title=poll.title,
        starts_at=option.starts_at,
        place=poll.place,
        kind=poll.kind,
        agenda=poll.agenda,
        chair=BY_ROTATION,
    )
    meeting = plan_meeting(uow, by, plan, now, zone)
    for person, answer in uow.date_polls.answers(poll.id)[option_id].items():
        if answer is DateAnswer.YES:
            uow.meetings.put_answer(meeting.id, person, Answer.YES, now)
    uow.date_polls.save(replace(poll, state=DatePollState.DECIDED, meeting_id=meeting.id))
    uow.group_cards.refresh(poll_card(poll), now)
    uow.audit.add(AuditLine(now, by, "decide_date", f"date_poll:{poll.id}", {"meeting": meeting.id}))
    return meeting


def cancel_date_poll(uow: UnitOfWork, by: PersonId, poll_id: DatePollId, now: datetime) -> DatePoll:
    """Call a poll off; raises NotFound, NotAllowed, or TooLate where it is decided or called off already."""
    cancelled = replace(_undecided_poll(uow, by, poll_id), state=DatePollState.CANCELLED)
    uow.date_polls.save(cancelled)
    uow.group_cards.refresh(poll_card(cancelled), now)
    uow.audit.add(AuditLine(now, by, "cancel_date_poll", f"date_poll:{poll_id}"))
    return cancelled


def standings(uow: UnitOfWork, poll_id: DatePollId) -> list[Standing]:
    """Give the proposed dates, best first: by how many said yes, then by how many « if need be », then soonest."""
    given = uow.date_polls.answers(poll_id)
    counted = []
    for option in uow.date_polls.options(poll_id):
        said = list(given[option.id].values())
        counted.append(
            Standing(
                option,
                yes=said.count(DateAnswer.YES),
                if_need_be=said.count(DateAnswer.IF_NEED_BE),
                no=said.count(DateAnswer.NO),
            )
        )
    return sorted(counted, key=lambda each: (-each.yes, -each.if_need_be, each.option.starts_at))


def _undecided_poll(uow: UnitOfWork, by: PersonId, poll_id: DatePollId) -> DatePoll:
    poll = uow.date_polls.get_to_change(poll_id)
    require_facilitator(uow, by, poll.coalition_id)
    if poll.state not in {DatePollState.OPEN, DatePollState.CLOSED}:
        raise TooLate
    return poll
