"""Notices about the bot itself, and about people of whom nothing has been heard for two years."""

from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Rows, Screen, button, lines
from handlers.staff.health import trouble_screen
from programme.notices import AskedToStay, SilentInCharge, TroubleFound, TroubleOver


def trouble_found(notice: TroubleFound, reader: Reader) -> Screen:
    """Tell staff what has been wrong for ten minutes, while it is."""
    if all(one.trouble is not notice.trouble for one in reader.uow.health.open_troubles()):
        raise Untrue("well again")
    return _to_staff(notice, reader, over=False)


def trouble_over(notice: TroubleOver, reader: Reader) -> Screen:
    """Tell staff that it is well again."""
    return _to_staff(notice, reader, over=True)


def asked_to_stay(notice: AskedToStay, reader: Reader) -> Screen:
    """Ask whether somebody stays, and say what happens otherwise and when."""
    language, uow = reader.language, reader.uow
    charged = uow.people.is_staff(reader.person.id) or bool(uow.coalitions.led_by(reader.person.id))
    text = lines(
        language.say("<b>Shall I go on keeping what I know of you?</b>"),
        language.say("We have heard nothing of you for two years."),
        language.say("As long as you have a charge here, nothing is erased: the project team is told.")
        if charged
        else language.say(
            "Without an answer, all that is kept about you is erased on {day}.", day=language.day(notice.erase_on)
        ),
    )
    rows: Rows = (
        (button(language.plain("Yes, keep it"), "stay"), button(language.plain("Erase it now"), "erase")),
        why_button(notice, language),
    )
    return Screen(text, rows)


def silent_in_charge(notice: SilentInCharge, reader: Reader) -> Screen:
    """Tell staff of somebody who has a charge and is silent, and that only they can take it off."""
    language, uow = reader.language, reader.uow
    if not uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    person = uow.people.get(notice.person_id)
    led = uow.coalitions.led_by(person.id)
    if not led and not uow.people.is_staff(person.id):
        raise Untrue("no charge any more")
    text = lines(
        language.say("<b>{name} has been silent for two years.</b>", name=person.name),
        *(language.say("Facilitates “{coalition}”", coalition=coalition.name) for coalition in led),
        language.say("They are not erased as long as they have this charge. You can entrust somebody else with it."),
    )
    to_person = (button(language.plain("See their roles"), "role", person.id),)
    return Screen(text, (to_person, why_button(notice, language), *way_out(language)))


def _to_staff(notice: TroubleFound | TroubleOver, reader: Reader, *, over: bool) -> Screen:
    if not reader.uow.people.is_staff(reader.person.id):
        raise Untrue("no longer staff")
    language = reader.language
    look = (button(language.plain("Look at it"), "health", 0),)
    return Screen(trouble_screen(notice.trouble, language, over=over), (look, why_button(notice, language)))
