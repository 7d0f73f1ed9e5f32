"""A day and an hour, in one answer or in two steps."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from handlers.forms.day_words import day_example, lean, shown_month, turned_month, unclear_day, wrong_day
from handlers.forms.field import Answered, Body, Outcome, State, Turned, Wrong
from handlers.forms.hours import hour_rows, tapped_hour
from handlers.forms.month import month_of, month_rows, near_days, reach, tapped_day
from handlers.forms.typed_day import WholeMonth, read_day, simplified
from handlers.forms.typed_time import find_time, read_time
from handlers.said import Said, Tap, Words
from handlers.screen import button
from handlers.turn import Turn
from locales import _


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment on the territory's clock, to come unless `past` is allowed; its value is an aware UTC datetime.

    An hour that summer time leaps over is moved forward, with a word; of one that comes twice it is the first.
    """

    past: bool = False
    future: bool = True

    def ask(self, turn: Turn, state: State) -> Body:
        """Ask for the day first, then for the hour; or for the day alone where the hour is known."""
        say, language = turn.language.say, turn.language
        if "day" in state:
            written = language.day(date.fromisoformat(state["day"]))
            day = written[:1].upper() + written[1:]
            other = button(language.plain("Another day"), "other")
            example = _("For example: 18:30")
            return Body((*hour_rows(turn), (other,)), (say("{day}: at what time?", day=day),), example)
        within = reach(turn, past=self.past, future=self.future)
        rows = (*near_days(turn, within), *month_rows(turn, within, shown_month(state)))
        lines = [say("Which day of this month?")] if state.get("named") else []
        if "time" in state:
            lines.append(say("At {time}: on which day?", time=language.clock(time.fromisoformat(state["time"]))))
        example = _("For example: Tuesday 18:30, 24/11 at 18:00, tomorrow noon")
        return Body(rows, tuple(lines), example if self.future else day_example(past=True, future=False))

    def read(self, turn: Turn, said: Said, state: State) -> Outcome | None:
        """Take the day, the hour, or both."""
        match said:
            case Tap(route="d", args=args) if on := tapped_day(args):
                return self._joined(turn, {**state, "day": on.isoformat()})
            case Tap(route="h", args=args) if (at := tapped_hour(args)) is not None and "day" in state:
                return self._joined(turn, {**state, "time": f"{at:%H:%M}"})
            case Tap(route="other"):
                return Turned(_without_day(state))
            case Tap(route="m" | "x") if "day" not in state:
                return turned_month(turn, said, state)
            case Words(text):
                return self._written(turn, simplified(text), state)
        return None

    def show(self, turn: Turn, value: str) -> str:
        """Write the day and the hour in full."""
        return turn.language.moment(datetime.fromisoformat(value), turn.territory.zone)

    def into(self, value: str) -> datetime:
        """Give the moment."""
        return datetime.fromisoformat(value)

    def _written(self, turn: Turn, text: str, state: State) -> Outcome:
        at = read_time(text) if "day" in state else None
        if at is not None:
            return self._joined(turn, {**state, "time": f"{at:%H:%M}"})
        found = find_time(text)
        if found is not None:
            state, text = {**_without_day(state), "time": f"{found.at:%H:%M}"}, found.rest
            if not text:
                return self._joined(turn, state)
        today = turn.now.astimezone(turn.territory.zone).date()
        on = read_day(text, today, lean(past=self.past, future=self.future))
        if isinstance(on, WholeMonth):
            return Turned({**_without_day(state), "month": month_of(on.first), "named": True})
        if not isinstance(on, date):
            if on is None and found is None:
                return Wrong(
                    turn.language.say("This is not clear: please write it like “Tuesday 18:30” or “24/11 at 18:00”.")
                )
            return unclear_day(turn, on)
        return self._joined(turn, {**state, "day": on.isoformat()})

    def _joined(self, turn: Turn, state: State) -> Outcome:
        """Put day and hour together; ask for the one that is missing."""
        if "day" not in state:
            return Turned(state)
        within = reach(turn, past=self.past, future=self.future)
        on = date.fromisoformat(state["day"])
        wrong = wrong_day(turn, within, on)
        if wrong is not None or "time" not in state:
            return wrong or Turned({key: value for key, value in state.items() if key != "named"})
        zone, language = turn.territory.zone, turn.language
        wished = datetime.combine(on, time.fromisoformat(state["time"]), zone)
        at = wished.astimezone(UTC)
        if at <= turn.now and not self.past:
            moment = language.moment(at, zone)
            return Wrong(
                language.say("I understood {moment}, which is over: please give a moment to come.", moment=moment)
            )
        if at > turn.now and not self.future:
            moment = language.moment(at, zone)
            return Wrong(
                language.say("I understood {moment}, which is still to come: please give a past one.", moment=moment)
            )
        word = None
        if at.astimezone(zone).time() != wished.time():
            word = language.say(
                "The clocks go forward that night and {wished} does not exist: {moment} is kept.",
                wished=language.clock(wished.time()),
                moment=language.moment(at, zone),
            )
        return Answered(at.isoformat(), word)


def _without_day(state: State) -> State:
    return {key: value for key, value in state.items() if key not in {"day", "named"}}
