"""Settings: language, lead times of reminders, quiet hours, a pause, and single messages or a digest."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final

from handlers.cards.meeting import CHOSEN
from handlers.feature import Feature
from handlers.forms import Day, Form, Question, open_form
from handlers.members.digest_choice import DIGEST_CHOICES, digest_button, digest_line, digest_words
from handlers.names import LEADS
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Rows, Screen, button, lines, paragraphs
from handlers.turn import Turn
from locales import LANGUAGES, Language, _, language_for
from programme.errors import NotFound
from programme.leads import CHOSEN_LEADS, Lead
from programme.people import Preferences
from programme.quiet_hours import QuietHours
from programme.usecases.change_preferences import change_preferences
from programme.usecases.choose_digest import choose_digest

LANGUAGE_NAMES: Final = {"fr": "Français", "en": "English"}
QUIET_CHOICES: Final = {
    "21-8": QuietHours(time(21), time(8)),
    "20-9": QuietHours(time(20), time(9)),
    "22-7": QuietHours(time(22), time(7)),
    "none": QuietHours(time(0), time(0)),
}
PAUSES: Final = {"7": timedelta(days=7), "30": timedelta(days=30)}


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when somebody wants no reminder: the day on which they start again."""

    until: date


def show_settings(turn: Turn) -> Reply:
    """Show every setting and where to change it."""
    language, preferences = turn.language, turn.me.preferences
    text = paragraphs(
        language.say("<b>Settings</b>"),
        lines(
            language.say("Language: {name}", name=LANGUAGE_NAMES[preferences.language]),
            language.say("Reminders: {leads}", leads=_leads_words(preferences, language)),
            _quiet_line(preferences.quiet_hours, language),
            _pause_line(turn, preferences),
            digest_line(preferences, language),
        ),
        digest_words(turn, preferences),
    )
    rows = (
        (button(language.plain("Language"), "language"), button(language.plain("Reminders"), "leads")),
        (button(language.plain("Quiet hours"), "quiet"), button(language.plain("Pause"), "pause")),
        (digest_button(preferences, language),),
        *_commitment_row(turn),
        (button(language.plain("My data"), "data"), button(language.plain("Erase it all"), "erase")),
        *way_out(language),
    )
    return turn.show(Screen(text, rows))


def _commitment_row(turn: Turn) -> Rows:
    """Lead to the level of commitment, where the person speaks for an organisation and the charter has levels."""
    if turn.me.organisation_id is None or not turn.territory.commitment_levels:
        return ()
    return ((button(turn.language.plain("Commitment of my organisation"), "engagement"),),)


def show_languages(turn: Turn) -> Reply:
    """Offer the languages."""
    present = turn.me.preferences.language
    rows = tuple(
        (button(_marked(LANGUAGE_NAMES[code], chosen=code == present), "language.set", code),) for code in LANGUAGES
    )
    text = turn.language.say("<b>In which language shall I speak to you?</b>")
    return turn.show(Screen(text, (*rows, *way_out(turn.language, "settings"))))


def set_language(turn: Turn) -> Reply:
    """Speak another language from now on."""
    code = turn.word(0)
    if code not in LANGUAGES:
        raise NotFound
    changed = _change(turn, replace(turn.me.preferences, language=code))
    return show_settings(replace(changed, language=language_for(code)))


def show_leads(turn: Turn) -> Reply:
    """Show which reminders come, each to be switched on or off."""
    language, wanted = turn.language, turn.me.preferences.leads
    rows = tuple(
        (button(_marked(language.plain(name), chosen=lead in wanted), "leads.switch", lead.value),)
        for lead, name in LEADS.items()
    )
    text = lines(
        language.say("<b>When shall I remind you?</b>"),
        language.say("Meetings: 7 days, the day before, 2 hours. Milestones: all the others too."),
    )
    return turn.show(Screen(text, (*rows, *way_out(language, "settings"))))


def switch_lead(turn: Turn) -> Reply:
    """Switch one reminder on or off."""
    if turn.word(0) not in CHOSEN_LEADS:
        raise NotFound
    preferences = turn.me.preferences
    return show_leads(_change(turn, replace(preferences, leads=preferences.leads ^ {Lead(turn.word(0))})))


def show_quiet_hours(turn: Turn) -> Reply:
    """Offer the quiet hours."""
    language, present = turn.language, turn.me.preferences.quiet_hours
    rows = tuple(
        (button(_marked(quiet_words(hours, language), chosen=hours == present), "quiet.set", key),)
        for key, hours in QUIET_CHOICES.items()
    )
    text = lines(
        language.say("<b>When shall I stay quiet?</b>"),
        language.say("A reminder of these hours comes at their end, or the evening before."),
    )
    return turn.show(Screen(text, (*rows, *way_out(language, "settings"))))


def set_quiet_hours(turn: Turn) -> Reply:
    """Keep other quiet hours."""
    hours = QUIET_CHOICES.get(turn.word(0))
    if hours is None:
        raise NotFound
    return show_settings(_change(turn, replace(turn.me.preferences, quiet_hours=hours)))


def show_pauses(turn: Turn) -> Reply:
    """Offer a pause: a week, a month, until a day; or its end."""
    language = turn.language
    running = turn.me.preferences.paused_until is not None
    rows = (
        (button(language.plain("One week"), "pause.set", "7"), button(language.plain("One month"), "pause.set", "30")),
        (button(language.plain("Until a day"), "pause.day"),),
        *(((button(language.plain("End the pause"), "pause.end"),),) if running else ()),
        *way_out(language, "settings"),
    )
    text = lines(
        language.say("<b>For how long do you want no reminder?</b>"),
        language.say("I still tell you of a meeting that moves or is cancelled."),
    )
    return turn.show(Screen(text, rows))


def set_pause(turn: Turn) -> Reply:
    """Pause for a week or a month."""
    lasts = PAUSES.get(turn.word(0))
    if lasts is None:
        raise NotFound
    return show_settings(_change(turn, replace(turn.me.preferences, paused_until=_today(turn) + lasts)))


def ask_pause(turn: Turn) -> Reply:
    """Ask until which day."""
    return open_form(turn, PAUSE)


def end_pause(turn: Turn) -> Reply:
    """Remind again from now on."""
    return show_settings(_change(turn, replace(turn.me.preferences, paused_until=None)))


def set_digest(turn: Turn) -> Reply:
    """Send one summary a week from now on, or single messages again."""
    digest = DIGEST_CHOICES.get(turn.word(0))
    if digest is None:
        raise NotFound
    person = choose_digest(turn.uow, turn.me.id, turn.now, turn.territory.zone, digest=digest)
    return show_settings(replace(turn, person=person))


def quiet_words(hours: QuietHours, language: Language) -> str:
    """Write quiet hours: « de 21 h à 8 h »."""
    if hours.starts == hours.ends:
        return language.plain("no quiet hours")
    return language.plain("from {start} to {end}", start=language.clock(hours.starts), end=language.clock(hours.ends))


def _change(turn: Turn, preferences: Preferences) -> Turn:
    return replace(turn, person=change_preferences(turn.uow, turn.me.id, preferences, turn.now))


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.territory.zone).date()


def _marked(label: str, *, chosen: bool) -> str:
    return f"{CHOSEN}{label}" if chosen else label


def _leads_words(preferences: Preferences, language: Language) -> str:
    if preferences.leads >= frozenset(CHOSEN_LEADS):
        return language.plain("all")
    if not preferences.leads:
        return language.plain("none")
    wanted = len(preferences.leads)
    return language.plain_n("{n} of {total}", "{n} of {total}", wanted, total=len(CHOSEN_LEADS))


def _quiet_line(hours: QuietHours, language: Language) -> str:
    if hours.starts == hours.ends:
        return language.say("Quiet hours: none")
    return language.say("Quiet hours: {hours}", hours=quiet_words(hours, language))


def _pause_line(turn: Turn, preferences: Preferences) -> str:
    until = preferences.paused_until
    if until is None or until <= _today(turn):
        return turn.language.say("Pause: no")
    return turn.language.say("Pause: until {day}", day=turn.language.day(until))


def _pause_until(turn: Turn, pause: Pause) -> Reply:
    paused = _change(turn, replace(turn.me.preferences, paused_until=pause.until))
    text = paused.language.say("Noted: no reminder until {day}.", day=paused.language.day(pause.until))
    return say(Screen(text, way_out(paused.language, "settings")))


PAUSE = Form(
    name="pause",
    version=1,
    into=Pause,
    questions=(
        Question(
            "until",
            _("On which day shall I start again?"),
            Day(past=False, today=False),
            hint=_("For example: 14/03, tomorrow, next Tuesday"),
            label=_("Until"),
        ),
    ),
    review=None,
    submit=_pause_until,
)

FEATURE = Feature(
    commands={"reglages": show_settings},
    buttons={
        "settings": show_settings,
        "language": show_languages,
        "language.set": set_language,
        "leads": show_leads,
        "leads.switch": switch_lead,
        "quiet": show_quiet_hours,
        "quiet.set": set_quiet_hours,
        "digest.set": set_digest,
        "pause": show_pauses,
        "pause.set": set_pause,
        "pause.day": ask_pause,
        "pause.end": end_pause,
    },
    forms=(PAUSE,),
    again={PAUSE.name: ask_pause},
)
