"""A day, written in everyday words or tapped in a month."""

from dataclasses import dataclass
from datetime import date

from handlers.forms.day_words import day_example, lean, shown_month, turned_month, unclear_day, wrong_day
from handlers.forms.field import Answered, Body, Outcome, State, Turned
from handlers.forms.month import month_of, month_rows, near_days, reach, tapped_day
from handlers.forms.typed_day import WholeMonth, read_day, simplified
from handlers.said import Said, Tap, Words
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Day:
    """A day on the territory's calendar, past, to come or either; `today` may be left out where the past is."""

    past: bool = True
    future: bool = True
    today: bool = True

    def ask(self, turn: Turn, state: State) -> Body:
        """Show near days by name, and a month."""
        within = reach(turn, past=self.past, future=self.future, today_too=self.today)
        rows = (*near_days(turn, within), *month_rows(turn, within, shown_month(state)))
        lines = (turn.language.say("Which day of this month?"),) if state.get("named") else ()
        return Body(rows, lines, day_example(past=self.past, future=self.future))

    def read(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Take the day tapped or written; a month written alone is shown, to choose in."""
        within = reach(turn, past=self.past, future=self.future, today_too=self.today)
        match said:
            case Tap(route="d", args=args) if on := tapped_day(args):
                return wrong_day(turn, within, on) or Answered(on.isoformat())
            case Tap(route="m" | "x"):
                return turned_month(turn, said, state)
            case Words(text):
                found = read_day(simplified(text), within.today, lean(past=self.past, future=self.future))
                if isinstance(found, WholeMonth):
                    return Turned({**state, "month": month_of(found.first), "named": True})
                if not isinstance(found, date):
                    return unclear_day(turn, found)
                return wrong_day(turn, within, found) or Answered(found.isoformat())
        return None

    def show(self, turn: Turn, value: str) -> str:
        """Write the day in full."""
        return turn.language.day(date.fromisoformat(value))

    def into(self, value: str) -> date:
        """Give the day."""
        return date.fromisoformat(value)
