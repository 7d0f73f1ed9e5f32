"""What comes by itself before and after a forum: four reminders in true words, then one question."""

from datetime import timedelta

import pytest

from programme.forums import Feedback
from simulator.people import Person
from tests.journeys.forum_life import CONFIRMED, OVER, TITLE, opens, paris, registers, told
from tests.world import World

pytestmark = pytest.mark.usefixtures("untroubled")

IN_JANUARY = paris(14, 14, month=1, year=2027)
QUESTION = (
    f"{TITLE}\n\nMerci de votre inscription. Ce forum vous a-t-il été utile ?\n\n"
    "Votre réponse est comptée sans votre nom."
)
ANSWERS = [["Très utile"], ["Utile"], ["Peu utile"], ["Je n’y étais pas"]]


async def test_who_has_a_place_is_reminded_four_times_and_asked_once(world: World) -> None:
    lea, sam, zoe = [await world.known(name) for name in ("Léa", "Sam", "Zoé")]
    forum = await world.forum(TITLE, places=1, starts_at=IN_JANUARY)
    await registers(world, forum, lea, sam)

    moments = (
        paris(15, 13, 59), paris(15, 14), paris(7, 14, month=1, year=2027), paris(13, 14, month=1, year=2027),
        paris(14, 12, month=1, year=2027), paris(14, 18, 59, month=1, year=2027),
    )  # fmt: skip
    for moment in moments:
        await world.moves_to(moment)
    reminders = [
        "Le forum commence le jeudi 14 janvier 2027 à 14 h.",
        "Le forum commence le jeudi 14 janvier 2027 à 14 h.",
        "Le forum commence demain à 14 h.",
        "Le forum commence aujourd’hui à 14 h.",
    ]
    assert told(lea) == reminders
    assert world.reads(lea).endswith(CONFIRMED)
    assert world.buttons(lea) == [["Mon billet"], ["Annuler mon inscription"], ["Pourquoi ce message ?"]]

    await world.moves_to(paris(14, 19, month=1, year=2027))
    assert world.reads(lea) == QUESTION
    assert world.buttons(lea) == [*ANSWERS, ["Pourquoi ce message ?"]]
    assert await world.taps(lea, "Peu utile") == "Merci !"
    assert world.buttons(lea)[2] == ["✓ Peu utile"]
    await world.taps(lea, "Utile")
    assert await _answers(world) == [Feedback.USEFUL, None]
    assert world.reads(lea) == f"{TITLE}\n\nCe forum vous a-t-il été utile ? Votre réponse est comptée sans votre nom."
    assert (await opens(world, lea, forum)).endswith("\n\nCe forum vous a-t-il été utile ? " + QUESTION[-41:])

    await world.moves_by(timedelta(days=20))
    assert told(lea) == reminders
    assert [told(person) for person in (sam, zoe)] == [[], []]
    for person in (sam, zoe):
        await world.forges(person, f"forum.said:{forum.id}:useful")
        assert world.reads(person).startswith("Cela ne vous est pas ouvert.")
    assert await _answers(world) == [Feedback.USEFUL, None]


async def test_reminders_keep_out_of_the_night_and_say_what_is_true_then(world: World) -> None:
    lea = await world.known("Léa")
    early = await world.forum(TITLE, starts_at=paris(17, 9))
    late = await world.forum("Soirée des acteurs", starts_at=paris(17, 18, 30), lasts=timedelta(hours=2))
    await registers(world, early, lea)
    await registers(world, late, lea)
    await world.moves_to(paris(17, 7, 30))
    before = len(lea.chat_with().messages)

    for moment in (paris(17, 7, 59), paris(17, 8), paris(17, 17, 50)):
        await world.moves_to(moment)
    assert told(lea, before) == [
        "Le forum commence aujourd’hui à 9 h.",
        "Le forum commence aujourd’hui à 18 h 30.",
        TITLE,
        "Le forum commence dans 40 minutes.",
    ]
    await world.moves_to(paris(17, 23))
    assert len(told(lea, before)) == 4
    await world.moves_to(paris(18, 8))
    assert told(lea, before)[4:] == ["Soirée des acteurs"]
    await world.taps(lea, "Pourquoi ce message ?")
    assert world.reads(lea).startswith("Vous aviez une place à ce forum : ")


async def test_who_gave_the_place_up_or_wants_no_reminder_is_left_alone(world: World) -> None:
    lea, sam, zoe, mia = [await world.known(name) for name in ("Léa", "Sam", "Zoé", "Mia")]
    forum = await world.forum(TITLE)
    await registers(world, forum, lea, sam, zoe, mia)
    await world.taps(lea, "Annuler mon inscription")
    await world.taps(lea, "Oui, annuler")
    await _switches_off(world, sam, "✓ 7 jours avant")
    mia.blocks()
    await world.settle()

    await world.moves_to(paris(10, 14))

    assert [told(person) for person in (lea, sam, zoe, mia)] == [
        [],
        [],
        ["Le forum commence le jeudi 17 décembre 2026 à 14 h."],
        [],
    ]
    await world.taps(zoe, "Pourquoi ce message ?")
    assert world.reads(zoe).endswith("réglages.")
    await world.forges(zoe, f"forum.said:{forum.id}:useful")
    assert world.reads(zoe) == ("L’évènement n’a pas encore commencé : la question vous sera posée après.")
    await world.forges(zoe, f"forum.said:{forum.id}:wonderful")
    assert world.reads(zoe).startswith("Cet élément n’existe plus.")
    assert OVER not in told(zoe)


async def _switches_off(world: World, person: Person, lead: str) -> None:
    await world.says(person, "/reglages")
    await world.taps(person, "Rappels")
    await world.taps(person, lead)


async def _answers(world: World) -> list[Feedback | None]:
    return [
        None if row["feedback"] is None else Feedback(row["feedback"]) for row in (await world.kept())["registrations"]
    ]
