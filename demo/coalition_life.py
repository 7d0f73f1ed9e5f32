"""The life so far of the coalition that a demo person facilitates: what it agreed, planned, published and asked for.

Everything here is demo data, as in the rest of the town. The facilitator begins alone and the others join afterwards:
what people were told in those weeks is not told to them today.
"""

from datetime import time, timedelta
from typing import Final

from demo.coalition_road import FIRST_ACTIONS, fill_roadmap, set_milestones, walk_the_road
from demo.life import Life
from handlers.cards.commitment import agreement_words
from programme.commitment_cards import CardField
from programme.date_polls import DateAnswer
from programme.ids import MeetingId, PersonId
from programme.meetings import Answer, MeetingKind
from programme.memberships import MembershipState
from programme.path import Agreement
from programme.series import Frequency
from programme.usecases.agree import Terms, agree
from programme.usecases.answer_dates import answer_date
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.ask_for_dates import DatesAsked, ask_for_dates
from programme.usecases.commitment_card import card_mark, correct_card, next_card
from programme.usecases.invite import come_by_invitation, make_invitation
from programme.usecases.keep_minutes import MinutesTold, keep_minutes
from programme.usecases.note_attendance import note_all_who_said_yes
from programme.usecases.plan_meeting import BY_ROTATION, MeetingPlan, plan_meeting
from programme.usecases.plan_series import SeriesPlan, plan_series
from programme.usecases.publish_card import publish_card
from programme.usecases.vote import cast_ballot, open_vote
from programme.votes import Ballot, VoteSubject

COMMITTED: Final = ("Les Ateliers du Ponant (démonstration)", "Vélos de la Rade (démonstration)")
"""Who stands on the commitment card: no organisation of Brest commits to anything here."""
AGENDA: Final = "1. Le parcours d’essai\n2. Qui prête quels vélos\n3. L’annonce dans les entreprises"
MINUTES: Final = (
    "Nous étions quatre. Décidé : une journée d’essai au Technopôle, et dix vélos prêtés pendant un mois. "
    "Yann demande une salle, Léa fait le tour des employeurs."
)
TUESDAY: Final = 1
SERIES_AHEAD: Final = 11
"""How many days ahead the first meeting of the series is at least."""


def begin(life: Life) -> None:
    """Keep what the facilitator did before the others joined."""
    uow, circle = life.uow, life.circle
    uow.memberships.put(circle.facilitator, circle.coalition, MembershipState.ACCEPTED, life.ago(120), facilitator=True)
    _agree(life, (circle.facilitator,), instead_of=0, days=80)
    _meet(life)
    _publish_card(life)
    open_vote(
        uow,
        circle.facilitator,
        circle.coalition,
        VoteSubject.COMMITMENT_CARD,
        uow.commitment_cards.versions(circle.coalition)[0].id,
        life.territory.votes,
        life.ago(2),
    )
    monday = 14 - life.day(0).weekday()
    moments = (life.at(monday + 1, time(18)), life.at(monday + 3, time(12, 30)), life.at(monday + 4, time(18)))
    visit = DatesAsked(
        circle.coalition, "Visiter un parking à vélos couvert", moments, "Gare, côté parvis", MeetingKind.VISIT
    )
    ask_for_dates(uow, circle.facilitator, visit, life.ago(1), life.territory.zone)


def join(life: Life) -> None:
    """Have the member and the allies join, most of them by a link."""
    uow, circle = life.uow, life.circle
    uow.memberships.put(circle.member, circle.coalition, MembershipState.ACCEPTED, life.ago(70))
    invitation = make_invitation(uow, circle.facilitator, circle.coalition, life.ago(66))
    for days, ally in enumerate(circle.allies):
        come_by_invitation(uow, ally, invitation, life.ago(65 - days))


def go_on(life: Life) -> None:
    """Keep what all of them agreed, planned and answered together; the actions of the roadmap are logged already."""
    past = life.uow.meetings.of_coalition(life.circle.coalition, life.ago(20), life.now)[0].id
    _agree(life, life.circle.chairs, instead_of=1, days=60)
    for person, answer in zip(_everybody(life), (*[Answer.YES] * 4, Answer.MAYBE), strict=True):
        answer_meeting(life.uow, person, past, 0, answer, life.ago(15))
    note_all_who_said_yes(life.uow, life.circle.facilitator, past, life.ago(13))
    walk_the_road(life)
    set_milestones(life)
    fill_roadmap(life)
    _answer_what_is_open(life)


def plan_ahead(life: Life, coming: MeetingId) -> None:
    """Answer the coming meeting, and plan those that come each month."""
    circle = life.circle
    for person, answer in zip(circle.allies, (Answer.YES, Answer.YES, Answer.MAYBE), strict=True):
        answer_meeting(life.uow, person, coming, 0, answer, life.now)
    monthly = SeriesPlan(
        circle.coalition,
        "Le point du mois",
        life.at(_days_to_second_tuesday(life), time(12, 15)),
        Frequency.MONTHLY,
        "En ligne",
    )
    plan_series(life.uow, circle.facilitator, monthly, life.now, life.territory.zone)


def _everybody(life: Life) -> tuple[PersonId, ...]:
    return (life.circle.facilitator, life.circle.member, *life.circle.allies)


def _agree(life: Life, chairs: tuple[PersonId, ...], *, instead_of: int, days: int) -> None:
    terms = Terms(
        life.circle.coalition,
        chairs,
        None,
        frequency="une fois par mois",
        tools="ce groupe, et un dossier partagé",
        authority_link="Anne Le Gall",
        outside_link="Léa Morvan",
        instead_of=instead_of,
    )
    agree(life.uow, life.circle.facilitator, terms, life.ago(days))


def _meet(life: Life) -> None:
    """Keep a meeting that is over, with its minutes."""
    circle, zone = life.circle, life.territory.zone
    plan = MeetingPlan(
        circle.coalition,
        "Choisir nos premières actions",
        life.at(-14, time(18)),
        "Maison du vélo, salle 2",
        MeetingKind.WORKSHOP,
        chair=BY_ROTATION,
    )
    past = plan_meeting(life.uow, circle.facilitator, plan, life.ago(30), zone)
    keep_minutes(life.uow, circle.facilitator, past.id, MinutesTold(MINUTES), life.ago(13))


def _publish_card(life: Life) -> None:
    uow, by = life.uow, life.circle.facilitator
    coalition = uow.coalitions.get(life.circle.coalition)
    correct_card(uow, by, coalition.id, CardField.MEMBERS, COMMITTED, life.territory, life.ago(3))
    correct_card(uow, by, coalition.id, CardField.FIRST_ACTIONS, FIRST_ACTIONS, life.territory, life.ago(3))

    def in_words(agreement: Agreement) -> str:
        return agreement_words(agreement, life.language)

    seen = card_mark(next_card(uow, coalition, life.territory, in_words))
    publish_card(uow, by, coalition.id, seen, life.territory, in_words, life.ago(2))


def _answer_what_is_open(life: Life) -> None:
    uow, allies = life.uow, life.circle.allies
    for vote in uow.votes.open_of(life.circle.coalition):
        for ally in allies[:2]:
            cast_ballot(uow, ally, vote.id, Ballot.FOR, life.ago(1))
    said = (
        (DateAnswer.YES, DateAnswer.NO, DateAnswer.IF_NEED_BE),
        (DateAnswer.YES, DateAnswer.IF_NEED_BE, DateAnswer.NO),
        (DateAnswer.IF_NEED_BE, DateAnswer.YES, DateAnswer.YES),
    )
    for poll in uow.date_polls.open_of(life.circle.coalition):
        for ally, answers in zip(allies, said, strict=True):
            for option, answer in zip(uow.date_polls.options(poll.id), answers, strict=True):
                answer_date(uow, ally, option.id, answer, life.now)


def _days_to_second_tuesday(life: Life) -> int:
    """Count the days to a month’s second Tuesday that is no nearer than what the demo reminds of first."""
    today, first = life.day(0), life.day(0).replace(day=1)
    while True:
        first = (first + timedelta(days=31)).replace(day=1)
        second = first + timedelta(days=(TUESDAY - first.weekday()) % 7 + 7)
        if (second - today).days >= SERIES_AHEAD:
            return (second - today).days
