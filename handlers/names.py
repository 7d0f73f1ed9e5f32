"""The words for the programme's closed lists, the same everywhere."""

from typing import Final

from locales import Language, Msgid, _
from programme.actions import ActionState, Figure, FigureUnit, RoadmapState
from programme.date_polls import DateAnswer
from programme.forums import Feedback, RegistrationState
from programme.leads import Lead
from programme.meetings import Answer, MeetingKind
from programme.path import Step
from programme.series import Frequency
from programme.statistics import FAMILY_UNITS, FigureFamily, FigureTotal
from programme.support import FindingKind
from programme.territory import OrganisationKind, ScopeKind
from programme.votes import Ballot

ORGANISATION_KINDS: Final[dict[OrganisationKind, Msgid]] = {
    OrganisationKind.COMPANY: _("Company"),
    OrganisationKind.ASSOCIATION: _("Association"),
    OrganisationKind.INSTITUTION: _("Institution"),
    OrganisationKind.PUBLIC_BODY: _("Public body"),
    OrganisationKind.LOCAL_AUTHORITY: _("Local authority"),
    OrganisationKind.NETWORK: _("Club or network"),
    OrganisationKind.INHABITANT: _("Inhabitant"),
}

SCOPES: Final[dict[ScopeKind, Msgid]] = {
    ScopeKind.THEME: _("By theme"),
    ScopeKind.AREA: _("By area"),
    ScopeKind.SECTOR: _("By sector"),
}

ANSWERS: Final[dict[Answer, Msgid]] = {
    Answer.YES: _("Yes"),
    Answer.MAYBE: _("Maybe"),
    Answer.NO: _("No"),
}

STEPS: Final[dict[Step, Msgid]] = {
    Step.NEED: _("Define the need"),
    Step.INVITE: _("Invite members"),
    Step.MEET: _("Get to know each other"),
    Step.AGREE: _("Agree on how to work"),
    Step.DISCOVER: _("Discover and explore"),
    Step.INSPIRE: _("Get inspired"),
    Step.POSITION: _("Take a position and plan"),
}

LEADS: Final[dict[Lead, Msgid]] = {
    Lead.MONTH: _("30 days before"),
    Lead.FORTNIGHT: _("14 days before"),
    Lead.WEEK: _("7 days before"),
    Lead.DAY: _("The day before"),
    Lead.HOURS: _("2 hours before"),
    Lead.SAME_DAY: _("On the day"),
    Lead.THREE_DAYS_AFTER: _("3 days after, if not done"),
    Lead.TEN_DAYS_AFTER: _("10 days after, if not done"),
}

MEETING_KINDS: Final[dict[MeetingKind, Msgid]] = {
    MeetingKind.LAUNCH: _("Launch meeting"),
    MeetingKind.WORKING: _("Working meeting"),
    MeetingKind.WORKSHOP: _("Workshop"),
    MeetingKind.VISIT: _("Visit"),
    MeetingKind.OTHER: _("Another kind"),
}

FREQUENCIES: Final[dict[Frequency, Msgid]] = {
    Frequency.WEEKLY: _("Each week"),
    Frequency.FORTNIGHTLY: _("Every two weeks"),
    Frequency.MONTHLY: _("Each month"),
}

DATE_ANSWERS: Final[dict[DateAnswer, Msgid]] = {
    DateAnswer.YES: _("yes"),
    DateAnswer.IF_NEED_BE: _("if need be"),
    DateAnswer.NO: _("no"),
}

BALLOTS: Final[dict[Ballot, Msgid]] = {
    Ballot.FOR: _("For"),
    Ballot.AGAINST: _("Against"),
    Ballot.ABSTAIN: _("Abstention"),
}

ROADMAP_STATES: Final[dict[RoadmapState, Msgid]] = {
    RoadmapState.PROPOSED: _("to be validated"),
    RoadmapState.VALIDATED: _("validated"),
}

ACTION_STATES: Final[dict[ActionState, Msgid]] = {
    ActionState.PLANNED: _("Planned"),
    ActionState.UNDER_WAY: _("Under way"),
    ActionState.DONE: _("Done"),
    ActionState.GIVEN_UP: _("Given up"),
}

UNITS: Final[dict[FigureUnit, Msgid]] = {
    FigureUnit.KWH: _("kWh"),
    FigureUnit.MWH: _("MWh"),
    FigureUnit.KG_CO2E: _("kg CO₂e"),
    FigureUnit.T_CO2E: _("t CO₂e"),
    FigureUnit.PEOPLE: _("people"),
    FigureUnit.KM: _("km"),
    FigureUnit.KG: _("kg"),
    FigureUnit.TONNES: _("tonnes"),
    FigureUnit.CUBIC_METRES: _("m³"),
    FigureUnit.HOURS: _("hours"),
    FigureUnit.EUROS: _("euros"),
}

COUNTED: Final[dict[FigureUnit, tuple[Msgid, Msgid]]] = {
    FigureUnit.PEOPLE: (_("{figure} person"), _("{figure} people")),
    FigureUnit.TONNES: (_("{figure} tonne"), _("{figure} tonnes")),
    FigureUnit.HOURS: (_("{figure} hour"), _("{figure} hours")),
    FigureUnit.EUROS: (_("{figure} euro"), _("{figure} euros")),
}

FIGURE_FAMILIES: Final[dict[FigureFamily, Msgid]] = {
    FigureFamily.ENERGY: _("Energy"),
    FigureFamily.EMISSIONS: _("Emissions"),
    FigureFamily.PEOPLE: _("People reached"),
    FigureFamily.DISTANCE: _("Distance"),
    FigureFamily.MASS: _("Weight"),
    FigureFamily.VOLUME: _("Volume"),
    FigureFamily.TIME: _("Time"),
    FigureFamily.MONEY: _("Money"),
}

FINDINGS: Final[dict[FindingKind, Msgid]] = {
    FindingKind.ROOM: _("Room booked"),
    FindingKind.SPEAKER: _("Speaker found"),
    FindingKind.OTHER: _("Something else found"),
}

NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"

REGISTRATIONS: Final[dict[RegistrationState, Msgid]] = {
    RegistrationState.CONFIRMED: _("registered"),
    RegistrationState.OFFERED: _("place to confirm"),
    RegistrationState.WAITING: _("on the waiting list"),
    RegistrationState.CANCELLED: _("cancelled"),
}

FEEDBACK: Final[dict[Feedback, Msgid]] = {
    Feedback.VERY_USEFUL: _("Very useful"),
    Feedback.USEFUL: _("Useful"),
    Feedback.LITTLE_USE: _("Of little use"),
    Feedback.NOT_THERE: _("I was not there"),
}


def finding_name(kind: FindingKind, language: Language) -> str:
    """Give the words for a kind of what was found: « Salle réservée »."""
    return language.plain(FINDINGS[kind])


def cost_words(cents: int, language: Language) -> str:
    """Say what something costs: « 120 € », « gratuit »."""
    return language.euros(cents) if cents else language.plain("free of charge")


def organisation_kind(kind: OrganisationKind, language: Language) -> str:
    """Give the word for a kind of organisation."""
    return language.plain(ORGANISATION_KINDS[kind])


def answer_name(answer: Answer, language: Language) -> str:
    """Give the word for an answer."""
    return language.plain(ANSWERS[answer])


def meeting_kind(kind: MeetingKind, language: Language) -> str:
    """Give the word for what a meeting is for."""
    return language.plain(MEETING_KINDS[kind])


def frequency_name(frequency: Frequency, language: Language) -> str:
    """Give the word for how often a series comes."""
    return language.plain(FREQUENCIES[frequency])


def date_answer_name(answer: DateAnswer, language: Language) -> str:
    """Give the word for what somebody says to a proposed date."""
    return language.plain(DATE_ANSWERS[answer])


def roadmap_state(state: RoadmapState, language: Language) -> str:
    """Give the word for how an action stands on a roadmap."""
    return language.plain(ROADMAP_STATES[state])


def ballot_name(ballot: Ballot, language: Language) -> str:
    """Give the word for a ballot."""
    return language.plain(BALLOTS[ballot])


def step_name(step: Step, language: Language) -> str:
    """Give the name of a step of the road."""
    return language.plain(STEPS[step])


def action_state(state: ActionState, language: Language) -> str:
    """Give the word for where an action stands."""
    return language.plain(ACTION_STATES[state])


def counted_actions(state: ActionState, n: int, language: Language) -> str:
    """Write how many actions stand there, for a button: « Faites (3) »."""
    match state:
        case ActionState.PLANNED:
            return language.plain_n("Planned ({n})", "Planned ({n})", n)
        case ActionState.UNDER_WAY:
            return language.plain_n("Under way ({n})", "Under way ({n})", n)
        case ActionState.DONE:
            return language.plain_n("Done ({n})", "Done ({n})", n)
        case ActionState.GIVEN_UP:
            return language.plain_n("Given up ({n})", "Given up ({n})", n)


def unit_name(unit: FigureUnit, language: Language) -> str:
    """Give the word or symbol for a unit."""
    return language.plain(UNITS[unit])


def figure_words(figure: Figure, language: Language) -> str:
    """Write a figure with its unit, a no-break space between: « 1 200,5 kWh », « 1 personne »."""
    number = language.number(figure.value)
    if figure.unit in COUNTED:
        one, several = COUNTED[figure.unit]
        # French says « 1,5 personne » and « 0 personne », English “1.5 people”.
        singular = figure.value < 2 if language.code == "fr" else figure.value == 1  # noqa: PLR2004 (the rule of French)
        return language.plain(one if singular else several, figure=number)
    return f"{number}{NO_BREAK_SPACE}{unit_name(figure.unit, language)}"


def total_words(total: FigureTotal, language: Language) -> str:
    """Say what was logged in one family: « Énergie : 12 MWh (fait), 3 MWh (à venir) »."""
    unit = FAMILY_UNITS[total.family]
    told = []
    if total.done:
        told.append(language.plain("{figure} (done)", figure=figure_words(Figure(total.done, unit), language)))
    if total.to_come:
        told.append(language.plain("{figure} (to come)", figure=figure_words(Figure(total.to_come, unit), language)))
    return language.plain("{name}: {count}", name=language.plain(FIGURE_FAMILIES[total.family]), count=", ".join(told))
