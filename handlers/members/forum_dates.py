"""The dates of a forum, to look through: its days one after the other, and the rendez-vous of its series."""

from markupsafe import Markup

from handlers.cards.forum import forum_button, places_lines, span_words
from handlers.feature import Feature
from handlers.members.forum import forum_of
from handlers.navigation import page_of, way_out
from handlers.reply import Reply
from handlers.screen import Screen, lines, paragraphs
from handlers.turn import Turn
from programme.forums import Forum, ForumDay, ForumState, days_of
from programme.usecases.forum_series import rendezvous_of
from programme.usecases.places import takes_registrations


def show_days(turn: Turn) -> Reply:
    """Show the days of a forum, each with its hours, place and programme."""
    forum, language = forum_of(turn), turn.language
    page = page_of(days_of(forum), turn.number(1) if turn.word(1) else 0)
    text = paragraphs(
        language.say("<b>{title}</b>", title=forum.title), *(day_lines(turn, forum, day) for day in page.things)
    )
    rows = (*page.turner(language, "forum.days", forum.id), *way_out(language, "forum", forum.id))
    return turn.show(Screen(text, rows))


def day_lines(turn: Turn, forum: Forum, day: ForumDay) -> Markup:
    """Say all that one day holds."""
    language = turn.language
    moment = span_words(day.starts_at, day.ends_at, turn.territory.zone, language)
    return lines(
        language.say("<b>{moment}</b>", moment=moment[:1].upper() + moment[1:]),
        language.say("Where: {place}", place=day.place or forum.place),
        language.say("{programme}", programme=day.programme) if day.programme else None,
    )


def show_series(turn: Turn) -> Reply:
    """Show the rendez-vous announced together, with how many places are left of each."""
    forum, language = forum_of(turn), turn.language
    page = page_of(rendezvous_of(turn.uow, forum), turn.number(1) if turn.word(1) else 0)
    text = paragraphs(
        language.say("<b>{title}</b>", title=forum.title), *(_rendezvous_lines(turn, one) for one in page.things)
    )
    rows = (
        *(
            (forum_button(one, language, turn.territory.zone),)
            for one in page.things
            if takes_registrations(one, turn.now)
        ),
        *page.turner(language, "forum.series", forum.id),
        *way_out(language, "forum", forum.id),
    )
    return turn.show(Screen(text, rows))


def _rendezvous_lines(turn: Turn, forum: Forum) -> Markup:
    language, zone = turn.language, turn.territory.zone
    said = None
    if forum.state is ForumState.CANCELLED:
        said = language.say("Cancelled")
    elif takes_registrations(forum, turn.now):
        said = places_lines(turn.uow, forum, language, zone, turn.now)
    return lines(language.say("• {moment}", moment=language.moment(forum.starts_at, zone)), said)


FEATURE = Feature(buttons={"forum.days": show_days, "forum.series": show_series})
