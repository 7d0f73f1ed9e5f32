"""Notices to those who help at the doors of a forum."""

from handlers.cards.forum import forum_lines
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, button, paragraphs
from programme.doors import next_opening, open_doors
from programme.forums import Forum, ForumState
from programme.ids import ForumId
from programme.notices import HelperNamed, HelperRemoved


def helper_named(notice: HelperNamed, reader: Reader) -> Screen:
    """Tell who helps what there is to do, and from when."""
    forum, language = _to_come(notice.forum_id, reader), reader.language
    if not reader.uow.doors.helps(forum.id, reader.person.id):
        raise Untrue("no longer helps")
    opens_at = next_opening(forum, reader.now)
    now_open = open_doors(forum, reader.now, reader.territory.zone) is not None
    text = paragraphs(
        language.say("You help at the doors of this forum: you note who comes, by the ticket or by the name."),
        forum_lines(forum, language, reader.territory),
        language.say("The doors are open: you can begin.")
        if now_open or opens_at is None
        else language.say(
            "You can note arrivals {when}.", when=language.from_now(opens_at, reader.now, reader.territory.zone)
        ),
    )
    doors = (button(language.plain("Doors"), "doors", forum.id),)
    return Screen(text, (doors, why_button(notice, language), *way_out(language)))


def helper_removed(notice: HelperRemoved, reader: Reader) -> Screen:
    """Tell who helps no more."""
    forum, language = _to_come(notice.forum_id, reader), reader.language
    if reader.uow.doors.helps(forum.id, reader.person.id):
        raise Untrue("helps again")
    text = paragraphs(
        language.say("You are not needed at the doors of this forum any more. Thank you for having offered your help."),
        forum_lines(forum, language, reader.territory),
    )
    return Screen(text, (why_button(notice, language), *way_out(language)))


def _to_come(forum_id: ForumId, reader: Reader) -> Forum:
    forum = reader.uow.forums.get(forum_id)
    if forum.state is not ForumState.PLANNED:
        raise Untrue("cancelled")
    if forum.ends_at <= reader.now:
        raise Untrue("too late")
    return forum
