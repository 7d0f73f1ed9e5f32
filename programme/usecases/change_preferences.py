"""Change how one is reminded."""

from dataclasses import replace
from datetime import datetime

from programme.ids import PersonId
from programme.people import Person, Preferences
from programme.ports import UnitOfWork


def change_preferences(uow: UnitOfWork, person_id: PersonId, preferences: Preferences, now: datetime) -> Person:
    """Keep a person's new preferences; reminders whose time is near follow them at once."""
    person = replace(uow.people.get(person_id), preferences=preferences)
    uow.people.save(person)
    uow.reminders.look_again(now)
    return person
