import json
import re
from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from programme.audit import AuditLine
from programme.coalitions import Coalition, CoalitionState
from programme.commitment_cards import CommitmentCard
from programme.errors import NotFound
from programme.ids import (
    CoalitionId,
    CommitmentCardId,
    InvitationId,
    MinutesId,
    OrganisationId,
    SupportMessageId,
    SupportRequestId,
    TelegramId,
)
from programme.invitations import Invitation
from programme.meetings import Meeting, Minutes
from programme.memberships import MembershipState
from programme.path import Agreement
from programme.people import Person
from programme.support import SupportMessage, SupportRequest, SupportState
from programme.territory import OrganisationKind
from storage.inbox import Inbox
from storage.own_data_statements import OWN
from storage.remembered import Remembered
from storage.tables import metadata
from storage.tables.programme import audit
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import (
    NOW,
    STAFF_ID,
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
    "actions.owner_id",
    "agreements.chair_id",
    "anchors.chat_id",
    "announcements.approved_by",
    "announcements.by_person",
    "answers.person_id",
    "attendance.person_id",
    "audit.by_person",
    "ballots.person_id",
    "campaigns.opened_by",
    "chairs.person_id",
    "coalitions.proposed_by",
    "commitment_cards.published_by",
    "date_answers.person_id",
    "date_polls.asked_by",
    "door_helpers.person_id",
    "drafts.chat_id",
    "drafts.telegram_id",
    "feeds.person_id",
    "findings.noted_by",
    "invitation_uses.person_id",
    "level_requests.asked_by",
    "level_requests.decided_by",
    "invitations.made_by",
    "meetings.chair_id",
    "meetings.planned_by",
    "memberships.person_id",
    "milestones.owner_id",
    "minutes.added_by",
    "outbox.chat_id",
    "outbox.person_id",
    "people.telegram_id",
    "registrations.person_id",
    "series.planned_by",
    "steps.owner_id",
    "support_messages.by_person",
    "support_requests.asked_by",
    "support_requests.taken_by",
    "votes.opened_by",
}
ABOUT_NOBODY = {
    "groups.chat_id",  # where coalitions talk
    "group_cards.chat_id",
    "group_chats.chat_id",
    "support_requests.chat_id",  # in private there is none
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
    through_registrations = {"forum_answers", "arrivals"}
    assert {*OWN, "agreements", "outbox", "audit", "inbox"} == {
        column.split(".")[0] for column in ACCOUNTED_FOR
    } | in_texts | through_registrations


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
            "last_active_on": "2026-11-24",
            "asked_to_stay_on": None,
        }
    ]
    assert [organisation["name"] for organisation in given["organisations"]] == ["Cabinet Léa"]
    assert [membership["coalition"] for membership in given["memberships"]] == [f"Alliance {lea.id}"]
    assert [(answer["meeting"], answer["answer"]) for answer in given["answers"]] == [("Premier atelier", "yes")]
    assert [(done["coalition"], done["done_on"], done["means"]) for done in given["actions"]] == [
        (f"Alliance {lea.id}", "2026-11-24", ""),
        (f"Alliance {lea.id}", "2026-11-24", "Les toits de Kerédern"),
    ]
    assert [(place["forum"], place["state"]) for place in given["registrations"]] == [
        ("Forum des acteurs engagés", "confirmed")
    ]
    assert [feed["secret"] for feed in given["feeds"]] == [f"secret-{lea.id}"]
    assert [(came["meeting"], came["present"]) for came in given["attendance"]] == [("Premier atelier", True)]
    assert [(date["meeting"], date["starts_at"], date["answer"]) for date in given["date_answers"]] == [
        ("Quel jour ?", "2026-12-01T09:00:00+00:00", "if_need_be")
    ]
    assert [(ballot["coalition"], ballot["subject"], ballot["ballot"]) for ballot in given["ballots"]] == [
        (f"Alliance {lea.id}", "commitment_card", "for")
    ]
    assert [link["authority_link"] for link in given["agreements"]] == ["Léa, mairie"]
    assert [use["coalition"] for use in given["invitation_uses"]] == [f"Alliance {lea.id}"]
    assert [said["text"] for said in given["support_messages"]] == [
        "Les toits de Kerédern",
        "Une salle pour trente personnes",
    ]
    assert [draft["chat_id"] for draft in given["drafts"]] == [lea.telegram_id, GROUP]
    assert [(line["deed"], line["by_them"], line["about_them"]) for line in given["audit"]] == [
        ("set_chairs", False, True),
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


def test_what_a_coalition_works_with_stays_without_the_person(uow: SqlUnitOfWork) -> None:
    lea, sam, toits = person(uow, "Léa"), person(uow, "Sam"), coalition(uow, "Toits")
    joins(uow, lea, toits)
    planned = uow.meetings.add(replace(meeting(uow, toits), chair_id=lea.id))
    kept = uow.afterwards.add_minutes(minutes_of(planned, "Trois toits", by=lea))
    asked = uow.support.add(support_of(toits, "Une salle", SupportState.TAKEN, by=lea, taken_by=sam))
    told = uow.support.add_message(said_of(asked, "Pour trente personnes", by=lea))
    link = uow.invitations.add(Invitation(InvitationId(0), toits.id, "abc", lea.id, NOW))
    uow.invitations.note_use(link.id, lea.id, NOW)
    card = CommitmentCard(
        id=CommitmentCardId(0), coalition_id=toits.id, version=1, coalition_name="Toits", published_by=lea.id,
        published_at=NOW,
    )  # fmt: skip
    published = uow.commitment_cards.publish(card)

    uow.own_data.erase(lea)

    assert uow.meetings.get(planned.id) == replace(planned, chair_id=None)
    assert uow.afterwards.minutes(planned.id) == replace(kept, added_by=None)
    assert uow.support.get(asked.id) == replace(asked, asked_by=None)
    assert uow.support.messages(asked.id) == [replace(told, by=None)]
    assert uow.invitations.of_coalition(toits.id) == [replace(link, made_by=None)]
    assert uow.invitations.count(link.id) == 1
    assert uow.commitment_cards.versions(toits.id) == [replace(published, published_by=None)]


def test_what_only_they_wrote_and_nobody_needs_goes(uow: SqlUnitOfWork) -> None:
    lea, anne, toits = person(uow, "Léa"), person(uow, "Anne", telegram_id=STAFF_ID), coalition(uow, "Toits")
    held = meeting(uow, toits)
    first = uow.afterwards.add_minutes(minutes_of(held, "Premier jet", by=lea))
    last = uow.afterwards.add_minutes(minutes_of(held, "Relu par Sam", by=anne))
    closed = uow.support.add(support_of(toits, "Une salle", SupportState.CLOSED, by=lea))
    theirs = uow.support.add_message(said_of(closed, "Merci beaucoup", by=lea))
    answer = uow.support.add_message(replace(said_of(closed, "Salle 2", by=anne), from_staff=True))

    uow.own_data.erase(lea)

    with pytest.raises(NotFound):
        uow.afterwards.minutes_by_id(first.id)
    assert uow.afterwards.minutes(held.id) == last
    assert uow.support.get(closed.id) == replace(closed, text="", asked_by=None)
    with pytest.raises(NotFound):
        uow.support.message(theirs.id)
    assert uow.support.messages(closed.id) == [answer]
    uow.own_data.erase(anne)
    assert uow.support.messages(closed.id) == [replace(answer, by=None)]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Léa Martin", ""),
        ("lea martin, ENIB", ""),
        ("Léa Martinez", "Léa Martinez"),
        ("Le pôle climat", "Le pôle climat"),
    ],
)
def test_a_link_that_is_written_with_their_name_is_free_again(uow: SqlUnitOfWork, written: str, left: str) -> None:
    lea, sam, toits = person(uow, "Léa Martin"), person(uow, "Sam"), coalition(uow, "Toits")
    uow.memberships.put(lea.id, toits.id, MembershipState.LEFT, NOW)
    joins(uow, sam, toits)
    agreed = Agreement(toits.id, False, sam.id, "Chaque mois", "", written, "Sam")
    uow.path.put_agreement(agreed, NOW)

    uow.own_data.erase(lea)

    assert uow.path.agreement(toits.id) == replace(agreed, authority_link=left)


def test_a_row_that_names_two_people_is_given_to_each_without_the_other(uow: SqlUnitOfWork) -> None:
    lea, sam, toits = person(uow, "Léa"), person(uow, "Sam"), coalition(uow, "Toits")
    uow.meetings.add(replace(meeting(uow, toits), planned_by=lea.id, chair_id=sam.id))

    [of_lea], [of_sam] = (uow.own_data.gather(who)["meetings"] for who in (lea, sam))

    assert (of_lea["planned_by"], of_lea["chair_id"]) == (lea.id, None)
    assert (of_sam["planned_by"], of_sam["chair_id"]) == (None, sam.id)


def test_an_order_of_chairs_in_the_audit_log_names_the_erased_no_more(
    uow: SqlUnitOfWork, connection: Connection
) -> None:
    lea, sam = person(uow, "Léa"), person(uow, "Sam")
    uow.audit.add(AuditLine(NOW, sam.id, "set_chairs", "coalition:3", {"order": f"{sam.id},{lea.id},12"}))
    assert [line["about_them"] for line in uow.own_data.gather(lea)["audit"]] == [True]

    uow.own_data.erase(lea)

    assert connection.execute(select(audit.c.details)).scalar_one() == {"order": f"{sam.id},erased,12"}


def minutes_of(held: Meeting, text: str, *, by: Person) -> Minutes:
    return Minutes(MinutesId(0), held.id, text, "", "", "", by.id, NOW)


def support_of(
    of: Coalition, text: str, state: SupportState, *, by: Person, taken_by: Person | None = None
) -> SupportRequest:
    taken = None if taken_by is None else taken_by.id
    return SupportRequest(
        SupportRequestId(0), of.id, "room", text, None, state, by.id, NOW, GROUP, None, taken_by=taken
    )


def said_of(request: SupportRequest, text: str, *, by: Person) -> SupportMessage:
    return SupportMessage(SupportMessageId(0), request.id, by.id, from_staff=False, text=text, said_at=NOW)


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
