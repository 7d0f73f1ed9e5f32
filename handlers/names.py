"""The words for the programme's closed lists, the same everywhere."""

from typing import Final

from locales import Language, Msgid, _
from programme.leads import Lead
from programme.meetings import Answer
from programme.territory import OrganisationKind, ScopeKind

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


def organisation_kind(kind: OrganisationKind, language: Language) -> str:
    """Give the word for a kind of organisation."""
    return language.plain(ORGANISATION_KINDS[kind])


def answer_name(answer: Answer, language: Language) -> str:
    """Give the word for an answer."""
    return language.plain(ANSWERS[answer])
