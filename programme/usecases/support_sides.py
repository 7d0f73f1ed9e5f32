"""The two sides of a support request, the coalition and the project team: who speaks for each, and who is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from programme.errors import NotAllowed
from programme.groups import CardKind, Group, GroupCard
from programme.ids import PersonId
from programme.notices import SupportSaid
from programme.ports import UnitOfWork
from programme.support import SUPPORT_TEXT_MAX, SentFile, SupportMessage, SupportRequest, anchor_of
from programme.texts import checked_text
from programme.usecases.rights import facilitates, is_member


def speaks_for_team(uow: UnitOfWork, person_id: PersonId, request: SupportRequest, *, in_group: bool) -> bool:
    """Tell whether a person speaks for the project team, or else for the coalition; raises NotAllowed for others.

    Somebody of the team who also belongs to the coalition speaks for it in its group, and where they asked themselves,
    unless the request is theirs to answer.
    """
    member = is_member(uow, person_id, request.coalition_id)
    if uow.people.is_staff(person_id):
        asks = request.asked_by == person_id or (in_group and member)
        return request.taken_by == person_id or not asks
    if in_group and member:
        return False
    if member and (request.asked_by == person_id or facilitates(uow, person_id, request.coalition_id)):
        return False
    raise NotAllowed


def require_side(uow: UnitOfWork, person_id: PersonId, request: SupportRequest) -> None:
    """Raise NotAllowed unless a person may follow the request in private: who asked, facilitators, staff."""
    speaks_for_team(uow, person_id, request, in_group=False)


def group_of(uow: UnitOfWork, request: SupportRequest) -> Group | None:
    """Give where in a group the request was asked, if its coalition still talks there and the bot may write."""
    if request.chat_id is None:
        return None
    bound = uow.groups.of_chat(request.chat_id, request.thread_id)
    if bound is None or bound.coalition_id != request.coalition_id:
        return None
    chat = uow.groups.chat(request.chat_id)
    if chat is not None and not (chat.present and chat.may_write):
        return None
    return replace(bound, thread_id=None if bound.lost else request.thread_id)


def asking_side(uow: UnitOfWork, request: SupportRequest) -> Sequence[PersonId]:
    """Give whom to tell in private: who asked, while they belong to the coalition or the team, else who facilitates."""
    asked_by = request.asked_by
    if asked_by is not None and (is_member(uow, asked_by, request.coalition_id) or uow.people.is_staff(asked_by)):
        return [asked_by]
    return uow.memberships.facilitators(request.coalition_id)


def answering_side(uow: UnitOfWork, request: SupportRequest) -> Sequence[PersonId]:
    """Give who of the project team is told: who has taken the request, else everybody."""
    taken_by = in_the_hands_of(uow, request)
    return [person.id for person in uow.people.staff()] if taken_by is None else [taken_by]


def in_the_hands_of(uow: UnitOfWork, request: SupportRequest) -> PersonId | None:
    """Give who of the project team looks after a request; None where nobody does, or they have left the team."""
    if request.taken_by is None or not uow.people.is_staff(request.taken_by):
        return None
    return request.taken_by


def checked_words(text: str, file: SentFile | None) -> str:
    """Give what is said, cleaned; raises NotWellFormed where it is too long, or empty without a file."""
    return checked_text(text, "text", SUPPORT_TEXT_MAX, may_be_empty=file is not None)


def pass_on(uow: UnitOfWork, request: SupportRequest, message: SupportMessage, now: datetime) -> None:
    """Tell the other side in private what was said; what the team says to a group is said there, not here."""
    if not message.from_staff:
        told = answering_side(uow, request)
    elif group_of(uow, request) is None:
        told = asking_side(uow, request)
    else:
        return
    others = [person_id for person_id in told if person_id != message.by]
    uow.notices.tell(
        others, SupportSaid(message.id), f"support_said:{message.id}", now, anchor=anchor_of(request.id, message.id)
    )


def keep_changed(uow: UnitOfWork, changed: SupportRequest, now: datetime) -> SupportRequest:
    """Keep a request that has changed as its next version, and have its card shown so."""
    kept = replace(changed, version=changed.version + 1)
    uow.support.save(kept)
    uow.group_cards.refresh(GroupCard(CardKind.SUPPORT, kept.id), now)
    return kept
