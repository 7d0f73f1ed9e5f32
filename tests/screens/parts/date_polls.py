"""Dates to choose from: proposed, answered in the group and in private, and one of them made the meeting."""

from datetime import timedelta

from programme.date_polls import DatePoll
from programme.usecases.ask_for_dates import DatesAsked, ask_for_dates
from tests.screens.parts.cast import changes, talks
from tests.screens.parts.coalitions import LED
from tests.screens.tour import Tour, Visitor

DECIDED = "Choisir nos premières actions"
IN_THE_MORNING = timedelta(hours=13)


async def walk(tour: Tour) -> None:
    """One poll is asked with all that can go wrong, answered and decided; another one is called off."""
    nour, lou, yann, sam = [tour.visitor(name) for name in ("Nour", "Lou", "Yann", "Sam")]
    coalition, group = await tour.world.coalition(LED), talks(tour)
    await nour.says("/rencontre")
    await nour.taps("Several dates to choose from", "Dates: what the meeting is about")
    await nour.says(DECIDED, "Dates: the kind")
    await nour.taps("Workshop")
    await nour.says("ENIB")
    await nour.taps("Skip", "Dates: which ones")
    for visitor in (lou, yann, sam):
        visitor.looks_away()
    await _proposes(tour, nour)
    await nour.says("16/12/2026 18:30", "Dates: the review")
    await nour.taps("Confirm", "Refused: answers until after the first date")
    await nour.taps("Correct")
    await nour.taps("Answers until")
    await nour.taps("Skip")
    tour.news(group)
    await nour.taps("Confirm", "Dates are proposed")
    await nour.reads("The card of proposed dates", there=group)
    await lou.reads("Notice: dates are proposed")
    await lou.taps("Why this message?", "Why: dates are proposed")
    poll = (await tour.does(lambda uow: uow.date_polls.open_of(coalition.id)))[0]
    stale = lou.data_of("if need be")
    await lou.taps("if need be", "One date answered")
    second = (await tour.does(lambda uow: uow.date_polls.options(poll.id)))[1]
    await lou.forges(f"date:{second.id}:yes", "Every date answered")
    await yann.taps("if need be", "One date answered in the group", there=group)
    for label in ("if need be", "no"):
        await sam.taps(label, there=group)
    await changes(nour, "The card with answers", group)
    eva = await tour.has("Léo")
    await eva.says(f"/start dates_{poll.id}", "The way in for who is not a member")
    await _decides(tour, poll, stale)
    await _called_off(tour)


async def _decides(tour: Tour, poll: DatePoll, stale: str) -> None:
    """Have the poll close, and one of its dates made the meeting."""
    nour, lou, group = tour.visitor("Nour"), tour.visitor("Lou"), talks(tour)
    await lou.says("/rencontres", "Meetings and dates, in the group", there=group)
    await lou.taps("Poll: {title}", there=group, title=poll.title)
    await nour.says("/rencontres")
    await nour.taps("Poll: {title}", "Proposed dates, for who facilitates", title=poll.title)
    await nour.taps("Choose the date", "Which date to choose")
    await nour.taps("‹ Back")
    await nour.taps("Call the poll off", "Whether to call a poll off")
    await nour.taps("Keep the poll")
    nour.looks_away()
    await tour.world.moves_to(poll.closes_at)
    await nour.reads("Notice: the answers are in")
    await nour.taps("Why this message?", "Why: the answers are in")
    await nour.says("/rencontres", "The card of a closed poll")
    first = next(iter(await tour.does(lambda uow: uow.date_polls.options(poll.id))))
    await nour.forges(f"date.decide:{first.id}", "A date becomes the meeting")
    await nour.forges(f"date.decide:{first.id}", "Decided before")
    await changes(nour, "The card of a decided poll", group)
    await lou.forges(stale, "An answer that comes too late")
    await lou.forges(stale, "An answer that comes too late, in the group", there=group)


async def _called_off(tour: Tour) -> None:
    """Have every date of a poll pass before one is chosen; it is called off."""
    nour, coalition = tour.visitor("Nour"), await tour.world.coalition(LED)
    moments = tuple(tour.paris(15, hour) for hour in (9, 10))
    asked = DatesAsked(coalition.id, "Point rapide", moments, "ENIB")
    now, zone = tour.world.clock.now(), tour.world.territory.zone
    poll = await tour.does(lambda uow: ask_for_dates(uow, nour.number(uow), asked, now, zone))
    await tour.world.moves_to(tour.paris(15, 11))
    nour.looks_away()
    await nour.forges(f"date.choose:{poll.id}", "Every date is over")
    await nour.forges(f"date.off:{poll.id}")
    await nour.taps("Yes, call it off", "A poll is called off")
    await nour.forges(f"dates.ask:{coalition.id}")
    await nour.taps("Cancel")


async def _proposes(tour: Tour, nour: Visitor) -> None:
    """Write dates one by one and several at once, and take most of them off."""
    either = tour.either
    written = either("20h, 15/12 18h30, jeudi, un de ces jours", "20:00, 15/12 18:30, Thursday, one of these days")
    await nour.says(written, "Dates: some are not clear")
    await nour.says(either("aujourd’hui 23h", "today 23:00"))
    await tour.world.moves_by(IN_THE_MORNING)
    nour.looks_away()
    await nour.says("17/12/2026 18:30", "Dates: those there are so far")
    await nour.forges(_own(nour, "all")[0], "Dates: one is over meanwhile")
    await nour.taps("Take one off", "Dates: which one comes off")
    await nour.taps("‹ None of them")
    await nour.taps("Take one off")
    await nour.forges(_own(nour, "off")[0])
    days = ", ".join(f"{day}/01/2027 18:00" for day in range(4, 13))
    await nour.says(days, "Dates: one too many")
    for _ in range(8):
        await nour.taps("Take one off")
        await nour.forges(_own(nour, "off")[-1])
    await nour.forges(_own(nour, "all")[0], "Dates: until when to answer")


def _own(visitor: Visitor, does: str) -> list[str]:
    """Give what those buttons of the question carry that do this."""
    message = visitor.person.last_message
    assert message is not None
    return [button.data for row in message.rows for button in row if button.data and f":{does}" in button.data]
