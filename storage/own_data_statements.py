"""Where something of a person is kept, and what goes when they are forgotten: every table that names people is here.

Bound to each statement: `person` is their id, `telegram` their Telegram id, which is also that of their private chat.
"""

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Delete,
    Select,
    String,
    Text,
    and_,
    bindparam,
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
from storage.tables.actions import actions
from storage.tables.delivery import anchors, inbox, outbox, remembered
from storage.tables.forums import forums, registrations
from storage.tables.programme import (
    answers,
    audit,
    coalition_organisations,
    coalitions,
    drafts,
    feeds,
    meetings,
    memberships,
    organisations,
    people,
)

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
)
THEIR_MEMBERSHIPS: Final = select(literal("membership:") + cast(memberships.c.id, String)).where(
    memberships.c.person_id == PERSON
)
FOR_THEM: Final = or_(outbox.c.person_id == PERSON, outbox.c.chat_id == TELEGRAM)

OWN: Final[dict[str, Select[Any]]] = {
    "people": select(people).where(people.c.id == PERSON),
    "organisations": select(organisations)
    .join(people, people.c.organisation_id == organisations.c.id)
    .where(people.c.id == PERSON),
    "memberships": select(memberships, coalitions.c.name.label("coalition"))
    .join(coalitions, coalitions.c.id == memberships.c.coalition_id)
    .where(memberships.c.person_id == PERSON)
    .order_by(memberships.c.id),
    "coalitions": select(coalitions).where(coalitions.c.proposed_by == PERSON).order_by(coalitions.c.id),
    "meetings": select(meetings).where(meetings.c.planned_by == PERSON).order_by(meetings.c.id),
    "answers": select(answers, meetings.c.title.label("meeting"))
    .join(meetings, meetings.c.id == answers.c.meeting_id)
    .where(answers.c.person_id == PERSON)
    .order_by(answers.c.answered_at, answers.c.meeting_id),
    "actions": select(actions, coalitions.c.name.label("coalition"))
    .join(coalitions, coalitions.c.id == actions.c.coalition_id)
    .where(actions.c.logged_by == PERSON)
    .order_by(actions.c.id),
    "registrations": select(registrations, forums.c.title.label("forum"))
    .join(forums, forums.c.id == registrations.c.forum_id)
    .where(registrations.c.person_id == PERSON)
    .order_by(registrations.c.id),
    "feeds": select(feeds).where(feeds.c.person_id == PERSON),
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

AUDIT_MENTIONS: Final = select(audit.c.id, audit.c.subject, audit.c.details).where(MENTIONED)
REWRITE_AUDIT_LINE: Final = update(audit).where(audit.c.id == bindparam("line"))

OTHERS_IN_IT: Final = exists().where(memberships.c.coalition_id == coalitions.c.id, memberships.c.person_id != PERSON)
ERASE: Final[tuple[Delete, ...]] = (
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
    # Memberships, answers and the feed go with the person; what others need is left without them.
    delete(people).where(people.c.id == PERSON),
)
"""What goes, in this order.

What is remembered of the commands shown in their chat stays until they are taken back at Telegram (storage.erasures).
"""

DROP_LONELY_ORGANISATION: Final = delete(organisations).where(
    organisations.c.id == bindparam("organisation"),
    ~exists().where(people.c.organisation_id == organisations.c.id),
    ~exists().where(coalition_organisations.c.organisation_id == organisations.c.id),
    ~exists().where(actions.c.organisation_id == organisations.c.id),
    ~exists().where(registrations.c.organisation_id == organisations.c.id),
)
"""Drop an organisation that nobody speaks for any more and that nothing mentions: it may bear the person's own name."""
