"""Groups: a coalition talks there, the bot hardly ever does."""

from datetime import timedelta

import pytest

from bot.messages import pack
from handlers.reply import Say
from handlers.router import ROUTES
from handlers.screen import Screen
from locales import language_for
from programme.coalitions import Coalition, CoalitionState
from programme.groups import Group
from programme.ids import CoalitionId, TelegramId
from programme.territory import ScopeKind
from programme.usecases.introduce_person import IN_OWN_NAME, Introduction, introduce_person
from simulator.chats import Chat
from simulator.people import Person
from storage.outbox import NewOutgoing, Outbox
from tests.journeys.group_life import buttons_of, group_of, read_in, said_by_the_bot, says_there, taps_there
from tests.world import World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

A_MINUTE = timedelta(minutes=1)
MOBILITY, EVENTS = "Mobilités alternatives", "Évènementiel durable"
BOUND = f"Ce groupe est celui de la coalition « {MOBILITY} ». /action y ajoute une action."
ONLY_WHO_FACILITATES = "Seules la personne qui anime une coalition et l’équipe projet peuvent y relier un groupe."
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
CHANGED_MEANWHILE = "Cela a changé entre-temps. Rouvrez-le depuis le menu."
NOBODY_TOLD_ME = "Je ne sais pas quelle coalition échange ici : la personne qui l’anime peut me l’indiquer avec /lier."
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


async def test_what_one_person_needs_to_read_stands_for_a_minute(world: World) -> None:
    sam = world.stranger("Sam")
    group = await group_of(world, sam)
    assert await says_there(world, sam, group, "/action") == [NOBODY_TOLD_ME]

    await world.moves_by(A_MINUTE - timedelta(seconds=1))
    assert [read_in(message) for message in said_by_the_bot(world, group)] == [NOBODY_TOLD_ME]
    assert (await says_there(world, sam, group, "/aide"))[0].startswith("Ici, je comprends :\n/action")
    await world.moves_by(timedelta(seconds=1))
    assert [read_in(message).splitlines()[0] for message in said_by_the_bot(world, group)] == ["Ici, je comprends :"]


async def test_passing_line_that_is_gone_already_troubles_nobody(world: World) -> None:
    sam = world.stranger("Sam")
    group = await group_of(world, sam)
    await says_there(world, sam, group, "/action")
    sam.deletes(group.last)
    await says_there(world, sam, group, "/action")
    sam.removes(world.bot, group)
    await world.moves_by(A_MINUTE)
    assert await world.given_up() == []


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
            "/action : ajouter une action de la coalition\n"
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
        f"Ce sujet est celui de la coalition « {EVENTS} ». /action y ajoute une action."
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


async def test_action_in_a_group_goes_on_in_private_with_its_words_as_title(world: World) -> None:
    maude, lea = await leader_of(world, "Maude", MOBILITY), await world.known("Léa")
    await world.belongs(lea, await world.coalition(MOBILITY))
    group = await group_of(world, maude, lea)
    await says_there(world, maude, group, "/lier")

    assert await says_there(world, lea, group, "/action Isolation du local") == []
    (draft,) = (await world.kept())["drafts"]
    assert (draft["chat_id"], draft["form"]) == (lea.id, "log_action")
    assert "Isolation du local" in str(draft["content"])
    assert await says_there(world, lea, group, "Planifiée") == []


async def test_action_begun_in_a_group_that_moves_meanwhile_is_told_there_once(world: World) -> None:
    maude, joe = await leader_of(world, "Maude", MOBILITY), world.stranger("Joe")
    who, now = Introduction("Joe", IN_OWN_NAME), world.clock.now()
    await world.does(lambda uow: introduce_person(uow, TelegramId(joe.id), who, "en", now))
    await world.says(joe, "/menu")
    await world.belongs(joe, await world.coalition(MOBILITY))
    group = await group_of(world, maude, joe, supergroup=False)
    await says_there(world, maude, group, "/lier")

    assert await says_there(world, joe, group, "/action Isolation du local") == []
    after = maude.migrates(group)
    for label in ("Done", "Yesterday", "Skip", "Skip", "Skip", "Confirm"):
        await world.taps(joe, label)

    assert [read_in(message) for message in said_by_the_bot(world, group)] == [BOUND]
    assert [read_in(message) for message in said_by_the_bot(world, after)] == [
        "✓ Joe logged an action: Isolation du local"
    ]


async def test_action_asks_who_can_not_be_asked_in_private_to_come(world: World) -> None:
    maude, tom, lea = await leader_of(world, "Maude", MOBILITY), await world.known("Tom"), await world.known("Léa")
    await world.belongs(tom, await world.coalition(MOBILITY))
    tom.blocks()
    sam = world.stranger("Sam")
    group = await group_of(world, maude, tom, lea, sam)
    await says_there(world, maude, group, "/lier")

    for person in (tom, lea, sam):
        assert await says_there(world, person, group, "/action") == [WRITE_FIRST]
        (button,) = group.last.rows[0]
        code = (await world.coalition(MOBILITY)).code
        assert (button.label, button.url) == (
            "M’écrire en privé",
            f"https://t.me/jalon_test_bot?start=action_{code}",
        )
    assert (await world.kept())["drafts"] == []
    sam.taps("M’écrire en privé", chat=group)
    await world.settle()
    assert world.reads(sam).startswith("Bonjour ! Je suis Jalon")


async def test_group_that_becomes_a_supergroup_stays_bound(world: World) -> None:
    maude, sam = await leader_of(world, "Maude", MOBILITY), world.stranger("Sam")
    group = await group_of(world, maude, sam, supergroup=False)
    await says_there(world, maude, group, "/lier")
    binding = await bound(world, group)
    assert binding is not None

    after = maude.migrates(group)
    await world.settle()
    assert (await bound(world, group), await bound(world, after)) == (
        None,
        Group(after.id, None, binding.coalition_id),
    )
    assert await says_there(world, sam, after, "/action") == [WRITE_FIRST]


async def test_move_that_was_not_heard_is_learnt_from_the_next_message_which_comes_once(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    group = await group_of(world, maude, supergroup=False)
    after = maude.migrates(group)
    await world.settle()
    mobility = await world.coalition(MOBILITY)
    # As the database stands where both of Telegram's messages about the move were lost.
    await world.does(lambda uow: uow.groups.bind(Group(group.id, None, mobility.id), world.clock.now()))

    line = NewOutgoing(group.id, pack(Say(Screen(language_for("fr").say("Menu")))))
    await world.jalon.database.write(lambda connection: Outbox(connection).add(line, world.clock.now()))
    world.jalon.sender.wake()
    await world.settle()

    assert [[read_in(one) for one in said_by_the_bot(world, chat)] for chat in (group, after)] == [[], ["Menu"]]
    assert (await bound(world, group), await bound(world, after)) == (None, Group(after.id, None, mobility.id))


async def test_passing_line_is_left_alone_where_the_group_has_moved_meanwhile(world: World) -> None:
    sam = world.stranger("Sam")
    group = await group_of(world, sam, supergroup=False)
    await says_there(world, sam, group, "/action")
    after = sam.migrates(group)
    for number in range(6):
        sam.says(str(number), after)
    said = len(after.messages)
    await world.moves_by(A_MINUTE)
    assert len(after.messages) == said


async def test_forged_taps_in_a_group_change_nothing(world: World) -> None:
    maude, lea, sam = await leader_of(world, "Maude", MOBILITY, EVENTS), await world.known("Léa"), world.stranger("Sam")
    mobility, events = await world.coalition(MOBILITY), await world.coalition(EVENTS)
    group = await group_of(world, maude, lea, sam)
    await says_there(world, maude, group, "/lier")
    (question,) = said_by_the_bot(world, group)
    before = await world.kept()
    theirs = [f"bind:{mobility.id}", f"bind.sure:{mobility.id}:{events.id}", f"bind.keep:{mobility.id}", "bind.list:0"]
    garbage = ["bind", "bind:", "bind:x", "bind:999999", "bind.sure", "bind.sure:1:²", "bind.list:-1", "", ":", "lier"]
    private = [f"{route}:1" for route in ROUTES.buttons]

    queries = [person.taps_data(data, question) for person in (lea, sam) for data in (*theirs, *garbage)]
    queries += [maude.taps_data(data, question) for data in (*garbage, *private)]
    await world.settle(within=30)

    answers = {plain_spaces((query.answered or {}).get("text", "")) for query in queries}
    assert answers == {NOT_ALLOWED, NOT_THERE}
    assert (await world.kept() == before, said_by_the_bot(world, group)) == (True, [question])
    assert question.buttons == [[EVENTS], [MOBILITY]]


async def leader_of(world: World, name: str, *coalitions: str) -> Person:
    """Somebody known who facilitates these coalitions."""
    person = await world.known(name)
    for coalition in coalitions:
        await world.belongs(person, await world.coalition(coalition), facilitator=True)
    return person


async def bound(world: World, chat: Chat, thread: int | None = None) -> Group | None:
    return await world.finds(lambda uow: uow.groups.of_chat(chat.id, thread))


def _another(number: int) -> Coalition:
    return Coalition(
        CoalitionId(0), f"z{number}", f"Zone {number}", "", ScopeKind.AREA, (), open=True, state=CoalitionState.ACTIVE
    )
