"""Help asked of the authority: asked in the group or in private, taken on, talked about, closed and reopened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from programme.support import SUPPORT_TEXT_MAX, SupportState
from simulator.chats import Message
from simulator.people import Person
from tests.journeys.group_life import buttons_of, group_of, read_in, said_by_the_bot, says_there, taps_there
from tests.journeys.support_life import MOBILITY, NOT_ALLOWED, NOT_THERE, ROOM, TO_THE_TEAM, WANTED, Life, latest, life
from tests.world import STAFF_ID, World, plain_spaces

__all__ = ["life"]

A_MINUTE = timedelta(minutes=1)
MEMBERS_ONLY = f"Seuls les membres de la coalition « {MOBILITY} » peuvent le faire."
CLOSED = "Cette demande est close. La rouvrir avec votre message ?"

pytestmark = pytest.mark.usefixtures("untroubled")


async def test_request_asked_in_the_group_stands_there_as_a_card_and_reaches_the_team(world: World, life: Life) -> None:
    assert await says_there(world, life.maude, life.group, "/appui") == []
    assert world.reads(life.maude).startswith("Quel appui vous serait utile ?\n1 sur 3")
    await world.taps(life.maude, ROOM)
    await world.says(life.maude, WANTED)
    await world.says(life.maude, "mardi 8 décembre")
    await world.taps(life.maude, "Confirmer")

    head = f"Demande d’appui : {ROOM}\nCoalition : {MOBILITY}\nPour le : mardi 8 décembre 2026"
    assert read_in(life.group.last) == (
        f"{head}\nÉtat : reçue par l’équipe projet\n\n{WANTED}\n\n"
        "Répondez à ce message pour ajouter quelque chose : l’équipe projet le lira."
    )
    assert world.reads(life.maude) == (
        "Votre demande est transmise à l’équipe projet. "
        "Ses réponses arriveront dans votre groupe, et les nouvelles de la demande ici.\n\n"
        f"{head}\nÉtat : reçue par l’équipe projet\n\nPour ajouter quelque chose, répondez à ce message."
    )
    for person in (life.anne, life.paul):
        assert world.reads(person) == f"{head}\nÉtat : reçue par l’équipe projet\n\n{WANTED}"
        assert world.buttons(person) == [
            ["Prendre en charge"],
            ["Répondre", "Clore"],
            ["Voir les échanges"],
            ["Pourquoi ce message ?"],
        ]


async def test_conversation_goes_both_ways_between_the_group_and_who_took_the_request(world: World, life: Life) -> None:
    await life.asks()
    card = life.group.last
    assert await world.taps(life.anne, "Prendre en charge") == "Elle est à vous : la coalition est prévenue."
    await world.moves_by(A_MINUTE)
    assert "État : suivie par Anne" in read_in(card)
    assert world.reads(life.maude).startswith("Du nouveau pour votre demande d’appui :")
    assert world.buttons(life.anne)[0] == ["Répondre", "Clore"]

    before = life.paul.last_message
    assert await life.answers(life.anne, "Le 8 décembre convient-il ?", latest(life.anne)) == (
        "Transmis au groupe de la coalition."
    )
    told = life.group.last
    assert read_in(told) == (
        f"Équipe projet (Anne)\nÀ propos de votre demande : {ROOM}\n\n"
        "Le 8 décembre convient-il ?\n\nRépondez à ce message pour écrire à votre tour."
    )
    await world.moves_by(A_MINUTE)
    assert "État : réponse donnée par Anne" in read_in(card)

    assert await life.answers_there(life.lea, "Oui, <b>merci</b> !", told) == [TO_THE_TEAM]
    assert world.reads(life.anne) == (
        f"Léa\nÀ propos de la demande d’appui : {ROOM} ({MOBILITY})\n\n"
        "Oui, <b>merci</b> !\n\nRépondez à ce message pour écrire à votre tour."
    )
    assert life.paul.last_message == before
    assert await life.answers_there(life.maude, "Et un vidéoprojecteur ?", card) == [TO_THE_TEAM]
    await world.moves_by(A_MINUTE)
    assert [read_in(one) for one in said_by_the_bot(world, life.group)][1:] == [read_in(card), read_in(told)]
    assert await life.texts() == [
        (True, "Le 8 décembre convient-il ?"),
        (False, "Oui, <b>merci</b> !"),
        (False, "Et un vidéoprojecteur ?"),
    ]
    assert await life.state() is SupportState.TAKEN


async def test_request_asked_in_private_is_talked_about_in_private(world: World, life: Life) -> None:
    assert (await world.says(life.maude, "/appui")).startswith("Quel appui vous serait utile ?")
    await life.words_of_asking()
    asked = latest(life.maude)
    assert len(said_by_the_bot(world, life.group)) == 1

    await world.taps(life.anne, "Répondre")
    assert await world.says(life.anne, "Quelle date ?") == "Transmis à la coalition."
    assert world.reads(life.maude) == (
        f"Équipe projet (Anne)\nÀ propos de la demande d’appui : {ROOM} ({MOBILITY})\n\n"
        "Quelle date ?\n\nRépondez à ce message pour écrire à votre tour."
    )
    assert await life.answers(life.maude, "Le 8", latest(life.maude)) == TO_THE_TEAM
    assert await life.answers(life.maude, "Ou le 9", asked) == TO_THE_TEAM
    assert await life.texts() == [(True, "Quelle date ?"), (False, "Le 8"), (False, "Ou le 9")]
    assert len(said_by_the_bot(world, life.group)) == 1


async def test_who_asked_finds_their_requests_again_with_all_that_was_said(world: World, life: Life) -> None:
    await life.asks()
    await world.taps(life.paul, "Répondre")
    await world.says(life.paul, "a" * SUPPORT_TEXT_MAX)
    await world.taps(life.paul, "Répondre", on=_notice(life.paul))
    await world.says(life.paul, "b" * SUPPORT_TEXT_MAX)

    assert await world.says(life.maude, "/appui") == (
        f"Demandes d’appui · {MOBILITY}\n• lun. 23 nov. : {ROOM} (réponse donnée par Paul)"
    )
    await world.taps(life.maude, f"lun. 23 nov. · {ROOM}")
    assert world.reads(life.maude).endswith(f"Équipe projet (Paul) · lun. 23 nov.\n{'b' * SUPPORT_TEXT_MAX}")
    assert world.buttons(life.maude) == [
        ["‹ Page précédente"],
        ["Écrire à l’équipe projet"],
        ["‹ Retour", "Menu"],
    ]
    await world.taps(life.maude, "‹ Page précédente")
    assert world.reads(life.maude).endswith(
        f"Maude · lun. 23 nov.\n{WANTED}\n\nÉquipe projet (Paul) · lun. 23 nov.\n{'a' * SUPPORT_TEXT_MAX}"
    )


async def test_two_of_the_team_do_not_take_one_request_unawares(world: World, life: Life) -> None:
    await life.asks()
    await world.taps(life.anne, "Prendre en charge")
    assert await world.taps(life.paul, "Prendre en charge") == "Elle a changé entre-temps : voici où elle en est."
    assert "État : suivie par Anne" in world.reads(life.paul)

    await world.taps(life.paul, "Prendre le relais")
    assert "État : suivie par Paul" in world.reads(life.paul)
    assert [(row["deed"], row["details"]) for row in (await world.kept())["audit"]][-1] == (
        "take_support",
        {"instead_of": f"person:{(await world.record_of(life.anne)).id}"},
    )


async def test_nobody_closes_over_a_question_they_have_not_read(world: World, life: Life) -> None:
    await life.asks()
    notice = latest(life.anne)
    await life.answers_there(life.lea, "Encore une chose…", life.group.last)

    tap = life.anne.taps("Clore", on=notice)
    await world.settle()
    assert plain_spaces(tap.toast) == "Elle a changé entre-temps : voici où elle en est."
    assert await life.state() is SupportState.RECEIVED


async def test_words_about_a_closed_request_are_kept_and_passed_on_when_it_is_reopened(
    world: World, life: Life
) -> None:
    await life.asks()
    card = life.group.last
    await world.taps(life.anne, "Prendre en charge")
    await world.taps(life.anne, "Clore")
    await world.moves_by(A_MINUTE)
    assert "État : close" in read_in(card)
    assert read_in(card).endswith("Répondez à ce message pour faire rouvrir la demande.")
    told = world.reads(life.anne)

    assert await life.answers_there(life.lea, "La salle est fermée !", card) == [CLOSED]
    first = life.group.last
    assert await life.answers_there(life.maude, "Et il n’y a personne.", card) == [CLOSED]
    assert (await life.texts(), world.reads(life.anne)) == (
        [(False, "La salle est fermée !"), (False, "Et il n’y a personne.")],
        told,
    )
    assert await taps_there(world, life.maude, life.group, "Oui, la rouvrir") == ""
    await world.moves_by(A_MINUTE)
    assert await life.state() is SupportState.TAKEN
    assert "État : suivie par Anne" in read_in(card)
    read = [plain_spaces(message.text) for message in life.anne.chat_with().messages[-2:]]
    assert [text.split("\n\n")[1] for text in read] == ["La salle est fermée !", "Et il n’y a personne."]
    tap = life.maude.taps("Oui, la rouvrir", on=first)
    await world.settle()
    assert plain_spaces(tap.toast) == "C’est déjà passé ou déjà décidé : rien n’a été modifié."


async def test_request_may_stay_closed_and_keeps_what_was_written(world: World, life: Life) -> None:
    await life.asks()
    card = life.group.last
    await world.taps(life.anne, "Clore")
    await world.moves_by(A_MINUTE)
    await life.answers_there(life.lea, "Merci !", card)
    assert buttons_of(life.group.last) == [["Oui, la rouvrir", "Non, la laisser close"]]

    await taps_there(world, life.lea, life.group, "Non, la laisser close")
    assert read_in(life.group.last) == (
        "La demande reste close. Votre message est gardé avec elle, sans être transmis."
    )
    assert (await life.state(), await life.texts()) == (SupportState.CLOSED, [(False, "Merci !")])


async def test_answer_of_the_team_reopens_too(world: World, life: Life) -> None:
    await life.asks()
    await world.taps(life.anne, "Clore")
    await world.moves_by(A_MINUTE)
    assert await life.answers(life.anne, "Finalement, oui.", latest(life.anne)) == CLOSED
    await world.taps(life.anne, "Oui, la rouvrir")

    assert world.reads(life.anne) == "Transmis au groupe de la coalition."
    assert "Finalement, oui." in read_in(life.group.last)
    assert await life.state() is SupportState.ANSWERED


async def test_stranger_and_who_left_are_not_heard_in_the_group(world: World, life: Life) -> None:
    await life.asks()
    card, sam, yann = life.group.last, world.stranger("Sam"), await world.known("Yann")
    sam.joins(life.group)
    yann.joins(life.group)
    await world.settle()
    told = world.reads(life.anne)

    for person in (sam, yann):
        assert await life.answers_there(person, "Moi aussi !", card) == [MEMBERS_ONLY]
        (button,) = life.group.last.rows[0]
        code = (await world.coalition(MOBILITY)).code
        assert button.url == f"https://t.me/jalon_test_bot?start=join_{code}"
    await world.moves_by(A_MINUTE)
    assert said_by_the_bot(world, life.group)[-1] == card
    assert (await life.texts(), world.reads(life.anne)) == ([], told)


async def test_text_that_is_too_long_is_refused_in_a_clear_sentence(life: Life) -> None:
    await life.asks()
    too_long = (
        "Ce message n’a pas été transmis : il compte 1 501 caractères, pour 1 500 au plus. "
        "Envoyez-le en plusieurs fois."
    )
    text = "é" * (SUPPORT_TEXT_MAX + 1)

    assert await life.answers_there(life.lea, text, life.group.last) == [too_long]
    assert await life.answers(life.anne, text, latest(life.anne)) == too_long
    assert await life.texts() == []


async def test_group_that_moves_keeps_its_requests(world: World) -> None:
    mobility = await world.coalition(MOBILITY)
    maude, anne = await world.known("Maude"), await world.known("Anne", id=STAFF_ID)
    await world.belongs(maude, mobility, facilitator=True)
    group = await group_of(world, maude, supergroup=False)
    await says_there(world, maude, group, "/lier")
    life = Life(world, maude, maude, anne, anne, group)
    await life.asks()
    life.group = maude.migrates(group)
    await world.settle()

    await life.answers(anne, "Le 8 ?", latest(anne))
    assert "Le 8 ?" in read_in(life.group.last)
    assert await life.answers_there(maude, "Parfait.", life.group.last) == [TO_THE_TEAM]
    await world.moves_by(A_MINUTE)
    assert [read_in(one).splitlines()[0] for one in said_by_the_bot(world, life.group)] == [
        "Équipe projet (Anne)",
        f"Demande d’appui : {ROOM}",
    ]


async def test_topic_gets_the_card_and_the_answers(world: World, life: Life) -> None:
    forum = await group_of(world, life.maude, life.lea, forum=True)
    topic = life.maude.creates_topic(forum, "Mobilités")
    await says_there(world, life.maude, forum, "/lier", topic.id)
    await says_there(world, life.maude, forum, "/appui", topic.id)
    await life.words_of_asking()
    assert (read_in(forum.last).splitlines()[0], forum.last.thread) == (f"Demande d’appui : {ROOM}", topic.id)

    await life.answers(life.anne, "Le 8 ?", latest(life.anne))
    assert ("Le 8 ?" in read_in(forum.last), forum.last.thread) == (True, topic.id)


async def test_bot_that_was_removed_answers_who_asked_in_private(world: World, life: Life) -> None:
    await life.asks()
    notice = latest(life.anne)
    life.maude.removes(world.bot, life.group)
    await world.settle()

    assert await life.answers(life.anne, "Le 8 ?", notice) == "Transmis à la coalition."
    assert "Le 8 ?" in world.reads(life.maude)


async def test_group_given_to_another_coalition_reads_nothing_of_the_request(world: World, life: Life) -> None:
    await life.asks()
    events = await world.coalition("Évènementiel durable")
    bound = await world.finds(lambda uow: uow.groups.of_chat(life.group.id, None))
    assert bound is not None
    await world.does(lambda uow: uow.groups.bind(replace(bound, coalition_id=events.id), world.clock.now()))
    before = len(said_by_the_bot(world, life.group))

    assert await life.answers(life.anne, "Le 8 ?", latest(life.anne)) == "Transmis à la coalition."
    assert "Le 8 ?" in world.reads(life.maude)
    assert len(said_by_the_bot(world, life.group)) == before


async def test_forged_taps_get_a_refusal(world: World, life: Life) -> None:
    await life.asks()
    await world.moves_by(A_MINUTE)
    sam = await world.known("Sam")
    before = await world.kept()
    mobility = await world.coalition(MOBILITY)

    for data in (
        "support.one:1",
        "support.open:1",
        "support.answer:1",
        "support.take:1:1:here",
        "support.close:1:1:notice",
        "support.reopen:1:1",
        "support.leave:1",
        "support.queue:0",
        f"support:{mobility.id}",
        f"support.mine:{mobility.id}:0",
        f"support.new:{mobility.id}:room",
    ):
        await world.forges(sam, data)
        assert (data, world.reads(sam)) == (data, NOT_ALLOWED)
    for data in ("support.one:x", "support.one:99", "support.take:99:1:here", "support.one:-1"):
        await world.forges(life.anne, data)
        assert (data, world.reads(life.anne)) == (data, NOT_THERE)
    assert await world.kept() == before


async def test_member_who_does_not_facilitate_does_not_ask(world: World, life: Life) -> None:
    assert await says_there(world, life.lea, life.group, "/appui") == []
    assert world.reads(life.lea) == (f"Seules les personnes qui animent la coalition « {MOBILITY} » peuvent le faire.")
    assert (await world.kept())["drafts"] == []


async def test_request_goes_on_without_who_asked(world: World, life: Life) -> None:
    await world.says(life.maude, "/appui")
    await life.words_of_asking()
    await world.belongs(life.lea, await world.coalition(MOBILITY), facilitator=True)
    await world.says(life.maude, "/supprimer")
    await world.taps(life.maude, "Continuer")
    await world.taps(life.maude, "Oui, tout effacer")

    await life.answers(life.anne, "Le 8 ?", latest(life.anne))
    assert "Le 8 ?" in world.reads(life.lea)
    assert await life.answers(life.lea, "Très bien.", latest(life.lea)) == TO_THE_TEAM
    await world.says(life.anne, "/supprimer")
    await world.taps(life.anne, "Continuer")
    await world.taps(life.anne, "Oui, tout effacer")
    await world.says(life.lea, "/appui")
    assert world.reads(life.lea).endswith(f"{ROOM} (suivie par l’équipe projet)")
    await world.taps(life.lea, f"lun. 23 nov. · {ROOM}")
    assert [part.splitlines()[0] for part in world.reads(life.lea).split("\n\n")[1:]] == [
        "La coalition · lun. 23 nov.",
        "Équipe projet · lun. 23 nov.",
        "Léa · lun. 23 nov.",
    ]
    await world.taps(life.paul, "Répondre", on=_notice(life.paul))
    await world.says(life.paul, "Entendu.")
    await world.says(life.lea, "/appui")
    assert world.reads(life.lea).endswith(f"{ROOM} (réponse donnée par Paul)")


def _notice(person: Person) -> Message:
    """The message that told of the request."""
    return next(one for one in person.chat_with().latest() if one.text.startswith("Demande d’appui"))
