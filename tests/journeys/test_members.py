"""Members: who is in a coalition, and what its facilitators decide about them."""

from datetime import timedelta

import pytest

from programme.groups import CARD_SPACING
from programme.ids import TelegramId
from programme.memberships import MembershipState
from programme.people import Preferences
from programme.territory import OrganisationKind
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from simulator.chats import Chat
from simulator.people import Person
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.group_life import buttons_of, group_of, read_in, said_by_the_bot, says_there, taps_there
from tests.world import PARIS, World

pytestmark = pytest.mark.usefixtures("untroubled")

MOBILITY = "Mobilités alternatives"
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
OVER = "C’est déjà passé ou déjà décidé : rien n’a été modifié."
TOLD = "C’est fait : la personne est prévenue."


async def leader(world: World, name: str = "Maude") -> Person:
    """Somebody who facilitates « Mobilités alternatives »."""
    person = await world.known(name)
    await world.belongs(person, await world.coalition(MOBILITY), facilitator=True)
    return person


async def of(world: World, name: str, organisation: str = "") -> Person:
    """A member of « Mobilités alternatives »."""
    person = await world.member(name, organisation)
    await world.belongs(person, await world.coalition(MOBILITY))
    return person


async def membership_of(world: World, person: Person) -> tuple[int, MembershipState, bool]:
    who, coalition = await world.record_of(person), await world.coalition(MOBILITY)
    found = await world.finds(lambda uow: uow.memberships.of(who.id, coalition.id))
    assert found is not None
    return found.id, found.state, found.facilitator


async def opens(world: World, maude: Person, name: str) -> None:
    """Go to somebody's page as people do."""
    await world.says(maude, "/membres")
    await world.taps(maude, name)


async def test_the_group_reads_organisations_and_people_in_one_short_message(world: World) -> None:
    maude, lea = await leader(world), await of(world, "Léa Martin", "ENIB")
    await of(world, "Sam Prigent", "ENIB")
    group = await group_of(world, maude, lea)
    await says_there(world, maude, group, "/lier")

    (read,) = await says_there(world, lea, group, "/membres")

    coalition = await world.coalition(MOBILITY)
    organisations = await world.finds(lambda uow: len(uow.organisations.in_coalition(coalition.id)))
    head, people = read.split("\n\n")
    assert head == f"Membres · {MOBILITY}\n3 personnes, {organisations} structures\nAnimation : Maude"
    assert people == "ENIB : Léa Martin et Sam Prigent\nEn leur propre nom : Maude"
    assert buttons_of(group.last) == [["Toute la liste, en privé"]]


async def test_a_long_list_is_cut_with_a_count(world: World) -> None:
    maude = await leader(world)
    coalition = await world.coalition(MOBILITY)

    def crowd(uow: SqlUnitOfWork) -> None:
        own = uow.organisations.add("Bibus", OrganisationKind.COMPANY)
        for number in range(299):
            who = uow.people.add(
                TelegramId(7_000_000_000 + number), f"Membre {number:03}", own.id, world.clock.now(), Preferences()
            )
            uow.memberships.put(who.id, coalition.id, MembershipState.ACCEPTED, world.clock.now())

    await world.does(crowd)
    group = await group_of(world, maude)
    await says_there(world, maude, group, "/lier")

    (read,) = await says_there(world, maude, group, "/membres")

    assert read.splitlines()[1].startswith("300 personnes, ")
    assert read.splitlines()[-1] == "et 280 autres personnes"
    assert "Membre 019" in read
    assert "Membre 020" not in read

    await world.says(maude, "/membres")
    assert [len(row) for row in world.buttons(maude)] == [1] * 8 + [1, 1, 1, 2]
    await world.taps(maude, "Chercher")
    await world.says(maude, "membre 123")
    await world.taps(maude, "Membre 123 · Bibus")
    assert world.reads(maude).startswith("Membre 123, Bibus\nDans « Mobilités alternatives » depuis le ")


async def test_the_list_in_private_is_for_members_and_who_facilitates_only(world: World) -> None:
    maude, lea, zoe = await leader(world), await of(world, "Léa"), await world.known("Zoé")
    coalition = await world.coalition(MOBILITY)

    assert (await world.says(lea, "/membres")).startswith(f"Membres · {MOBILITY}\n2 personnes, ")
    assert world.buttons(lea) == [["‹ Retour", "Menu"]]
    await world.says(maude, "/membres")
    assert world.buttons(maude) == [["Léa"], ["Maude"], ["Inviter par un lien"], ["‹ Retour", "Menu"]]
    assert await world.says(zoe, "/membres") == NOT_ALLOWED
    await world.forges(zoe, f"members:{coalition.id}:0")
    assert world.reads(zoe) == NOT_ALLOWED

    await world.says(zoe, f"/start members_{coalition.code}")
    assert world.reads(zoe).startswith(f"{MOBILITY}\n")
    await world.says(lea, f"/start members_{coalition.code}")
    assert world.reads(lea).startswith(f"Membres · {MOBILITY}\n")


async def test_who_is_no_member_is_shown_the_way_in_from_the_group(world: World) -> None:
    maude, zoe = await leader(world), await world.known("Zoé")
    group = await group_of(world, maude, zoe)
    await says_there(world, maude, group, "/lier")

    assert await says_there(world, zoe, group, "/membres") == [
        f"Seuls les membres de la coalition « {MOBILITY} » peuvent le faire."
    ]


async def test_a_member_is_removed_with_a_word_and_may_ask_again(world: World) -> None:
    maude, lea = await leader(world), await of(world, "Léa Martin", "ENIB")
    await opens(world, maude, "Léa Martin · ENIB")
    assert world.buttons(maude) == [
        ["Confier aussi l’animation"],
        ["Passer le relais à cette personne"],
        ["Retirer de la coalition"],
        ["‹ Retour", "Menu"],
    ]

    await world.taps(maude, "Retirer de la coalition")
    assert world.reads(maude) == (
        f"Retirer Léa Martin de « {MOBILITY} » ?\nCette personne en sera informée et pourra demander à revenir."
    )
    await world.taps(maude, "Retirer avec un mot")
    await world.says(maude, "Vous avez changé de structure, bonne route !")
    await world.taps(maude, "Confirmer")

    assert world.reads(maude).startswith(f"Membres · {MOBILITY}\n1 personne, ")
    assert world.reads(lea) == (
        f"Vous n’êtes plus membre de « {MOBILITY} » : l’animation de la coalition en a décidé ainsi.\n"
        "Le mot de l’animation : Vous avez changé de structure, bonne route !\n"
        "Vous pouvez demander à revenir depuis sa page."
    )
    await world.taps(lea, "Voir la coalition")
    # Others join at once here; who was removed asks.
    await world.taps(lea, "Demander à rejoindre")
    assert world.reads(maude) == f"Léa Martin, ENIB demande à rejoindre « {MOBILITY} »."
    await world.taps(maude, "Accepter")
    assert (await membership_of(world, lea))[1] is MembershipState.ACCEPTED


async def test_a_member_is_removed_without_a_word(world: World) -> None:
    maude, lea = await leader(world), await of(world, "Léa")
    await opens(world, maude, "Léa")
    await world.taps(maude, "Retirer de la coalition")

    assert await world.taps(maude, "Retirer sans un mot") == TOLD

    assert world.reads(lea).splitlines()[1:] == ["Vous pouvez demander à revenir depuis sa page."]
    await world.taps(lea, "Pourquoi ce message ?")
    assert world.reads(lea).startswith("Vous étiez membre de cette coalition : je vous informe")


async def test_a_co_facilitator_is_named_and_told(world: World) -> None:
    maude, lea = await leader(world), await of(world, "Léa")
    await opens(world, maude, "Léa")
    await world.taps(maude, "Confier aussi l’animation")
    assert world.reads(maude) == (
        "Confier aussi l’animation à Léa ?\n"
        f"Dans « {MOBILITY} », cette personne pourra faire tout ce que vous pouvez faire."
    )

    await world.taps(maude, "Non, revenir")
    await world.taps(maude, "Confier aussi l’animation")
    assert await world.taps(maude, "Oui, confier") == TOLD

    assert world.reads(maude).endswith("✓ Anime cette coalition")
    assert world.reads(lea) == (
        f"L’animation de « {MOBILITY} » vous est confiée.\n"
        "Depuis sa page, vous planifiez les rencontres, répondez aux demandes d’adhésion et invitez."
    )
    await world.says(lea, "/membres")
    assert world.buttons(lea)[:2] == [["Léa"], ["Maude"]]


async def test_facilitation_is_handed_over(world: World) -> None:
    maude, lea = await leader(world), await of(world, "Léa")
    await opens(world, maude, "Léa")
    await world.taps(maude, "Passer le relais à cette personne")
    assert world.reads(maude) == (
        "Passer le relais de l’animation à Léa ?\n"
        f"Cette personne animera « {MOBILITY} » à votre place ; vous en resterez membre."
    )
    await world.taps(maude, "Oui, passer le relais")

    assert world.reads(maude) == f"C’est fait : Léa anime « {MOBILITY} » ; vous en restez membre."
    assert world.reads(lea).startswith(f"L’animation de « {MOBILITY} » vous est confiée.")
    assert [(await membership_of(world, who))[1:] for who in (maude, lea)] == [
        (MembershipState.ACCEPTED, False),
        (MembershipState.ACCEPTED, True),
    ]


async def test_who_facilitates_alone_is_asked_before_leaving(world: World) -> None:
    maude, lea = await leader(world), await of(world, "Léa")
    coalition = await world.coalition(MOBILITY)
    await world.forges(maude, f"coalition:{coalition.id}")

    await world.taps(maude, "Quitter la coalition")

    assert world.reads(maude) == (
        f"Quitter « {MOBILITY} » ?\n"
        "Personne d’autre ne l’anime : sans vous, les demandes d’adhésion iront à l’équipe projet."
    )
    assert world.buttons(maude) == [["Passer d’abord le relais"], ["Quitter quand même"], ["Non, rester"]]
    await world.taps(maude, "Passer d’abord le relais")
    assert world.buttons(maude)[0] == ["Léa"]

    await world.forges(maude, f"leave:{coalition.id}")
    assert await world.taps(maude, "Quitter quand même") == "C’est fait : vous n’en faites plus partie."
    assert await world.finds(lambda uow: list(uow.memberships.facilitators(coalition.id))) == []
    await world.says(lea, "/membres")
    assert world.reads(lea).splitlines()[2] == "Animation : personne pour le moment, l’équipe projet répond."


async def test_the_last_who_facilitates_is_not_removed_even_by_staff(world: World) -> None:
    maude, anne = await leader(world), await world.staff()
    number, _, _ = await membership_of(world, maude)

    await world.forges(anne, f"member.out.sure:{number}")

    assert world.reads(anne) == (
        "Personne d’autre n’anime cette coalition : confiez d’abord l’animation à quelqu’un d’autre."
    )
    assert (await membership_of(world, maude))[1:] == (MembershipState.ACCEPTED, True)


async def test_forged_taps_decide_nothing_about_anybody(world: World) -> None:
    await leader(world)
    lea, sam, zoe = await of(world, "Léa"), await of(world, "Sam"), await world.known("Zoé")
    number, _, _ = await membership_of(world, sam)
    coalition = await world.coalition(MOBILITY)
    deeds = ("", ".name", ".name.sure", ".hand", ".hand.sure", ".out", ".out.word", ".out.sure")
    before = await world.kept()

    for person in (lea, zoe):
        for data in (*(f"member{deed}:{number}" for deed in deeds), f"member.find:{coalition.id}"):
            await world.forges(person, data)
            assert world.reads(person) == NOT_ALLOWED, data

    assert await world.kept() == before


@pytest.mark.parametrize("over", [False, True])
async def test_who_is_erased_is_named_no_more_on_the_cards_in_the_group(world: World, *, over: bool) -> None:
    maude, lea = await leader(world), await of(world, "Léa Martin")
    group = await group_of(world, maude, lea)
    await says_there(world, maude, group, "/lier")
    await plans(world, maude)
    await taps_there(world, lea, group, "Oui")
    await world.moves_by(timedelta(days=12) if over else CARD_SPACING)
    assert "Oui : 1 (Léa Martin)" in card(world, group)

    await world.says(lea, "/supprimer")
    await world.taps(lea, "Continuer")
    await world.taps(lea, "Oui, tout effacer")
    await world.moves_by(CARD_SPACING)

    assert "Oui : 0\n" in card(world, group)
    assert not [one for one in said_by_the_bot(world, group) if "Léa Martin" in read_in(one)]


async def test_who_is_removed_counts_no_more_on_the_card_in_the_group(world: World) -> None:
    maude, lea = await leader(world), await of(world, "Léa")
    group = await group_of(world, maude, lea)
    await says_there(world, maude, group, "/lier")
    await plans(world, maude)
    await taps_there(world, lea, group, "Oui")
    number, _, _ = await membership_of(world, lea)

    await world.forges(maude, f"member.out.sure:{number}")
    await world.forges(maude, f"member.out.sure:{number}")
    await world.moves_by(CARD_SPACING)

    assert world.reads(maude) == OVER
    assert "Oui : 0\nPeut-être : 0\nNon : 0\nSans réponse : 1" in card(world, group)


async def plans(world: World, maude: Person) -> None:
    """Have a meeting planned for next week, whose card stands in the group."""
    coalition, by, now = await world.coalition(MOBILITY), (await world.record_of(maude)).id, world.clock.now()
    plan = MeetingPlan(coalition.id, "Premier atelier", now + timedelta(days=9), "Les Capucins")
    await world.does(lambda uow: plan_meeting(uow, by, plan, now, PARIS))


def card(world: World, group: Chat) -> str:
    """What the card of the meeting reads."""
    (read,) = [read_in(one) for one in said_by_the_bot(world, group) if "Coalition :" in read_in(one)]
    return read


async def test_the_button_in_the_group_opens_the_whole_list_in_private(world: World) -> None:
    maude = await leader(world)
    group = await group_of(world, maude)
    await says_there(world, maude, group, "/lier")
    await says_there(world, maude, group, "/membres")

    await taps_there(world, maude, group, "Toute la liste, en privé")

    assert world.reads(maude).startswith(f"Membres · {MOBILITY}\n")
    assert world.buttons(maude)[0] == ["Maude"]
