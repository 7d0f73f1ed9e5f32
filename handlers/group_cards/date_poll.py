"""The card of a date poll: each proposed date with how many it suits, and a row of three buttons to answer it.

Names are shown in the group for « yes » and « if need be », never for « no »: nobody has to explain themself there.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from handlers.cards.meeting import UNNAMED
from handlers.forms.wording import length
from handlers.group_cards.reader import CardReader
from handlers.names import date_answer_name, meeting_kind
from handlers.screen import Rows, Screen, button, lines, paragraphs
from locales import Language
from programme.date_polls import DateAnswer, DateOption, DatePoll, DatePollState
from programme.ids import DateOptionId, DatePollId, PersonId
from programme.meetings import NAMES_SHOWN
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.usecases.answer_dates import takes_answers
from programme.usecases.decide_date import Standing, standings

CHOSEN: Final = "✓ "
NAMED: Final = (DateAnswer.YES, DateAnswer.IF_NEED_BE)
FITS: Final = 3600
"""Characters of a card, which leaves room for a sentence around it; Telegram takes 4096."""
NAMES: Final = (NAMES_SHOWN, 10, 5, 3, 0)
"""How many names each line shows: the most with which the card fits."""


def date_poll_card(subject_id: int, reader: CardReader) -> Screen:
    """Show a date poll in a group: whoever belongs to the coalition answers by a tap."""
    poll, language = reader.uow.date_polls.get(DatePollId(subject_id)), reader.language
    found = standings(reader.uow, poll.id)
    rows: Rows = ()
    if takes_answers(poll, reader.now):
        rows = date_buttons(found, {}, language, reader.territory)
    given = reader.uow.date_polls.answers(poll.id)
    names = reader.uow.people.names(person for said in given.values() for person in said)
    text = Markup()
    for most in NAMES:
        named = {option: _names(said, names, most, language) for option, said in given.items()}
        text = poll_lines(poll, reader.uow, language, reader.territory, named=named)
        if length(text) <= FITS:
            break
    return Screen(paragraphs(text, how_to_answer(language) if rows else None), rows)


def poll_lines(
    poll: DatePoll,
    uow: UnitOfWork,
    language: Language,
    territory: Territory,
    *,
    named: Mapping[DateOptionId, Markup] | None = None,
    own: Mapping[DateOptionId, DateAnswer] | None = None,
) -> Markup:
    """Say what is asked, until when, and how each date stands, with names or with one's `own` answers."""
    moment = language.moment(poll.closes_at, territory.zone)
    decided = None if poll.meeting_id is None else uow.meetings.get(poll.meeting_id)
    head = lines(
        language.say("<b>Which date? {title}</b>", title=poll.title),
        language.say("Coalition: {name}", name=uow.coalitions.get(poll.coalition_id).name),
        None if poll.kind in UNNAMED else language.say("Kind: {kind}", kind=meeting_kind(poll.kind, language)),
        language.say("Where: {place}", place=poll.place),
        language.say("Answers until {moment}", moment=moment) if poll.state is DatePollState.OPEN else None,
    )
    if poll.state is DatePollState.CANCELLED:
        return paragraphs(head, language.say("<b>Called off.</b>"))
    if decided is not None:
        chosen = language.moment(decided.starts_at, territory.zone)
        return paragraphs(head, language.say("<b>✓ Chosen: {moment}</b>", moment=chosen))
    ordered = standings(uow, poll.id)
    if poll.state is DatePollState.OPEN:
        ordered = sorted(ordered, key=lambda each: each.option.starts_at)
    dates = [_date_lines(each, language, territory, named or {}, own) for each in ordered]
    closed = language.say("<b>The answers are in</b>: the date is being chosen.")
    return paragraphs(head, *dates, closed if poll.state is DatePollState.CLOSED else None)


def date_buttons(
    found: Sequence[Standing], own: Mapping[DateOptionId, DateAnswer], language: Language, territory: Territory
) -> Rows:
    """Give a row of three buttons for each date, soonest first: the date itself says yes; one's answer is marked."""
    options = sorted((each.option for each in found), key=lambda option: option.starts_at)
    return tuple(
        tuple(
            button(
                (CHOSEN if own.get(option.id) is answer else "") + _label(option, answer, language, territory),
                "date",
                option.id,
                answer.value,
            )
            for answer in DateAnswer
        )
        for option in options
    )


def how_to_answer(language: Language) -> Markup:
    """Say what the buttons mean."""
    return language.say("Tap the dates that suit you. Otherwise, tap “if need be” or “no” beside them.")


def short_date(option: DateOption, language: Language, territory: Territory) -> str:
    """Write a date for a button: « mar. 24 nov., 18 h 30 »."""
    local = option.starts_at.astimezone(territory.zone)
    return f"{language.short_day(local.date())}, {language.clock(local.time())}"


def _counts(each: Standing, language: Language) -> str:
    """Write how many said what to a date."""
    return language.plain(
        "{yes} yes, {if_need_be} if need be, {no} no",
        yes=language.number(each.yes),
        if_need_be=language.number(each.if_need_be),
        no=language.number(each.no),
    )


def _label(option: DateOption, answer: DateAnswer, language: Language, territory: Territory) -> str:
    """Write a button of three in a row: a phone shows some fourteen letters of it."""
    if answer is not DateAnswer.YES:
        return date_answer_name(answer, language)
    local = option.starts_at.astimezone(territory.zone)
    return f"{language.numeric_day(local.date())} · {language.clock(local.time())}"


def _date_lines(
    each: Standing,
    language: Language,
    territory: Territory,
    named: Mapping[DateOptionId, Markup],
    own: Mapping[DateOptionId, DateAnswer] | None,
) -> Markup:
    said = None if own is None else own.get(each.option.id)
    return lines(
        language.say("<b>{moment}</b>", moment=language.moment(each.option.starts_at, territory.zone)),
        _counts(each, language) if each.yes or each.if_need_be or each.no else None,
        named.get(each.option.id),
        None if said is None else language.say("You: {answer}", answer=date_answer_name(said, language)),
    )


def _names(said: Mapping[PersonId, DateAnswer], names: Mapping[PersonId, str], most: int, language: Language) -> Markup:
    """Name who said yes and who said « if need be », at most so many each."""
    found = []
    for answer in NAMED:
        people = [names[person] for person, given in said.items() if given is answer and person in names]
        if people and most:
            shown, others = people[:most], len(people) - most
            more = [language.plain_n("{n} other", "{n} others", others)] if others > 0 else []
            found.append(
                language.say(
                    "{label}: {answer}",
                    label=date_answer_name(answer, language).capitalize(),
                    answer=language.listing([*shown, *more]),
                )
            )
    return lines(*found)
