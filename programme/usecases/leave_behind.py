"""What somebody leaves behind in a coalition when they are no longer in it, so that it goes on making sense."""

from dataclasses import replace
from datetime import datetime

from programme.actions import ActionState
from programme.date_polls import DatePollState
from programme.groups import CardKind, GroupCard
from programme.ids import CoalitionId, DatePollId, MeetingId, PersonId, VoteId
from programme.meetings import MEETING_LASTS
from programme.milestones import MilestoneState
from programme.ports import UnitOfWork
from programme.usecases.chairs import hand_on_turns
from programme.votes import VoteState


def leave_behind(uow: UnitOfWork, person_id: PersonId, coalition_id: CoalitionId, now: datetime) -> None:
    """Free what was entrusted to somebody whose membership has ended; what is done stays theirs.

    Their turns to chair go to the next ones; milestones and planned actions have no owner until they get one. Steps and
    the working agreement know their people only while they are members.
    """
    hand_on_turns(uow, person_id, coalition_id, now)
    for milestone in uow.milestones.of_coalition(coalition_id):
        if milestone.owner_id == person_id and milestone.state is MilestoneState.OPEN:
            uow.milestones.save(replace(milestone, owner_id=None))
    for action in uow.actions.roadmap(coalition_id):
        if action.owner_id == person_id and action.state in {ActionState.PLANNED, ActionState.UNDER_WAY}:
            uow.actions.save(replace(action, owner_id=None))
    refresh_member_cards(uow, coalition_id, now)


def refresh_member_cards(uow: UnitOfWork, coalition_id: CoalitionId, now: datetime) -> None:
    """Have the cards changed that count or name a coalition's members; those of what is over stay as they are."""
    for card in uow.group_cards.standing(coalition_id):
        if _is_current(uow, card, now):
            uow.group_cards.refresh(card, now)


def _is_current(uow: UnitOfWork, card: GroupCard, now: datetime) -> bool:
    match card.kind:
        case CardKind.MEETING:
            return uow.meetings.get(MeetingId(card.subject_id)).starts_at > now - MEETING_LASTS
        case CardKind.DATE_POLL:
            return uow.date_polls.get(DatePollId(card.subject_id)).state is DatePollState.OPEN
        case CardKind.VOTE:
            return uow.votes.get(VoteId(card.subject_id)).state is VoteState.OPEN
        case CardKind.SUPPORT:
            return False
        case _:
            return True
