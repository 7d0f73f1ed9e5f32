"""What is said of days that are not clear or may not be chosen, and which way words lean."""

from datetime import date

from handlers.forms.field import State, Turned, Wrong
from handlers.forms.month import Reach
from handlers.forms.typed_day import Lean, OtherWeekday
from handlers.said import Tap
from handlers.turn import Turn
from locales import Msgid, _


def lean(*, past: bool, future: bool) -> Lean:
    """Give which day is meant by words that fit several."""
    if past and future:
        return "near"
    return "past" if past else "future"


def day_example(*, past: bool, future: bool) -> Msgid:
    """Give an example that fits the days that may be chosen."""
    match lean(past=past, future=future):
        case "past":
            return _("For example: 14/03, yesterday, last Tuesday")
        case "future":
            return _("For example: 14/03, tomorrow, next Tuesday")
        case "near":
            return _("For example: 14/03, tomorrow, last Tuesday")


def wrong_day(turn: Turn, within: Reach, on: date, understood: str = "") -> Wrong | None:
    """Say what was `understood`, the day unless told otherwise, and why it does not fit; None where it does."""
    say, day = turn.language.say, understood or turn.language.day(on)
    if within.holds(on):
        return None
    if on == within.today:
        return Wrong(say("I understood {day}, which is today: please give a later day.", day=day))
    if on < within.today <= within.first:
        return Wrong(say("I understood {day}, which is past: please give a day to come.", day=day))
    if on > within.last == within.today:
        return Wrong(say("I understood {day}, which is still to come: please give a day that is past.", day=day))
    return Wrong(say("I understood {day}, which is too far away: please check the year.", day=day))


def unclear_day(turn: Turn, found: OtherWeekday | None) -> Wrong:
    """Say that the day is not clear, or that its day of the week is another one."""
    say = turn.language.say
    if found is not None:
        day = turn.language.day(found.on)
        return Wrong(say("This date is {day}, not the day of the week you wrote: please check it.", day=day))
    return Wrong(say("This day is not clear: please write it like 14/03, tomorrow or Tuesday, or tap it below."))


def turned_month(turn: Turn, tap: Tap, state: State) -> Turned:
    """Turn to the month of an arrow; what is no day stays silent but for a word."""
    if tap.route == "m" and tap.args:
        return Turned({**{key: value for key, value in state.items() if key != "named"}, "month": tap.args[0]})
    return Turned(state, toast=turn.language.plain("Tap the number of a day."))


def shown_month(state: State) -> str | None:
    """Give the month to show: the one turned to, else that of the answer there was."""
    month = state.get("month") or state.get("before")
    return None if month is None else str(month)[:7]
