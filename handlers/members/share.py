"""`@bot words` in any chat: coalitions, meetings and forums to share, each with a button that opens the private chat.

What is offered holds nothing private: no names of members, no answers, and no link to a meeting that is held online.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from handlers.cards.forum import forum_lines, span_words
from handlers.feature import Feature
from handlers.forms.wording import shortened
from handlers.reply import Offer, Reply
from handlers.said import Inline
from handlers.screen import Screen, lines, link, paragraphs
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.errors import NotFound
from programme.forums import Forum
from programme.meetings import Meeting
from programme.texts import folded
from programme.usecases.places import registration_open

AT_ONCE: Final = 50
"""How many offers one answer holds (Bot API, answerInlineQuery)."""
LINE_MAX: Final = 120
"""Characters of the line under an offer's title: as much as a phone shows."""
ADDRESS: Final = re.compile(r"://|\bwww\.|\w\.[a-z]{2,}/", re.IGNORECASE)
"""What makes of a place an address to meet at online."""


def offers(turn: Turn) -> Reply:
    """Offer what the words find, one's own first; who is not known is offered coalitions and forums only."""
    if not isinstance(turn.said, Inline):
        raise NotFound
    words = folded(turn.said.words).split()
    found = [offer for sought, offer in _everything(turn) if _holds(folded(sought), words)]
    start = max(0, turn.said.offset)
    end = start + AT_ONCE
    return Reply(offers=tuple(found[start:end]), more_from=end if len(found) > end else None)


def _holds(sought: str, words: Sequence[str]) -> bool:
    return all(word in sought for word in words)


def _everything(turn: Turn) -> Iterator[tuple[str, Offer]]:
    """Give each offer with the words by which it is found."""
    own: Sequence[Coalition] = () if turn.person is None else turn.uow.coalitions.of_person(turn.person.id)
    mine = {coalition.id for coalition in own}
    for coalition in own:
        yield _coalition(turn, coalition)
    if turn.person is not None:
        for entry in turn.uow.meetings.agenda(turn.person.id, turn.now):
            yield _meeting(turn, entry.meeting, entry.coalition)
    for forum in turn.uow.forums.upcoming(turn.now):
        yield _forum(turn, forum)
    for coalition in turn.uow.coalitions.active():
        if coalition.id not in mine:
            yield _coalition(turn, coalition)


def _coalition(turn: Turn, coalition: Coalition) -> tuple[str, Offer]:
    language = turn.language
    stakes = [stake for key in coalition.stakes if (stake := turn.territory.stake(key)) is not None]
    names = [stake.label_in(language.code) for stake in stakes]
    text = paragraphs(
        language.say("<b>{name}</b>", name=coalition.name),
        language.say("{objective}", objective=coalition.objective) if coalition.objective else None,
        language.say("Stakes: {names}", names=language.listing(names)) if names else None,
        language.say("A coalition of {territory}.", territory=turn.territory.name),
    )
    join = link(language.plain("Join"), _address(turn, f"join_{coalition.code}"))
    offer = Offer(
        f"coalition-{coalition.id}",
        language.plain("Coalition: {name}", name=coalition.name),
        shortened(coalition.objective, LINE_MAX),
        Screen(text, ((join,),)),
    )
    return " ".join((coalition.name, coalition.objective, *names)), offer


def _meeting(turn: Turn, meeting: Meeting, coalition: Coalition) -> tuple[str, Offer]:
    language = turn.language
    moment = language.moment(meeting.starts_at, turn.territory.zone)
    online = ADDRESS.search(meeting.place) is not None
    text = lines(
        language.say("<b>{title}</b>", title=meeting.title),
        language.say("Coalition: {name}", name=coalition.name),
        language.say("When: {moment}", moment=moment),
        language.say("Where: online") if online else language.say("Where: {place}", place=meeting.place),
    )
    answer = link(language.plain("Answer"), _address(turn, f"meeting_{meeting.id}"))
    offer = Offer(
        f"meeting-{meeting.id}",
        language.plain("Meeting: {title}", title=meeting.title),
        shortened(f"{moment} · {coalition.name}", LINE_MAX),
        Screen(text, ((answer,),)),
    )
    return f"{meeting.title} {coalition.name}", offer


def _forum(turn: Turn, forum: Forum) -> tuple[str, Offer]:
    language, zone = turn.language, turn.territory.zone
    opens = registration_open(forum, turn.now)
    words = language.plain("Register") if opens else language.plain("See the forum")
    offer = Offer(
        f"forum-{forum.id}",
        language.plain("Forum: {title}", title=forum.title),
        shortened(span_words(forum.starts_at, forum.ends_at, zone, language), LINE_MAX),
        Screen(forum_lines(forum, language, turn.territory), ((link(words, _address(turn, f"forum_{forum.code}")),),)),
    )
    return f"{forum.title} {forum.place}", offer


def _address(turn: Turn, start: str) -> str:
    return f"https://t.me/{turn.bot_username}?start={start}"


FEATURE = Feature(inline=offers)
