"""/lier: which coalition talks in a group, or in a topic of it, and who may say so."""

from datetime import timedelta

import pytest

from handlers.router import ROUTES
from programme.coalitions import Coalition, CoalitionState
from programme.groups import Group
from programme.ids import CoalitionId
from programme.territory import ScopeKind
from tests.journeys.group_life import (
    bound,
    buttons_of,
    group_of,
    leader_of,
    read_in,
    said_by_the_bot,
    says_there,
    taps_there,
)
from tests.world import World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

A_MINUTE = timedelta(minutes=1)
MOBILITY, EVENTS = "Mobilités alternatives", "Évènementiel durable"
BOUND = f"Ce groupe est celui de la coalition « {MOBILITY} ». /aide montre ce qu’on peut y faire."
ONLY_WHO_FACILITATES = "Seules la personne qui anime une coalition et l’équipe projet peuvent y relier un groupe."
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
CHANGED_MEANWHILE = "Cela a changé entre-temps. Rouvrez-le depuis le menu."
WRITE_FIRST = f"Pour ajouter une action à la coalition « {MOBILITY} », écrivez-moi d’abord en privé."
OWN_NAME = (
    "Vous écrivez au nom du groupe : je ne peux pas savoir qui vous êtes. Renvoyez ce message sous votre propre nom."
)


async def test_who_facilitates_one_coalition_binds_the_group_at_once(world: World) -> None:
    maude, sam = await leader_of(world, "Maude", MOBILITY), world.stranger("Sam")
    group = await group_of(world, maude, sam)

    assert await says_there(world, maude, group, "/lier") == [BOUND]
    mobility = await world.coalition(MOBILITY)
    assert await bound(world, group) == Group(group.id, None, mobility.id)
    assert [(row["deed"], row["subject"], row["details"]) for row in (await world.kept())["audit"]] == [
        ("bind_group", f"coalition:{mobility.id}", {"chat": group.id, "thread": 0, "instead_of": 0})
    ]

    assert await says_there(world, maude, group, "/lier@jalon_test_bot") == [
        f"Ce groupe est déjà celui de la coalition « {MOBILITY} »."
    ]
    await world.moves_by(A_MINUTE)
    assert [read_in(message) for message in said_by_the_bot(world, group)] == [BOUND]


async def test_who_facilitates_two_chooses_and_nobody_else_does(world: World) -> None:
    maude, lea, sam = await leader_of(world, "Maude", MOBILITY, EVENTS), await world.known("Léa"), world.stranger("Sam")
    group = await group_of(world, maude, lea, sam)
    assert await says_there(world, maude, group, "/lier") == ["Quelle coalition échange ici ?"]
    (question,) = said_by_the_bot(world, group)
    assert question.buttons == [[EVENTS], [MOBILITY]]
    before = await world.kept()

    for person in (lea, sam):
        tap = person.taps(MOBILITY, question)
        await world.settle()
        assert (plain_spaces(tap.toast or ""), tap.alert) == (NOT_ALLOWED, True)
    assert (await world.kept() == before, question.buttons) == (True, [[EVENTS], [MOBILITY]])

    maude.taps(MOBILITY, question)
    await world.settle()
    assert (said_by_the_bot(world, group), read_in(question), question.buttons) == ([question], BOUND, [])

    assert await says_there(world, maude, group, "/lier") == [
        f"Quelle coalition échange ici ?\nCoalition actuelle : {MOBILITY}"
    ]
    assert await says_there(world, sam, group, "/aide") == [
        (
            "Ici, je comprends :\n"
            "Rencontres : /rencontre, /rencontres, /relancer, /presences, /compterendu, /animation\n"
            "Avancement : /etapes, /jalon, /jalons, /action, /feuillederoute, /fiche\n"
            "Membres : /membres, /inviter\n"
            "Appui de Brest métropole : /appui, /ressources\n"
            f"/lier : choisir une autre coalition que « {MOBILITY} »\n"
            "Pour tout le reste, écrivez-moi en privé."
        )
    ]


async def test_group_of_another_coalition_changes_hands_only_when_that_is_confirmed(world: World) -> None:
    maude, nour = await leader_of(world, "Maude", MOBILITY), await leader_of(world, "Nour", EVENTS)
    mobility, events = await world.coalition(MOBILITY), await world.coalition(EVENTS)
    group = await group_of(world, maude, nour)
    await says_there(world, maude, group, "/lier")
    asked = f"Ce groupe est celui de la coalition « {MOBILITY} ». Voulez-vous le relier à « {EVENTS} » ?"
    assert await says_there(world, nour, group, "/lier") == [asked]
    question = group.last

    assert await taps_there(world, maude, group, "Oui, changer") == NOT_ALLOWED
    assert await taps_there(world, maude, group, "Non, laisser ainsi") == NOT_ALLOWED
    assert await taps_there(world, nour, group, "Non, laisser ainsi") == ""
    assert (read_in(question), await bound(world, group)) == (BOUND, Group(group.id, None, mobility.id))

    assert await says_there(world, nour, group, "/lier") == [asked]
    assert await taps_there(world, nour, group, "Oui, changer") == ""
    assert (read_in(group.last), group.last.buttons) == (BOUND.replace(MOBILITY, EVENTS), [])
    assert await bound(world, group) == Group(group.id, None, events.id)
    deed, details = [(row["deed"], row["details"]) for row in (await world.kept())["audit"]][-1]
    assert (deed, details) == ("bind_group", {"chat": group.id, "thread": 0, "instead_of": mobility.id})


async def test_old_question_changes_nothing_where_a_third_coalition_came_between(world: World) -> None:
    maude, nour, yann = [
        await leader_of(world, name, coalition)
        for name, coalition in (("Maude", MOBILITY), ("Nour", EVENTS), ("Yann", "Éclairage nocturne"))
    ]
    group = await group_of(world, maude, nour, yann)
    await says_there(world, maude, group, "/lier")
    await says_there(world, nour, group, "/lier")
    question = group.last
    await says_there(world, yann, group, "/lier")
    await taps_there(world, yann, group, "Oui, changer")
    before = await world.kept()

    tap = nour.taps("Oui, changer", question)
    await world.settle()
    assert (plain_spaces(tap.toast or ""), await world.kept()) == (CHANGED_MEANWHILE, before)


async def test_topic_is_bound_by_itself(world: World) -> None:
    maude, nour = await leader_of(world, "Maude", MOBILITY), await leader_of(world, "Nour", EVENTS)
    mobility, events = await world.coalition(MOBILITY), await world.coalition(EVENTS)
    forum = await group_of(world, maude, nour, forum=True)
    topic = maude.creates_topic(forum, "Fêtes")

    assert await says_there(world, nour, forum, "/lier", topic.id) == [
        f"Ce sujet est celui de la coalition « {EVENTS} ». /aide montre ce qu’on peut y faire."
    ]
    assert forum.last.thread == topic.id
    assert await says_there(world, maude, forum, "/lier") == [BOUND]
    assert said_by_the_bot(world, forum)[-1].thread is None
    assert [await bound(world, forum, thread) for thread in (None, topic.id, topic.id + 1)] == [
        Group(forum.id, None, mobility.id),
        Group(forum.id, topic.id, events.id),
        Group(forum.id, None, mobility.id),
    ]
    assert await says_there(world, maude, forum, "/action", topic.id) == [WRITE_FIRST.replace(MOBILITY, EVENTS)]
    assert forum.last.thread == topic.id


async def test_project_team_finds_every_coalition_page_by_page(world: World) -> None:
    anne, lea = await world.known("Anne", id=900_000_001), await world.known("Léa")
    await world.does(lambda uow: [uow.coalitions.add(_another(number)) for number in range(6)])
    group = await group_of(world, anne, lea)
    await says_there(world, anne, group, "/lier")
    question = group.last
    assert (len(question.buttons), buttons_of(question)[-1]) == (9, ["Page suivante ›"])

    assert await taps_there(world, lea, group, "Page suivante ›") == NOT_ALLOWED
    assert await taps_there(world, anne, group, "Page suivante ›") == ""
    assert (len(question.buttons), buttons_of(question)[-1]) == (5, ["‹ Page précédente"])
    (last,) = buttons_of(question)[3]
    assert await taps_there(world, anne, group, last) == ""
    assert read_in(question) == BOUND.replace(MOBILITY, last)


async def test_refusal_is_told_in_private_where_that_is_possible(world: World) -> None:
    lea, tom, sam = await world.known("Léa"), await world.known("Tom"), world.stranger("Sam")
    tom.blocks()
    group = await group_of(world, lea, tom, sam)

    assert (await says_there(world, lea, group, "/lier"), world.reads(lea)) == ([], ONLY_WHO_FACILITATES)
    for person in (tom, sam):
        assert await says_there(world, person, group, "/lier") == [ONLY_WHO_FACILITATES]
        assert group.last.buttons == [["M’écrire en privé"]]
    await world.moves_by(A_MINUTE)
    assert said_by_the_bot(world, group) == []


async def test_lier_in_private_says_where_it_belongs(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    assert (await world.says(maude, "/lier")).startswith(
        "La commande /lier s’utilise dans le groupe de votre coalition"
    )


async def test_anonymous_admin_is_asked_to_speak_as_themselves(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    group = await group_of(world, maude)
    for command in ROUTES.group_commands:
        maude.says(f"/{command}", group, anonymously=True)
        await world.settle()
        assert read_in(group.last) == OWN_NAME
    maude.says("/menu", group, anonymously=True)
    await world.moves_by(A_MINUTE)
    assert (said_by_the_bot(world, group), await bound(world, group)) == ([], None)


async def test_forged_taps_in_a_group_change_nothing(world: World) -> None:
    maude, lea, sam = await leader_of(world, "Maude", MOBILITY, EVENTS), await world.known("Léa"), world.stranger("Sam")
    mobility, events = await world.coalition(MOBILITY), await world.coalition(EVENTS)
    group = await group_of(world, maude, lea, sam)
    await says_there(world, maude, group, "/lier")
    (question,) = said_by_the_bot(world, group)
    before = await world.kept()
    theirs = [f"bind:{mobility.id}", f"bind.sure:{mobility.id}:{events.id}", f"bind.keep:{mobility.id}", "bind.list:0"]
    garbage = ["bind", "bind:", "bind:x", "bind:999999", "bind.sure", "bind.sure:1:²", "bind.list:-1", "", ":", "lier"]
    private = [f"{route}:1" for route in ROUTES.buttons if route not in ROUTES.group_buttons]

    queries = [person.taps_data(data, question) for person in (lea, sam) for data in (*theirs, *garbage)]
    queries += [maude.taps_data(data, question) for data in (*garbage, *private)]
    await world.settle(within=30)

    answers = {plain_spaces((query.answered or {}).get("text", "")) for query in queries}
    assert answers == {NOT_ALLOWED, NOT_THERE}
    assert (await world.kept() == before, said_by_the_bot(world, group)) == (True, [question])
    assert question.buttons == [[EVENTS], [MOBILITY]]


def _another(number: int) -> Coalition:
    return Coalition(
        CoalitionId(0), f"z{number}", f"Zone {number}", "", ScopeKind.AREA, (), open=True, state=CoalitionState.ACTIVE
    )


async def test_who_facilitates_moves_the_coalition_into_a_topic(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    forum = await group_of(world, maude, forum=True)
    topic, mobility = maude.creates_topic(forum, "Mobilité"), await world.coalition(MOBILITY)
    await says_there(world, maude, forum, "/lier")

    assert await says_there(world, maude, forum, "/lier", topic.id) == [BOUND.replace("Ce groupe", "Ce sujet")]
    assert await bound(world, forum, topic.id) == Group(forum.id, topic.id, mobility.id)
    assert await bound(world, forum) is None


async def test_who_facilitates_is_told_of_a_deleted_topic_and_the_general_one_takes_over(world: World) -> None:
    maude, lea = await leader_of(world, "Maude", MOBILITY), await world.known("Léa")
    mobility = await world.coalition(MOBILITY)
    await world.belongs(lea, mobility)
    forum = await group_of(world, maude, lea, forum=True)
    topic = maude.creates_topic(forum, "Mobilité")
    await says_there(world, maude, forum, "/lier", topic.id)
    await says_there(world, lea, forum, "/action Isolation du local", topic.id)
    maude.deletes_topic(forum, topic)
    for label in ("Faite", "Hier", "Passer", "Passer", "Passer", "Confirmer"):
        await world.taps(lea, label)

    (line,) = said_by_the_bot(world, forum)
    assert (read_in(line), line.thread) == ("✓ Léa a ajouté une action : Isolation du local", None)
    told = (
        f"Le sujet de la coalition « {MOBILITY} » a été supprimé de son groupe.\n"
        "Groupe : Coalition\n"
        "J’écris désormais dans le sujet général. Pour en choisir un autre, envoyez-y /lier."
    )
    assert [plain_spaces(message.text) for message in maude.chat_with().messages].count(told) == 1
    other = maude.creates_topic(forum, "Vélo")
    await says_there(world, maude, forum, "/lier", other.id)
    assert await world.finds(lambda uow: uow.groups.in_chat(forum.id)) == [Group(forum.id, other.id, mobility.id)]


async def test_admin_of_the_group_has_no_rights_by_that(world: World) -> None:
    maude, nour = await leader_of(world, "Maude", MOBILITY), await leader_of(world, "Nour", EVENTS)
    admin = await world.known("Léa")
    group = await group_of(world, maude, nour, admin)
    await says_there(world, maude, group, "/lier")
    maude.promotes(admin, group)
    await says_there(world, nour, group, "/lier")
    question, before = group.last, await world.kept()

    assert (await says_there(world, admin, group, "/lier"), world.reads(admin)) == ([], ONLY_WHO_FACILITATES)
    for label in ("Oui, changer", "Non, laisser ainsi"):
        tap = admin.taps(label, question)
        await world.settle()
        assert (plain_spaces(tap.toast), tap.alert) == (NOT_ALLOWED, True)
    assert await world.kept() == before


async def test_tap_of_an_admin_who_writes_as_the_group_comes_from_themselves(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY, EVENTS)
    group = await group_of(world, maude)
    maude.says("/lier", group, anonymously=True)
    await world.settle()
    assert (read_in(group.last), await bound(world, group)) == (OWN_NAME, None)

    await says_there(world, maude, group, "/lier")
    assert await taps_there(world, maude, group, MOBILITY) == ""
    assert read_in(group.last) == BOUND
