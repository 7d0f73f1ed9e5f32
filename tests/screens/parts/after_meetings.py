"""After a meeting: who came, the minutes, and the questions that ask for them."""

from programme.meetings import Answer
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from storage.unit_of_work import SqlUnitOfWork
from tests.screens.parts.coalitions import LED
from tests.screens.parts.date_polls import DECIDED
from tests.screens.tour import Tour, Visitor

REVIEW = "Bilan de l’année"


async def walk(tour: Tour) -> None:
    """Two meetings take place: it is noted who came, minutes are kept, and what is missing is asked for."""
    nour, lou = tour.visitor("Nour"), tour.visitor("Lou")
    coalition = await tour.world.coalition(LED)
    await tour.does(lambda uow: _to_come(uow, tour))
    await tour.world.moves_to(tour.paris(16, 7))
    nour.looks_away()
    await nour.forges(f"step:{coalition.id}:meet", "A step that seems to be done by a meeting")
    await tour.world.moves_to(tour.paris(16, 9))
    await nour.reads("Notice: who came, and the minutes")
    await nour.taps("Why this message?", "Why: after a meeting")
    await nour.says("/presences", "Who came: to which meeting")
    await nour.taps(DECIDED, "Who came")
    await nour.forges(_own(nour, "attendance.all"), "All who said yes were there")
    await nour.taps("Yann", "One more was there")
    await tour.world.moves_to(tour.paris(17, 15))
    nour.looks_away()
    await nour.says("/compterendu", "Minutes: of which meeting")
    await nour.taps(REVIEW, "Minutes: what they are")
    await nour.says("Onze présences.\nLa charte est adoptée.", "Minutes: the review")
    lou.looks_away()
    await nour.taps("Confirm", "Minutes are kept")
    await lou.reads("Notice: the minutes")
    await lou.taps("Why this message?", "Why: the minutes")
    nour.looks_away()
    await tour.world.moves_to(tour.paris(18, 9))
    await nour.reads("Notices: what is missing")
    await tour.world.moves_to(tour.paris(21, 9))
    nour.looks_away()
    await tour.world.moves_to(tour.paris(22, 9))
    await nour.reads("Notice: the last time that it is asked")
    await nour.taps("Add the minutes")
    nour.person.sends_document(b"%PDF", "compte-rendu.pdf", "application/pdf", "")
    await tour.world.settle()
    await nour.reads("Minutes: a file")
    await nour.taps("Confirm")
    await lou.says("/rencontres", "Meetings, when there were some")
    await lou.taps("Past meetings", "Past meetings")
    await lou.taps(REVIEW, "A past meeting")
    await lou.taps("Read the minutes", "The minutes")


def _to_come(uow: SqlUnitOfWork, tour: Tour) -> None:
    """Plan another meeting, and have Lou say yes to it and to the one that the dates led to."""
    coalition, now, zone = uow.coalitions.by_name(LED), tour.world.clock.now(), tour.world.territory.zone
    assert coalition is not None
    plan = MeetingPlan(coalition.id, REVIEW, tour.paris(17, 14), "ENIB")
    plan_meeting(uow, tour.visitor("Nour").number(uow), plan, now, zone)
    for meeting in uow.meetings.of_coalition(coalition.id, now, None):
        answer_meeting(uow, tour.visitor("Lou").number(uow), meeting.id, meeting.version, Answer.YES, now)


def _own(visitor: Visitor, route: str) -> str:
    """Give what the button of the latest message carries whose label tells a number."""
    message = visitor.person.last_message
    assert message is not None
    return next(button.data for row in message.rows for button in row if button.data and route in button.data)
