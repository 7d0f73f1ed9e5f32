"""Meetings in the group of a coalition: one card that everybody answers, brought to the end, moved and cancelled."""

from collections.abc import Iterable

from programme.ids import MeetingId, PersonId
from programme.meetings import Answer
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.cast import changes, crowd_comes, crowd_leaves, talks
from tests.screens.parts.coalitions import LED, OPEN
from tests.screens.tour import Tour

VISIT = "Visite de la ressourcerie"


async def walk(tour: Tour) -> None:
    """Nour plans from the group; members answer there, others come in through their answer."""
    nour, lou, sam, zoe = [tour.visitor(name) for name in ("Nour", "Lou", "Sam", "Zoé")]
    group = talks(tour)
    await sam.says("/rencontre", there=group)
    await sam.reads("Refused in private: only who facilitates plans")
    await nour.says("/rencontre", there=group)
    await nour.reads("A meeting planned from the group: on one date, or more")
    await nour.taps("One date")
    await nour.says(VISIT)
    await nour.taps("Visit")
    await nour.says("8/12/2026 14:00")
    await nour.says("La Ressourcerie, Brest")
    await nour.says("Visite de l’atelier\nQuestions et retours", "Who chairs, in turn or not")
    await nour.says("sam", "A meeting with its kind, its agenda and its chair: the review")
    tour.news(group)
    await nour.taps("Confirm")
    await nour.reads("The card of a meeting", there=group)
    await lou.taps("Yes", "Answered in the group", there=group)
    await changes(lou, "The card with an answer", group)
    stale = next(button.data for row in group.last.rows for button in row if button.data)
    meeting = MeetingId(int(stale.split(":")[1]))
    await zoe.taps("Yes", "Answered by who has asked to join", there=group)
    await lou.taps("Add to my calendar", "For one’s calendar, from the group", there=group)
    await lou.reads("The file comes in private")
    paul = await tour.has("Paul")
    await paul.says(f"/start answer_{meeting}_0_maybe", "Answered from the group by who is not a member")
    await _open_one(tour)
    crowd = await crowd_comes(tour, 20)
    await tour.does(lambda uow: _all_answer(uow, tour, meeting, crowd))
    await changes(lou, "The card with many answers", group)
    await crowd_leaves(tour, crowd)
    await lou.says("/rencontres", "Meetings, in the group", there=group)
    await lou.taps(VISIT, "The card comes to the end", there=group)
    await lou.forges("meetings:0", there=group)
    await _nudges(tour)
    lou.looks_away()
    await nour.says("/rencontres", "Meetings, in private")
    await nour.taps(VISIT, "A meeting, for who facilitates")
    await nour.forges(f"nudge:{meeting}:0", "Nudged in private")
    await nour.taps("Move it")
    await nour.says("9/12/2026 14:00")
    await nour.taps("Skip")
    tour.news(group)
    await nour.taps("Confirm")
    await nour.reads("The card of a meeting that has moved", there=group)
    await lou.forges(stale, "An answer to the card of before", there=group)
    await nour.forges(f"cancel.sure:{meeting}:1")
    await changes(nour, "The card of a cancelled meeting", group)
    await lou.forges(stale, "An answer to what is cancelled", there=group)


async def _open_one(tour: Tour) -> None:
    """Have somebody come into an open coalition through an answer."""
    anne, coalition, now = tour.visitor("Anne"), await tour.world.coalition(OPEN), tour.world.clock.now()
    plan = MeetingPlan(coalition.id, "Atelier vélo", tour.paris(10, 18), "ENIB")
    zone = tour.world.territory.zone
    meeting = await tour.does(lambda uow: plan_meeting(uow, anne.number(uow), plan, now, zone))
    mona = await tour.has("Mona")
    await mona.says(f"/start answer_{meeting.id}_0_yes", "Answered from the group of an open coalition")
    await tour.visitor("Yann").forges(f"answer:{meeting.id}:0:yes")
    await anne.forges(f"nudge:{meeting.id}:0", "Nobody is left to nudge")


def _all_answer(uow: SqlUnitOfWork, tour: Tour, meeting_id: MeetingId, members: Iterable[PersonId]) -> None:
    now = tour.world.clock.now()
    for member in (*members, tour.visitor("Nour").number(uow)):
        answer_meeting(uow, member, meeting_id, 0, Answer.YES, now)


async def _nudges(tour: Tour) -> None:
    """Ask who has not answered once more; that is possible once."""
    nour, sam, anne, group = tour.visitor("Nour"), tour.visitor("Sam"), tour.visitor("Anne"), talks(tour)
    sam.looks_away()
    await nour.says("/relancer", "Nudged from the group", there=group)
    await sam.reads("Notice: an answer is awaited")
    await sam.taps("Why this message?", "Why: an answer is awaited")
    await nour.says("/relancer", "Nudged before", there=group)
    await anne.says("/relancer", "Which coalition to nudge")
    await anne.taps(LED, "Nudged before, in private")
