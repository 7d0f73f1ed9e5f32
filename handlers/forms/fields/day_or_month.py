"""A day, or a whole month where nobody knows the day: « hier », « 14/03 », « en mai »."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from handlers.forms.day_words import day_example, lean, shown_month, turned_month, unclear_day, wrong_day
from handlers.forms.field import Answered, Body, Outcome, State
from handlers.forms.month import Reach, month_of, month_rows, month_shown, near_days, reach, tapped_day
from handlers.forms.typed_day import WholeMonth, read_day, simplified
from handlers.said import Said, Tap, Words
from handlers.screen import button
from handlers.turn import Turn
from programme.actions import When

MONTH_LENGTH: Final = len("2026-05")


@dataclass(frozen=True, slots=True)
class DayOrMonth:
    """A day or a month, past, to come or either; this month is always allowed.

    Its value is « 2026-05-14 », or « 2026-05 » for a month.
    """

    past: bool = True
    future: bool = True

    def ask(self, turn: Turn, state: State) -> Body:
        """Show near days by name, a month, and the month as a whole."""
        within = self._reach(turn)
        first = month_shown(shown_month(state), within)
        words = turn.language.plain("Only the month: {month}", month=turn.language.month(first))
        whole = (button(words, "w", first.isoformat()),)
        rows = (*near_days(turn, within), *month_rows(turn, within, shown_month(state)), whole)
        return Body(rows, (), day_example(past=self.past, future=self.future))

    def read(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Take the day or month tapped or written."""
        within = self._reach(turn)
        match said:
            case Tap(route="d", args=args) if on := tapped_day(args):
                return wrong_day(turn, within, on) or Answered(on.isoformat())
            case Tap(route="w", args=args) if first := tapped_day(args):
                return self._whole(turn, within, first)
            case Tap(route="m" | "x"):
                return turned_month(turn, said, state)
            case Words(text):
                return self._written(turn, within, text)
        return None

    def show(self, turn: Turn, value: str) -> str:
        """Write the day in full, or the month."""
        when = self.into(value)
        return turn.language.month(when.on) if when.whole_month else turn.language.day(when.on)

    def into(self, value: str) -> When:
        """Give the day or the month."""
        if len(value) == MONTH_LENGTH:
            return When(date.fromisoformat(f"{value}-01"), whole_month=True)
        return When(date.fromisoformat(value))

    def _written(self, turn: Turn, within: Reach, text: str) -> Outcome:
        found = read_day(simplified(text), within.today, lean(past=self.past, future=self.future))
        if isinstance(found, WholeMonth):
            return self._whole(turn, within, found.first)
        if not isinstance(found, date):
            return unclear_day(turn, found)
        return wrong_day(turn, within, found) or Answered(found.isoformat())

    def _reach(self, turn: Turn) -> Reach:
        return reach(turn, past=self.past, future=self.future)

    @staticmethod
    def _whole(turn: Turn, within: Reach, first: date) -> Outcome:
        """Take a month; the present one counts from today, on which part of it lies ahead or behind."""
        this_month = within.today.replace(day=1)
        on = within.today if first.replace(day=1) == this_month else first
        return wrong_day(turn, within, on, turn.language.month(first)) or Answered(month_of(first))


def when_value(when: When) -> str:
    """Give the answer that stands for a day or month."""
    return month_of(when.on) if when.whole_month else when.on.isoformat()
