"""What must be found when everybody has said what they had to say: all of it, each once."""

import json
from collections import Counter
from typing import Final

from tests.resilience.evening import ANNE, Evening
from tests.resilience.programme_evening import LEADS, MEETING, OPEN_COALITION
from tests.resilience.records import rows, states

ALL_LEADS: Final = frozenset({"d-30", "d-14", "d-7", "d-1", "h-2", "d-0", "d+3", "d+10"})


def assert_all_is_kept_once(evening: Evening) -> None:
    """Compare what everybody said with what is found, word for word and row by row."""
    database, actors = evening.bot.database, evening.actors

    people = rows(
        database,
        "SELECT telegram_id, people.name, organisations.name FROM people"
        " LEFT JOIN organisations ON organisations.id = organisation_id",
    )
    assert Counter(people) == Counter(
        [(ANNE, "Anne", None)] + [(actor.telegram_id, actor.name, actor.organisation) for actor in actors]
    )
    new = [actor.organisation for actor in actors if actor.new]
    kept = rows(database, "SELECT name FROM organisations WHERE name LIKE 'Atelier %'")
    assert Counter(kept) == Counter((name,) for name in new)

    proposals = rows(
        database,
        "SELECT telegram_id, coalitions.name, need, objective, scope, invited, state FROM coalitions"
        " JOIN people ON people.id = proposed_by",
    )
    assert Counter(proposals) == Counter(
        (actor.telegram_id, one.name, one.need, one.idea, one.scope, one.invited, "active")
        for actor in actors
        for one in actor.proposed
    )
    names = {one.name for actor in actors for one in actor.proposed}

    memberships = rows(
        database,
        "SELECT telegram_id, coalitions.name, memberships.state, facilitator FROM memberships"
        " JOIN people ON people.id = person_id JOIN coalitions ON coalitions.id = coalition_id",
    )
    joined = [(actor.telegram_id, OPEN_COALITION, "accepted", 0) for actor in actors]
    led = [(actor.telegram_id, one.name, "accepted", 1) for actor in actors for one in actor.proposed]
    assert Counter(memberships) == Counter(joined + led)

    settings = rows(database, "SELECT telegram_id, leads, quiet_starts, quiet_ends FROM people WHERE name <> 'Anne'")
    assert {(who, frozenset(json.loads(leads)), starts, ends) for who, leads, starts, ends in settings} == {
        (actor.telegram_id, ALL_LEADS - {lead for lead in LEADS if actor.switched[lead] % 2}, *actor.quiet)
        for actor in actors
    }

    planned = [(MEETING, "Salle 3", "planned", 0)] if evening.team.planned else []
    assert rows(database, "SELECT title, place, state, version FROM meetings") == planned
    answers = rows(database, "SELECT telegram_id, answer FROM answers JOIN people ON people.id = person_id")
    assert Counter(answers) == Counter((actor.telegram_id, actor.answer) for actor in actors if actor.answered)

    deeds = Counter(dict(rows(database, "SELECT deed, count(*) FROM audit GROUP BY deed")))
    assert deeds == Counter(decide_proposal=len(names), name_facilitator=len(names), plan_meeting=len(planned))

    assert rows(database, "SELECT count(*) FROM drafts") == [(0,)]
    assert set(states(database, "inbox")) == {"done"}
    assert set(states(database, "outbox")) <= {"sent", "skipped"}
    assert_all_told_is_there(evening, names)
    assert_no_trouble_logged(evening)


def assert_all_told_is_there(evening: Evening, names: set[str]) -> None:
    """Each notice came: to the team about every proposal, to its actor about the decision."""
    assert sorted(evening.team.approved) == sorted(names)
    for actor in evening.actors:
        for one in actor.proposed:
            assert [text for text in actor.patient.read if f"{one.name}\u00a0» est approuvée" in text]


def assert_no_trouble_logged(evening: Evening) -> None:
    """Nothing worse than a warning stands in the logs."""
    worse = [line for line in evening.bot.events if line["level"] in {"error", "critical"}]
    assert worse == [], worse
