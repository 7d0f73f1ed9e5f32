"""Meetings: planned, answered, moved, cancelled, reminded; the agenda and what leaves it for calendars."""

from datetime import timedelta

from programme.ids import CoalitionId, PersonId
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour


async def walk(tour: Tour) -> None:
    """Who facilitates plans, moves and cancels; a member answers and is reminded."""
    nour, yann, anne = tour.visitor("Nour"), tour.visitor("Yann"), tour.visitor("Anne")
    coalition = await tour.world.coalition(LED)
    await nour.forges("again:move_meeting", "No meeting to move", label="Start again")
    await anne.says("/rencontre", "A meeting: for which coalition")
    await nour.says("/rencontre", "A meeting: on one date, or more")
    await nour.taps("One date", "A meeting: its subject")
    await nour.says("La charte des organisateurs", "A meeting: its kind")
    await nour.taps("Launch meeting", "A meeting: when")
    await nour.says("1/12/2026 18:30", "A meeting: where")
    await nour.says("La Carène", "A meeting: its agenda")
    await nour.taps("Skip", "A meeting: who chairs it")
    await nour.taps("Nobody yet", "A meeting: the review")
    await nour.taps("Confirm", "A meeting is planned")
    await yann.reads("Notice: a new meeting")
    await yann.taps("Why this message?", "Why: a new meeting")
    await yann.taps("Yes", "Answered")
    stale = yann.data_of("Maybe")
    await yann.taps("Add to my calendar", "A meeting for the calendar")
    await nour.forges(f"coalition:{coalition.id}", "Card of a coalition that will meet")
    await nour.forges("agenda:0", label="My agenda")
    await nour.taps("La charte", "A meeting, for who facilitates")
    await nour.taps("Move it", "Another moment")
    await nour.says("2/12/2026 18:30", "Another place, or the same")
    await nour.taps("Skip", "The new moment of a meeting: the review")
    await nour.taps("Confirm", "The meeting has moved")
    await yann.reads("Notice: the meeting has moved")
    await yann.taps("Why this message?", "Why: a meeting has moved")
    await yann.forges(stale, "An answer to what was before the move", label="Maybe")
    await nour.forges("again:move_meeting", "Which meeting to move", label="Start again")
    await tour.world.moves_to(tour.paris(26, 9, month=11))
    await yann.reads("Notice: a meeting in a week")
    await yann.taps("Why this message?", "Why: seven days before")
    await tour.world.moves_to(tour.paris(1, 18, 30))
    await yann.reads("Notice: a meeting tomorrow")
    await yann.taps("Why this message?", "Why: the day before")
    await tour.world.moves_to(tour.paris(2, 17, 50))
    await yann.reads("Notice: a meeting in 40 minutes")
    await yann.taps("Why this message?", "Why: two hours before")
    await nour.says("/agenda")
    await nour.taps("La charte")
    await nour.taps("Cancel it", "Whether to cancel a meeting")
    await nour.taps("Cancel the meeting", "The meeting is cancelled")
    await yann.reads("Notice: the meeting is cancelled")
    await yann.taps("Take it off my calendar", "A meeting to take off the calendar")
    meeting = stale.split(":")[1]
    await yann.forges(f"answer:{meeting}:1:yes", "Refused: it is over", label="Yes")


async def walk_agenda(tour: Tour) -> None:
    """What one said to what, and the private address for calendars."""
    nour, yann, cho, lou = [tour.visitor(name) for name in ("Nour", "Yann", "Cho", "Lou")]
    await lou.says("/agenda", "Nothing planned")
    coalition = await tour.world.coalition(LED)
    await tour.does(lambda uow: _plan_six(uow, nour.number(uow), coalition.id, tour))
    yann.looks_away()
    await yann.says("/agenda", "My agenda")
    await cho.says("/agenda", "My agenda, with a forum")
    await yann.taps("Subscribe from my calendar", "Address for a calendar")
    await yann.taps("Change the address", "Another address")
    await yann.taps("Stop", "No address any more")


def _plan_six(uow: SqlUnitOfWork, by: PersonId, coalition: CoalitionId, tour: Tour) -> None:
    now = tour.world.clock.now()
    for number in range(6):
        plan = MeetingPlan(
            coalition, f"Rencontre {number + 1}", tour.paris(8 + number, 18), "https://visio.example.org/jalon"
        )
        plan_meeting(uow, by, plan, now + timedelta(seconds=number), tour.world.territory.zone)
