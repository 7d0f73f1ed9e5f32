"""Forums that took place, for the project team: who came to each, and what people said."""

from typing import Final

from handlers.feature import Feature
from handlers.forms.wording import shortened
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Button, Screen, button, lines
from handlers.turn import Turn
from programme.forums import Forum
from programme.usecases.rights import require_staff

TITLE_SHOWN: Final = 40


def show_past(turn: Turn) -> Reply:
    """Show the forums that are over, the latest first, each leading to its registrations."""
    require_staff(turn.uow, turn.me.id)
    language = turn.language
    page = page_of(turn.uow.forums.past(turn.now), turn.number(0) if turn.word(0) else 0)
    text = lines(
        language.say("<b>Forums that took place</b>"),
        language.say("Choose one to see who came and what people said.") if page.things else language.say("None yet."),
    )
    rows = (
        *((_forum_button(turn, forum),) for forum in page.things),
        *page.turner(language, "forums.past"),
        *way_out(language, "team.forums"),
    )
    return turn.show(Screen(text, rows))


def _forum_button(turn: Turn, forum: Forum) -> Button:
    month = turn.language.month(forum.starts_at.astimezone(turn.territory.zone).date())
    return button(f"{month} · {shortened(forum.title, TITLE_SHOWN)}", "doors", forum.id)


FEATURE = Feature(buttons={"forums.past": show_past})
