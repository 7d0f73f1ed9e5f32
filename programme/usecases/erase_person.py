"""Erase a person: who no longer wants to be known is forgotten everywhere, and others keep what they need."""

from datetime import datetime
from zoneinfo import ZoneInfo

from programme.audit import AuditLine
from programme.coalitions import Coalition
from programme.ids import PersonId
from programme.ports import UnitOfWork
from programme.usecases.cancel_registration import leave_every_forum
from programme.usecases.leave_coalition import leave_coalition


def erase_person(uow: UnitOfWork, person_id: PersonId, now: datetime, zone: ZoneInfo) -> None:
    """Forget a person for good; their places at forums to come go to who waits. Raises NotFound.

    The cards in groups that may name them are made anew.
    The audit log keeps that somebody was erased, not who, and names the coalitions left without anybody who
    facilitates them.
    """
    person = uow.people.get(person_id)
    orphaned = led_alone(uow, person_id)
    leave_every_forum(uow, person_id, now, zone)
    for coalition in uow.coalitions.of_person(person_id):
        leave_coalition(uow, person_id, coalition.id, now)
    without = ",".join(str(coalition.id) for coalition in orphaned)
    details = {"without_facilitator": without} if without else {}
    uow.audit.add(AuditLine(now, None, "erase_person", "person:erased", details))
    for card in uow.group_cards.naming(person_id):
        uow.group_cards.refresh(card, now)
    uow.own_data.erase(person)


def led_alone(uow: UnitOfWork, person_id: PersonId) -> list[Coalition]:
    """Give the active coalitions of which a person is the only facilitator, by name."""
    led = uow.coalitions.led_by(person_id)
    return [coalition for coalition in led if list(uow.memberships.facilitators(coalition.id)) == [person_id]]
