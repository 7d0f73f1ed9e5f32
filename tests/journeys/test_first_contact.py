from sqlalchemy import Connection, func, inspect, select, text

from storage.tables import metadata
from tests.world import World

MENU = "Menu · Coalitions d’acteurs\nQue souhaitez-vous faire ?"


async def test_start_says_what_this_is_and_what_is_kept_before_anything_is_asked(world: World) -> None:
    lea = world.stranger("Léa")

    read = await world.says(lea, "/start")

    assert read == (
        "Bonjour ! Je suis Jalon, l’assistant de Brest métropole.\n"
        "Avec moi, vous rejoignez une coalition, répondez à ses rencontres et recevez un rappel à temps "
        "(Coalitions d’acteurs).\n\n"
        "Pour cela, je conserve votre nom, votre structure et vos réponses, uniquement pour faire vivre ce programme. "
        "Rien n’est conservé avant votre accord ; /mesdonnees montre tout et /supprimer efface tout."
    )
    assert world.buttons(lea) == [["J’accepte", "Non merci"], ["Ce qui est conservé et pourquoi"]]


async def test_name_that_telegram_shows_is_taken_in_one_tap(world: World) -> None:
    lea = world.stranger("Léa", last_name="Martin")
    await world.says(lea, "/start")
    await world.taps(lea, "J’accepte")

    await world.taps(lea, "Léa Martin")
    await world.taps(lea, "Je viens en mon nom")

    assert world.reads(lea) == MENU
    person = await world.record_of(lea)
    assert (person.name, person.organisation_id) == ("Léa Martin", None)


async def test_known_organisation_is_found_as_they_type(world: World) -> None:
    lea = world.stranger("Léa")
    await world.says(lea, "/start")
    await world.taps(lea, "J’accepte")
    await world.says(lea, "Léa Martin")

    await world.says(lea, "imt")
    await world.taps(lea, "IMT Atlantique")

    assert world.reads(lea) == MENU
    imt = await world.finds(lambda uow: uow.organisations.by_name("IMT Atlantique"))
    assert imt is not None
    assert (await world.record_of(lea)).organisation_id == imt.id


async def test_new_organisation_comes_with_its_kind(world: World) -> None:
    lea = world.stranger("Léa")
    await world.says(lea, "/start")
    await world.taps(lea, "J’accepte")
    await world.says(lea, "Léa Martin")

    await world.says(lea, "Vélo-École du Ponant")
    await world.taps(lea, "Nouvelle : Vélo-École du Ponant")
    await world.taps(lea, "Association")

    organisation = await world.finds(lambda uow: uow.organisations.by_name("velo ecole du ponant"))
    assert organisation is not None
    assert (organisation.name, organisation.kind) == ("Vélo-École du Ponant", "association")


async def test_link_is_followed_once_the_person_is_known(world: World) -> None:
    code = (await world.coalition("Mobilités alternatives")).code
    lea = world.stranger("Léa")

    await world.introduces(lea, "Léa Martin", link=f"join_{code}")

    assert world.reads(lea).startswith("Mobilités alternatives\n")
    assert world.reads(lea).endswith("✓ Vous en êtes membre.")


async def test_link_waits_while_the_privacy_page_is_read(world: World) -> None:
    code = (await world.coalition("Mobilités alternatives")).code
    lea = world.stranger("Léa")
    await world.says(lea, f"/start join_{code}")
    await world.taps(lea, "Ce qui est conservé et pourquoi")

    await world.taps(lea, "‹ Retour")
    await world.taps(lea, "J’accepte")
    await world.says(lea, "Léa")
    await world.taps(lea, "Je viens en mon nom")

    assert world.reads(lea).endswith("✓ Vous en êtes membre.")


async def test_who_declines_leaves_no_trace(world: World) -> None:
    lea = world.stranger("Léa")
    await world.says(lea, "/start")

    await world.taps(lea, "Non merci")

    assert world.reads(lea) == "C’est entendu : rien n’est conservé sur vous. Revenez quand vous le souhaitez."
    assert await world.jalon.database.read(lambda connection: _rows_about(connection, lea.id)) == []


async def test_who_declined_may_come_back(world: World) -> None:
    lea = world.stranger("Léa")
    await world.says(lea, "/start")
    await world.taps(lea, "Non merci")

    await world.taps(lea, "Recommencer")

    assert world.reads(lea).startswith("Bonjour ! Je suis Jalon")


async def test_who_comes_back_is_greeted_by_name(world: World) -> None:
    lea = await world.member("Léa Martin")

    assert await world.says(lea, "/start") == "Bonjour Léa Martin\nQue souhaitez-vous faire ?"


async def test_stranger_is_welcomed_whatever_they_say(world: World) -> None:
    lea = world.stranger("Léa")

    for words in ("/coalitions", "/agenda", "bonjour"):
        assert (await world.says(lea, words)).startswith("Bonjour ! Je suis Jalon")


async def test_english_is_spoken_to_who_uses_telegram_in_english(world: World) -> None:
    sam = world.stranger("Sam", language_code="en")

    assert (await world.says(sam, "/start")).startswith("Hello! I am Jalon, the assistant of Brest métropole.")


def _rows_about(connection: Connection, telegram_id: int) -> list[str]:
    """Name the tables in which a number stands, whatever the column."""
    found = []
    for name in inspect(connection).get_table_names():
        columns = [column.name for column in metadata.tables[name].columns] if name in metadata.tables else []
        for column in columns:
            count = select(func.count()).select_from(text(name)).where(text(f"CAST({column} AS TEXT) LIKE :number"))
            if connection.scalar(count, {"number": f"%{telegram_id}%"}):
                found.append(f"{name}.{column}")
    return found
