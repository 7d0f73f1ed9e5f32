"""Ask the authority for help: one of its kinds, what is wanted, and for when."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from programme.errors import InThePast, NotFound
from programme.groups import CardKind, GroupCard
from programme.ids import CoalitionId, PersonId, SupportRequestId
from programme.notices import SupportAsked
from programme.ports import UnitOfWork
from programme.support import SUPPORT_TEXT_MAX, SupportRequest, SupportState, anchor_of
from programme.territory import Territory
from programme.texts import checked_text
from programme.usecases.rights import led_coalition
from programme.usecases.support_sides import group_of


@dataclass(frozen=True, slots=True)
class SupportAsk:
    """What is asked; `kind` is a key of the territory's kinds of help, `chat_id` the group in which it was begun."""

    coalition: CoalitionId
    kind: str
    text: str
    wanted_on: date | None = None
    chat_id: int | None = None
    thread_id: int | None = None


def ask_support(uow: UnitOfWork, by: PersonId, ask: SupportAsk, territory: Territory, now: datetime) -> SupportRequest:
    """Keep a request, show it in its group and tell staff, for who facilitates the coalition, or staff.

    In a group of another coalition it is not shown. Raises NotAllowed, NotFound for an unknown kind, InThePast,
    NotWellFormed.
    """
    coalition = led_coalition(uow, by, ask.coalition)
    if ask.kind not in {kind.key for kind in territory.support_kinds}:
        raise NotFound
    if ask.wanted_on is not None and ask.wanted_on < now.astimezone(territory.zone).date():
        raise InThePast
    request = SupportRequest(
        id=SupportRequestId(0),
        coalition_id=coalition.id,
        kind=ask.kind,
        text=checked_text(ask.text, "text", SUPPORT_TEXT_MAX),
        wanted_on=ask.wanted_on,
        state=SupportState.RECEIVED,
        asked_by=by,
        asked_at=now,
        waits_since=now,
        chat_id=ask.chat_id,
        thread_id=ask.thread_id,
    )
    group = group_of(uow, request)
    if group is None:
        request = replace(request, chat_id=None, thread_id=None)
    kept = uow.support.add(request)
    if group is not None:
        uow.group_cards.show(GroupCard(CardKind.SUPPORT, kept.id), group, now)
    team = [person.id for person in uow.people.staff() if person.id != by]
    uow.notices.tell(team, SupportAsked(kept.id), f"support_asked:{kept.id}", now, anchor=anchor_of(kept.id))
    return kept
