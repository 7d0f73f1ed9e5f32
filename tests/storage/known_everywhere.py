"""Somebody of whom every table of the database keeps something."""

import json
from dataclasses import replace
from itertools import count

from sqlalchemy import Connection

from programme.actions import ActionDetails
from programme.audit import AuditLine
from programme.coalitions import CoalitionState
from programme.forums import Forum
from programme.ids import TelegramId
from programme.meetings import Answer
from programme.notices import MeetingPlanned
from programme.people import Person
from programme.territory import OrganisationKind
from storage.inbox import Inbox
from storage.outbox import NewOutgoing, Outbox
from storage.remembered import Remembered
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, a_coalition, action, coalition, joins, meeting, person, registration

GROUP = -1_002_000_000_001

_update_ids = count(1)


def known_everywhere(
    connection: Connection, name: str, words: str, at: Forum, *, telegram_id: TelegramId | None = None
) -> Person:
    """Let somebody of this name say these words wherever words are kept."""
    uow = SqlUnitOfWork(connection, frozenset())
    them = person(uow, name, telegram_id=telegram_id)
    own = uow.organisations.add(f"Cabinet {name}", OrganisationKind.COMPANY)
    them = replace(them, organisation_id=own.id)
    uow.people.save(them)
    theirs = uow.coalitions.add(replace(a_coalition(f"Alliance {them.id}"), proposed_by=them.id))
    uow.coalitions.add(
        replace(a_coalition(f"{words} {them.id}", state=CoalitionState.PROPOSED), proposed_by=them.id, need=words)
    )
    joins(uow, them, theirs)
    planned = uow.meetings.add(replace(meeting(uow, theirs), planned_by=them.id))
    uow.meetings.put_answer(planned.id, them.id, Answer.YES, NOW)
    undone = action(uow, theirs, by=replace(them, organisation_id=None), title=words)
    uow.actions.save(replace(undone, details=ActionDetails(means=words), deleted_at=NOW))
    registration(uow, replace(them, organisation_id=None), at)
    uow.feeds.put(them.id, f"secret-{them.id}", NOW)
    for chat in (them.telegram_id, GROUP):
        uow.drafts.put(chat, them.telegram_id, "log_action", 1, {"title": words, "name": name}, NOW, new=True)
    uow.audit.add(AuditLine(NOW, them.id, "propose", f"coalition:{theirs.id}"))
    uow.audit.add(AuditLine(NOW, None, "appoint", f"person:{them.id}", {"person": them.id, "by": f"person:{them.id}"}))
    uow.notices.tell([them.id], MeetingPlanned(planned.id, 0), f"meeting_planned:{planned.id}", NOW)
    Outbox(connection).add(NewOutgoing(them.telegram_id, {"text": f"Bonjour {name} : {words}"}, anchor="menu"), NOW)
    # What was sent under an anchor, and what Telegram was told of this chat.
    outgoing = Outbox(connection).claim_due(NOW, "a", NOW, 1, lanes=[0])[-1]
    Outbox(connection).sent(outgoing, 100, NOW)
    Remembered(connection).put(f"telegram:commands:{them.telegram_id}:fr", "fingerprint")
    Inbox(connection).store([(next(_update_ids), said(them, words))], NOW)
    return them


def said(who: Person, words: str) -> str:
    """Give an update as Telegram hands it over."""
    sender = {"id": who.telegram_id, "is_bot": False, "first_name": who.name}
    return json.dumps({"update_id": 1, "message": {"message_id": 1, "from": sender, "text": words}}, ensure_ascii=False)


def answered_all(connection: Connection) -> None:
    """Let every update that waits have its turn, as the running bot does."""
    inbox = Inbox(connection)
    for update_id, _ in inbox.waiting(0, 1000):
        inbox.claim(update_id, NOW)


def everyday_life(connection: Connection, people: int) -> None:
    """Let many others come, talk and go on, so that the pages of the file are full, split and written again."""
    uow = SqlUnitOfWork(connection, frozenset())
    bois = uow.coalitions.by_code("code-Bois") or coalition(uow, "Bois")
    for number in range(people):
        who = person(uow, f"Membre {number} {'x' * (number % 90)}")
        joins(uow, who, bois)
        logged = action(uow, bois, by=who, title=f"Action {number} {'y' * (number % 400)}")
        uow.audit.add(AuditLine(NOW, who.id, "log_action", f"action:{logged.id}"))
        uow.drafts.put(
            who.telegram_id, who.telegram_id, "log_action", 1, {"title": "z" * (number % 700)}, NOW, new=True
        )
