"""A date poll of « Toits solaires », for stories."""

from datetime import datetime

from programme.date_polls import DateAnswer, DateOption, DatePoll
from programme.people import Person
from programme.usecases.answer_dates import answer_date
from programme.usecases.ask_for_dates import DatesAsked, ask_for_dates
from tests.programme.usecases.town import PARIS, Town, paris
from tests.storage.brest import NOW

TUESDAY, THURSDAY, FRIDAY = paris(8, 18, 30), paris(10, 18, 30), paris(11, 12)
CLOSES_AT = paris(4, 18)


def proposes(
    town: Town,
    *moments: datetime,
    closes_at: datetime | None = CLOSES_AT,
    by: Person | None = None,
    title: str = "Atelier",
) -> DatePoll:
    """Have Maude, or somebody else, propose dates: a Tuesday, a Thursday and a Friday unless told otherwise."""
    asked = DatesAsked(
        coalition=town.toits.id,
        title=title,
        moments=moments or (THURSDAY, TUESDAY, FRIDAY),
        place="Les Capucins",
        closes_at=closes_at,
    )
    return ask_for_dates(town.uow, (by or town.facilitator).id, asked, NOW, PARIS)


def options(town: Town, poll: DatePoll) -> list[DateOption]:
    return list(town.uow.date_polls.options(poll.id))


def says(town: Town, who: Person, option: DateOption, answer: DateAnswer, now: datetime = NOW) -> DatePoll:
    return answer_date(town.uow, who.id, option.id, answer, now)
