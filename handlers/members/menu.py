"""The menu, the help, and the end of a conversation that is not there."""

from handlers.feature import Feature
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Button, Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn


def menu_screen(turn: Turn, *, greeting: bool = False) -> Screen:
    """Give the menu of who speaks: what everybody can do, then what facilitators and staff can."""
    language, person = turn.language, turn.me
    head = (
        language.say("<b>Hello {name}</b>", name=person.name)
        if greeting
        else language.say("<b>Menu</b> · {programme}", programme=turn.territory.programme)
    )
    return Screen(lines(head, language.say("What would you like to do?")), menu_rows(turn))


def menu_rows(turn: Turn) -> Rows:
    """Give the buttons of the menu."""
    language, person = turn.language, turn.me
    rows: list[tuple[Button, ...]] = [
        (button(language.plain("Log an action"), "action.new"),),
        (button(language.plain("My agenda"), "agenda", 0), button(language.plain("Forum"), "forums")),
        (
            button(language.plain("Coalitions"), "coalitions"),
            button(language.plain("Actions"), "actions", "me", "all", 0),
        ),
        (button(language.plain("Propose a coalition"), "propose"),),
    ]
    if turn.staff or turn.uow.coalitions.led_by(person.id):
        rows.append((button(language.plain("Plan a meeting"), "plan"),))
    if turn.staff:
        rows.append((button(language.plain("Project team"), "team"),))
    rows.append((button(language.plain("Settings"), "settings"), button(language.plain("Help"), "help")))
    return tuple(rows)


def show_menu(turn: Turn) -> Reply:
    """Show the menu."""
    return turn.show(menu_screen(turn))


def show_help(turn: Turn) -> Reply:
    """Say what each command does, by role, and whom to ask."""
    language = turn.language
    known = lines(
        language.say("/menu: everything, by buttons"),
        language.say("/coalitions: find a coalition, join it, leave it"),
        language.say("/proposer: propose a new coalition"),
        language.say("/action: log an action in less than a minute"),
        language.say("/actions: your actions and those of your coalitions"),
        language.say("/forum: the forum, your registration, your ticket"),
        language.say("/jalons: the milestones of your coalitions"),
        language.say("/feuillederoute: the roadmap of your coalitions"),
        language.say("/agenda: your meetings, your forums and your answers"),
        language.say("/ressources: pages and documents that help coalitions"),
        language.say("/reglages: language, reminders, quiet hours, pause"),
        language.say("/engagement: the level of commitment of your organisation"),
        language.say("/mesdonnees: all that is kept about you, as a file"),
        language.say("/supprimer: erase all that is kept about you"),
        language.say("/annuler: stop the question under way"),
        language.say("/confidentialite: what is kept about you, and why"),
    )
    leads = turn.person is not None and (turn.staff or turn.uow.coalitions.led_by(turn.person.id))
    facilitation = (
        lines(
            language.say("/rencontre: plan a meeting of your coalition"),
            language.say("/jalon: add a milestone to your coalition"),
            language.say("/appui: ask the project team for help, and follow what you asked"),
            language.say("/membres: who is in your coalition, and handing over"),
            language.say("/inviter: a link and a QR code that bring people to it"),
        )
        if leads
        else None
    )
    team = language.say("/equipe: proposals and requests that wait for you") if turn.staff else None
    text = paragraphs(
        language.say("<b>Help</b>"),
        lines(known, facilitation, team),
        language.say("A question? {contact}", contact=contact_line(turn)),
    )
    return turn.show(Screen(text, way_out(language)))


def contact_line(turn: Turn) -> str:
    """Give whom to ask at the authority: service, address, phone, as far as known."""
    contact = turn.territory.contact
    return ", ".join(part for part in (contact.service, contact.email, contact.phone) if part)


def nothing_to_cancel(turn: Turn) -> Reply:
    """Answer /annuler when no conversation is under way."""
    text = turn.language.say("No question is under way: there is nothing to cancel.")
    return say(Screen(text, way_out(turn.language)))


FEATURE = Feature(
    commands={"menu": show_menu},
    buttons={"menu": show_menu},
)

HELP = Feature(
    commands={"aide": show_help, "annuler": nothing_to_cancel},
    buttons={"help": show_help},
    strangers=True,
)
