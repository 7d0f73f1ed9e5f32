from datetime import timedelta

import pytest

from programme.audit import AuditLine
from programme.coalitions import CoalitionState
from programme.errors import NotAllowed, NotFound, Outdated
from programme.groups import Group
from programme.ids import CoalitionId
from programme.usecases.bind_group import bind_group, bound_coalition, coalitions_to_bind
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, coalition

LATER = NOW + timedelta(hours=1)
CHAT, TOPIC = -1001, 7


@pytest.mark.parametrize("role", ["facilitator", "staff"])
def test_who_facilitates_binds_a_group_and_the_audit_tells_it(town: Town, role: str) -> None:
    group = Group(CHAT, None, town.toits.id)

    assert bind_group(town.uow, town.who(role).id, group, LATER) == town.toits

    assert town.uow.groups.of_chat(CHAT, None) == group
    assert bound_coalition(town.uow, CHAT, TOPIC) == town.toits
    details = {"chat": CHAT, "thread": 0, "instead_of": 0}
    subject = f"coalition:{town.toits.id}"
    assert town.audited() == [AuditLine(LATER, town.who(role).id, "bind_group", subject, details)]


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_binds_a_group(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        bind_group(town.uow, town.who(role).id, Group(CHAT, None, town.toits.id), LATER)

    assert (town.uow.groups.of_chat(CHAT, None), town.audited()) == (None, [])


def test_binding_again_changes_nothing(town: Town) -> None:
    group = Group(CHAT, None, town.toits.id)
    bind_group(town.uow, town.facilitator.id, group, NOW)

    assert bind_group(town.uow, town.staff.id, group, LATER) == town.toits

    assert (len(town.audited()), town.uow.groups.of_coalition(town.toits.id)) == (1, [group])


def test_coalition_moves_into_a_topic_of_its_group_and_back(town: Town) -> None:
    whole, topic = Group(CHAT, None, town.toits.id), Group(CHAT, TOPIC, town.toits.id)
    for group in (whole, topic, whole):
        assert bind_group(town.uow, town.facilitator.id, group, LATER) == town.toits
        assert town.uow.groups.of_coalition(town.toits.id) == [group]

    assert [line.details["thread"] for line in town.audited()] == [0, TOPIC, 0]


def test_group_changes_hands_only_where_its_coalition_is_named(town: Town) -> None:
    bind_group(town.uow, town.facilitator.id, Group(CHAT, None, town.toits.id), NOW)
    lagunes = Group(CHAT, None, town.lagune.id)

    for said in (None, town.lagune.id, CoalitionId(99)):
        with pytest.raises(Outdated):
            bind_group(town.uow, town.stranger.id, lagunes, LATER, instead_of=said)
    assert bound_coalition(town.uow, CHAT, None) == town.toits

    bind_group(town.uow, town.stranger.id, lagunes, LATER, instead_of=town.toits.id)

    assert bound_coalition(town.uow, CHAT, None) == town.lagune
    assert town.audited()[-1].details == {"chat": CHAT, "thread": 0, "instead_of": town.toits.id}


def test_topic_leaves_its_group_to_the_other_coalition(town: Town) -> None:
    bind_group(town.uow, town.facilitator.id, Group(CHAT, None, town.toits.id), NOW)

    bind_group(town.uow, town.staff.id, Group(CHAT, TOPIC, town.lagune.id), LATER, instead_of=town.toits.id)

    bound = [bound_coalition(town.uow, CHAT, thread) for thread in (None, TOPIC, TOPIC + 1)]
    assert bound == [town.toits, town.lagune, town.toits]


def test_group_is_bound_to_an_active_coalition_only(town: Town) -> None:
    proposed = coalition(town.uow, "Proposée", state=CoalitionState.PROPOSED)

    with pytest.raises(NotFound):
        bind_group(town.uow, town.staff.id, Group(CHAT, None, proposed.id), LATER)
    with pytest.raises(NotFound):
        bind_group(town.uow, town.staff.id, Group(CHAT, None, CoalitionId(99)), LATER)


def test_only_the_coalitions_one_facilitates_are_offered(town: Town) -> None:
    offered = [
        [one.name for one in coalitions_to_bind(town.uow, town.who(role).id)]
        for role in ("member", "facilitator", "staff", "stranger")
    ]

    assert offered == [[], ["Toits solaires"], ["Lagune", "Toits solaires"], ["Lagune"]]
