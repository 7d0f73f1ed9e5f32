"""The project team's queue of support requests: by kind and by age, taken on, and closed."""

from datetime import date, datetime
from typing import Final

from markupsafe import Markup

from handlers.cards.support import HERE, kind_name, one_line, request_for_team, state_words, team_label
from handlers.feature import Feature
from handlers.members.support_request import request_screen
from handlers.names import cost_words, finding_name
from handlers.navigation import PAGE, Page, way_out
from handlers.reply import Reply
from handlers.screen import Button, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Msgid, _
from programme.errors import NotFound, Outdated, TooLate
from programme.ids import SupportRequestId
from programme.support import FoundTotal, SupportRequest, SupportState, Tally
from programme.usecases.close_support import close_support
from programme.usecases.rights import require_staff
from programme.usecases.take_support import take_support
from programme.working_days import working_days_between

OPEN: Final = "open"
EVERY_KIND: Final = "all"
STATES: Final[dict[str, frozenset[SupportState]]] = {
    OPEN: frozenset({SupportState.RECEIVED, SupportState.TAKEN, SupportState.ANSWERED}),
    "untaken": frozenset({SupportState.RECEIVED}),
    "taken": frozenset({SupportState.TAKEN, SupportState.ANSWERED}),
    "closed": frozenset({SupportState.CLOSED}),
}
"""What the queue can be narrowed to; all that is not closed where it is not."""
TABS: Final[dict[str, Msgid]] = {"untaken": _("To take on"), "taken": _("Taken"), "closed": _("Closed")}


def show_queue(turn: Turn) -> Reply:
    """Show the requests that are not closed, by age."""
    return _desk(turn, OPEN, EVERY_KIND, turn.number(0) if turn.word(0) else 0)


def show_some(turn: Turn) -> Reply:
    """Show the requests in one state, of one kind or of all."""
    return _desk(turn, turn.word(0), turn.word(1), turn.number(2))


def show_kinds(turn: Turn) -> Reply:
    """Offer the kinds of help to narrow the queue to."""
    require_staff(turn.uow, turn.me.id)
    state = turn.word(0)
    if state not in STATES:
        raise NotFound
    plain = turn.language.plain
    keys = [kind.key for kind in turn.territory.support_kinds]
    rows = (
        (button(plain("Every kind"), "support.desk", state, EVERY_KIND, 0),),
        *((button(kind_name(turn, key), "support.desk", state, key, 0),) for key in keys),
        *way_out(turn.language, "support.desk", state, EVERY_KIND, 0),
    )
    return turn.show(Screen(turn.language.say("<b>Which kind of request?</b>"), rows))


def take(turn: Turn) -> Reply:
    """Take a request on, from the queue or from the notice that told of it."""
    try:
        taken = take_support(turn.uow, turn.me.id, SupportRequestId(turn.number(0)), turn.number(1), turn.now)
    except (Outdated, TooLate):
        return _as_it_is(turn)
    return _shown(turn, taken, turn.language.plain("It is yours: the coalition is told."))


def close(turn: Turn) -> Reply:
    """Close a request, from the queue or from the notice that told of it."""
    try:
        closed = close_support(turn.uow, turn.me.id, SupportRequestId(turn.number(0)), turn.number(1), turn.now)
    except (Outdated, TooLate):
        return _as_it_is(turn)
    return _shown(turn, closed, turn.language.plain("Closed: the coalition is told."))


def _desk(turn: Turn, state: str, kind: str, number: int) -> Reply:
    require_staff(turn.uow, turn.me.id)
    if state not in STATES or kind not in {EVERY_KIND, *(one.key for one in turn.territory.support_kinds)}:
        raise NotFound
    language, support, wanted = turn.language, turn.uow.support, "" if kind == EVERY_KIND else kind
    tally = support.tally(wanted)
    last = max(0, (_count(tally, state) - 1) // PAGE)
    within = min(number, last)
    page = Page(tuple(support.queue(STATES[state], wanted, within * PAGE, PAGE)), within, last)
    text = paragraphs(
        lines(
            language.say("<b>Support requests</b>"),
            language.say("Only: {kind}", kind=kind_name(turn, kind)) if wanted else None,
            *(_line(turn, request) for request in page.things),
            None if page.things else language.say("Nothing here."),
        ),
        _found_this_year(turn),
    )
    rows = (
        *((button(team_label(turn, request), "support.one", request.id),) for request in page.things),
        *page.turner(language, "support.desk", state, kind),
        tuple(_tab(turn, tab, words, _count(tally, tab), state, kind) for tab, words in TABS.items()),
        (button(_kind_words(turn, kind), "support.kinds", state),),
        *way_out(language, "team", 0),
    )
    return turn.show(Screen(text, rows))


def _count(tally: Tally, state: str) -> int:
    counts = {"untaken": tally.untaken, "taken": tally.taken, "closed": tally.closed}
    return counts.get(state, tally.untaken + tally.taken)


def _tab(turn: Turn, tab: str, words: Msgid, count: int, state: str, kind: str) -> Button:
    """Give the button that narrows the queue; tapped again, it widens it."""
    label = f"{turn.language.plain(words)} ({turn.language.number(count)})"
    shown = tab == state
    return button(f"✓ {label}" if shown else label, "support.desk", OPEN if shown else tab, kind, 0)


def _kind_words(turn: Turn, kind: str) -> str:
    plain = turn.language.plain
    return plain("Kind: all") if kind == EVERY_KIND else plain("Support: {kind}", kind=kind_name(turn, kind))


def _line(turn: Turn, request: SupportRequest) -> Markup:
    """Write a request as one line, with how many working days it has waited for the team."""
    zone, since = turn.territory.zone, request.waits_since
    today = turn.now.astimezone(zone).date()
    days = 0 if since is None else working_days_between(since.astimezone(zone).date(), today, turn.holidays)
    if not days:
        return one_line(turn, request)
    return turn.language.say_n(
        "• {day}: <b>{kind}</b> ({state}, waits for {n} working day)",
        "• {day}: <b>{kind}</b> ({state}, waits for {n} working days)",
        days,
        day=turn.language.short_day(request.asked_at.astimezone(zone).date()),
        kind=kind_name(turn, request.kind),
        state=state_words(turn, request),
    )


def _found_this_year(turn: Turn) -> Markup | None:
    """Say what was found this year, and what it costs in all."""
    language, zone = turn.language, turn.territory.zone
    year = turn.now.astimezone(zone).year
    first, after = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    totals = turn.uow.findings.totals(date(year, 1, 1), date(year, 12, 31), first, after)
    if not totals:
        return None
    return lines(language.say("<b>Found in {year}</b>", year=str(year)), *(_total(turn, total) for total in totals))


def _total(turn: Turn, total: FoundTotal) -> Markup:
    return turn.language.say(
        "• {label}: {count} ({cost})",
        label=finding_name(total.kind, turn.language),
        count=turn.language.number(total.count),
        cost=cost_words(total.cents, turn.language),
    )


def _as_it_is(turn: Turn) -> Reply:
    """Show what has changed meanwhile, so that the next tap is about that."""
    request = turn.uow.support.get(SupportRequestId(turn.number(0)))
    if request.state is SupportState.CLOSED and request.closed_at is not None:
        day = turn.language.day(request.closed_at.astimezone(turn.territory.zone).date(), year=False)
        return _shown(turn, request, turn.language.plain("It is closed already, since {day}.", day=day))
    return _shown(turn, request, turn.language.plain("This has changed meanwhile: here is where it stands."))


def _shown(turn: Turn, request: SupportRequest, words: str) -> Reply:
    under_itself = turn.word(2) == HERE
    screen = request_screen(turn, request) if under_itself else request_for_team(turn, request, turn.me.id)
    return turn.show(screen, toast=words)


FEATURE = Feature(
    buttons={
        "support.queue": show_queue,
        "support.desk": show_some,
        "support.kinds": show_kinds,
        "support.take": take,
        "support.close": close,
    },
)
