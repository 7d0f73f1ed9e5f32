"""A series in words: « le 2e mardi de chaque mois à 18 h 30 »."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from handlers.screen import lines, paragraphs
from locales import Language, Msgid, _
from programme.coalitions import Coalition
from programme.meetings import Meeting
from programme.series import LAST_WEEK, Frequency, Series, nth_of
from programme.territory import Territory

SHOWN: Final = 5
"""How many of the next dates are shown."""

WEEKDAYS: Final = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
OF_THE_MONTH: Final[dict[int, Msgid]] = {
    1: _("The 1st {weekday} of each month at {time}"),
    2: _("The 2nd {weekday} of each month at {time}"),
    3: _("The 3rd {weekday} of each month at {time}"),
    4: _("The 4th {weekday} of each month at {time}"),
    LAST_WEEK: _("The last {weekday} of each month at {time}"),
}


def rule_words(series: Series, language: Language) -> str:
    """Say how often a series comes, on which weekday and at which hour."""
    weekday = language.plain(WEEKDAYS[series.starts_on.weekday()])
    facts = {"weekday": weekday, "time": language.clock(series.at)}
    match series.frequency:
        case Frequency.WEEKLY:
            return language.plain("Every {weekday} at {time}", **facts)
        case Frequency.FORTNIGHTLY:
            return language.plain("Every other {weekday} at {time}", **facts)
        case Frequency.MONTHLY:
            return language.plain(OF_THE_MONTH[series.nth or nth_of(series.starts_on)], **facts)


def series_lines(
    series: Series, coming: Sequence[Meeting], coalition: Coalition, language: Language, territory: Territory
) -> Markup:
    """Say what comes again, by which rule, where, and when next: five dates at most."""
    rule = language.say("{rule}", rule=rule_words(series, language))
    until = None if series.until_on is None else language.say("Until {day}", day=language.day(series.until_on))
    shown = [language.moment(meeting.starts_at, territory.zone) for meeting in coming[:SHOWN]]
    return paragraphs(
        lines(
            language.say("<b>{title}</b>", title=series.title),
            language.say("Coalition: {name}", name=coalition.name),
            rule,
            until,
            language.say("Where: {place}", place=series.place),
            language.say("<b>Ended.</b>") if series.ended_at is not None else None,
        ),
        lines(language.say("Next dates:"), *(language.say("• {moment}", moment=one) for one in shown))
        if shown
        else None,
    )
