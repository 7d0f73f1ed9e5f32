"""Who registered for a forum, for the project team: lists by state, a search by name, and each registration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from handlers.cards.arrival import undo_button
from handlers.feature import Feature
from handlers.forms import Form, Option, Pick, Question, context_of, open_form
from handlers.forms.wording import bold, shortened
from handlers.members.forum import forum_of
from handlers.names import REGISTRATIONS
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Button, Rows, Screen, button, lines, paragraphs
from handlers.staff.forums import begin_again
from handlers.turn import Turn
from locales import Msgid, _
from programme.doors import Registrant, RegistrantsView, named_so, open_doors, sorted_registrants
from programme.errors import NotFound
from programme.forums import Forum, ForumState, Registration, RegistrationState
from programme.ids import ForumId, RegistrationId
from programme.usecases.answer_question import questioning
from programme.usecases.check_in import arrival_on, registrant_of, registrants_of
from programme.usecases.rights import require_staff

VIEWS: Final[dict[RegistrantsView, Msgid]] = {
    RegistrantsView.CONFIRMED: _("Confirmed"),
    RegistrantsView.OFFERED: _("To confirm"),
    RegistrantsView.WAITING: _("Waiting list"),
    RegistrantsView.CANCELLED: _("Given up again"),
    RegistrantsView.ARRIVED: _("Arrived"),
    RegistrantsView.NO_SHOW: _("Did not come"),
}
ANSWER_SHOWN: Final = 300
PITCH_SHOWN: Final = 40
NAME_SHOWN: Final = 55


@dataclass(frozen=True, slots=True)
class Sought:
    """The registration that was looked for."""

    registration: str


def show_views(turn: Turn) -> Reply:
    """Show how many registrations stand where, each list behind its button."""
    forum, views = _views(turn)
    language, plain = turn.language, turn.language.plain
    text = lines(
        language.say("<b>Who registered</b> · {title}", title=forum.title),
        *(
            language.say(
                "{name}: {count}",
                name=plain(VIEWS[view]),
                count=_people_and_places(turn, registrants),
            )
            for view, registrants in views.items()
            if registrants
        ),
        None if any(views.values()) else language.say("Nobody yet."),
    )
    lists = [
        button(f"{plain(VIEWS[view])} ({language.number(len(registrants))})", "registrants.of", forum.id, view, 0)
        for view, registrants in views.items()
        if registrants
    ]
    rows = tuple(tuple(lists[start : start + 2]) for start in range(0, len(lists), 2))
    search = ((button(plain("Find a name"), "registrants.find", forum.id),),) if lists else ()
    return turn.show(Screen(text, (*rows, *search, *way_out(language, "doors", forum.id))))


def show_list(turn: Turn) -> Reply:
    """Show a page of one list, in the order in which people came."""
    forum, views = _views(turn)
    if turn.word(1) not in views:
        raise NotFound
    view = RegistrantsView(turn.word(1))
    page = page_of(views[view], turn.number(2) if turn.word(2) else 0)
    text = lines(
        turn.language.say("<b>{list}</b> · {title}", list=turn.language.plain(VIEWS[view]), title=forum.title),
        _people_and_places(turn, views[view]),
    )
    rows = (
        *((_registrant_button(turn, one),) for one in page.things),
        *page.turner(turn.language, "registrants.of", forum.id, view),
        *way_out(turn.language, "registrants", forum.id),
    )
    return turn.show(Screen(text, rows))


def show_registrant(turn: Turn) -> Reply:
    """Show one registration with all that was asked and answered."""
    return turn.show(_registrant_screen(turn, RegistrationId(turn.number(0))))


def find(turn: Turn) -> Reply:
    """Open the search by name, whatever became of the registration."""
    require_staff(turn.uow, turn.me.id)
    return open_form(turn, FIND_REGISTRANT, context={"forum": str(forum_of(turn).id)})


def registrants_found(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give the registrations whose name or organisation hold the words; none to who is not staff."""
    number = context_of(turn).get("forum", "")
    if not number or not turn.uow.people.is_staff(turn.me.id):
        return (), 0
    found = named_so(registrants_of(turn.uow, turn.me.id, ForumId(int(number))), words)
    shown = found[offset : offset + limit]
    return [Option(str(one.registration.id), _found_label(turn, one)) for one in shown], len(found)


def _views(turn: Turn) -> tuple[Forum, dict[RegistrantsView, tuple[Registrant, ...]]]:
    forum = forum_of(turn)
    registrants = registrants_of(turn.uow, turn.me.id, forum.id)
    over = forum.state is ForumState.PLANNED and forum.ends_at <= turn.now
    return forum, sorted_registrants(registrants, over=over)


def _people_and_places(turn: Turn, registrants: Sequence[Registrant]) -> Markup:
    seats = sum(one.registration.seats for one in registrants)
    return turn.language.say_n(
        "{n} registration, {seats}",
        "{n} registrations, {seats}",
        len(registrants),
        seats=turn.language.plain_n("{n} place", "{n} places", seats),
    )


def _registrant_screen(turn: Turn, registration_id: RegistrationId) -> Screen:
    language, one = turn.language, registrant_of(turn.uow, turn.me.id, registration_id)
    registration, forum = one.registration, turn.uow.forums.get(one.registration.forum_id)
    pitches = [
        shortened(pitch.title, PITCH_SHOWN)
        for pitch in turn.uow.forums.pitches(forum.id)
        if pitch.id in registration.pitches
    ]
    text = paragraphs(
        lines(
            language.say("<b>{name}</b>", name=_whole_name(turn, one)),
            language.say("{title}", title=forum.title),
        ),
        lines(
            language.say("State: {state}", state=language.plain(REGISTRATIONS[registration.state])),
            language.say("Places: {n}", n=language.number(registration.seats)),
            language.say("Asked on {moment}", moment=language.moment(registration.asked_at, turn.territory.zone)),
            language.say("Pitches chosen: {titles}", titles=language.listing(pitches)) if pitches else None,
        ),
        _answers(turn, registration),
        _arrivals(turn, forum, registration),
    )
    back = way_out(language, "registrants.of", forum.id, registration.state, 0)
    return Screen(text, (*_arrival_rows(turn, forum, registration), *back))


def _answers(turn: Turn, registration: Registration) -> Markup | None:
    asked = questioning(turn.uow, registration)
    return (
        lines(
            *(
                turn.language.say(
                    "{question} {answer}",
                    question=one.text,
                    answer=bold(shortened(asked.answers.get(one.id, "—"), ANSWER_SHOWN)),
                )
                for one in asked.questions
            )
        )
        or None
    )


def _arrivals(turn: Turn, forum: Forum, registration: Registration) -> Markup | None:
    language, zone = turn.language, turn.territory.zone
    arrivals = turn.uow.doors.arrivals(registration.id)
    if arrivals:
        return lines(*(language.say("✓ Arrived on {moment}", moment=language.moment(one.at, zone)) for one in arrivals))
    over = forum.state is ForumState.PLANNED and forum.ends_at <= turn.now
    confirmed = registration.state is RegistrationState.CONFIRMED
    if over and confirmed and turn.uow.doors.anybody_came(forum.id):
        return language.say("Did not come.")
    return None


def _arrival_rows(turn: Turn, forum: Forum, registration: Registration) -> Rows:
    doors = open_doors(forum, turn.now, turn.territory.zone)
    if doors is None or registration.state is not RegistrationState.CONFIRMED:
        return ()
    arrival = arrival_on(turn.uow, registration.id, doors.day)
    if arrival is not None:
        return ((undo_button(turn, arrival),),)
    return ((button(turn.language.plain("Note the arrival"), "doors.in", registration.id),),)


def _registrant_button(turn: Turn, registrant: Registrant) -> Button:
    seats = turn.language.plain_n("{n} place", "{n} places", registrant.registration.seats)
    label = f"{shortened(_whole_name(turn, registrant), NAME_SHOWN)} · {seats}"
    return button(label, "registrant", registrant.registration.id)


def _found_label(turn: Turn, registrant: Registrant) -> str:
    if registrant.registration.state is RegistrationState.CONFIRMED:
        return _whole_name(turn, registrant)
    state = turn.language.plain(REGISTRATIONS[registrant.registration.state])
    return f"{_whole_name(turn, registrant)} ({state})"


def _whole_name(turn: Turn, registrant: Registrant) -> str:
    name = registrant.name or turn.language.plain("former member")
    return f"{name}, {registrant.organisation}" if registrant.organisation else name


def _show_found(turn: Turn, sought: Sought) -> Reply:
    if not sought.registration.isdecimal():
        raise NotFound
    return say(_registrant_screen(turn, RegistrationId(int(sought.registration))))


FIND_REGISTRANT: Final = Form(
    name="find_registrant",
    version=1,
    into=Sought,
    questions=(
        Question(
            "registration",
            _("Whom are you looking for?"),
            Pick(registrants_found),
            hint=_("A name, or an organisation"),
        ),
    ),
    submit=_show_found,
)

FEATURE = Feature(
    buttons={
        "registrants": show_views,
        "registrants.of": show_list,
        "registrants.find": find,
        "registrant": show_registrant,
    },
    forms=(FIND_REGISTRANT,),
    again={FIND_REGISTRANT.name: begin_again},
)
