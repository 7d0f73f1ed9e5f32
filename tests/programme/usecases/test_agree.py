from dataclasses import replace

import pytest

from programme.audit import AuditLine
from programme.errors import NotAllowed, NotFound, NotWellFormed, Outdated
from programme.ids import PersonId
from programme.path import Agreement
from programme.usecases.agree import NONE_YET, Terms, agree, agreement_of
from tests.programme.usecases.town import Town
from tests.storage.brest import NEXT_WEEK, NOW, joins


def terms(town: Town, *chairs: PersonId, chair: PersonId | None = None, instead_of: int = NONE_YET) -> Terms:
    return Terms(
        coalition=town.toits.id,
        chairs=chairs,
        chair=chair,
        frequency="Le 2e mardi du mois",
        tools="Un dossier partagé",
        authority_link="Léa",
        outside_link="Maude",
        instead_of=instead_of,
    )


def test_an_agreement_with_a_rotation_sets_its_order(town: Town) -> None:
    lea, maude = town.member.id, town.facilitator.id

    agreed = agree(town.uow, maude, terms(town, maude, lea), NOW)

    assert agreed == Agreement(
        town.toits.id,
        rotating=True,
        chair_id=None,
        frequency="Le 2e mardi du mois",
        tools="Un dossier partagé",
        authority_link="Léa",
        outside_link="Maude",
        version=1,
    )
    assert town.uow.path.agreement(town.toits.id) == agreed
    assert list(town.uow.path.chairs(town.toits.id)) == [maude, lea]
    assert town.audited() == [AuditLine(NOW, maude, "agree", f"coalition:{town.toits.id}", {"version": 1})]


def test_one_person_may_chair_always(town: Town) -> None:
    agreed = agree(town.uow, town.facilitator.id, terms(town, chair=town.member.id), NOW)

    assert (agreed.rotating, agreed.chair_id) == (False, town.member.id)
    assert list(town.uow.path.chairs(town.toits.id)) == []


def test_each_change_is_a_new_version_in_which_nobody_loses_their_place(town: Town) -> None:
    lea, maude, yann = town.member.id, town.facilitator.id, town.newcomer()
    joins(town.uow, yann, town.toits)
    agree(town.uow, maude, terms(town, lea, maude), NOW)
    town.uow.path.put_chairs(town.toits.id, [maude, lea])

    changed = agree(town.uow, town.staff.id, terms(town, lea, yann.id, maude, instead_of=1), NEXT_WEEK)

    assert changed.version == 2
    assert list(town.uow.path.chairs(town.toits.id)) == [maude, lea, yann.id]


def test_what_stays_the_same_is_no_new_version(town: Town) -> None:
    lea, maude = town.member.id, town.facilitator.id
    first = agree(town.uow, maude, terms(town, lea, maude), NOW)

    again = agree(town.uow, maude, terms(town, lea, maude, instead_of=1), NEXT_WEEK)

    assert again == first
    assert len(town.audited()) == 1


def test_a_change_of_what_somebody_else_has_changed_is_refused(town: Town) -> None:
    lea, maude = town.member.id, town.facilitator.id
    agree(town.uow, maude, terms(town, lea), NOW)
    agree(town.uow, maude, replace(terms(town, lea, instead_of=1), tools="Autre chose"), NOW)

    for version in (NONE_YET, 1, 3):
        with pytest.raises(Outdated):
            agree(town.uow, maude, terms(town, lea, instead_of=version), NOW)

    kept = town.uow.path.agreement(town.toits.id)
    assert kept is not None
    assert (kept.tools, kept.version) == ("Autre chose", 2)


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_nobody_else_writes_it(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        agree(town.uow, town.who(role).id, terms(town, town.member.id), NOW)

    assert town.uow.path.agreement(town.toits.id) is None


def test_members_read_it_and_outsiders_do_not(town: Town) -> None:
    agreed = agree(town.uow, town.facilitator.id, terms(town, town.member.id), NOW)

    for role in ("member", "facilitator", "staff"):
        assert agreement_of(town.uow, town.who(role).id, town.toits.id) == agreed
    with pytest.raises(NotAllowed):
        agreement_of(town.uow, town.stranger.id, town.toits.id)


def test_only_members_chair_and_somebody_must(town: Town) -> None:
    maude, sam = town.facilitator.id, town.stranger.id

    for wrong in (terms(town, maude, sam), terms(town, chair=sam), terms(town)):
        with pytest.raises(NotFound):
            agree(town.uow, maude, wrong, NOW)

    assert town.uow.path.agreement(town.toits.id) is None


@pytest.mark.parametrize("field", ["frequency", "tools", "authority_link", "outside_link"])
def test_a_text_that_does_not_fit_is_refused(town: Town, field: str) -> None:
    for text in ("", " \u0000", "é" * 301):
        with pytest.raises(NotWellFormed) as refusal:
            agree(town.uow, town.facilitator.id, replace(terms(town, town.member.id), **{field: text}), NOW)  # type: ignore[arg-type]  # texts only
        assert refusal.value.field == field


def test_texts_are_kept_clean(town: Town) -> None:
    typed = replace(terms(town, town.member.id), frequency=" Le\nmardi\u0000 ")

    assert agree(town.uow, town.facilitator.id, typed, NOW).frequency == "Le mardi"
