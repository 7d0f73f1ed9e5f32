"""Somebody of whom every table of the database keeps something."""

import json
from dataclasses import replace
from datetime import time, timedelta
from itertools import count

from sqlalchemy import Connection

from programme.actions import ActionDetails, RoadmapState
from programme.announcements import Announcement, AnnouncementState, AudienceKind, Content, Part
from programme.audit import AuditLine
from programme.campaigns import Campaign, CampaignState
from programme.coalitions import Coalition, CoalitionState
from programme.commitment_cards import CardFields, CommitmentCard
from programme.commitment_levels import LevelRequest
from programme.date_polls import DateAnswer, DatePoll, DatePollState
from programme.doors import Arrival
from programme.forum_questions import AskedWhen, ForumQuestion
from programme.forums import Forum, Registration
from programme.ids import (
    AnnouncementId,
    CampaignId,
    CommitmentCardId,
    DatePollId,
    FindingId,
    ForumQuestionId,
    InvitationId,
    LevelRequestId,
    MinutesId,
    SeriesId,
    SupportMessageId,
    SupportRequestId,
    TelegramId,
    VoteId,
)
from programme.invitations import Invitation
from programme.meetings import Answer, Meeting, MeetingKind, Minutes
from programme.notices import MeetingPlanned
from programme.path import Agreement, Step, StepProgress
from programme.people import Person
from programme.series import Frequency, Series
from programme.support import Finding, FindingKind, SupportMessage, SupportRequest, SupportState
from programme.territory import OrganisationKind
from programme.votes import Ballot, Vote, VoteSubject
from storage.inbox import Inbox
from storage.outbox import NewOutgoing, Outbox, Sent
from storage.remembered import Remembered
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import (
    NEXT_WEEK,
    NOW,
    a_coalition,
    action,
    coalition,
    joins,
    meeting,
    milestone,
    person,
    registration,
)

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
    uow.level_requests.add(LevelRequest(LevelRequestId(0), own.id, "quantify", words, them.id, NOW, decided_by=them.id))
    uow.coalitions.add(
        replace(a_coalition(f"{words} {them.id}", state=CoalitionState.PROPOSED), proposed_by=them.id, need=words)
    )
    joins(uow, them, theirs)
    planned = uow.meetings.add(replace(meeting(uow, theirs), planned_by=them.id, chair_id=them.id))
    uow.meetings.put_answer(planned.id, them.id, Answer.YES, NOW)
    _meets(uow, them, planned, words)
    _keeps_going(uow, them, theirs)
    _asks_for_help(uow, them, theirs, words)
    undone = action(uow, theirs, by=replace(them, organisation_id=None), title=words)
    uow.actions.save(replace(undone, details=ActionDetails(means=words), deleted_at=NOW))
    _comes_to(uow, registration(uow, replace(them, organisation_id=None), at), words)
    uow.feeds.put(them.id, f"secret-{them.id}", NOW)
    for chat in (them.telegram_id, GROUP):
        uow.drafts.put(chat, them.telegram_id, "log_action", 1, {"title": words, "name": name}, NOW, new=True)
    uow.audit.add(AuditLine(NOW, them.id, "propose", f"coalition:{theirs.id}"))
    uow.audit.add(AuditLine(NOW, None, "appoint", f"person:{them.id}", {"person": them.id, "by": f"person:{them.id}"}))
    uow.notices.tell([them.id], MeetingPlanned(planned.id, 0), f"meeting_planned:{planned.id}", NOW)
    Outbox(connection).add(NewOutgoing(them.telegram_id, {"text": f"Bonjour {name} : {words}"}, anchor="menu"), NOW)
    # What was sent under an anchor, and what Telegram was told of this chat.
    outgoing = Outbox(connection).claim_due(NOW, "a", NOW, 1, lanes=[0])[-1]
    Outbox(connection).sent([Sent(outgoing, 100)], NOW)
    Remembered(connection).put(f"telegram:commands:{them.telegram_id}:fr", "fingerprint")
    Inbox(connection).store([(next(_update_ids), said(them, words))], NOW)
    return them


def _comes_to(uow: SqlUnitOfWork, place: Registration, words: str) -> None:
    """Let them answer what a forum asks, come to it, and help at its doors."""
    assert place.person_id is not None
    meal = ForumQuestion(ForumQuestionId(0), place.forum_id, AskedWhen.REGISTERING, "Un repas ?", (), required=False)
    question = uow.forum_questions.add(meal)
    uow.forum_questions.put_answer(question.id, place.id, words)
    uow.doors.note_arrival(Arrival(place.id, NEXT_WEEK.date(), NEXT_WEEK))
    uow.doors.name_helper(place.forum_id, place.person_id, NOW)


def _meets(uow: SqlUnitOfWork, them: Person, planned: Meeting, words: str) -> None:
    """Let them plan meetings that come again, look for a date, come, and write minutes that have later ones."""
    kind, place = MeetingKind.WORKING, "Les Capucins"
    again = Series(
        SeriesId(0), planned.coalition_id, "Chaque mardi", kind, place, "", Frequency.WEEKLY, NOW.date(), time(18, 30),
        None, None, them.id,
    )  # fmt: skip
    uow.series.add(again)
    poll = DatePoll(
        DatePollId(0), planned.coalition_id, "Quel jour ?", kind, place, "", NEXT_WEEK, DatePollState.OPEN, them.id
    )
    poll = uow.date_polls.add(poll, [NEXT_WEEK, NEXT_WEEK + timedelta(days=1)])
    uow.date_polls.put_answer(uow.date_polls.options(poll.id)[0].id, them.id, DateAnswer.IF_NEED_BE, NOW)
    uow.afterwards.note_attendance(planned.id, {them.id: True}, NOW)
    for text in (words, "Nous avons visité trois toits."):
        uow.afterwards.add_minutes(Minutes(MinutesId(0), planned.id, text, "", "", "", them.id, NOW))


def _keeps_going(uow: SqlUnitOfWork, them: Person, theirs: Coalition) -> None:
    """Let them chair, look after things, publish, open votes and vote, invite, and come by an invitation."""
    uow.path.put_step(theirs.id, StepProgress(Step.INVITE, NOW.date(), them.id))
    uow.path.put_agreement(
        Agreement(theirs.id, False, them.id, "Chaque mois", "Un dossier partagé", f"{them.name}, mairie", "Anne"), NOW
    )
    uow.path.put_chairs(theirs.id, [them.id])
    uow.milestones.add(replace(milestone(uow, f"card-{them.id}"), code=f"own-{them.id}", owner_id=them.id))
    shared = action(uow, theirs, by=replace(them, organisation_id=None))
    uow.actions.save(replace(shared, roadmap=RoadmapState.VALIDATED, owner_id=them.id))
    card = CommitmentCard(
        id=CommitmentCardId(0),
        coalition_id=theirs.id,
        version=1,
        coalition_name=theirs.name,
        fields=CardFields("Isoler", ("ENIB",)),
        published_by=them.id,
        published_at=NOW,
    )
    published = uow.commitment_cards.publish(card)
    vote = uow.votes.add(
        Vote(VoteId(0), theirs.id, VoteSubject.COMMITMENT_CARD, published.id, them.id, NOW, NEXT_WEEK, 50, 50)
    )
    uow.votes.put_ballot(vote.id, them.id, Ballot.FOR, NOW)
    link = uow.invitations.add(Invitation(InvitationId(0), theirs.id, f"code-{them.id}", them.id, NOW))
    uow.invitations.note_use(link.id, them.id, NOW)
    uow.announcements.add(
        Announcement(
            AnnouncementId(0),
            Content("Le forum ouvre"),
            (Part(AudienceKind.EVERYBODY),),
            urgent=False,
            state=AnnouncementState.DRAFT,
            by=them.id,
            made_at=NOW,
            approved_by=them.id,
        )
    )
    over = Campaign(CampaignId(0), "Engagements", "", NOW, NEXT_WEEK.date(), state=CampaignState.CLOSED)
    uow.campaigns.add(replace(over, opened_by=them.id, closed_at=NOW))
    uow.audit.add(AuditLine(NOW, None, "set_chairs", f"coalition:{theirs.id}", {"order": f"{them.id},99"}))


def _asks_for_help(uow: SqlUnitOfWork, them: Person, theirs: Coalition, words: str) -> None:
    """Let them ask for help twice, of which one request is closed, and speak of both."""
    for text, closed_at in ((words, NOW), ("Une salle pour trente personnes", None)):
        state = SupportState.TAKEN if closed_at is None else SupportState.CLOSED
        asked = uow.support.add(
            SupportRequest(
                SupportRequestId(0), theirs.id, "room", text, None, state, them.id, NOW, GROUP, 17, them.id, closed_at
            )
        )
        uow.support.add_message(
            SupportMessage(SupportMessageId(0), asked.id, them.id, from_staff=False, text=text, said_at=NOW)
        )
        found = Finding(FindingId(0), asked.id, FindingKind.ROOM, "Salle du conseil", NOW.date(), 12_050, them.id, NOW)
        uow.findings.add(found)


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
