"""Announcements by the rules alone: who may, what is counted, who approves, and what can still be changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import update

from programme.announcements import (
    ANNOUNCEMENT_CAPTION_MAX,
    ANNOUNCEMENT_TEXT_MAX,
    Announcement,
    AnnouncementState,
    AudienceKind,
    Content,
    Part,
    Reach,
)
from programme.errors import (
    InThePast,
    NeedsAnotherPerson,
    NobodyToTell,
    NotAllowed,
    NotFound,
    NotWellFormed,
    OtherContent,
    Outdated,
    StillOnTheWay,
    TooLate,
)
from programme.ids import TelegramId
from programme.notices import AnnouncementToApprove
from programme.people import Person, Preferences
from programme.usecases.introduce_person import mark_reachable
from programme.usecases.report_announcement import report_announcement
from programme.usecases.send_announcement import approve_announcement, send_announcement, send_due_announcements
from programme.usecases.steer_announcement import (
    correct_announcement,
    finish_announcements,
    resume_announcement,
    stop_announcement,
    withdraw_announcement,
)
from programme.usecases.write_announcement import (
    readdress_announcement,
    reconsider,
    rewrite_announcement,
    write_announcement,
)
from storage.outbox import Outbox, Sent
from storage.tables.programme import people
from tests.programme.usecases.town import PARIS, Town
from tests.storage.brest import NOW

EVERYBODY: Final = (Part(AudienceKind.EVERYBODY),)
HELLO: Final = Content("Bonjour")
MANY: Final = 100


def draft(town: Town, audience: tuple[Part, ...] = EVERYBODY) -> Announcement:
    return write_announcement(town.uow, town.staff.id, HELLO, audience, NOW)


def sent(town: Town, audience: tuple[Part, ...] = EVERYBODY) -> Announcement:
    written = draft(town, audience)
    return send_announcement(town.uow, town.staff.id, written.id, written.version, NOW, PARIS, approval_above=MANY)


def colleague(town: Town) -> Person:
    town.connection.execute(update(people).where(people.c.id == town.stranger.id).values(appointed_staff=True))
    return town.stranger


def reach(town: Town, *audience: Part) -> Reach:
    return town.uow.announcements.reach(audience, NOW.astimezone(PARIS).date())


def deliver_all(town: Town) -> None:
    """Send all that waits, as the outbox notes it."""
    box = Outbox(town.connection)
    while taken := box.claim_due(NOW, "worker", NOW + timedelta(minutes=5), 50, lanes={2}):
        for outgoing in taken:
            box.sent([Sent(outgoing, 1000 + outgoing.id)], NOW)


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_only_the_project_team_announces(town: Town, role: str) -> None:
    written = draft(town)
    by = town.who(role).id

    deeds: tuple[Callable[[], object], ...] = (
        lambda: write_announcement(town.uow, by, HELLO, EVERYBODY, NOW),
        lambda: rewrite_announcement(town.uow, by, written.id, HELLO, NOW),
        lambda: readdress_announcement(town.uow, by, written.id, EVERYBODY, NOW, urgent=True),
        lambda: reconsider(town.uow, by, written.id, 0, NOW),
        lambda: send_announcement(town.uow, by, written.id, 0, NOW, PARIS, approval_above=MANY),
        lambda: approve_announcement(town.uow, by, written.id, 0, NOW),
        lambda: stop_announcement(town.uow, by, written.id, NOW),
        lambda: resume_announcement(town.uow, by, written.id, NOW),
        lambda: correct_announcement(town.uow, by, written.id, HELLO, NOW),
        lambda: withdraw_announcement(town.uow, by, written.id, NOW),
    )
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()


@pytest.mark.parametrize(
    "content",
    [
        Content(""),
        Content(" \n "),
        Content("a" * (ANNOUNCEMENT_TEXT_MAX + 1)),
        Content("a" * (ANNOUNCEMENT_CAPTION_MAX + 1), kind="photo", file_id="f"),
    ],
)
def test_what_telegram_would_refuse_is_not_kept(town: Town, content: Content) -> None:
    with pytest.raises(NotWellFormed):
        write_announcement(town.uow, town.staff.id, content, EVERYBODY, NOW)


@pytest.mark.parametrize(
    "audience",
    [
        (),
        (Part(AudienceKind.COALITION, "999"),),
        (Part(AudienceKind.COALITION, "1; DROP"),),
        (Part(AudienceKind.REGISTRANTS, "999"),),
        (Part(AudienceKind.SCOPE, "planet"),),
        (Part(AudienceKind.ORGANISATION_KIND, "sect"),),
    ],
)
def test_audience_that_is_nowhere_is_refused(town: Town, audience: tuple[Part, ...]) -> None:
    with pytest.raises(NotFound):
        draft(town, audience)


def test_union_of_audiences_counts_everybody_once(town: Town) -> None:
    toits = Part(AudienceKind.COALITION, str(town.toits.id))

    assert reach(town, toits) == Reach(2, 0, 0, 0)
    assert reach(town, Part(AudienceKind.FACILITATORS)) == Reach(2, 0, 0, 0)
    assert reach(town, Part(AudienceKind.STAFF)) == Reach(1, 0, 0, 0)
    assert reach(town, toits, Part(AudienceKind.FACILITATORS), Part(AudienceKind.STAFF)) == Reach(4, 0, 0, 0)
    assert reach(town, *EVERYBODY, toits) == Reach(4, 0, 0, 0)


def test_who_paused_or_is_out_of_reach_is_counted_apart(town: Town) -> None:
    town.prefers(town.member, paused_until=NOW.date() + timedelta(days=3))
    mark_reachable(town.uow, town.stranger.id, NOW, reachable=False)

    assert reach(town, *EVERYBODY) == Reach(people=2, groups=0, paused=1, unreachable=1)


def test_sent_once_whoever_says_so_again(town: Town) -> None:
    written = draft(town)
    by = colleague(town).id
    send_announcement(town.uow, town.staff.id, written.id, 0, NOW, PARIS, approval_above=MANY)

    with pytest.raises(TooLate):
        send_announcement(town.uow, by, written.id, 0, NOW, PARIS, approval_above=MANY)

    assert len(town.uow.announcements.deliveries(written.id)) == 4


def test_one_that_was_rewritten_meanwhile_is_not_sent_unread(town: Town) -> None:
    written = draft(town)
    rewrite_announcement(town.uow, town.staff.id, written.id, Content("Autre chose"), NOW)

    with pytest.raises(Outdated):
        send_announcement(town.uow, town.staff.id, written.id, 0, NOW, PARIS, approval_above=MANY)


def test_nobody_to_tell_is_said_before_it_is_sent(town: Town) -> None:
    empty = town.uow.coalitions.by_name("Lagune")
    assert empty is not None
    written = draft(town, (Part(AudienceKind.GROUP, str(empty.id)),))

    with pytest.raises(NobodyToTell):
        send_announcement(town.uow, town.staff.id, written.id, 0, NOW, PARIS, approval_above=MANY)


def test_above_the_limit_somebody_else_must_approve(town: Town) -> None:
    other, written = colleague(town), draft(town)
    waiting = send_announcement(town.uow, town.staff.id, written.id, 0, NOW, PARIS, approval_above=3)

    assert waiting.state is AnnouncementState.TO_APPROVE
    assert town.told() == [(other.name, AnnouncementToApprove(written.id, waiting.version))]
    with pytest.raises(NeedsAnotherPerson):
        approve_announcement(town.uow, town.staff.id, written.id, waiting.version, NOW)
    approved = approve_announcement(town.uow, other.id, written.id, waiting.version, NOW)
    assert (approved.state, approved.approved_by) == (AnnouncementState.SENDING, other.id)
    assert [line.deed for line in town.audited()][-4:] == [
        "write_announcement",
        "submit_announcement",
        "approve_announcement",
        "send_announcement",
    ]


def test_where_nobody_else_could_approve_it_stays_a_draft(town: Town) -> None:
    written = draft(town)

    with pytest.raises(NeedsAnotherPerson):
        send_announcement(town.uow, town.staff.id, written.id, 0, NOW, PARIS, approval_above=3)

    assert town.uow.announcements.get(written.id).state is AnnouncementState.DRAFT


def test_a_draft_alone_is_given_another_audience(town: Town) -> None:
    written, toits = draft(town), Part(AudienceKind.COALITION, str(town.toits.id))

    changed = readdress_announcement(town.uow, town.staff.id, written.id, (toits, toits), NOW, urgent=True)

    assert (changed.audience, changed.urgent, changed.version) == ((toits,), True, 1)
    with pytest.raises(NotFound):
        readdress_announcement(town.uow, town.staff.id, written.id, (), NOW, urgent=False)
    send_announcement(town.uow, town.staff.id, written.id, 1, NOW, PARIS, approval_above=MANY)
    with pytest.raises(TooLate):
        readdress_announcement(town.uow, town.staff.id, written.id, EVERYBODY, NOW, urgent=False)


def test_at_the_limit_nobody_else_is_needed(town: Town) -> None:
    written = draft(town)

    begun = send_announcement(town.uow, town.staff.id, written.id, 0, NOW, PARIS, approval_above=4)

    assert begun.state is AnnouncementState.SENDING


def test_scheduled_one_whose_audience_has_grown_waits_for_approval(town: Town) -> None:
    written, due_at = draft(town), NOW + timedelta(hours=1)
    send_announcement(town.uow, town.staff.id, written.id, 0, NOW, PARIS, approval_above=4, due_at=due_at)
    town.newcomer()

    assert not send_due_announcements(town.uow, NOW, PARIS, approval_above=4)
    assert send_due_announcements(town.uow, due_at, PARIS, approval_above=4)

    assert town.uow.announcements.get(written.id).state is AnnouncementState.TO_APPROVE


def test_moment_that_is_over_is_refused(town: Town) -> None:
    written = draft(town)

    with pytest.raises(InThePast):
        send_announcement(town.uow, town.staff.id, written.id, 0, NOW, PARIS, approval_above=MANY, due_at=NOW)


def test_stopped_one_is_claimed_by_nobody_until_it_is_resumed(town: Town) -> None:
    begun, box = sent(town), Outbox(town.connection)
    stop_announcement(town.uow, town.staff.id, begun.id, NOW)
    assert box.claim_due(NOW, "worker", NOW, 50, lanes={2}) == []

    resume_announcement(town.uow, town.staff.id, begun.id, NOW)

    assert len(box.claim_due(NOW, "worker", NOW, 50, lanes={2})) == 4


def test_what_is_on_its_way_can_neither_be_corrected_nor_withdrawn(town: Town) -> None:
    begun, box = sent(town), Outbox(town.connection)
    with pytest.raises(StillOnTheWay):
        withdraw_announcement(town.uow, town.staff.id, begun.id, NOW)
    box.claim_due(NOW, "worker", NOW, 1, lanes={2})
    stop_announcement(town.uow, town.staff.id, begun.id, NOW)

    with pytest.raises(StillOnTheWay):
        correct_announcement(town.uow, town.staff.id, begun.id, Content("Bonsoir"), NOW)


def test_all_sent_is_noted_and_then_it_is_corrected_where_it_arrived(town: Town) -> None:
    begun = sent(town)
    deliver_all(town)
    assert finish_announcements(town.uow, NOW, PARIS)
    assert not finish_announcements(town.uow, NOW, PARIS)

    correct_announcement(town.uow, town.staff.id, begun.id, Content("Bonsoir"), NOW)

    changes = Outbox(town.connection).claim_due(NOW, "worker", NOW, 50, lanes={2})
    assert [one.content["correction"] for one in changes] == [1, 1, 1, 1]


def test_file_does_not_take_the_place_of_a_text(town: Town) -> None:
    begun = sent(town)
    deliver_all(town)
    finish_announcements(town.uow, NOW, PARIS)

    with pytest.raises(OtherContent):
        correct_announcement(town.uow, town.staff.id, begun.id, Content("", kind="photo", file_id="f"), NOW)


def test_withdrawn_one_drops_what_waits_and_takes_back_what_arrived(town: Town) -> None:
    begun, box = sent(town), Outbox(town.connection)
    [first] = box.claim_due(NOW, "worker", NOW, 1, lanes={2})
    box.sent([Sent(first, 1001)], NOW)
    stop_announcement(town.uow, town.staff.id, begun.id, NOW)

    withdraw_announcement(town.uow, town.staff.id, begun.id, NOW)

    assert [(one.state, one.reason) for one in town.uow.announcements.deliveries(begun.id)] == [
        ("sent", ""),
        *[("skipped", "withdrawn")] * 3,
    ]
    [taken] = box.claim_due(NOW, "worker", NOW, 50, lanes={2})
    assert (taken.content["withdrawal"], taken.content["message_id"]) == (True, 1001)
    with pytest.raises(TooLate):
        withdraw_announcement(town.uow, town.staff.id, begun.id, NOW)


def test_report_is_for_the_project_team_alone_and_audited(town: Town) -> None:
    written = draft(town)
    with pytest.raises(NotFound):
        report_announcement(town.uow, town.staff.id, written.id, NOW)
    send_announcement(town.uow, town.staff.id, written.id, 0, NOW, PARIS, approval_above=MANY)
    with pytest.raises(NotAllowed):
        report_announcement(town.uow, town.member.id, written.id, NOW)

    report_announcement(town.uow, town.staff.id, written.id, NOW)

    last = town.audited()[-1]
    assert (last.deed, last.subject, last.by) == ("document_exported", f"announcement:{written.id}", town.staff.id)


def test_who_came_after_the_beginning_is_not_told(town: Town) -> None:
    begun = sent(town)

    town.uow.people.add(TelegramId(77), "Yann", None, NOW, Preferences())

    assert len(town.uow.announcements.deliveries(begun.id)) == 4
