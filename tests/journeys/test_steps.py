from dataclasses import replace
from datetime import UTC, datetime, timedelta

from programme.coalitions import Coalition
from programme.meetings import MeetingKind
from programme.path import Step
from simulator.chats import Chat, Message
from simulator.people import Person
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.group_life import (
    buttons_of,
    group_of,
    read_in,
    said_by_the_bot,
    says_there,
    taps_there,
)
from tests.storage.brest import meeting
from tests.world import PARIS, World

LAST_WEEK = datetime(2026, 11, 17, 18, 30, tzinfo=PARIS).astimezone(UTC)
NAME = "Mobilités alternatives"
ROAD = (
    f"Étapes · {NAME}\n\n"
    "Lancer la coalition · 0 sur 4\n"
    "▸ 1. Définir le besoin (en cours)\n"
    "○ 2. Inviter des membres (fait ?)\n"
    "○ 3. Faire connaissance\n"
    "○ 4. S’accorder sur le fonctionnement\n\n"
    "Passer à l’action · 0 sur 3\n"
    "○ 5. Découvrir et explorer\n"
    "○ 6. S’inspirer\n"
    "○ 7. Se positionner et planifier\n\n"
    "En ce moment : Dire en quelques mots ce que la coalition veut changer, et en parler avec Brest métropole."
)
AFTER_THE_FIRST = ROAD.replace("0 sur 4", "1 sur 4").replace(
    "▸ 1. Définir le besoin (en cours)\n○ 2. Inviter des membres (fait ?)",
    "✓ 1. Définir le besoin (fait le lun. 23 nov.)\n▸ 2. Inviter des membres (en cours, fait ?)",
)
AFTER_THE_FIRST = AFTER_THE_FIRST.replace(
    "Dire en quelques mots ce que la coalition veut changer, et en parler avec Brest métropole.",
    "Repérer les structures que le sujet concerne, et les inviter par un lien.",
)


async def coalition_of(world: World, facilitator: Person, *members: Person) -> Coalition:
    coalition = await world.coalition(NAME)
    for person in (facilitator, *members):
        await world.belongs(person, coalition, facilitator=person is facilitator)
    return coalition


async def bound_group(world: World, facilitator: Person, *others: Person) -> Chat:
    group = await group_of(world, facilitator, *others)
    await says_there(world, facilitator, group, "/lier")
    return group


def card_in(world: World, group: Chat) -> Message:
    """The latest message of the bot in a group."""
    return said_by_the_bot(world, group)[-1]


async def test_the_road_stands_in_the_group_as_one_card_and_changes_in_place(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await coalition_of(world, lea, sam)
    group = await bound_group(world, lea, sam)

    assert await says_there(world, sam, group, "/etapes") == [ROAD]
    card = card_in(world, group)
    assert buttons_of(card) == [
        ["✓ Fait : Définir le besoin"],
        ["✓ Fait : Inviter des membres"],
        ["Lire en privé"],
    ]
    assert await taps_there(world, lea, group, "✓ Fait : Définir le besoin") == "Étape faite : Définir le besoin"
    await world.moves_by(timedelta(seconds=5))

    assert read_in(card) == AFTER_THE_FIRST
    assert card_in(world, group) is card


async def test_said_again_the_card_comes_to_the_end_of_the_group(world: World) -> None:
    lea = await world.member("Léa")
    await coalition_of(world, lea)
    group = await bound_group(world, lea)
    await says_there(world, lea, group, "/etapes")
    before = card_in(world, group)

    await says_there(world, lea, group, "/etapes")

    assert before not in said_by_the_bot(world, group)
    assert [read_in(one) for one in said_by_the_bot(world, group)].count(ROAD) == 1


async def test_who_does_not_facilitate_marks_nothing_in_the_group(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await coalition_of(world, lea, sam)
    group = await bound_group(world, lea, sam)
    await says_there(world, lea, group, "/etapes")

    words = await taps_there(world, sam, group, "✓ Fait : Définir le besoin")

    assert words == f"Seules les personnes qui animent la coalition « {NAME} » peuvent le faire."
    coalition = await world.coalition(NAME)
    steps = await world.finds(lambda uow: uow.path.steps(coalition.id))
    assert steps[Step.NEED].done_on is None


async def test_an_unknown_person_who_taps_is_led_to_the_private_chat(world: World) -> None:
    lea, zoe = await world.member("Léa"), world.stranger("Zoé")
    coalition = await coalition_of(world, lea)
    group = await bound_group(world, lea, zoe)
    await says_there(world, lea, group, "/etapes")

    tap = zoe.taps_data(f"step.done:{coalition.id}:need", card_in(world, group))
    await world.settle()

    assert (tap.answered or {})["url"] == f"https://t.me/jalon_test_bot?start=steps_{coalition.code}"


async def test_an_outsider_is_told_in_passing_that_it_is_for_members(world: World) -> None:
    lea, zoe = await world.member("Léa"), await world.member("Zoé")
    await coalition_of(world, lea)
    group = await bound_group(world, lea, zoe)

    (said,) = await says_there(world, zoe, group, "/etapes")

    assert NAME in said
    assert "Définir le besoin" not in said


async def test_a_step_is_read_marked_and_opened_again_in_private(world: World) -> None:
    lea = await world.member("Léa")
    await coalition_of(world, lea)

    await world.says(lea, "/etapes")
    assert world.reads(lea) == f"{ROAD}\n\nTouchez un numéro pour voir une étape."
    assert world.buttons(lea) == [
        ["1", "2", "3", "4"],
        ["5", "6", "7"],
        ["Notre fonctionnement", "L’animation"],
        ["‹ Retour", "Menu"],
    ]
    await world.taps(lea, "2")
    assert world.reads(lea) == (
        f"Inviter des membres · étape 2 sur 7\nCoalition : {NAME}\n\n"
        "Repérer les structures que le sujet concerne, et les inviter par un lien.\n\n"
        "Personne n’en est encore responsable.\n\n"
        "5 structures sont là : fait ?"
    )
    assert await world.taps(lea, "✓ C’est fait") == "Étape faite : Inviter des membres"
    assert "✓ Étape faite le lundi 23 novembre 2026" in world.reads(lea)
    assert await world.taps(lea, "Rouvrir l’étape") == "Cette étape est à nouveau ouverte."

    await world.taps(lea, "‹ Retour")
    assert world.reads(lea).startswith(ROAD)


async def test_a_step_gets_somebody_in_charge_and_a_date(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam", "ENIB")
    await coalition_of(world, lea, sam)
    group = await bound_group(world, lea, sam)
    await says_there(world, lea, group, "/etapes")
    card = card_in(world, group)
    await world.says(lea, "/etapes")
    await world.taps(lea, "1")

    await world.taps(lea, "Responsable")
    await world.taps(lea, "Sam, ENIB")
    await world.taps(lea, "Pour quand")
    await world.says(lea, "18 décembre")

    assert "Responsable : Sam\nPour le vendredi 18 décembre 2026" in world.reads(lea)
    await world.moves_by(timedelta(seconds=5))
    assert "▸ 1. Définir le besoin (en cours, Sam, pour le ven. 18 déc.)" in read_in(card)


async def test_what_the_bot_knows_is_proposed_and_not_done_by_itself(world: World) -> None:
    lea = await world.member("Léa")
    coalition = await coalition_of(world, lea)

    await has_launched(world, coalition)
    await world.says(lea, "/etapes")

    assert "○ 3. Faire connaissance (fait ?)" in world.reads(lea)
    await world.taps(lea, "3")
    assert "La rencontre de lancement a eu lieu : fait ?" in world.reads(lea)


async def test_each_step_offers_the_help_and_resources_that_fit_it(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await coalition_of(world, lea, sam)

    await world.says(lea, "/etapes")
    await world.taps(lea, "3")
    assert world.buttons(lea) == [
        ["✓ C’est fait"],
        ["Responsable", "Pour quand"],
        ["Demander : Conseils et ressources pour l’animation"],
        ["Demander : Réservation d’une salle"],
        ["Ressources pour cette étape"],
        ["‹ Retour", "Menu"],
    ]
    await world.says(sam, "/etapes")
    await world.taps(sam, "3")
    assert world.buttons(sam) == [["Ressources pour cette étape"], ["‹ Retour", "Menu"]]


async def test_forged_taps_change_nothing_for_who_is_no_facilitator(world: World) -> None:
    lea, sam, zoe = await world.member("Léa"), await world.member("Sam"), await world.member("Zoé")
    coalition = await coalition_of(world, lea, sam)
    before = await world.kept()

    for person in (sam, zoe):
        for deed in ("step.done", "step.undo", "step.owner", "step.due"):
            await world.forges(person, f"{deed}:{coalition.id}:need")
        for data in ("step.done:x:need", f"step.done:{coalition.id}:nowhere", "step.done", "step:999:need"):
            await world.forges(person, data)

    assert await world.kept() == before
    await world.forges(zoe, f"steps:{coalition.id}")
    assert world.reads(zoe) == "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."


async def test_the_link_of_the_card_opens_the_road_or_the_way_into_the_coalition(world: World) -> None:
    lea, zoe = await world.member("Léa"), await world.member("Zoé")
    coalition = await coalition_of(world, lea)

    assert (await world.says(lea, f"/start steps_{coalition.code}")).startswith(ROAD)
    assert await world.says(zoe, f"/start steps_{coalition.code}") == (
        f"Les étapes sont ouvertes aux membres de « {NAME} ». Pour les voir, rejoignez la coalition."
    )
    assert world.buttons(zoe)[0] == ["Voir la coalition"]


async def has_launched(world: World, coalition: Coalition) -> None:
    """Let a launch meeting have taken place last week."""

    def happens(uow: SqlUnitOfWork) -> None:
        made = meeting(uow, coalition, LAST_WEEK)
        uow.meetings.save(replace(made, kind=MeetingKind.LAUNCH))

    await world.does(happens)
