"""The private calendar feed: its secret address, how to subscribe to it, another address, or none any more."""

from datetime import datetime

from markupsafe import Markup

from handlers.documents.calendar_file import agenda_calendar
from handlers.feature import Feature
from handlers.navigation import way_out
from handlers.reply import Reply
from handlers.screen import Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import language_for
from programme.errors import NotFound
from programme.ids import PersonId
from programme.territory import Territory
from programme.usecases.calendar_feed import Agenda, change_feed, open_feed, stop_feed


def show_feed(turn: Turn) -> Reply:
    """Show one's address, made now where there is none, and how phones take it."""
    return turn.show(_feed_screen(turn, open_feed(turn.uow, _subscriber(turn), turn.now)))


def renew_feed(turn: Turn) -> Reply:
    """Make another address; the one before shows nothing any more."""
    secret = change_feed(turn.uow, _subscriber(turn), turn.now)
    words = turn.language.plain("The address is new: the one before shows nothing any more.")
    return turn.show(_feed_screen(turn, secret), toast=words)


def end_feed(turn: Turn) -> Reply:
    """Have no address any more."""
    language = turn.language
    stop_feed(turn.uow, turn.me.id)
    text = language.say("Stopped: the address shows nothing any more. You can remove it from your calendar.")
    again = ((button(language.plain("Subscribe again"), "feed"),),) if turn.public_url else ()
    return turn.show(Screen(text, (*again, *way_out(language, "agenda", 0))))


def feed_file(agenda: Agenda, territory: Territory, owner: str, now: datetime) -> bytes:
    """Give the file that a calendar finds behind the address."""
    language = language_for(agenda.owner.preferences.language)
    name = language.plain("My agenda · {programme}", programme=territory.programme)
    return agenda_calendar(agenda, name, owner, territory.zone, now)


def _subscriber(turn: Turn) -> PersonId:
    """Give who speaks; raises NotFound where this bot has no public address."""
    if not turn.public_url:
        raise NotFound
    return turn.me.id


def _feed_screen(turn: Turn, secret: str) -> Screen:
    language = turn.language
    address = f"{turn.public_url}/agenda/{secret}.ics"
    text = paragraphs(
        lines(
            language.say("<b>Your agenda in your calendar</b>"),
            language.say("Touch the address to copy it, then give it to your calendar, which keeps itself up to date."),
        ),
        Markup("<code>{address}</code>").format(address=address),
        lines(
            language.say("• iPhone: Calendar, Calendars, Add, Add a subscription calendar"),
            language.say("• Android: in a browser, calendar.google.com, Other calendars, From URL"),
            language.say("• Outlook: Add a calendar, Subscribe from the web"),
            language.say(
                "• An app that asks for “webcal”: put {webcal} in place of {scheme}",
                webcal="webcal://",
                scheme=_scheme(address),
            ),
        ),
        language.say("Anyone who has this address sees your meetings and forums: keep it to yourself."),
    )
    return Screen(
        text,
        (
            (button(language.plain("Change the address"), "feed.renew"), button(language.plain("Stop"), "feed.stop")),
            *way_out(language, "agenda", 0),
        ),
    )


def _scheme(address: str) -> str:
    return f"{address.partition('://')[0]}://"


FEATURE = Feature(buttons={"feed": show_feed, "feed.renew": renew_feed, "feed.stop": end_feed})
