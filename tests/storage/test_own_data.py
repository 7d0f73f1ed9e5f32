import json
import re
from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from programme.audit import AuditLine
from programme.coalitions import CoalitionState
from programme.errors import NotFound
from programme.ids import CoalitionId, OrganisationId, TelegramId
from programme.memberships import MembershipState
from programme.territory import OrganisationKind
from storage.inbox import Inbox
from storage.own_data_statements import OWN
from storage.remembered import Remembered
from storage.tables import metadata
from storage.tables.programme import audit
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import (
    NOW,
    a_coalition,
    action,
    coalition,
    forum,
    joins,
    meeting,
    person,
    pitch,
    registration,
)
from tests.storage.known_everywhere import GROUP, answered_all, known_everywhere, said

NAMES_SOMEBODY = re.compile(r"person|telegram_id|chat_id|_by$")
ACCOUNTED_FOR = {
    "actions.logged_by",
    "anchors.chat_id",
    "answers.person_id",
    "audit.by_person",
    "coalitions.proposed_by",
    "drafts.chat_id",
    "drafts.telegram_id",
    "feeds.person_id",
    "meetings.planned_by",
    "memberships.person_id",
    "outbox.chat_id",
    "outbox.person_id",
    "people.telegram_id",
    "registrations.person_id",
}
ABOUT_NOBODY = {
    "groups.chat_id",  # where coalitions talk
    "outbox.claimed_by",  # a process
    "reminders.after_person",  # how far a pass over everybody has come
}


def test_every_column_that_names_somebody_is_accounted_for() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if NAMES_SOMEBODY.search(column.name)
        or any(key.references(metadata.tables["people"]) for key in column.foreign_keys)
    }

    assert columns == ACCOUNTED_FOR | ABOUT_NOBODY
    # The organisation is theirs through people, and two tables hold a Telegram id inside a text.
    in_texts = {"organisations", "remembered", "inbox"}
    assert {*OWN, "outbox", "audit", "inbox"} == {column.split(".")[0] for column in ACCOUNTED_FOR} | in_texts


def test_everything_is_given_to_whom_it_is_about_and_nothing_of_others(
    uow: SqlUnitOfWork, connection: Connection
) -> None:
    this = forum(uow)
    lea = known_everywhere(connection, "Léa", "Les toits de Kerédern", this)
    sam = known_everywhere(connection, "Sam", "Les quais du port", this)

    given = uow.own_data.gather(lea)

    told = json.dumps(given, ensure_ascii=False)
    assert [table for table, rows in given.items() if not rows] == []
    assert [word for word in ("Sam", "quais", str(sam.telegram_id), f"secret-{sam.id}") if word in told] == []
    assert given["people"] == [
        {
            "id": lea.id,
            "telegram_id": lea.telegram_id,
            "name": "Léa",
            "organisation_id": lea.organisation_id,
            "consented_at": "2026-11-24T09:00:00+00:00",
            "language": "fr",
            "leads": ["d+10", "d+3", "d-0", "d-1", "d-14", "d-30", "d-7", "h-2"],
            "quiet_starts": "21:00",
            "quiet_ends": "08:00",
            "paused_until": None,
            "reachable": True,
            "appointed_staff": False,
            "digest": False,
            "digest_week": None,
        }
    ]
    assert [organisation["name"] for organisation in given["organisations"]] == ["Cabinet Léa"]
    assert [membership["coalition"] for membership in given["memberships"]] == [f"Alliance {lea.id}"]
    assert [(answer["meeting"], answer["answer"]) for answer in given["answers"]] == [("Premier atelier", "yes")]
    assert [(done["coalition"], done["done_on"], done["means"]) for done in given["actions"]] == [
        (f"Alliance {lea.id}", "2026-11-24", "Les toits de Kerédern")
    ]
    assert [(place["forum"], place["state"]) for place in given["registrations"]] == [
        ("Forum des acteurs engagés", "confirmed")
    ]
    assert [feed["secret"] for feed in given["feeds"]] == [f"secret-{lea.id}"]
    assert [draft["chat_id"] for draft in given["drafts"]] == [lea.telegram_id, GROUP]
    assert [(line["deed"], line["by_them"], line["about_them"]) for line in given["audit"]] == [
        ("propose", True, False),
        ("appoint", False, True),
    ]
    assert [(row["state"], row["content"]["notice"]) for row in given["outbox"]] == [("waiting", "meeting_planned")]
    assert [update["body"]["message"]["text"] for update in given["inbox"]] == ["Les toits de Kerédern"]


def test_an_erased_person_is_nowhere_and_others_keep_all_they_have(uow: SqlUnitOfWork, connection: Connection) -> None:
    this = forum(uow)
    lea = known_everywhere(connection, "Léa", "Les toits de Kerédern", this)
    sam = known_everywhere(connection, "Sam", "Les quais du port", this)
    sams = uow.own_data.gather(sam)

    uow.own_data.erase(lea)

    # What waits for its turn is answered first, and the commands shown in their chat are taken back at Telegram.
    assert [table for table, rows in uow.own_data.gather(lea).items() if rows] == ["remembered", "inbox"]
    Remembered(connection).forget(f"telegram:commands:{lea.telegram_id}:fr")
    assert uow.own_data.gather(sam) == sams
    assert uow.people.by_telegram(lea.telegram_id) is None
    answered_all(connection)
    everything = [
        str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(select(table)).all()
    ]
    words = ("Léa", "Kerédern", str(lea.telegram_id), f"secret-{lea.id}", f"'person:{lea.id}'")
    assert [row for row in everything if any(word in row for word in words)] == []


def test_what_others_need_stays_without_the_person(uow: SqlUnitOfWork) -> None:
    imt = uow.organisations.add("IMT Atlantique", OrganisationKind.INSTITUTION)
    lea, sam, toits = person(uow, "Léa", speaks_for=imt.id), person(uow, "Sam"), coalition(uow, "Toits")
    joins(uow, lea, toits)
    joins(uow, sam, toits)
    planned = uow.meetings.add(replace(meeting(uow, toits), planned_by=lea.id))
    logged, this = action(uow, toits, by=lea), forum(uow)
    given, place = pitch(uow, this, "Un toit pour tous", by=toits), registration(uow, lea, this, seats=2)

    uow.own_data.erase(lea)

    assert uow.actions.get(logged.id) == replace(logged, logged_by=None)
    assert uow.meetings.get(planned.id) == replace(planned, planned_by=None)
    assert uow.registrations.get(place.id) == replace(place, person_id=None)
    assert uow.forums.pitches(this.id) == [given]
    assert uow.organisations.get(imt.id) == imt
    assert uow.memberships.members(toits.id) == [sam.id]


def test_who_comes_back_begins_anew(uow: SqlUnitOfWork) -> None:
    lea = person(uow, "Léa", telegram_id=TelegramId(7))
    uow.own_data.erase(lea)

    again = person(uow, "Léa", telegram_id=TelegramId(7))

    assert again.id == lea.id + 1


@pytest.mark.parametrize(
    ("state", "others", "stays"),
    [
        (CoalitionState.PROPOSED, False, False),
        (CoalitionState.PROPOSED, True, True),
        (CoalitionState.REFUSED, False, False),
        (CoalitionState.REFUSED, True, False),
        (CoalitionState.ACTIVE, False, True),
    ],
)
def test_a_proposal_goes_where_nobody_else_needs_it(
    uow: SqlUnitOfWork, state: CoalitionState, *, others: bool, stays: bool
) -> None:
    lea, sam = person(uow, "Léa"), person(uow, "Sam")
    theirs = uow.coalitions.add(replace(a_coalition("Toits", state=state), proposed_by=lea.id))
    uow.memberships.put(lea.id, theirs.id, MembershipState.ASKED, NOW)
    if others:
        uow.memberships.put(sam.id, theirs.id, MembershipState.ASKED, NOW)

    uow.own_data.erase(lea)

    if stays:
        assert uow.coalitions.get(theirs.id) == replace(theirs, proposed_by=None)
    else:
        with pytest.raises(NotFound):
            uow.coalitions.get(CoalitionId(theirs.id))


@pytest.mark.parametrize("needed_by", ["nobody", "another person", "a coalition", "an action", "a registration"])
def test_an_organisation_goes_where_nothing_else_mentions_it(uow: SqlUnitOfWork, needed_by: str) -> None:
    own = uow.organisations.add("Léa Le Goff", OrganisationKind.INHABITANT)
    lea, toits = person(uow, "Léa", speaks_for=own.id), coalition(uow, "Toits")
    if needed_by == "another person":
        person(uow, "Sam", speaks_for=own.id)
    elif needed_by == "a coalition":
        uow.organisations.attach(own.id, toits.id)
    elif needed_by == "an action":
        action(uow, toits, by=lea)
    elif needed_by == "a registration":
        registration(uow, lea, forum(uow))

    uow.own_data.erase(lea)

    left = None if needed_by == "nobody" else own
    assert uow.organisations.by_name("Léa Le Goff") == left


def test_the_organisation_of_a_dropped_proposal_goes_with_it(uow: SqlUnitOfWork) -> None:
    own = uow.organisations.add("Léa Le Goff", OrganisationKind.INHABITANT)
    lea = person(uow, "Léa", speaks_for=own.id)
    proposed = uow.coalitions.add(replace(a_coalition("Toits", state=CoalitionState.PROPOSED), proposed_by=lea.id))
    uow.organisations.attach(own.id, proposed.id)

    uow.own_data.erase(lea)

    with pytest.raises(NotFound):
        uow.organisations.get(OrganisationId(own.id))


def test_the_audit_log_names_the_erased_no_more(uow: SqlUnitOfWork, connection: Connection) -> None:
    people = [person(uow, f"Membre {number}") for number in range(1, 12)]
    first, eleventh = people[0], people[10]
    uow.audit.add(AuditLine(NOW, first.id, "name_facilitator", "coalition:3", {"person": eleventh.id, "version": 1}))
    uow.audit.add(AuditLine(NOW, eleventh.id, "name_facilitator", "coalition:4", {"person": first.id, "version": 1}))
    uow.audit.add(AuditLine(NOW, None, "appoint", f"person:{eleventh.id}", {"by": f"person:{first.id}"}))
    uow.audit.add(AuditLine(NOW, None, "appoint", f"person:{first.id}"))
    assert [line["id"] for line in uow.own_data.gather(first)["audit"]] == [1, 2, 3, 4]
    assert [line["id"] for line in uow.own_data.gather(eleventh)["audit"]] == [1, 2, 3]

    uow.own_data.erase(first)

    lines = select(audit.c.by_person, audit.c.subject, audit.c.details).order_by(audit.c.id)
    assert [tuple(line) for line in connection.execute(lines)] == [
        (None, "coalition:3", {"person": eleventh.id, "version": 1}),
        (eleventh.id, "coalition:4", {"person": "erased", "version": 1}),
        (None, f"person:{eleventh.id}", {"by": "person:erased"}),
        (None, "person:erased", {}),
    ]


def test_decisions_on_a_membership_are_given_to_who_asked(uow: SqlUnitOfWork) -> None:
    lea, sam, toits = person(uow, "Léa"), person(uow, "Sam"), coalition(uow, "Toits")
    joins(uow, lea, toits)
    membership = uow.memberships.of(lea.id, toits.id)
    assert membership is not None
    uow.audit.add(AuditLine(NOW, sam.id, "decide_membership", f"membership:{membership.id}", {"state": "accepted"}))

    assert uow.own_data.gather(lea)["audit"] == [
        {
            "id": 1,
            "at": "2026-11-24T09:00:00+00:00",
            "deed": "decide_membership",
            "subject": f"membership:{membership.id}",
            "details": {"state": "accepted"},
            "by_them": False,
            "about_them": True,
        }
    ]


def test_only_updates_from_the_person_are_theirs(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea, sam = person(uow, "Léa"), person(uow, "Sam")
    sender = {"id": lea.telegram_id, "is_bot": False}
    bodies = (
        said(lea, "Bonjour"),
        json.dumps({"update_id": 2, "callback_query": {"id": "1", "from": sender, "data": "agenda"}}),
        json.dumps({"update_id": 3, "message_reaction": {"user": sender, "chat": {"id": GROUP}}}),
        said(sam, f"Connaissez-vous {lea.telegram_id} ?"),
        said(lea, "Déjà répondu"),
    )
    inbox = Inbox(connection)
    inbox.store(list(enumerate(bodies, start=1)), NOW)
    inbox.claim(5, NOW)
    assert [update["update_id"] for update in uow.own_data.gather(lea)["inbox"]] == [1, 2, 3]

    uow.own_data.erase(lea)

    # Who taps once more is answered all the same, and the update loses its body then.
    assert [update_id for update_id, _ in inbox.waiting(0, 10)] == [1, 2, 3, 4]
    assert inbox.claim(1, NOW)
