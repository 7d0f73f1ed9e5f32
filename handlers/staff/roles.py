"""Roles: who belongs to the project team and who facilitates what, given and taken by the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.feature import Feature
from handlers.forms import Form, Option, Pick, Question, open_form
from handlers.navigation import page_of, way_out
from handlers.reply import Reply, say
from handlers.screen import Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import _
from programme.errors import NotFound
from programme.ids import CoalitionId, PersonId
from programme.people import Person
from programme.ports.people import PersonEntry
from programme.texts import folded
from programme.usecases.appoint import appoint_facilitator, appoint_to_team, relieve_facilitator, take_off_team
from programme.usecases.rights import require_staff

HERE: Final = "roles"


@dataclass(frozen=True, slots=True)
class Sought:
    """The person who was looked for."""

    person: str


def show_roles(turn: Turn) -> Reply:
    """Show the project team, then who facilitates, and the way to anybody else."""
    require_staff(turn.uow, turn.me.id)
    language, uow = turn.language, turn.uow
    team = uow.people.staff()
    ids = {person.id for person in team}
    page = page_of([*team, *(one for one in uow.people.facilitators() if one.id not in ids)], _page_asked(turn))
    text = paragraphs(
        language.say("<b>Roles</b>"),
        lines(
            language.say("Project team: {names}", names=language.listing(person.name for person in team)),
            language.say("Below: the team (★), then the people who facilitate a coalition."),
        ),
    )
    rows = (
        *((button(_sign(person, ids), "role", person.id),) for person in page.things),
        *page.turner(language, HERE),
        (button(language.plain("Find a person"), "role.find"),),
        *way_out(language, "team"),
    )
    return turn.show(Screen(text, rows))


def find_person(turn: Turn) -> Reply:
    """Open the search among everybody known."""
    require_staff(turn.uow, turn.me.id)
    return open_form(turn, FIND_PERSON)


def people_found(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give the people whose name or organisation hold the words, by name; nobody to who is not staff."""
    if not turn.uow.people.is_staff(turn.me.id):
        return (), 0
    found = [entry for entry in turn.uow.people.listed() if folded(words) in folded(_label(entry))]
    found.sort(key=lambda entry: folded(_label(entry)))
    return [Option(str(entry.id), _label(entry)) for entry in found[offset : offset + limit]], len(found)


def show_person(turn: Turn) -> Reply:
    """Show one person's roles, with the buttons that change them."""
    require_staff(turn.uow, turn.me.id)
    return turn.show(_person_screen(turn, turn.uow.people.get(PersonId(turn.number(0)))))


def ask_first(turn: Turn) -> Reply:
    """Say what belonging to the team means, and ask."""
    require_staff(turn.uow, turn.me.id)
    language, person = turn.language, turn.uow.people.get(PersonId(turn.number(0)))
    text = lines(
        language.say("<b>Appoint {name} to the project team?</b>", name=person.name),
        language.say("They will be able to do all that you can: approve, announce, export, appoint."),
    )
    sure = button(language.plain("Yes, appoint"), "role.staff.sure", person.id)
    return turn.show(Screen(text, ((sure, button(language.plain("No, go back"), "role", person.id)),)))


def appoint(turn: Turn) -> Reply:
    """Make the person one of the team, who is told."""
    person_id = PersonId(turn.number(0))
    appoint_to_team(turn.uow, turn.me.id, person_id, turn.now)
    return _changed(turn, person_id)


def ask_before_taking_off(turn: Turn) -> Reply:
    """Ask before somebody is taken off the team."""
    require_staff(turn.uow, turn.me.id)
    language, person = turn.language, turn.uow.people.get(PersonId(turn.number(0)))
    text = language.say("<b>Take {name} off the project team?</b>", name=person.name)
    sure = button(language.plain("Yes, take off"), "role.off.sure", person.id)
    return turn.show(Screen(text, ((sure, button(language.plain("No, go back"), "role", person.id)),)))


def take_off(turn: Turn) -> Reply:
    """Take the person off the team; who took themself off reads that, since the rest is closed to them now."""
    person_id, language = PersonId(turn.number(0)), turn.language
    take_off_team(turn.uow, turn.me.id, person_id, turn.now)
    if person_id == turn.me.id:
        text = language.say("It is done: you do not belong to the project team any more.")
        return turn.show(Screen(text, way_out(language)))
    return _changed(turn, person_id)


def choose_coalition(turn: Turn) -> Reply:
    """Show the coalitions that a person may be entrusted with."""
    require_staff(turn.uow, turn.me.id)
    language, person = turn.language, turn.uow.people.get(PersonId(turn.number(0)))
    led = {coalition.id for coalition in turn.uow.coalitions.led_by(person.id)}
    others = [coalition for coalition in turn.uow.coalitions.active() if coalition.id not in led]
    page = page_of(others, turn.number(1) if turn.word(1) else 0)
    text = language.say("<b>Which coalition is {name} to facilitate?</b>", name=person.name)
    rows = (
        *((button(coalition.name, "role.lead.sure", person.id, coalition.id),) for coalition in page.things),
        *page.turner(language, "role.lead", person.id),
        *way_out(language, "role", person.id),
    )
    return turn.show(Screen(text, rows))


def entrust(turn: Turn) -> Reply:
    """Entrust the person with a coalition, and tell them."""
    person_id = PersonId(turn.number(0))
    appoint_facilitator(turn.uow, turn.me.id, person_id, CoalitionId(turn.number(1)), turn.now)
    return _changed(turn, person_id)


def ask_before_relieving(turn: Turn) -> Reply:
    """Ask before a coalition is taken off somebody, and say who decides there then."""
    require_staff(turn.uow, turn.me.id)
    language, person = turn.language, turn.uow.people.get(PersonId(turn.number(0)))
    coalition = turn.uow.coalitions.get(CoalitionId(turn.number(1)))
    alone = list(turn.uow.memberships.facilitators(coalition.id)) == [person.id]
    text = lines(
        language.say(
            "<b>Take the facilitation of “{coalition}” off {name}?</b>", coalition=coalition.name, name=person.name
        ),
        language.say("They stay a member."),
        language.say("Nobody else facilitates it: requests to join will come to the team.") if alone else None,
    )
    sure = button(language.plain("Yes, take off"), "role.relieve.sure", person.id, coalition.id)
    return turn.show(Screen(text, ((sure, button(language.plain("No, go back"), "role", person.id)),)))


def relieve(turn: Turn) -> Reply:
    """Take a coalition off the person, who stays a member and is told."""
    person_id = PersonId(turn.number(0))
    relieve_facilitator(turn.uow, turn.me.id, person_id, CoalitionId(turn.number(1)), turn.now)
    return _changed(turn, person_id)


def _changed(turn: Turn, person_id: PersonId) -> Reply:
    screen = _person_screen(turn, turn.uow.people.get(person_id))
    return turn.show(screen, toast=turn.language.plain("Done: the person is told."))


def _person_screen(turn: Turn, person: Person) -> Screen:
    language, uow = turn.language, turn.uow
    led = uow.coalitions.led_by(person.id)
    fixed, staff = uow.people.named_in_settings(person.id), uow.people.is_staff(person.id)
    spoken_for = uow.organisations.get(person.organisation_id).name if person.organisation_id is not None else ""
    text = lines(
        language.say("<b>{name}</b>", name=f"{person.name}, {spoken_for}" if spoken_for else person.name),
        language.say("Project team: named in the settings of the bot, and taken off there only.") if fixed else None,
        language.say("Project team: appointed") if staff and not fixed else None,
        *(language.say("Facilitates “{coalition}”", coalition=coalition.name) for coalition in led),
        None if staff or led else language.say("No role yet."),
    )
    rows: Rows = (
        *(
            (button(language.plain("Take off: {name}", name=coalition.name), "role.relieve", person.id, coalition.id),)
            for coalition in led
        ),
        (button(language.plain("Entrust with a coalition"), "role.lead", person.id, 0),),
    )
    if not staff:
        rows = (*rows, (button(language.plain("Appoint to the project team"), "role.staff", person.id),))
    elif not fixed:
        rows = (*rows, (button(language.plain("Take off the project team"), "role.off", person.id),))
    return Screen(text, (*rows, *way_out(language, HERE, 0)))


def _show_found(turn: Turn, sought: Sought) -> Reply:
    require_staff(turn.uow, turn.me.id)
    if not sought.person.isdecimal():
        raise NotFound
    return say(_person_screen(turn, turn.uow.people.get(PersonId(int(sought.person)))))


def _page_asked(turn: Turn) -> int:
    return turn.number(0) if turn.word(0) else 0


def _sign(person: Person, team: set[PersonId]) -> str:
    return f"★ {person.name}" if person.id in team else person.name


def _label(entry: PersonEntry) -> str:
    return f"{entry.name}, {entry.organisation}" if entry.organisation else entry.name


FIND_PERSON = Form(
    name="find_person",
    version=1,
    into=Sought,
    questions=(
        Question("person", _("Whom are you looking for?"), Pick(people_found), hint=_("A name, or an organisation")),
    ),
    submit=_show_found,
)

FEATURE = Feature(
    buttons={
        HERE: show_roles,
        "role": show_person,
        "role.find": find_person,
        "role.staff": ask_first,
        "role.staff.sure": appoint,
        "role.off": ask_before_taking_off,
        "role.off.sure": take_off,
        "role.lead": choose_coalition,
        "role.lead.sure": entrust,
        "role.relieve": ask_before_relieving,
        "role.relieve.sure": relieve,
    },
    forms=(FIND_PERSON,),
    again={FIND_PERSON.name: find_person},
)
