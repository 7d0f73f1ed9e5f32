"""One's own data: all of it as one file at once, and erased for good after being asked twice."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from markupsafe import Markup

from handlers.feature import Feature
from handlers.members.menu import contact_line
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import File, Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import Language, Msgid, _
from programme.errors import NotAllowed
from programme.usecases.erase_person import erase_person, led_alone

FILE_NAME: Final = "jalon-mes-donnees.json"
A_MINUTE: Final = timedelta(minutes=1)
OFFER_MINUTES: Final = 10
"""How long the buttons that erase are good for."""


def send_own_data(turn: Turn) -> Reply:
    """Send all that is kept of who asks as one JSON file."""
    language = turn.language
    if turn.person is None:
        return turn.show(_nothing_kept(turn))
    content = own_data_file(turn.uow.own_data.gather(turn.person), turn)
    text = language.say("Here is all that is kept about you, in one file that any text editor opens.")
    rows = ((button(language.plain("Erase it all"), "erase"),), *way_out(language))
    return say(Screen(text, rows, File(FILE_NAME, content, "application/json")))


def own_data_file(gathered: Mapping[str, Any], turn: Turn) -> bytes:
    """Write what was gathered, each part under words that tell what it is; UTF-8, indented."""
    language = turn.language
    head = language.plain(
        "All that Jalon keeps about you, on {moment}", moment=language.moment(turn.now, turn.territory.zone)
    )
    told = {
        language.plain("About this file"): head,
        language.plain("Whom to ask"): contact_line(turn),
        **{part_name(table, language): [_without_file(row) for row in rows] for table, rows in gathered.items()},
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _without_file(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leave out the file of a message that waits: it may be an earlier one of these, and each would hold the last."""
    content = row.get("content")
    if not isinstance(content, dict) or "file" not in content:
        return row
    return {**row, "content": {name: value for name, value in content.items() if name != "file"}}


def part_name(table: str, language: Language) -> str:
    """Say what a part of one's data is, and under which name it is kept."""
    return f"{language.plain(PARTS[table])} ({table})"


def ask_first(turn: Turn) -> Reply:
    """Say what goes, what stays and what is lost, and ask a first time."""
    language = turn.language
    if turn.person is None:
        return turn.show(_nothing_kept(turn))
    text = paragraphs(
        language.say("<b>Erase everything about you?</b>"),
        lines(
            language.say(
                "• Gone: your name, your coalitions, answers, votes, settings, drafts and your calendar address."
            ),
            language.say(
                "• Stays without your name: your actions, as those of a “former member”, and what your coalitions work "
                "with, such as minutes."
            ),
            language.say("• Stays as a number: places you had at past forums."),
            language.say("• Lost: your places at forums to come, which go to those who wait."),
            _facilitation_line(turn),
        ),
    )
    return turn.show(Screen(text, _asking(turn, language.plain("Go on"), "erase.sure")))


def ask_again(turn: Turn) -> Reply:
    """Ask a second time."""
    if (late := _not_in_time(turn)) is not None:
        return late
    language = turn.language
    text = lines(
        language.say("<b>Really everything, for good?</b>"),
        language.say("Nobody can bring it back. To keep a copy, tap “No, keep it”, then “See my data”."),
    )
    return turn.show(Screen(text, _asking(turn, language.plain("Yes, erase it all"), "erase.now")))


def erase(turn: Turn) -> Reply:
    """Forget who speaks, and say farewell."""
    if (late := _not_in_time(turn)) is not None:
        return late
    erase_person(turn.uow, turn.me.id, turn.now, turn.territory.zone)
    language = turn.language
    text = lines(
        language.say("It is done: nothing about you is kept any more."),
        language.say("This chat stays in your Telegram: you can delete it there. To come back: /start"),
    )
    return turn.show(Screen(text))


def keep(turn: Turn) -> Reply:
    """Erase nothing."""
    language = turn.language
    if turn.person is None:
        return turn.show(_nothing_kept(turn))
    rows = ((button(language.plain("See my data"), "data"),), *way_out(language, "settings"))
    return turn.show(Screen(language.say("Nothing is erased: everything stays as it was."), rows))


def _not_in_time(turn: Turn) -> Reply | None:
    """Give another answer where nobody is known, or the button is too old; raises NotAllowed for another's button."""
    if turn.person is None:
        return turn.show(_nothing_kept(turn))
    if turn.number(0) != turn.person.id:
        raise NotAllowed
    if turn.number(1) >= _minutes(turn):
        return None
    words = turn.language.plain("More than ten minutes have passed: please begin again.")
    return Reply(ask_first(turn).messages, words, alert=True)


def _asking(turn: Turn, yes: str, route: str) -> Rows:
    """Give the buttons: whose they are and until when they are good stands in them."""
    sure = button(yes, route, turn.me.id, _minutes(turn) + OFFER_MINUTES)
    return ((sure, button(turn.language.plain("No, keep it"), "erase.not")),)


def _minutes(turn: Turn) -> int:
    """Give the present moment in minutes, short enough for a button."""
    return int(turn.now.timestamp()) // int(A_MINUTE.total_seconds())


def _nothing_kept(turn: Turn) -> Screen:
    language = turn.language
    text = lines(
        language.say("Nothing is kept about you: you have not introduced yourself."),
        language.say("If you stopped on the way, /annuler forgets what you had written."),
    )
    return Screen(text, ((button(language.plain("What is kept, and why"), "privacy", ""),),))


def _facilitation_line(turn: Turn) -> Markup | None:
    """Say what becomes of the coalitions that who speaks keeps going; nothing where there are none."""
    language = turn.language
    alone = [coalition.name for coalition in led_alone(turn.uow, turn.me.id)]
    if alone:
        return language.say("• Lost: facilitation. Nobody will facilitate {names}.", names=language.listing(alone))
    if turn.uow.coalitions.led_by(turn.me.id):
        return language.say("• Lost: facilitation. The others who facilitate go on.")
    return None


PARTS: Final[dict[str, Msgid]] = {
    "people": _("Who you are, and your settings"),
    "memberships": _("Your coalitions"),
    "answers": _("Your answers to meetings"),
    "attendance": _("Whether you came to meetings"),
    "date_answers": _("Your answers to proposed dates"),
    "ballots": _("Your votes"),
    "actions": _("The actions you logged or look after"),
    "milestones": _("The milestones you look after"),
    "steps": _("The steps you look after"),
    "chairs": _("Your place in the order of chairs"),
    "agreements": _("The working agreements that name you"),
    "registrations": _("Your places at forums"),
    "forum_answers": _("What you answered about forums"),
    "arrivals": _("The days on which you came to a forum"),
    "door_helpers": _("The forums at whose doors you help"),
    "feeds": _("Your private calendar address"),
    "drafts": _("The questions you have under way"),
    "audit": _("What the record of decisions says of you"),
    "coalitions": _("The coalitions you proposed"),
    "meetings": _("The meetings you planned or chair"),
    "series": _("The meetings that come again which you planned"),
    "date_polls": _("The dates you proposed"),
    "minutes": _("The minutes you added"),
    "votes": _("The votes you opened"),
    "commitment_cards": _("The commitment cards you published"),
    "campaigns": _("The campaigns you opened"),
    "level_requests": _("The levels of commitment you asked for or decided"),
    "invitations": _("The invitation links you made"),
    "invitation_uses": _("The invitation links you came by"),
    "support_requests": _("The support requests you made or took on"),
    "support_messages": _("What you said about support requests"),
    "findings": _("What you found for support requests"),
    "outbox": _("The messages sent to you, without their words"),
    "inbox": _("What you said that waits for its answer"),
    "anchors": _("Where messages stand in your chat"),
    "organisations": _("Your organisation"),
    "announcements": _("The announcements that you wrote"),
    "remembered": _("The commands shown to you by your role"),
}
"""What each part holds, in words."""

FEATURE = Feature(
    commands={"mesdonnees": send_own_data, "supprimer": ask_first},
    buttons={
        "data": send_own_data,
        "erase": ask_first,
        "erase.sure": ask_again,
        "erase.now": erase,
        "erase.not": keep,
    },
    strangers=True,
)
