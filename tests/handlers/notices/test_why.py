from datetime import date

import pytest

from handlers.notices.render import _TELLERS
from handlers.notices.why import RULE_OF, RULES, STOPS, rule_of, why_button
from locales import language_for
from programme import notices
from programme.ids import ForumId, MeetingId
from programme.leads import LEADS, EventKind, Lead


def test_every_notice_has_a_rule_and_every_rule_tells_how_to_stop_it() -> None:
    by_lead = {notices.MeetingReminder, notices.ForumReminder}

    assert set(RULE_OF) | by_lead == set(notices.NOTICES.values()) == set(_TELLERS)
    assert not set(RULE_OF) & by_lead
    assert RULES.keys() == STOPS.keys() >= set(RULE_OF.values())


@pytest.mark.parametrize("lead", LEADS[EventKind.MEETING])
def test_a_reminder_of_a_meeting_names_its_lead(lead: Lead) -> None:
    assert rule_of(notices.MeetingReminder(MeetingId(1), 0, lead)) == lead in RULES


@pytest.mark.parametrize("lead", LEADS[EventKind.FORUM])
def test_the_question_after_a_forum_is_no_reminder_of_it(lead: Lead) -> None:
    rule = "forum_over" if lead is Lead.AFTERWARDS else "forum_near"

    assert rule_of(notices.ForumReminder(ForumId(1), 0, lead)) == rule in RULES


def test_the_button_carries_the_rule() -> None:
    [button] = why_button(notices.Digest(date(2026, 11, 23)), language_for("fr"))

    assert (button.label.replace("\N{NO-BREAK SPACE}", " "), button.data) == ("Pourquoi ce message ?", "why:digest")
