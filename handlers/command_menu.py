"""The commands as Telegram lists them behind « / », by role, and how the bot describes itself."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from locales import Language, Msgid, _
from programme.territory import Territory


class Role(StrEnum):
    """Who sees which commands."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    STAFF = "staff"


MEMBERS: Final[dict[str, Msgid]] = {
    "menu": _("Everything, by buttons"),
    "coalitions": _("Find, join or leave a coalition"),
    "proposer": _("Propose a coalition"),
    "action": _("Log an action"),
    "actions": _("My actions and those of my coalitions"),
    "forum": _("The forum, my registration, my ticket"),
    "etapes": _("The path of my coalitions"),
    "jalons": _("The milestones of my coalitions"),
    "feuillederoute": _("The roadmap of my coalitions"),
    "agenda": _("My meetings, my forums, my answers"),
    "ressources": _("Guides and documents that help"),
    "reglages": _("Language, reminders, quiet hours"),
    "engagement": _("The commitment of my organisation"),
    "mesdonnees": _("All that is kept about me, as a file"),
    "supprimer": _("Erase all that is kept about me"),
    "aide": _("What I can do, and whom to ask"),
    "annuler": _("Stop the question under way"),
    "confidentialite": _("What is kept about me, and why"),
}
FACILITATORS: Final[dict[str, Msgid]] = {
    "rencontre": _("Plan a meeting"),
    "rencontres": _("The meetings to come"),
    "relancer": _("Ask those who have not answered"),
    "jalon": _("Add a milestone"),
    "appui": _("Ask for help"),
    "presences": _("Who came to the meeting"),
    "compterendu": _("The minutes of the meeting"),
    "animation": _("Whose turn it is to chair"),
    "fiche": _("The commitment card"),
    "membres": _("Who belongs to the coalition"),
    "inviter": _("A link and a QR code to invite"),
}
STAFF: Final[dict[str, Msgid]] = {
    "equipe": _("What waits for the project team"),
    "annonce": _("Announce something to many"),
    "campagne": _("Who is where with the commitment cards"),
    "journal": _("Who decided what, and when"),
    "sante": _("How well the bot does"),
    "tableau": _("Where the programme stands"),
}

COMMANDS: Final[dict[Role, dict[str, Msgid]]] = {
    Role.MEMBER: MEMBERS,
    Role.FACILITATOR: {**MEMBERS, **FACILITATORS},
    Role.STAFF: {**MEMBERS, **FACILITATORS, **STAFF},
}


GROUPS: Final[dict[str, Msgid]] = {
    "rencontre": _("Plan a meeting, or look for a date"),
    "rencontres": _("The meetings to come"),
    "relancer": _("Ask those who have not answered"),
    "presences": _("Who came to the meeting"),
    "compterendu": _("The minutes of the meeting"),
    "animation": _("Whose turn it is to chair"),
    "etapes": _("The path of the coalition"),
    "jalon": _("Add a milestone"),
    "jalons": _("The milestones, and how far they are"),
    "action": _("Log an action of the coalition"),
    "feuillederoute": _("The roadmap, and how far it is"),
    "fiche": _("The commitment card"),
    "membres": _("Who belongs to the coalition"),
    "inviter": _("A link and a QR code to invite"),
    "appui": _("Ask for help"),
    "ressources": _("Guides and documents that help"),
    "lier": _("Say which coalition talks here"),
    "aide": _("What I can do in this group"),
}


@dataclass(frozen=True, slots=True)
class Presentation:
    """How the bot presents itself: on an empty chat (512 characters), and on its profile (120)."""

    description: str
    short_description: str


def commands_of(role: Role, language: Language) -> tuple[tuple[str, str], ...]:
    """Give a role's commands with their descriptions, in the order of the menu."""
    return tuple((name, language.plain(words)) for name, words in COMMANDS[role].items())


def group_commands(language: Language) -> tuple[tuple[str, str], ...]:
    """Give the commands that are listed in groups, with their descriptions."""
    return tuple((name, language.plain(words)) for name, words in GROUPS.items())


def presentation(territory: Territory, language: Language) -> Presentation:
    """Give the bot's own description for this territory."""
    return Presentation(
        description=language.plain(
            "I am Jalon, the assistant of {territory} for {programme}: join a coalition, answer its meetings, "
            "be reminded in time.",
            territory=territory.name,
            programme=territory.programme,
        ),
        short_description=language.plain("The assistant of {territory} for the climate.", territory=territory.name),
    )
