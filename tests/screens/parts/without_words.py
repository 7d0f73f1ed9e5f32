"""What stands in Telegram before a word is said: the bot's description and the commands behind « / »."""

from handlers.command_menu import Role, commands_of, group_commands, presentation
from tests.screens.tour import Tour


async def walk(tour: Tour) -> None:
    """Show what is registered with Telegram; tests/bot/test_command_menu.py looks at how it is registered."""
    words = presentation(tour.world.territory, tour.language)
    tour.shows("Description of the bot", words.description, words.short_description)
    tour.shows("Commands of a member", _listed(commands_of(Role.MEMBER, tour.language)))
    tour.shows("Commands of the project team", _listed(commands_of(Role.STAFF, tour.language)))
    tour.shows("Commands in a group", _listed(group_commands(tour.language)))


def _listed(commands: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"/{name}: {words}" for name, words in commands)
