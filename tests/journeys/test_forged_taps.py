"""Forged taps: whatever callback data comes, the tap is answered and nothing changes that one may not change."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from handlers.feature import Handler
from handlers.forms import ROUTE
from handlers.router import _CONVERSATION_BUTTONS, ROUTES
from programme.announcements import AudienceKind, Content, Part
from programme.usecases.write_announcement import write_announcement
from simulator.network import Query
from simulator.people import Person
from tests.journeys.two_coalitions import TwoCoalitions, two_coalitions
from tests.world import World

pytestmark = pytest.mark.usefixtures("untroubled")

NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
OVER = "C’est déjà passé ou déjà décidé : rien n’a été modifié."
WELCOME = "Bonjour ! Je suis Jalon, l’assistant de Brest métropole."

EMOJI = "🦊" * 16
BUTTONS = sorted({*ROUTES.buttons, *_CONVERSATION_BUTTONS})
STAFFS_ROUTES = {name for name, one in ROUTES.buttons.items() if one.__module__.startswith("handlers.staff.")}
AT_A_TIME = 10
GARBAGE = (
    "",
    ":::::",
    ":-1",
    ":0:0:0",
    ":1e3",
    ":١",
    ":2147483648",
    ":99999999999999999999999999999999999999",
    ":999999:0:yes",
    ":all:-1",
    ":<b>{0}%s",
    ":'; DROP TABLE people; --",
    ":\x00",
    ":\N{RIGHT-TO-LEFT OVERRIDE}1",
)
NOT_EVEN_A_ROUTE = ("", ":", "::::", "a" * 64, EMOJI, "\x00", "menu ", "MENU", "annuler", "/start", "__class__", "none")
OPEN_TO_ALL = frozenset({"join", "pause.set", "forum.in"})
"""Buttons with which somebody who belongs to no coalition changes something by right, given a true number."""


@pytest.mark.parametrize(("role", "dealt_to"), [("staff", 3), ("member", 5)])
async def test_garbage_behind_any_button_changes_nothing(world: World, role: str, dealt_to: int) -> None:
    # Each kind of garbage is dealt to every third button of staff, who may open every door, and every fifth of others.
    there = await two_coalitions(world)
    (person,) = there.people(role)
    before = await world.kept(besides=person)
    for some in _some_at_a_time(BUTTONS):
        data = [one for route in some for one in _garbage(route)[BUTTONS.index(route) % dealt_to :: dealt_to]]
        assert _spinning(await _all_tapped(world, person, data)) == []
        assert await world.kept(besides=person) == before, some


@pytest.mark.parametrize("role", ["stranger", "outsider", "staff"])
async def test_what_is_no_button_at_all_changes_nothing(world: World, role: str) -> None:
    there = await two_coalitions(world)
    (person,) = there.people(role)
    before = await world.kept()
    taps = await _all_tapped(world, person, NOT_EVEN_A_ROUTE)
    assert _spinning(taps) == []
    assert await world.kept() == before


async def test_true_numbers_behind_any_button_change_nothing_for_who_belongs_nowhere(world: World) -> None:
    there = await two_coalitions(world)
    before = await world.kept(besides=there.outsider)
    numbers = (1, 2, 3, 4, there.proposed.id)
    # Those of the project team ask first who taps, whatever the number: they are tried below, each once.
    for some in _some_at_a_time(sorted(set(BUTTONS) - OPEN_TO_ALL - STAFFS_ROUTES)):
        data = [f"{route}:{number}{end}" for route in some for number in numbers for end in ("", ":0:yes", ":yes")]
        assert _spinning(await _all_tapped(world, there.outsider, data)) == []
        assert await world.kept(besides=there.outsider) == before, some


async def test_any_button_welcomes_who_is_not_known_yet(world: World) -> None:
    stranger = world.stranger("Inconnue")
    await world.says(stranger, "/start")
    before = await world.kept()
    for route in sorted(name for name in BUTTONS if _handlers().get(name) not in ROUTES.strangers):
        assert await _tapped(world, stranger, f"{route}:1") == WELCOME, route
    assert await world.kept() == before


FACILITATORS_BUTTONS: dict[str, Callable[[TwoCoalitions], str]] = {
    "see the requests": lambda there: f"requests:{there.coalition.id}",
    "see a request": lambda there: f"request:{there.asked.id}",
    "accept": lambda there: f"decide:{there.asked.id}:yes",
    "refuse": lambda there: f"decide:{there.asked.id}:no",
    "hand over": lambda there: f"decide:{there.asked.id}:lead",
    "invite": lambda there: f"invite:{there.coalition.id}",
    "plan": lambda there: f"plan:{there.coalition.id}",
    "move": lambda there: f"move:{there.meeting.id}",
    "ask to cancel": lambda there: f"cancel:{there.meeting.id}",
    "cancel": lambda there: f"cancel.sure:{there.meeting.id}:{there.meeting.version}",
    "nudge": lambda there: f"nudge:{there.meeting.id}:{there.meeting.version}",
    "choose who chairs": lambda there: f"chairs.name:{there.meeting.id}",
    "note who came": lambda there: f"attendance:{there.over.id}:0",
    "note that all came": lambda there: f"attendance.all:{there.over.id}",
    "keep minutes": lambda there: f"minutes.keep:{there.over.id}",
}
FACILITATORS_ROUTES = (
    "agreement.write",
    "attendance.of",
    "card.draft",
    "card.preview",
    "card.publish",
    "card.publish.vote",
    "chairs.new",
    "chairs.order",
    "dates.ask",
    "invite.all",
    "invite.new",
    "milestone.new",
    "minutes.of",
    "nudge.next",
    "plan.once",
    "plan.poll",
    "plan.series",
    "roadmap.choose",
    "roadmap.new",
    "roadmap.vote",
    "roadmap.vote.sure",
    "support.mine",
    "support.new",
)
"""Buttons with the number of a coalition behind them."""
STAFFS_BUTTONS: dict[str, Callable[[TwoCoalitions], str]] = {
    "the desk": lambda _: "team",
    "see a proposal": lambda there: f"proposal:{there.proposed.id}",
    "approve": lambda there: f"approve:{there.proposed.id}",
    "refuse": lambda there: f"disapprove:{there.proposed.id}",
    "hand over": lambda there: f"decide:{there.asked.id}:lead",
    "the forums": lambda _: "team.forums",
    "announce a forum": lambda _: "forum.plan",
    "move a forum": lambda there: f"forum.move:{there.forum.id}",
    "its places": lambda there: f"forum.places:{there.forum.id}",
    "ask to call a forum off": lambda there: f"forum.off:{there.forum.id}",
    "call a forum off": lambda there: f"forum.off.sure:{there.forum.id}:{there.forum.version}",
}
STAFFS_WORDS = {"take": "take:members:csv"}
"""Buttons of the project team that bear words; behind all others numbers are tried, of things that there are."""
MEMBERS_BUTTONS: dict[str, Callable[[TwoCoalitions], str]] = {
    "see a meeting": lambda there: f"meeting:{there.meeting.id}",
    "answer": lambda there: f"answer:{there.meeting.id}:{there.meeting.version}:yes",
    "calendar": lambda there: f"calendar:{there.meeting.id}",
}


async def test_a_facilitators_button_refuses_everybody_else(world: World) -> None:
    there = await two_coalitions(world)
    people = there.people("member", "other_facilitator", "outsider")
    before = await world.kept()
    buttons = {deed: data(there) for deed, data in FACILITATORS_BUTTONS.items()}
    for deed, data in (buttons | {route: f"{route}:{there.coalition.id}" for route in FACILITATORS_ROUTES}).items():
        answers = [await _tapped(world, person, data) for person in people]
        assert answers == [NOT_ALLOWED] * len(people), deed
        assert await _tapped(world, there.stranger, data) == WELCOME, deed
        assert await world.kept() == before, deed


async def test_a_button_of_the_project_team_refuses_everybody_else(world: World) -> None:
    there = await two_coalitions(world)
    people = there.people("facilitator", "member", "outsider")
    before = await world.kept()
    for deed, data in STAFFS_BUTTONS.items():
        answers = [await _tapped(world, person, data(there)) for person in people]
        assert answers == [NOT_ALLOWED] * len(people), deed
        assert await _tapped(world, there.stranger, data(there)) == WELCOME, deed
        assert await world.kept() == before, deed


async def test_every_button_of_the_project_team_refuses_who_facilitates(world: World) -> None:
    there = await two_coalitions(world)
    by, now = (await world.record_of(there.staff)).id, world.clock.now()
    audience = (Part(AudienceKind.EVERYBODY),)
    await world.does(lambda uow: write_announcement(uow, by, Content("Bonjour"), audience, now))
    routes = sorted(STAFFS_ROUTES)
    before, chat = await world.kept(), there.facilitator.chat_with()
    seen = len(chat.messages)

    taps = await _all_tapped(world, there.facilitator, [STAFFS_WORDS.get(one, f"{one}:1:1:1") for one in routes])

    assert _spinning(taps) == []
    answers = dict(zip(routes, (message.text for message in chat.messages[seen:]), strict=True))
    assert answers == dict.fromkeys(routes, NOT_ALLOWED)
    assert await world.kept() == before


async def test_a_members_button_refuses_who_is_not_in_the_coalition(world: World) -> None:
    there = await two_coalitions(world)
    people = there.people("other_facilitator", "outsider")
    before = await world.kept()
    for deed, data in MEMBERS_BUTTONS.items():
        answers = [await _tapped(world, person, data(there)) for person in people]
        assert answers == [NOT_ALLOWED] * len(people), deed
        assert await _tapped(world, there.stranger, data(there)) == WELCOME, deed
        assert await world.kept() == before, deed


GONE: dict[str, tuple[str, Callable[[TwoCoalitions], str], str]] = {
    "join a proposed coalition": ("outsider", lambda there: f"join:{there.proposed.id}", NOT_THERE),
    "join a refused coalition": ("outsider", lambda there: f"join:{there.refused.id}", NOT_THERE),
    "see a proposed coalition": ("outsider", lambda there: f"coalition:{there.proposed.id}", NOT_THERE),
    "leave a refused coalition": ("member", lambda there: f"leave:{there.refused.id}", NOT_THERE),
    "leave without being in it": ("outsider", lambda there: f"leave:{there.coalition.id}", OVER),
    "plan for a proposed coalition": ("staff", lambda there: f"plan:{there.proposed.id}", NOT_THERE),
    "plan for a refused coalition": ("staff", lambda there: f"plan:{there.refused.id}", NOT_THERE),
    "invite to a refused coalition": ("staff", lambda there: f"invite:{there.refused.id}", NOT_THERE),
    "requests of a refused coalition": ("staff", lambda there: f"requests:{there.refused.id}", NOT_THERE),
    "answer a cancelled meeting": ("member", lambda there: f"answer:{there.cancelled.id}:1:yes", OVER),
    "answer a past meeting": ("member", lambda there: f"answer:{there.over.id}:0:yes", OVER),
    "move a cancelled meeting": ("facilitator", lambda there: f"move:{there.cancelled.id}", OVER),
    "move a past meeting": ("facilitator", lambda there: f"move:{there.over.id}", OVER),
    "ask to cancel a cancelled meeting": ("facilitator", lambda there: f"cancel:{there.cancelled.id}", OVER),
    "cancel a cancelled meeting": ("facilitator", lambda there: f"cancel.sure:{there.cancelled.id}:1", OVER),
    "cancel a past meeting": ("facilitator", lambda there: f"cancel.sure:{there.over.id}:0", OVER),
    "accept who was declined": ("facilitator", lambda there: f"decide:{there.declined.id}:yes", OVER),
    "confirm a place that is none": ("outsider", lambda there: f"forum.confirm:{there.forum.id}", OVER),
    "confirm while waiting": ("facilitator", lambda there: f"forum.confirm:{there.forum.id}", OVER),
    "decline what is confirmed": ("member", lambda there: f"forum.decline:{there.forum.id}", OVER),
    "give up without a place": ("outsider", lambda there: f"forum.leave:{there.forum.id}", OVER),
    "a ticket while waiting": ("facilitator", lambda there: f"forum.ticket:{there.forum.id}", NOT_THERE),
    "approve what was refused": ("staff", lambda there: f"approve:{there.refused.id}", OVER),
    "refuse what was refused": ("staff", lambda there: f"disapprove:{there.refused.id}", OVER),
    "refuse an active coalition": ("staff", lambda there: f"disapprove:{there.coalition.id}", OVER),
    "explain an unknown rule": ("member", lambda _: "why:because", NOT_THERE),
    "go on with somebody’s conversation": ("member", lambda _: "resume:1", NOT_THERE),
    "stop somebody’s conversation": ("member", lambda _: "stop:1", NOT_THERE),
    "begin an unknown conversation": ("member", lambda _: "again:nothing", NOT_THERE),
}


async def test_what_is_over_can_not_be_done_even_by_who_might(world: World) -> None:
    there = await two_coalitions(world)
    before = await world.kept()
    for deed, (role, data, words) in GONE.items():
        (person,) = there.people(role)
        assert await _tapped(world, person, data(there)) == words, deed
        assert await world.kept() == before, deed


async def test_cancelling_needs_the_meeting_that_was_shown(world: World) -> None:
    there = await two_coalitions(world)
    before = await world.kept()
    for version in ("", ":", ":7", ":x", f":{EMOJI[:8]}"):
        query = await world.forges(there.facilitator, f"cancel.sure:{there.meeting.id}{version}")
        assert query.answered is not None
        assert await world.kept() == before


async def test_an_answer_that_is_none_changes_nothing(world: World) -> None:
    there = await two_coalitions(world)
    before = await world.kept()
    for answer in ("", "YES", "oui", " yes", EMOJI[:8], "None"):
        data = f"answer:{there.meeting.id}:{there.meeting.version}:{answer}"
        assert await _tapped(world, there.member, data) == NOT_THERE
        assert await world.kept() == before


async def test_a_conversations_buttons_obey_only_who_began_it(world: World) -> None:
    lea, sam = await world.member("Léa"), await world.member("Sam")
    await world.says(lea, "/proposer")
    asked = lea.chat_with().last
    await world.says(sam, "/proposer")
    before = await world.kept()
    cancelling = next(one.data for row in asked.rows for one in row if one.data and one.data.endswith(":cancel"))

    query = await world.forges(sam, cancelling)

    assert query.answered == {
        **(query.answered or {}),
        "text": "Ces boutons sont réservés à la personne qui a commencé.",
        "show_alert": True,
    }
    assert await world.kept() == before


async def test_a_conversations_buttons_take_no_garbage(world: World) -> None:
    lea = await world.member("Léa")
    await world.says(lea, "/proposer")
    before = await world.kept()
    asked = lea.chat_with().last
    (stem,) = {":".join(one.data.split(":")[:3]) for row in asked.rows for one in row if one.data}
    endings = ("", ":", ":a", ":a:", ":a:o:x", ":confirm", ":back", ":keep", ":skip", ":line:name", f":{EMOJI[:8]}")
    taps = await _all_tapped(world, lea, [stem + ending for ending in endings])
    taps += await _all_tapped(world, lea, [f"{ROUTE}:1:1:cancel:{EMOJI[:8]}", f"{ROUTE}:-1:1:cancel", f"{ROUTE}:1:²:x"])
    assert _spinning(taps) == []
    assert await world.kept() == before


async def test_a_tap_on_a_message_that_is_gone_is_answered_below(world: World) -> None:
    lea = await world.member("Léa")
    menu = lea.chat_with().last
    lea.deletes(menu)
    query = await world.forges(lea, "agenda:0", menu)
    assert (query.answered is not None, lea.last_read.splitlines()[0]) == (True, "Mon agenda")


async def test_a_tap_on_a_message_too_old_to_be_known_is_answered(world: World) -> None:
    lea = await world.member("Léa")
    menu = lea.chat_with().last
    await world.moves_by(timedelta(days=400))
    known = menu.fields
    menu.fields = {"chat": known["chat"], "message_id": known["message_id"], "date": 0}
    query = lea.taps_data("agenda:0", menu)
    menu.fields = known
    await world.settle()
    assert (query.answered is not None, menu.text.splitlines()[0]) == (True, "Mon agenda")


async def test_a_tap_without_its_message_is_answered(world: World) -> None:
    lea = await world.member("Léa")
    lost: dict[str, object] = {"from": lea.user, "chat_instance": "1", "data": "agenda:0"}
    query = lea.taps_data("help", lea.chat_with().last)
    world.bot.updates.push("callback_query", {"id": f"{query.id}0", **lost})
    await world.settle()
    assert lea.last_read.splitlines()[0] == "Mon agenda"


async def test_a_tap_that_could_not_be_answered_in_time_still_does_its_deed(world: World) -> None:
    there = await two_coalitions(world)
    meeting = there.meeting
    query = there.member.taps_data(f"answer:{meeting.id}:{meeting.version}:yes", there.member.chat_with().last)
    world.clock.move_by(timedelta(minutes=20))
    await world.settle()
    answers = (await world.kept())["answers"]
    assert (query.answered, [row["answer"] for row in answers]) == (None, ["yes"])


def _handlers() -> dict[str, Handler]:
    return {**ROUTES.buttons, **_CONVERSATION_BUTTONS}


async def _all_tapped(world: World, person: Person, data: "list[str] | tuple[str, ...]") -> list[Query]:
    """Tap all these at once on one message, so that the bot edits that message many times."""
    message = next(one for one in person.chat_with().latest() if one.sender_id == world.bot.id)
    queries = [person.taps_data(one, message) for one in data]
    await world.settle(within=60)
    return queries


def _some_at_a_time(routes: list[str]) -> Iterator[list[str]]:
    """Give the routes in small lots: what is kept is looked at after each lot, and the lot named where it changed."""
    yield from (routes[start : start + AT_A_TIME] for start in range(0, len(routes), AT_A_TIME))


def _garbage(route: str) -> list[str]:
    filled = f"{route}:{EMOJI}".encode()[:64].decode(errors="ignore")
    return [*(route + words for words in GARBAGE), filled]


def _spinning(taps: list[Query]) -> list[Query]:
    return [tap for tap in taps if tap.answered is None]


async def _tapped(world: World, person: Person, data: str) -> str:
    """Tap, see the tap answered, and give the first line read then."""
    query = await world.forges(person, data)
    assert query.answered is not None
    return world.reads(person).splitlines()[0]
