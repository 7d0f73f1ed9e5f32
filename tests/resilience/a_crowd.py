"""Many members of one coalition, entered without the words that lead there, and their meeting."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from programme.ids import PersonId, TelegramId
from programme.meetings import Meeting
from programme.memberships import MembershipState
from programme.people import Preferences
from programme.quiet_hours import QuietHours
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from simulator.people import Person
from simulator.telegram import Telegram
from storage.unit_of_work import SqlUnitOfWork

AT_ANY_HOUR = QuietHours(time(0), time(0))
GROUP = "Mobilités alternatives"


def crowd(telegram: Telegram, number: int) -> list[Person]:
    """People who have opened their chat with the bot, so that it may write to them."""
    people = [telegram.new_person(f"Membre {one}") for one in range(1, number + 1)]
    for person in people:
        person.chat_with().started = True
    return people


def meets(uow: SqlUnitOfWork, people: list[Person], starts_at: datetime, now: datetime, zone: ZoneInfo) -> Meeting:
    """Make the people members, the first of them as facilitator, and plan their meeting."""
    coalition = uow.coalitions.by_name(GROUP)
    assert coalition is not None
    members: list[PersonId] = []
    for person in people:
        preferences = Preferences(quiet_hours=AT_ANY_HOUR)
        known = uow.people.add(TelegramId(person.id), person.user["first_name"], None, now, preferences)
        facilitates = not members
        uow.memberships.put(known.id, coalition.id, MembershipState.ACCEPTED, now, facilitator=facilitates)
        members.append(known.id)
    plan = MeetingPlan(coalition.id, "Une rencontre pour tous", starts_at, "ENIB")
    return plan_meeting(uow, members[0], plan, now, zone)


def reminders(person: Person) -> list[str]:
    """The first lines of the reminders somebody got, in their order, with plain spaces."""
    first_lines = [" ".join(message.text.split("\n", 1)[0].split()) for message in person.chat_with().messages]
    return [line for line in first_lines if line.startswith("Rappel")]
