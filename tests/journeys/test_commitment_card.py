"""The commitment card: prepared in private, published in numbers, voted on; read, printed and shared by everybody."""

import struct
from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.actions import Action, ActionDetails, ActionState, When
from programme.coalitions import Coalition
from programme.ids import ActionId
from programme.path import Agreement
from simulator.chats import Message
from simulator.people import Person
from tests.handlers.documents.pdf_text import text_of
from tests.journeys.group_life import buttons_of, group_of, leader_of, said_by_the_bot, says_there, taps_there
from tests.world import World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

MOBILITY = "Mobilités alternatives"
OBJECTIVE = "Développer les mobilités alternatives à la voiture individuelle."
NOT_PUBLISHED = "La fiche d’engagement de cette coalition n’est pas encore publiée."
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
INCOMPLETE = f"""Fiche d’engagement · {MOBILITY}

Objectif
{OBJECTIVE}

Membres
BAPAV, Brest métropole, EHOP, Le Lieu Dit et Les Partageurs

Mode de fonctionnement
✕ À compléter

Premières actions
✕ À compléter

Enjeux
Gaz à effet de serre, Qualité de l’air et Mobilités

Il manque encore : mode de fonctionnement et premières actions. Touchez une rubrique pour la compléter."""
FIELD_BUTTONS = [["Objectif", "Membres"], ["Mode de fonctionnement"], ["Premières actions", "Enjeux"]]
CARD = f"""Fiche d’engagement
{MOBILITY}

Objectif
{OBJECTIVE}

Membres
BAPAV, Brest métropole, EHOP, Le Lieu Dit et Les Partageurs

Mode de fonctionnement
Une rencontre par mois
Un dossier partagé

Premières actions
• Prêter douze vélos cargos
• Tracer une carte des itinéraires

Enjeux
Gaz à effet de serre, Qualité de l’air et Mobilités

"""
FIRST_VERSION = f"{CARD}Version 1, publiée le lundi 23 novembre 2026\n"
NASTY = '<b>"&amp;"</b> #panic() $x$ `y` \\ // ]] {{name}} %s 🚲'


async def test_facilitator_completes_the_card_reads_it_whole_and_publishes_it(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)

    assert await world.says(maude, "/fiche") == INCOMPLETE
    assert world.buttons(maude) == [*FIELD_BUTTONS, ["Aperçu"], ["‹ Retour", "Menu"]]
    await completes(world, maude)
    assert world.reads(maude).endswith("\n\nIl ne manque rien : la fiche peut être publiée.")
    assert world.buttons(maude) == [*FIELD_BUTTONS, ["Relire et publier"], ["‹ Retour", "Menu"]]

    await world.taps(maude, "Relire et publier")
    assert world.reads(maude) == (
        f"{CARD}Projet de version 1, pas encore publié\n\n"
        "Une version publiée ne change plus. La suivante la remplacera."
    )
    assert world.buttons(maude) == [
        ["Publier et faire voter"],
        ["Publier sans vote"],
        ["Voir en image"],
        ["‹ Retour", "Menu"],
    ]

    assert await world.taps(maude, "Publier sans vote") == "La version 1 est publiée."
    assert world.reads(maude) == f"{FIRST_VERSION}Pas soumise au vote des membres"
    assert world.buttons(maude) == [
        ["Image à partager", "PDF à imprimer"],
        ["Faire voter les membres"],
        ["Préparer la version suivante"],
        ["‹ Retour", "Menu"],
    ]
    (line,) = [row for row in (await world.kept())["audit"] if row["deed"] == "publish_card"]
    assert line["details"] == {"card": 1, "version": 1}

    await world.taps(maude, "Préparer la version suivante")
    assert world.reads(maude).endswith(
        "\n\nVersion 1, publiée le lundi 23 novembre 2026\nPas soumise au vote des membres\nRien n’a changé depuis."
    )
    await world.taps(maude, "Relire et publier")
    assert world.reads(maude).endswith("La fiche dit la même chose que la dernière version : il n’y a rien à publier.")
    assert world.buttons(maude) == [["Voir en image"], ["‹ Retour", "Menu"]]


async def test_preview_of_an_incomplete_card_can_be_read_but_not_published(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    await world.says(maude, "/fiche")

    await world.taps(maude, "Aperçu")

    assert world.reads(maude).endswith("La fiche pourra être publiée quand ses cinq rubriques seront remplies.")
    assert world.buttons(maude) == [["Voir en image"], ["‹ Retour", "Menu"]]
    await world.taps(maude, "Voir en image")
    assert world.reads(maude) == "C’est un projet : la fiche n’est pas encore publiée."
    assert_picture(photo(world, maude), "projet.png")


async def test_field_is_said_otherwise_and_left_to_what_is_known_again(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    await world.says(maude, "/fiche")
    await world.taps(maude, "Membres")
    assert world.reads(maude) == (
        f"Membres · {MOBILITY}\n\nBAPAV\nBrest métropole\nEHOP\nLe Lieu Dit\nLes Partageurs\n\n"
        "Ce sont les structures des membres.\n"
        "Touchez le texte pour le copier : vous pourrez le renvoyer avec vos changements."
    )
    assert world.buttons(maude) == [["Rédiger autrement"], ["‹ Retour", "Menu"]]

    await world.taps(maude, "Rédiger autrement")
    assert world.reads(maude).splitlines()[0] == "Quelles structures s’engagent ?"
    await world.says(maude, "- EHOP\n- BAPAV\n- Vélos de la Rade")
    assert "Membres · votre texte\nEHOP, BAPAV et Vélos de la Rade\n" in world.reads(maude)

    await world.taps(maude, "Membres")
    assert world.buttons(maude) == [["Rédiger autrement"], ["Reprendre le texte connu"], ["‹ Retour", "Menu"]]
    assert await world.taps(maude, "Reprendre le texte connu") == "Le texte connu est repris."
    assert world.reads(maude) == INCOMPLETE


async def test_stakes_are_ticked(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    await world.says(maude, "/fiche")
    await world.taps(maude, "Enjeux")
    await world.taps(maude, "Rédiger autrement")
    for label in ("Qualité de l’air", "Économies d’énergie", "Terminer (2)"):
        await world.taps(maude, label)

    assert "Enjeux · votre texte\nÉconomies d’énergie et Qualité de l’air\n" in world.reads(maude)


async def test_card_takes_what_the_coalition_has_agreed_on_and_does(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    mobility = await world.coalition(MOBILITY)
    agreement = Agreement(mobility.id, True, None, "le 2e mardi du mois", "ce groupe", "Anne Le Gall", "Maude")
    await world.does(lambda uow: uow.path.put_agreement(agreement, world.clock.now()))
    await logs(world, mobility, "Prêter douze vélos cargos")

    text = await world.says(maude, "/fiche")

    assert (
        "Mode de fonctionnement\n"
        "Animation à tour de rôle entre les membres · Rythme : le 2e mardi du mois · Outils : ce groupe\n\n"
        "Premières actions\nPrêter douze vélos cargos\n"
    ) in text
    assert "Le Gall" not in text


async def test_members_validate_the_card_and_that_stands_on_it_ever_after(world: World) -> None:
    maude, lea = await leader_of(world, "Maude", MOBILITY), await world.known("Léa")
    await world.belongs(lea, await world.coalition(MOBILITY))
    await reads_it_whole(world, maude)

    assert await world.taps(maude, "Publier et faire voter") == "La version 1 est publiée."
    assert world.reads(maude) == f"{FIRST_VERSION}En cours de validation par les membres"
    assert ["Voir le vote"] in world.buttons(maude)
    assert ["Faire voter les membres"] not in world.buttons(maude)
    deeds = [row["deed"] for row in (await world.kept())["audit"]]
    assert deeds == ["publish_card", "open_vote"]

    (vote,) = (await world.kept())["votes"]
    assert (vote["subject"], vote["subject_id"]) == ("commitment_card", 1)
    for person in (lea, maude):
        await world.forges(person, f"ballot:{vote['id']}:for")
    await world.forges(lea, "card.version:1")
    assert world.reads(lea) == f"{FIRST_VERSION}✓ Validée par les membres le lundi 23 novembre 2026"

    await world.taps(lea, "PDF à imprimer")
    assert "✓Validéeparlesmembresle" in text_of(document(world, lea)[1])


async def test_version_published_without_a_vote_is_voted_on_later(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    await reads_it_whole(world, maude)
    await world.taps(maude, "Publier sans vote")

    assert await world.taps(maude, "Faire voter les membres") == "Les membres sont appelés à voter."

    assert world.reads(maude) == f"{FIRST_VERSION}En cours de validation par les membres"
    assert len((await world.kept())["votes"]) == 1


async def test_two_facilitators_publish_at_the_same_instant_and_one_version_comes_of_it(world: World) -> None:
    maude, nour = await leader_of(world, "Maude", MOBILITY), await leader_of(world, "Nour", MOBILITY)
    await reads_it_whole(world, maude)
    await world.says(nour, "/fiche")
    await world.taps(nour, "Relire et publier")
    screen = nour.chat_with().last

    taps = [maude.taps("Publier et faire voter"), nour.taps("Publier sans vote")]
    await world.settle()

    assert [plain_spaces(tap.toast or "") for tap in taps] == ["La version 1 est publiée.", ""]
    assert plain_spaces(screen.text).startswith(
        "Rien n’a été publié cette fois.\n"
        "La fiche a changé depuis votre lecture, ou quelqu’un vient de la publier.\n\n"
        f"Fiche d’engagement · {MOBILITY}\n"
    )
    assert plain_spaces(screen.text).endswith(
        "Version 1, publiée le lundi 23 novembre 2026\nEn cours de validation par les membres\nRien n’a changé depuis."
    )
    kept = await world.kept()
    assert [row["version"] for row in kept["commitment_cards"]] == [1]
    assert [row["deed"] for row in kept["audit"]] == ["publish_card", "open_vote"]


async def test_card_that_changes_between_reading_and_publishing_is_read_again(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    await reads_it_whole(world, maude)
    preview = maude.chat_with().last
    await world.does(lambda uow: uow.coalitions.save(_renamed(uow.coalitions.by_name(MOBILITY))))

    await world.taps(maude, "Publier sans vote", preview)
    assert world.reads(maude).startswith("Rien n’a été publié cette fois.\n")
    assert (await world.kept())["commitment_cards"] == []

    await world.taps(maude, "Relire et publier")
    assert await world.taps(maude, "Publier sans vote") == "La version 1 est publiée."


async def test_next_version_leaves_the_first_as_it_was_and_both_are_listed(world: World) -> None:
    maude, lea = await leader_of(world, "Maude", MOBILITY), await world.known("Léa")
    await reads_it_whole(world, maude)
    await world.taps(maude, "Publier sans vote")
    await world.moves_by(timedelta(days=8))
    await world.says(maude, "/fiche")
    await says_otherwise(world, maude, "Objectif", "Un tiers de trajets en voiture en moins d’ici 2028.")
    assert world.reads(maude).endswith("La fiche a changé depuis : la version 2 peut être publiée.")
    await world.taps(maude, "Relire et publier")
    await world.taps(maude, "Publier sans vote")

    await world.says(lea, "/fiche")
    assert world.reads(lea).startswith("Vous n’êtes encore dans aucune coalition.")
    await world.forges(lea, f"coalition:{(await world.coalition(MOBILITY)).id}")
    await world.taps(lea, "Fiche d’engagement")
    assert "\nUn tiers de trajets en voiture en moins d’ici 2028.\n" in world.reads(lea)
    assert "\nVersion 2, publiée le mardi 1er décembre 2026\n" in world.reads(lea)

    await world.taps(lea, "Toutes les versions")
    assert world.reads(lea) == f"Fiche d’engagement · {MOBILITY}\nUne version publiée ne change jamais."
    assert world.buttons(lea) == [
        ["Version 2, publiée le mardi 1er décembre 2026"],
        ["Version 1, publiée le lundi 23 novembre 2026"],
        ["‹ Retour", "Menu"],
    ]
    await world.taps(lea, "Version 1, publiée le lundi 23 novembre 2026")
    assert world.reads(lea) == f"{FIRST_VERSION}Pas soumise au vote des membres"


async def test_version_is_sent_as_a_page_to_print_and_as_a_picture_to_share(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    await reads_it_whole(world, maude)
    await world.taps(maude, "Publier sans vote")
    screen = maude.chat_with().last
    caption = f"Fiche d’engagement · {MOBILITY}\nVersion 1, publiée le lundi 23 novembre 2026"

    await world.taps(maude, "PDF à imprimer", screen)
    name, content = document(world, maude)
    assert (name, content[:5], world.reads(maude)) == (
        "fiche-engagement-mobilites-alternatives-v1.pdf",
        b"%PDF-",
        caption,
    )
    assert "1Prêterdouzevéloscargos2Tracerunecartedesitinéraires" in text_of(content)

    await world.taps(maude, "Image à partager", screen)
    assert_picture(photo(world, maude), "fiche-engagement-mobilites-alternatives-v1.png")
    assert world.reads(maude) == caption


async def test_whoever_wrote_what_the_card_shows_it_as_it_was_written(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    await world.says(maude, "/fiche")
    for field in ("Objectif", "Membres", "Mode de fonctionnement", "Premières actions"):
        await says_otherwise(world, maude, field, NASTY)
    await world.taps(maude, "Relire et publier")
    await world.taps(maude, "Publier sans vote")

    assert [world.reads(maude).count(words) for words in (NASTY, f"• {NASTY}")] == [4, 1]
    await world.taps(maude, "PDF à imprimer")
    on_paper = NASTY.replace("🚲", "").replace(" ", "")
    assert text_of(document(world, maude)[1]).count(on_paper) == 4


async def test_longest_card_fits_one_message_one_page_and_one_picture(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    mobility = await world.coalition(MOBILITY)
    await world.does(lambda uow: uow.coalitions.save(_named(mobility, "<" * 80)))
    await world.says(maude, "/fiche")
    await says_otherwise(world, maude, "Objectif", "&" * 600)
    await says_otherwise(world, maude, "Mode de fonctionnement", "\n".join("<" * 300))
    await says_otherwise(world, maude, "Premières actions", "\n".join(f"{number}{'<' * 199}" for number in range(8)))
    await says_otherwise(world, maude, "Membres", "\n".join(f"{number:02}{'>' * 78}" for number in range(50)))
    await world.taps(maude, "Enjeux")
    await world.taps(maude, "Rédiger autrement")
    for stake in world.territory.stakes:
        await world.taps(maude, stake.label)
    await world.taps(maude, f"Terminer ({len(world.territory.stakes)})")

    await world.taps(maude, "Relire et publier")
    await world.taps(maude, "Publier sans vote")
    screen = maude.chat_with().last
    assert len(screen.text) <= 4096
    shown = screen.text.count(">" * 78)
    assert (shown > 0, f" et {50 - shown} autres\n" in plain_spaces(screen.text)) == (True, True)
    await world.taps(maude, "PDF à imprimer", screen)
    assert text_of(document(world, maude)[1]).count("&") == 600
    await world.taps(maude, "Image à partager", screen)
    assert_picture(photo(world, maude), f"fiche-engagement-{mobility.id}-v1.png")


async def test_group_reads_the_latest_version_and_its_facilitator_prepares_the_next_in_private(world: World) -> None:
    maude, lea, sam = await leader_of(world, "Maude", MOBILITY), await world.known("Léa"), world.stranger("Sam")
    await world.belongs(lea, await world.coalition(MOBILITY))
    group = await group_of(world, maude, lea, sam)
    await says_there(world, maude, group, "/lier")

    assert await says_there(world, lea, group, "/fiche") == [NOT_PUBLISHED]
    assert (await says_there(world, maude, group, "/fiche"), world.reads(maude)) == ([], INCOMPLETE)
    assert (await says_there(world, sam, group, "/fiche"))[0].startswith("Seuls les membres de la coalition")

    await completes(world, maude)
    await world.taps(maude, "Relire et publier")
    await world.taps(maude, "Publier sans vote")
    assert await says_there(world, lea, group, "/fiche") == [f"{FIRST_VERSION}Pas soumise au vote des membres"]
    assert buttons_of(group.last) == [["Image à partager", "PDF à imprimer"]]
    assert await says_there(world, maude, group, "/fiche") == [f"{FIRST_VERSION}Pas soumise au vote des membres"]
    assert world.reads(maude).endswith("Rien n’a changé depuis.")

    before = len(said_by_the_bot(world, group))
    assert await taps_there(world, lea, group, "PDF à imprimer") == "Envoyé dans notre conversation privée."
    assert document(world, lea)[0] == "fiche-engagement-mobilites-alternatives-v1.pdf"
    assert await taps_there(world, lea, group, "Image à partager") == "Envoyé dans notre conversation privée."
    assert_picture(photo(world, lea), "fiche-engagement-mobilites-alternatives-v1.png")
    assert len(said_by_the_bot(world, group)) == before


async def test_stranger_who_taps_in_the_group_comes_in_and_reads_the_card(world: World) -> None:
    maude, sam = await leader_of(world, "Maude", MOBILITY), world.stranger("Sam")
    group = await group_of(world, maude, sam)
    await says_there(world, maude, group, "/lier")
    await reads_it_whole(world, maude)
    await world.taps(maude, "Publier sans vote")
    await says_there(world, maude, group, "/fiche")
    code = (await world.coalition(MOBILITY)).code

    tap = sam.taps("PDF à imprimer", group.last)
    await world.settle()
    assert tap.opens == f"https://t.me/jalon_test_bot?start=card_{code}"

    await world.introduces(sam, "Sam", link=f"card_{code}")
    assert world.reads(sam) == f"{FIRST_VERSION}Pas soumise au vote des membres"


async def test_others_read_and_never_change_a_card(world: World) -> None:
    maude, lea, zoe = await leader_of(world, "Maude", MOBILITY), await world.known("Léa"), await world.known("Zoé")
    mobility = await world.coalition(MOBILITY)
    await world.belongs(lea, mobility)
    assert await world.says(lea, "/fiche") == NOT_PUBLISHED
    await reads_it_whole(world, maude)
    mark = "0" * 12
    own = mobility.id
    before = await world.kept(besides=maude)

    for person in (lea, zoe):
        for data in (
            f"card.field:{own}:objective",
            f"card.write:{own}:objective",
            f"card.known:{own}:objective",
            f"card.preview:{own}",
            f"card.draft:{own}",
            f"card.publish:{own}:{mark}",
            f"card.publish.vote:{own}:{mark}",
        ):
            await world.forges(person, data)
            assert world.reads(person) == NOT_ALLOWED
        await world.forges(person, f"card:{own}")
        assert world.reads(person) == NOT_PUBLISHED
    assert await world.kept(besides=maude) == before

    await world.taps(maude, "Publier sans vote")
    await world.forges(lea, "card.vote:1")
    assert world.reads(lea) == NOT_ALLOWED
    for data in ("card:999", "card.version:99", "card.pdf:99", "card.png:x", "card.vote:99", "card.versions:0:0"):
        await world.forges(maude, data)
        assert world.reads(maude) == NOT_THERE
    for data in (f"card.field:{own}:name", f"card.write:{own}", f"card.known:{own}:²", "card.of:x"):
        await world.forges(maude, data)
        assert world.reads(maude) == NOT_THERE
    assert len((await world.kept())["commitment_cards"]) == 1


async def test_who_no_longer_facilitates_can_not_send_the_last_answer(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    mobility = await world.coalition(MOBILITY)
    await world.says(maude, "/fiche")
    await world.taps(maude, "Objectif")
    await world.taps(maude, "Rédiger autrement")
    await world.belongs(maude, mobility)

    await world.says(maude, "À moi seule")

    assert (await world.kept())["card_corrections"] == []


async def completes(world: World, person: Person) -> None:
    """Write the two fields that nothing is known of, from the screen that shows all five."""
    await says_otherwise(world, person, "Mode de fonctionnement", "Une rencontre par mois\nUn dossier partagé")
    actions = "• Prêter douze vélos cargos\n• Tracer une carte des itinéraires"
    await says_otherwise(world, person, "Premières actions", actions)


async def says_otherwise(world: World, person: Person, field: str, words: str) -> None:
    await world.taps(person, field)
    await world.taps(person, "Rédiger autrement")
    await world.says(person, words)


async def reads_it_whole(world: World, person: Person) -> None:
    """Complete the card and open what would be published."""
    await world.says(person, "/fiche")
    await completes(world, person)
    await world.taps(person, "Relire et publier")


async def logs(world: World, coalition: Coalition, title: str) -> None:
    """Have an action under way logged in a coalition."""
    action = Action(
        id=ActionId(0),
        coalition_id=coalition.id,
        title=title,
        state=ActionState.UNDER_WAY,
        when=When(date(2026, 12, 1)),
        stakes=(),
        figure=None,
        photo=None,
        details=ActionDetails(),
        logged_by=None,
        organisation_id=None,
        logged_at=world.clock.now(),
    )
    await world.does(lambda uow: uow.actions.add(action))


def photo(world: World, person: Person) -> tuple[str, bytes]:
    """The name and the content of the picture in the bot's latest message."""
    return _file(world, _latest(person).fields["photo"][-1]["file_id"])


def document(world: World, person: Person) -> tuple[str, bytes]:
    """The name and the content of the file in the bot's latest message."""
    return _file(world, _latest(person).fields["document"]["file_id"])


def assert_picture(sent: tuple[str, bytes], name: str) -> None:
    assert (sent[0], sent[1][:8]) == (name, b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", sent[1][16:24]) == (1080, 1350)


def _latest(person: Person) -> Message:
    assert person.last_message is not None
    return person.last_message


def _file(world: World, file_id: str) -> tuple[str, bytes]:
    stored = world.telegram.files.by_id[file_id]
    return stored.name, stored.content


def _renamed(coalition: Coalition | None) -> Coalition:
    assert coalition is not None
    return _named(coalition, "Mobilités douces")


def _named(coalition: Coalition, name: str) -> Coalition:
    return replace(coalition, name=name)
