"""Where something of a person is kept, and what goes when they are forgotten: every table that names people is here.

Bound to each statement: `person` is their id, `telegram` their Telegram id, which is also that of their private chat.
"""

from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    Select,
    String,
    Table,
    Text,
    Update,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from programme.coalitions import CoalitionState
from programme.support import SupportState
from storage.tables.actions import actions
from storage.tables.announcements import announcements
from storage.tables.campaigns import campaigns, level_requests
from storage.tables.commitments import agreements, ballots, chairs, commitment_cards, steps, votes
from storage.tables.delivery import anchors, inbox, outbox, remembered
from storage.tables.doors import arrivals, door_helpers, forum_answers, forum_questions
from storage.tables.forums import forums, registrations
from storage.tables.meetings import attendance, date_answers, date_options, date_polls, minutes, series
from storage.tables.programme import (
    answers,
    audit,
    coalition_organisations,
    coalitions,
    drafts,
    feeds,
    meetings,
    memberships,
    milestones,
    organisations,
    people,
)
from storage.tables.support import findings, invitation_uses, invitations, support_messages, support_requests

PERSON: Final = bindparam("person", type_=people.c.id.type)
TELEGRAM: Final = bindparam("telegram", type_=people.c.telegram_id.type)
TELEGRAM_TEXT: Final = cast(TELEGRAM, String)


def about(person: int | str) -> str:
    """Give what stands for a person in the audit log."""
    return f"person:{person}"


SUBJECT: Final = literal(about("")) + cast(PERSON, String)
# What this finds must be looked through: « "person": 5 » also begins « "person": 57 ».
MENTIONED: Final[ColumnElement[bool]] = or_(
    audit.c.subject == SUBJECT,
    cast(audit.c.details, Text).like(literal('%"person": ') + cast(PERSON, String) + literal("%")),
    cast(audit.c.details, Text).like(literal('%"') + SUBJECT + literal('"%')),
    cast(audit.c.details, Text).like(literal('%"order": "%')),
)
THEIR_MEMBERSHIPS: Final = select(literal("membership:") + cast(memberships.c.id, String)).where(
    memberships.c.person_id == PERSON
)
FOR_THEM: Final = or_(outbox.c.person_id == PERSON, outbox.c.chat_id == TELEGRAM)


def _names_people(column: Column[Any]) -> bool:
    return any(key.references(people) for key in column.foreign_keys)


def _theirs(table: Table, *also: ColumnElement[Any]) -> Select[Any]:
    """Give the rows of a table in which a person is named, without the ids of the others who are."""
    named = [column for column in table.columns if _names_people(column)]
    columns = [
        case((column == PERSON, column)).label(column.name) if column in named else column for column in table.columns
    ]
    mine = or_(*(column == PERSON for column in named))
    return select(*columns, *also).where(mine).order_by(*table.primary_key)


def _of_coalition(table: Table) -> Select[Any]:
    """Give a person's rows of a table with the name of the coalition that each belongs to."""
    return _theirs(table, coalitions.c.name.label("coalition")).join_from(
        table, coalitions, coalitions.c.id == table.c.coalition_id
    )


def _of_meeting(table: Table) -> Select[Any]:
    """Give a person's rows of a table with the title of the meeting that each belongs to."""
    return _theirs(table, meetings.c.title.label("meeting")).join_from(
        table, meetings, meetings.c.id == table.c.meeting_id
    )


def _of_registration(table: Table, *also: ColumnElement[Any]) -> Select[Any]:
    """Give the rows of a table about a person's places at forums, with the title of each forum."""
    return (
        select(table, *also, forums.c.title.label("forum"))
        .join_from(table, registrations, registrations.c.id == table.c.registration_id)
        .join(forums, forums.c.id == registrations.c.forum_id)
        .where(registrations.c.person_id == PERSON)
    )


OWN: Final[dict[str, Select[Any]]] = {
    "people": select(people).where(people.c.id == PERSON),
    "organisations": select(organisations)
    .join(people, people.c.organisation_id == organisations.c.id)
    .where(people.c.id == PERSON),
    "memberships": _of_coalition(memberships),
    "coalitions": _theirs(coalitions),
    "meetings": _of_coalition(meetings),
    "series": _of_coalition(series),
    "answers": _of_meeting(answers),
    "attendance": _of_meeting(attendance),
    "minutes": _of_meeting(minutes),
    "date_polls": _of_coalition(date_polls),
    "date_answers": _theirs(date_answers, date_options.c.starts_at, date_polls.c.title.label("meeting"))
    .join_from(date_answers, date_options, date_options.c.id == date_answers.c.option_id)
    .join(date_polls, date_polls.c.id == date_options.c.poll_id),
    "steps": _of_coalition(steps),
    "chairs": _of_coalition(chairs),
    "actions": _of_coalition(actions),
    "milestones": _theirs(milestones),
    "commitment_cards": _theirs(commitment_cards),
    "votes": _of_coalition(votes),
    "ballots": _theirs(ballots, votes.c.subject, coalitions.c.name.label("coalition"))
    .join_from(ballots, votes, votes.c.id == ballots.c.vote_id)
    .join(coalitions, coalitions.c.id == votes.c.coalition_id),
    "invitations": _of_coalition(invitations),
    "invitation_uses": _theirs(invitation_uses, coalitions.c.name.label("coalition"))
    .join_from(invitation_uses, invitations, invitations.c.id == invitation_uses.c.invitation_id)
    .join(coalitions, coalitions.c.id == invitations.c.coalition_id),
    "campaigns": _theirs(campaigns),
    "level_requests": _theirs(level_requests, organisations.c.name.label("organisation")).join_from(
        level_requests, organisations, organisations.c.id == level_requests.c.organisation_id
    ),
    "support_requests": _of_coalition(support_requests),
    "support_messages": _theirs(support_messages),
    "findings": _theirs(findings),
    "registrations": _theirs(registrations, forums.c.title.label("forum")).join_from(
        registrations, forums, forums.c.id == registrations.c.forum_id
    ),
    "forum_answers": _of_registration(forum_answers, forum_questions.c.text.label("question"))
    .join(forum_questions, forum_questions.c.id == forum_answers.c.question_id)
    .order_by(forum_answers.c.registration_id, forum_answers.c.question_id),
    "arrivals": _of_registration(arrivals).order_by(arrivals.c.registration_id, arrivals.c.day),
    "door_helpers": _theirs(door_helpers, forums.c.title.label("forum")).join_from(
        door_helpers, forums, forums.c.id == door_helpers.c.forum_id
    ),
    "announcements": _theirs(announcements),
    "feeds": _theirs(feeds),
    "drafts": select(drafts).where(drafts.c.telegram_id == TELEGRAM).order_by(drafts.c.id),
    "anchors": select(anchors).where(anchors.c.chat_id == TELEGRAM).order_by(anchors.c.said_at, anchors.c.anchor),
    # Such as the fingerprint of the commands shown in their chat alone.
    "remembered": select(remembered)
    .where(remembered.c.name.like(literal("%:") + TELEGRAM_TEXT + literal(":%")))
    .order_by(remembered.c.name),
}
"""What is kept of a person in each table, those excepted that must be looked through."""

MESSAGES: Final = select(outbox).where(FOR_THEM).order_by(outbox.c.id)

AUDIT: Final = (
    select(
        audit.c.id,
        audit.c.at,
        audit.c.deed,
        audit.c.subject,
        audit.c.details,
        # By whom otherwise is somebody else's.
        (func.coalesce(audit.c.by_person, 0) == PERSON).label("by_them"),
        or_(audit.c.subject == SUBJECT, audit.c.subject.in_(THEIR_MEMBERSHIPS)).label("about_them"),
    )
    .where(or_(audit.c.by_person == PERSON, audit.c.subject.in_(THEIR_MEMBERSHIPS), MENTIONED))
    .order_by(audit.c.id)
)
"""The lines a person wrote, those about them, and some too many: those that may name them in their details."""

WAITING_UPDATES: Final = (
    select(inbox.c.update_id, inbox.c.received_at, inbox.c.body)
    .where(
        inbox.c.state == literal("waiting", literal_execute=True),
        inbox.c.body.like(literal("%") + TELEGRAM_TEXT + literal("%")),
    )
    .order_by(inbox.c.update_id)
)
"""The updates not dealt with that hold a person's Telegram id somewhere; others have lost their bodies."""

AGREEMENTS: Final = (
    select(
        *(
            case((column == PERSON, column)).label(column.name) if column is agreements.c.chair_id else column
            for column in agreements.columns
        ),
        coalitions.c.name.label("coalition"),
    )
    .join_from(agreements, coalitions, coalitions.c.id == agreements.c.coalition_id)
    .where(
        or_(
            agreements.c.chair_id == PERSON,
            exists().where(memberships.c.coalition_id == agreements.c.coalition_id, memberships.c.person_id == PERSON),
        )
    )
    .order_by(agreements.c.coalition_id)
)
"""The working agreements of the coalitions a person is or was in: their links may have been written as that name."""
REWRITE_LINKS: Final = update(agreements).where(agreements.c.coalition_id == bindparam("coalition"))

AUDIT_MENTIONS: Final = select(audit.c.id, audit.c.subject, audit.c.details).where(MENTIONED)
REWRITE_AUDIT_LINE: Final = update(audit).where(audit.c.id == bindparam("line"))

LATER_MINUTES: Final = minutes.alias("later_minutes")
CLOSED_REQUESTS: Final = select(support_requests.c.id).where(support_requests.c.state == SupportState.CLOSED)
OTHERS_IN_IT: Final = exists().where(memberships.c.coalition_id == coalitions.c.id, memberships.c.person_id != PERSON)
ERASE: Final[tuple[Delete | Update, ...]] = (
    delete(drafts).where(drafts.c.telegram_id == TELEGRAM),
    # Also what is sent already and has a key: nobody is left to be told twice.
    delete(outbox).where(FOR_THEM),
    delete(anchors).where(anchors.c.chat_id == TELEGRAM),
    delete(actions).where(actions.c.logged_by == PERSON, actions.c.deleted_at.is_not(None)),
    delete(coalitions).where(
        coalitions.c.proposed_by == PERSON,
        or_(
            coalitions.c.state == CoalitionState.REFUSED,
            and_(coalitions.c.state == CoalitionState.PROPOSED, ~OTHERS_IN_IT),
        ),
    ),
    delete(minutes).where(
        minutes.c.added_by == PERSON,
        exists().where(LATER_MINUTES.c.meeting_id == minutes.c.meeting_id, LATER_MINUTES.c.id > minutes.c.id),
    ),
    # The project team's answers are what the coalition asked for.
    delete(support_messages).where(
        support_messages.c.by_person == PERSON,
        ~support_messages.c.from_staff,
        support_messages.c.request_id.in_(CLOSED_REQUESTS),
    ),
    update(support_requests)
    .where(support_requests.c.asked_by == PERSON, support_requests.c.state == SupportState.CLOSED)
    .values(text=""),
    # Their places at forums stay as numbers, and with them that somebody came.
    delete(forum_answers).where(
        forum_answers.c.registration_id.in_(select(registrations.c.id).where(registrations.c.person_id == PERSON))
    ),
    # Memberships, answers, ballots and the feed go with the person; what others need is left without them.
    delete(people).where(people.c.id == PERSON),
)
"""What goes, in this order.

What is remembered of the commands shown in their chat stays until they are taken back at Telegram (storage.erasures).
"""

DROP_LONELY_ORGANISATION: Final = delete(organisations).where(
    organisations.c.id == bindparam("organisation"),
    # What staff have confirmed of it is public, and its own.
    organisations.c.level.is_(None),
    ~exists().where(people.c.organisation_id == organisations.c.id),
    ~exists().where(coalition_organisations.c.organisation_id == organisations.c.id),
    ~exists().where(actions.c.organisation_id == organisations.c.id),
    ~exists().where(registrations.c.organisation_id == organisations.c.id),
)
"""Drop an organisation that nobody speaks for any more and that nothing mentions: it may bear the person's own name."""
