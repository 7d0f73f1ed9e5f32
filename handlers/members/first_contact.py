"""First contact: welcome, a plain word on data, consent, name, organisation, then what the link asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from handlers.feature import Feature
from handlers.forms import Choice, Form, Option, Pick, Question, Text, open_form
from handlers.members.links import follow_link, known_link
from handlers.members.menu import contact_line, menu_screen
from handlers.names import organisation_kind
from handlers.reply import Reply, Say, say
from handlers.said import Command
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import _, language_for
from programme.ids import TelegramId
from programme.organisations import ORGANISATION_NAME_MAX
from programme.people import NAME_MAX
from programme.territory import OrganisationKind
from programme.usecases.introduce_person import IN_OWN_NAME, NEW, Introduction, introduce_person

LINK: Final = "link"
FOUND_MAX: Final = 400
"""How many organisations one search looks through."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What somebody tells of themself, and the link that brought them."""

    name: str
    organisation: str
    kind: str = ""
    link: str = ""


def start(turn: Turn) -> Reply:
    """Answer /start: greet who is known by name, or welcome who is not; a link is followed or kept for later."""
    asked_for = turn.said.words if isinstance(turn.said, Command) else ""
    if turn.person is None:
        return welcome(turn, asked_for)
    return follow_link(turn, asked_for) or say(menu_screen(turn, greeting=True))


def welcome(turn: Turn, asked_for: str = "") -> Reply:
    """Say in two lines what this is and in plain words what is kept, and ask for consent."""
    language = turn.language
    kept = known_link(asked_for)
    rows = (
        (button(language.plain("I agree"), "agree", kept), button(language.plain("No, thank you"), "decline", kept)),
        (button(language.plain("What is kept, and why"), "privacy", kept),),
    )
    return turn.show(Screen(_welcome_words(turn), rows))


def agree(turn: Turn) -> Reply:
    """Take the consent, which stays in the chat, and ask for the name; who is known goes where the link leads."""
    asked_for = known_link(turn.word(0))
    if turn.person is not None:
        return follow_link(turn, asked_for) or turn.show(menu_screen(turn, greeting=True))
    agreed = turn.show(
        Screen(paragraphs(_welcome_words(turn), turn.language.say("✓ You agreed. Two questions, and you are there.")))
    )
    opened = open_form(turn, FIRST_CONTACT, context={LINK: asked_for})
    return opened.after(*agreed.messages)


def decline(turn: Turn) -> Reply:
    """Keep nothing, and say how to come back."""
    language = turn.language
    text = language.say("Understood: nothing is kept about you. You may come back whenever you like.")
    return turn.show(Screen(text, ((button(language.plain("Start again"), "welcome", known_link(turn.word(0))),),)))


def welcome_again(turn: Turn) -> Reply:
    """Show the welcome again to who had declined."""
    if turn.person is None:
        return welcome(turn, known_link(turn.word(0)))
    return turn.show(menu_screen(turn, greeting=True))


def show_privacy(turn: Turn) -> Reply:
    """Say in plain words what is kept, why, who sees it, and how to have it corrected or erased."""
    language = turn.language
    text = paragraphs(
        language.say("<b>Your data</b>"),
        lines(
            language.say(
                "• Kept: your name, your organisation, your coalitions, what you answer, vote, write and look after "
                "there, your actions, your places at forums and your settings."
            ),
            language.say("• Why: to run the programme of {territory}, nothing else.", territory=turn.territory.name),
            language.say(
                "• Who sees it: the people who facilitate your coalitions, and the project team. In your coalitions "
                "and their groups, everybody sees your name, your organisation and your answers to meetings, nobody "
                "your votes."
            ),
            language.say("• Where: in the database of {territory}, and nowhere else.", territory=turn.territory.name),
            language.say("• How long: after 24 months without news of you, I ask; without an answer, all is erased."),
            language.say(
                "• Safety copies of the database keep what is erased until newer ones take their place: "
                "the project team says when."
            ),
        ),
        lines(
            language.say("To see it all: /mesdonnees"),
            language.say("To erase it all: /supprimer"),
            language.say("To have it corrected, or to ask: {contact}", contact=contact_line(turn)),
        ),
    )
    if turn.person is None:
        back = button(language.plain("‹ Back"), "welcome", known_link(turn.word(0)))
        return turn.show(Screen(text, ((back,),)))
    return turn.show(Screen(text, ((button(language.plain("Menu"), "menu"),),)))


def suggested_name(turn: Turn) -> str:
    """Give the name that Telegram shows, to be taken in one tap."""
    return f"{turn.sender.first_name} {turn.sender.last_name}".strip()[:NAME_MAX]


def organisations(turn: Turn, words: str, offset: int, limit: int) -> tuple[Sequence[Option], int]:
    """Give the known organisations that fit the words; without words, « in my own name » comes first."""
    found = [
        Option(str(organisation.id), organisation.name)
        for organisation in turn.uow.organisations.find(words, limit=FOUND_MAX)
    ]
    options = found if words else [Option(IN_OWN_NAME, turn.language.plain("I come in my own name")), *found]
    return options[offset : offset + limit], len(options)


def kinds(turn: Turn) -> Sequence[Option]:
    """Give the kinds of organisation of this territory."""
    return [
        Option(kind.value, organisation_kind(kind, turn.language))
        for kind in turn.territory.organisation_kinds
        if kind is not OrganisationKind.INHABITANT
    ]


def _welcome_words(turn: Turn) -> Markup:
    language, territory = turn.language, turn.territory
    return paragraphs(
        lines(
            language.say("<b>Hello!</b> I am Jalon, the assistant of {territory}.", territory=territory.name),
            language.say(
                "With me you join a coalition, answer its meetings and are reminded in time ({programme}).",
                programme=territory.programme,
            ),
        ),
        language.say(
            "For this I keep your name, your organisation and your answers, only to run this programme. "
            "Nothing is kept before you agree; /mesdonnees shows it all and /supprimer erases it all."
        ),
    )


def _is_new(answers: Mapping[str, Any]) -> bool:
    return str(answers["organisation"] or "").startswith(NEW)


def _introduce(turn: Turn, arrival: Arrival) -> Reply:
    introduction = Introduction(arrival.name, arrival.organisation, arrival.kind)
    telegram_id = TelegramId(turn.sender.telegram_id)
    person = introduce_person(turn.uow, telegram_id, introduction, turn.language.code, turn.now)
    staff, language = turn.uow.people.is_staff(person.id), language_for(person.preferences.language)
    known = replace(turn, person=person, staff=staff, language=language)
    done = Screen(turn.language.say("Welcome, {name}: that is all I need.", name=person.name))
    then = follow_link(known, arrival.link) or say(menu_screen(known))
    return then.after(Say(done))


FIRST_CONTACT = Form(
    name="first_contact",
    version=1,
    into=Arrival,
    questions=(
        Question("name", _("What is your name?"), Text(longest=NAME_MAX, suggestion=suggested_name), label=_("Name")),
        Question(
            "organisation",
            _("Which organisation do you speak for?"),
            Pick(organisations, create=True, longest=ORGANISATION_NAME_MAX),
            label=_("Organisation"),
        ),
        Question("kind", _("What kind of organisation is it?"), Choice(kinds), when=_is_new, label=_("Kind")),
    ),
    submit=_introduce,
)

FEATURE = Feature(
    commands={"start": start, "confidentialite": show_privacy},
    buttons={"agree": agree, "decline": decline, "welcome": welcome_again, "privacy": show_privacy},
    forms=(FIRST_CONTACT,),
    again={FIRST_CONTACT.name: welcome_again},
    strangers=True,
)
