"""A forum in the town, and people who come, wait and go, by their names."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from programme.forums import Forum, Registration
from programme.ids import OrganisationId
from programme.notices import Notice
from programme.people import Person, Preferences
from programme.usecases.cancel_registration import cancel_registration
from programme.usecases.confirm_offer import confirm_offer
from programme.usecases.introduce_person import mark_reachable
from programme.usecases.pass_on_offers import pass_on_offers
from programme.usecases.plan_forum import ForumPlan, plan_forum
from programme.usecases.register import RegistrationAsked, register
from tests.programme.usecases.town import NO_QUIET_HOURS, PARIS, Town
from tests.storage.brest import NOW, person

STARTS_AT = NOW + timedelta(days=40)
"""Sunday 3 January 2027 at 10:00 in Brest."""
ENDS_AT = STARTS_AT + timedelta(hours=8)
CLOSE = STARTS_AT - timedelta(hours=48)
"""From here on freed places are offered."""
ALMOST_CLOSE = CLOSE - timedelta(minutes=1)
SEVERAL_DAYS_BEFORE = STARTS_AT - timedelta(days=5)


def plan(places: int = 2, starts_at: datetime = STARTS_AT) -> ForumPlan:
    return ForumPlan("Forum 2027", starts_at, starts_at + timedelta(hours=8), "Les Capucins", "14 h : accueil", places)


@dataclass
class Gathering:
    """A forum of few places; whoever is named comes into being, and nobody has quiet hours unless they say so."""

    town: Town
    forum: Forum
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, name: str, speaks_for: OrganisationId | None = None) -> Person:
        if name not in self.people:
            preferences = Preferences(quiet_hours=NO_QUIET_HOURS)
            self.people[name] = person(self.town.uow, name, speaks_for=speaks_for, preferences=preferences)
        return self.people[name]

    def asks(self, name: str, seats: int = 1, now: datetime = NOW, **asked: Any) -> Registration:
        """Register, or ask for something else than before."""
        who, wanted = self.person(name), RegistrationAsked(seats, **asked)
        return register(self.town.uow, who.id, self.forum.id, wanted, now, PARIS)

    def come(self, *names: str, now: datetime = NOW) -> None:
        """One after the other, everybody asks for one seat."""
        for name in names:
            self.asks(name, now=now)

    def cancels(self, name: str, now: datetime = NOW) -> Registration:
        return cancel_registration(self.town.uow, self.person(name).id, self.forum.id, now, PARIS)

    def confirms(self, name: str, now: datetime) -> Registration:
        return confirm_offer(self.town.uow, self.person(name).id, self.forum.id, now, PARIS)

    def blocks(self, name: str, *, again: bool = False) -> None:
        """Block the bot, or take it back."""
        mark_reachable(self.town.uow, self.person(name).id, NOW, reachable=again)

    def passes_on(self, now: datetime) -> int:
        """Let the schedule wake; gives how many batches it took."""
        batches = 0
        while pass_on_offers(self.town.uow, now, PARIS):
            batches += 1
        return batches

    def of(self, name: str) -> Registration:
        found = self.town.uow.registrations.of(self.person(name).id, self.forum.id)
        assert found is not None
        return found

    @property
    def states(self) -> dict[str, str]:
        """What became of everybody's last registration, in the order in which they came."""
        last = {
            registration.id: (name, registration.state.value)
            for name, who in self.people.items()
            for registration in self.town.uow.registrations.of_person(who.id)[-1:]
        }
        return dict(last[key] for key in sorted(last))

    @property
    def told(self) -> list[tuple[str, Notice]]:
        return self.town.told()


def gather(town: Town, places: int = 2, starts_at: datetime = STARTS_AT) -> Gathering:
    """Have Anne plan a forum."""
    return Gathering(town, plan_forum(town.uow, town.staff.id, plan(places, starts_at), NOW, PARIS))
