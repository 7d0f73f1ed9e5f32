from dataclasses import replace

import pytest

from programme.coalitions import Coalition, CoalitionState
from programme.errors import NameTaken, NotWellFormed
from programme.notices import CoalitionProposed
from programme.territory import ScopeKind
from programme.usecases.propose_coalition import CODE_LENGTH, CODE_SIGNS, Proposal, new_code, propose_coalition
from tests.programme.usecases.town import ROLES, Town
from tests.storage.brest import NOW, coalition

COMPOST = Proposal(
    need="Les restaurants jettent leurs déchets verts.",
    name="Compost des halles",
    idea="Un composteur partagé par quartier.",
    scope="area",
    invited="Les Jardins de l’Elorn",
)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_propose_and_staff_are_told(town: Town, role: str) -> None:
    proposed = propose_coalition(town.uow, town.who(role).id, COMPOST, NOW)

    assert proposed == Coalition(
        id=proposed.id,
        code=proposed.code,
        name="Compost des halles",
        objective="Un composteur partagé par quartier.",
        scope=ScopeKind.AREA,
        stakes=(),
        open=False,
        state=CoalitionState.PROPOSED,
        proposed_by=town.who(role).id,
        need="Les restaurants jettent leurs déchets verts.",
        invited="Les Jardins de l’Elorn",
        proposed_at=NOW,
    )
    assert town.uow.coalitions.proposed() == [proposed]
    assert town.told() == [("Anne", CoalitionProposed(proposed.id))]


def test_a_proposal_makes_nobody_a_member(town: Town) -> None:
    proposed = propose_coalition(town.uow, town.member.id, COMPOST, NOW)

    assert town.uow.memberships.members(proposed.id) == []
    assert town.audited() == []


def test_whom_to_invite_may_be_left_open(town: Town) -> None:
    assert propose_coalition(town.uow, town.member.id, replace(COMPOST, invited=""), NOW).invited == ""


@pytest.mark.parametrize("same", ["Compost des halles", "COMPOST DES HALLES", "compôst, des « halles » !"])
def test_a_second_proposal_of_this_name_is_refused(town: Town, same: str) -> None:
    first = propose_coalition(town.uow, town.member.id, COMPOST, NOW)

    with pytest.raises(NameTaken) as refusal:
        propose_coalition(town.uow, town.stranger.id, replace(COMPOST, name=same), NOW)

    assert refusal.value.name == same
    assert town.uow.coalitions.proposed() == [first]
    assert len(town.told()) == 1


def test_the_name_of_an_active_coalition_is_taken_and_that_of_a_refused_one_is_free(town: Town) -> None:
    coalition(town.uow, "Refusée", state=CoalitionState.REFUSED)

    with pytest.raises(NameTaken):
        propose_coalition(town.uow, town.member.id, replace(COMPOST, name="toits solaires"), NOW)
    assert propose_coalition(town.uow, town.member.id, replace(COMPOST, name="Refusée"), NOW).name == "Refusée"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Énergie\u00a0des  écoles\n", "Énergie des écoles"),
        ("E\u0301nergie\u0000", "Énergie"),
        ("<b>Toits</b> & Cie", "<b>Toits</b> & Cie"),
        ("\u202eTram\u202c🚋", "Tram🚋"),
        ("é" * 80, "é" * 80),
    ],
)
def test_a_name_is_kept_clean(town: Town, typed: str, kept: str) -> None:
    proposed = propose_coalition(town.uow, town.member.id, replace(COMPOST, name=typed), NOW)

    assert town.uow.coalitions.get(proposed.id).name == kept


def test_longer_texts_keep_their_lines(town: Town) -> None:
    typed = replace(COMPOST, idea="Un  composteur\r\n\r\n\r\n\r\npar quartier\u0000 \n")

    assert propose_coalition(town.uow, town.member.id, typed, NOW).objective == "Un composteur\n\npar quartier"


@pytest.mark.parametrize(
    ("field", "longest", "proposal"),
    [
        ("name", 80, replace(COMPOST, name="é" * 81)),
        ("name", 80, replace(COMPOST, name="\u200b \u0000")),
        ("need", 600, replace(COMPOST, need=" \n ")),
        ("need", 600, replace(COMPOST, need="é" * 601)),
        ("idea", 600, replace(COMPOST, idea="")),
        ("idea", 600, replace(COMPOST, idea="🌱" * 4_096)),
        ("invited", 300, replace(COMPOST, invited="é" * 301)),
    ],
)
def test_a_text_that_does_not_fit_is_refused(town: Town, field: str, longest: int, proposal: Proposal) -> None:
    with pytest.raises(NotWellFormed) as refusal:
        propose_coalition(town.uow, town.member.id, proposal, NOW)

    assert (refusal.value.field, refusal.value.longest) == (field, longest)
    assert (town.uow.coalitions.proposed(), town.told()) == ([], [])


def test_the_code_of_a_link_is_not_guessed_and_fits_into_it() -> None:
    codes = {new_code() for _ in range(1_000)}

    assert len(codes) == 1_000
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert set("".join(codes)) == set(CODE_SIGNS)
    assert not set("il1o0") & set(CODE_SIGNS)
