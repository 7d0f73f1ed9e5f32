from datetime import UTC, datetime, timedelta

from programme.coalitions import Coalition
from programme.ids import PersonId
from programme.meetings import Meeting
from programme.path import Agreement
from programme.usecases.chairs import chairs_in_order
from programme.usecases.plan_meeting import BY_ROTATION, MeetingPlan, plan_meeting
from simulator.people import Person
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.group_life import buttons_of, group_of, read_in, said_by_the_bot, says_there
from tests.world import PARIS, World

NAME = "Mobilités alternatives"
ORDER = "Pour les rencontres à prévoir :\n1. Léa\n2. Sam\n3. Zoé"
MEETING_AT = datetime(2026, 12, 8, 18, 30, tzinfo=PARIS).astimezone(UTC)
CARD = f"Atelier\nCoalition : {NAME}\nQuand : mardi 8 décembre 2026 à 18 h 30\nOù : Les Capucins"
TURN = (
    "C’est votre tour d’animer, {when} :\n\n"
    f"{CARD}\n\n"
    "Pour la préparer :\n"
    "• relire le dernier compte rendu, et demander les points à ajouter\n"
    "• écrire l’ordre du jour : trois points, une durée pour chacun\n"
    "• vérifier la salle ou le lien, et le matériel\n"
    "• choisir qui prend des notes et qui veille à l’heure\n"
    "• garder dix minutes à la fin : qui fait quoi, pour quand"
)
REFUSED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."


async def rotation(world: World, *people: Person) -> Coalition:
    """Let these people chair in turn, in this order; the first one facilitates."""
    coalition, now = await world.coalition(NAME), world.clock.now()
    for person in people:
        await world.belongs(person, coalition, facilitator=person is people[0])
    order = [(await world.record_of(person)).id for person in people]
    agreed = Agreement(
        coalition.id,
        rotating=True,
        chair_id=None,
        frequency="Le mardi",
        tools="Ici",
        authority_link="Léa",
        outside_link="Sam",
    )
    await world.does(lambda uow: uow.path.put_agreement(agreed, now))
    await world.does(lambda uow: uow.path.put_chairs(coalition.id, order))
    return coalition


async def plans(world: World, coalition: Coalition, starts_at: datetime = MEETING_AT) -> Meeting:
    """Have the project team plan a meeting that whose turn it is chairs."""
    plan = MeetingPlan(coalition.id, "Atelier", starts_at, "Les Capucins", chair=BY_ROTATION)
    now = world.clock.now()

    def happens(uow: SqlUnitOfWork) -> Meeting:
        by = uow.memberships.facilitators(coalition.id)[0]
        return plan_meeting(uow, by, plan, now, PARIS)

    return await world.does(happens)


async def order_of(world: World, coalition: Coalition) -> list[str]:
    """The names of who chairs in turn, the next one first."""

    def names(uow: SqlUnitOfWork) -> list[str]:
        return list(uow.people.names(chairs_in_order(uow, coalition.id)).values())

    return await world.finds(names)


async def three(world: World) -> tuple[Person, Person, Person]:
    return await world.member("Léa"), await world.member("Sam"), await world.member("Zoé")


async def id_of(world: World, person: Person) -> PersonId:
    return (await world.record_of(person)).id


async def test_the_group_reads_whose_turn_it_is_and_the_order(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, lea, sam, zoe)
    group = await group_of(world, lea, sam)
    await says_there(world, lea, group, "/lier")

    assert await says_there(world, sam, group, "/animation") == [
        f"L’animation · {NAME}\nC’est à Léa d’animer la prochaine rencontre.\n\n{ORDER}"
    ]
    assert buttons_of(said_by_the_bot(world, group)[-1]) == [["M’écrire en privé"]]
    await plans(world, coalition)
    (said,) = await says_there(world, sam, group, "/animation")

    assert said == (
        f"L’animation · {NAME}\nC’est à Léa d’animer la prochaine rencontre.\n• mar. 8 déc. · Atelier · Léa\n\n"
        "Pour les rencontres à prévoir :\n1. Sam\n2. Zoé\n3. Léa"
    )


async def test_the_chair_is_reminded_a_week_before_with_how_to_prepare_it(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, sam, lea, zoe)
    await plans(world, coalition)
    assert not world.reads(sam).startswith("C’est votre tour")

    await world.moves_to(MEETING_AT - timedelta(days=7))

    (turn,) = [text for text in latest(world, sam) if text.startswith("C’est votre tour")]
    assert turn == TURN.format(when="le mardi 8 décembre 2026 à 18 h 30")
    assert not any(text.startswith("C’est votre tour") for text in [*latest(world, lea), *latest(world, zoe)])


async def test_a_meeting_less_than_a_week_ahead_tells_its_chair_at_once(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, lea, sam, zoe)

    await world.moves_to(MEETING_AT - timedelta(days=1, hours=6))
    await plans(world, coalition)

    assert world.reads(lea) == TURN.format(when="demain à 18 h 30")
    assert world.buttons(lea) == [
        ["Voir la rencontre"],
        ["Ressources pour la préparer"],
        ["Passer mon tour"],
        ["Pourquoi ce message ?"],
    ]
    await world.taps(lea, "Pourquoi ce message ?")
    assert world.reads(lea) == (
        "Vous animez cette rencontre : je vous le dis quand votre tour vient, puis une semaine avant.\n"
        "Pour ne plus recevoir ce message : passez votre tour, ou retirez-vous avec /animation."
    )


async def test_who_facilitates_is_led_to_the_agreement_where_there_is_none(world: World) -> None:
    lea, sam = await world.known("Léa"), await world.known("Sam")
    coalition = await world.coalition(NAME)
    await world.belongs(lea, coalition, facilitator=True)
    await world.belongs(sam, coalition)

    for person, offered in ((lea, [["L’écrire"]]), (sam, [])):
        await world.forges(person, f"chairs:{coalition.id}")
        assert world.reads(person).splitlines()[0] == f"L’animation · {NAME}"
        assert world.buttons(person) == [*offered, ["‹ Retour", "Menu"]]
    await world.taps(lea, "L’écrire")
    assert world.reads(lea).splitlines()[0] == "Qui anime les rencontres ?"


async def test_who_passes_their_turn_hands_it_to_the_next_one(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, lea, sam, zoe)
    await plans(world, coalition)
    await world.moves_to(MEETING_AT - timedelta(days=6))

    assert await world.taps(lea, "Passer mon tour") == "C’est maintenant à Sam d’animer."

    assert "• mar. 8 déc. · Atelier · Sam" in world.reads(lea)
    assert world.reads(sam) == TURN.format(when="le mardi 8 décembre 2026 à 18 h 30")
    assert await order_of(world, coalition) == ["Zoé", "Léa", "Sam"]


async def test_the_facilitator_has_two_people_change_places_and_both_are_told(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, lea, sam, zoe)
    await plans(world, coalition)
    await plans(world, coalition, MEETING_AT + timedelta(days=7))

    await world.says(lea, "/animation")
    assert world.buttons(lea) == [
        ["Passer ce tour (Léa)"],
        ["Échanger ce tour (Léa)"],
        ["Choisir qui anime la prochaine"],
        ["Changer l’ordre"],
        ["Ne plus animer à tour de rôle"],
        ["‹ Retour", "Menu"],
    ]
    await world.taps(lea, "Échanger ce tour (Léa)")
    assert world.reads(lea) == "Qui échange sa place avec Léa ?"
    assert await world.taps(lea, "Sam") == "C’est fait : les places sont échangées."

    assert "• mar. 8 déc. · Atelier · Sam\n• mar. 15 déc. · Atelier · Léa" in world.reads(lea)
    told = latest(world, sam)[:2]
    assert sorted(text.split("\n")[0] for text in told) == [
        "C’est votre tour d’animer, le mardi 8 décembre 2026 à 18 h 30 :",
        "Léa anime cette rencontre à votre place :",
    ]


async def test_the_order_is_changed_by_taps(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, lea, sam)
    await world.belongs(zoe, coalition)

    await world.says(lea, "/animation")
    await world.taps(lea, "Changer l’ordre")
    await world.taps(lea, "↑ Sam")
    assert await order_of(world, coalition) == ["Sam", "Léa"]
    await world.taps(lea, "Ajouter quelqu’un")
    await world.taps(lea, "Zoé")
    assert await order_of(world, coalition) == ["Sam", "Léa", "Zoé"]
    assert world.buttons(lea) == [
        ["↑ Sam", "Retirer"],
        ["↑ Léa", "Retirer"],
        ["↑ Zoé", "Retirer"],
        ["Ajouter quelqu’un"],
        ["‹ Retour", "Menu"],
    ]
    await world.taps(lea, "Retirer")

    assert await order_of(world, coalition) == ["Léa", "Zoé"]


async def test_a_member_comes_into_the_order_and_goes_out_again(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, lea, sam)
    await world.belongs(zoe, coalition)

    await world.says(zoe, "/animation")
    assert world.buttons(zoe) == [["Animer aussi à tour de rôle"], ["‹ Retour", "Menu"]]
    assert await world.taps(zoe, "Animer aussi à tour de rôle") == "Merci : votre tour viendra."
    assert await order_of(world, coalition) == ["Léa", "Sam", "Zoé"]
    await world.taps(zoe, "Ne plus animer à tour de rôle")

    assert await order_of(world, coalition) == ["Léa", "Sam"]


async def test_the_facilitator_chooses_who_chairs_the_next_meeting(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, lea, sam)
    await world.belongs(zoe, coalition)
    await plans(world, coalition)

    await world.says(lea, "/animation")
    await world.taps(lea, "Choisir qui anime la prochaine")
    await world.taps(lea, "Zoé")

    assert "• mar. 8 déc. · Atelier · Zoé" in world.reads(lea)
    assert world.reads(zoe) == TURN.format(when="le mardi 8 décembre 2026 à 18 h 30")
    assert await order_of(world, coalition) == ["Léa", "Sam"]


async def test_who_leaves_drops_out_and_the_next_one_chairs_in_their_place(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, lea, sam, zoe)
    await plans(world, coalition)
    await plans(world, coalition, MEETING_AT + timedelta(days=7))

    await world.says(sam, f"/start join_{coalition.code}")
    await world.taps(sam, "Quitter la coalition")

    assert await order_of(world, coalition) == ["Léa", "Zoé"]
    assert world.reads(zoe).startswith("C’est votre tour d’animer, le mardi 15 décembre 2026 à 18 h 30 :")


async def test_who_is_erased_drops_out_too(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, lea, sam, zoe)
    await plans(world, coalition)
    await plans(world, coalition, MEETING_AT + timedelta(days=7))

    await world.says(sam, "/supprimer")
    await world.taps(sam, "Continuer")
    await world.taps(sam, "Oui, tout effacer")

    assert await order_of(world, coalition) == ["Léa", "Zoé"]
    assert world.reads(zoe).startswith("C’est votre tour d’animer, le mardi 15 décembre 2026 à 18 h 30 :")


async def test_forged_taps_change_nothing(world: World) -> None:
    lea, sam, zoe = await three(world)
    coalition = await rotation(world, lea, sam)
    planned = await plans(world, coalition)
    first, second, outsider = [await id_of(world, person) for person in (lea, sam, zoe)]
    before = await world.kept()

    for person in (sam, zoe):
        for data in (
            f"chairs.skip:{coalition.id}:{first}:{planned.id}",
            f"chairs.with:{coalition.id}:{first}:0",
            f"chairs.swap:{coalition.id}:{first}:{second}",
            f"chairs.order:{coalition.id}:0",
            f"chairs.up:{coalition.id}:{first}:0",
            f"chairs.drop:{coalition.id}:{first}:0",
            f"chairs.new:{coalition.id}",
            f"chairs.name:{planned.id}",
        ):
            await world.forges(person, data)
    for data in (f"chairs.in:{coalition.id}", f"chairs.out:{coalition.id}", f"chairs:{coalition.id}"):
        await world.forges(zoe, data)
        assert world.reads(zoe) == REFUSED
    for data in (
        f"chairs.up:{coalition.id}:{outsider}:0",
        f"chairs.skip:{coalition.id}:{first}:99",
        "chairs.swap:1:x:2",
    ):
        await world.forges(lea, data)

    assert await world.kept() == before


def latest(world: World, person: Person) -> list[str]:
    """What somebody reads in the bot's messages, the latest first."""
    return [read_in(message) for message in person.chat_with().latest() if message.sender_id == world.bot.id]
