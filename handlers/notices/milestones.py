"""Notices about milestones: entrusted to somebody; near, there, or over and not done."""

from datetime import date

from handlers.cards.milestone import days_words, milestone_card
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Rows, Screen, button, lines, paragraphs
from locales import Language
from programme.leads import Lead
from programme.milestones import Milestone, MilestoneState
from programme.notices import MilestoneEntrusted, MilestoneReminder
from programme.usecases.change_milestone import may_complete
from programme.usecases.rights import facilitates, is_member


def milestone_reminder(notice: MilestoneReminder, reader: Reader) -> Screen:
    """Remind of a milestone, in words that are true today."""
    milestone = _open_milestone(notice, reader)
    today = _today(reader)
    paused_until = reader.person.preferences.paused_until
    if paused_until is not None and today < paused_until:
        raise Untrue("paused")
    if today > milestone.due_on and notice.lead not in {Lead.THREE_DAYS_AFTER, Lead.TEN_DAYS_AFTER}:
        raise Untrue("too late")
    if milestone.coalition_id is None:
        text = paragraphs(
            lines(
                reader.language.say("<b>{title}</b>", title=milestone.title),
                days_words(milestone, today, reader.language),
            ),
            reader.language.say("{detail}", detail=milestone.detail) if milestone.detail else None,
        )
        return Screen(text, (why_button(notice, reader.language), *way_out(reader.language)))
    if not _keeps(milestone, reader):
        raise Untrue("somebody else's")
    text = milestone_card(milestone, reader.uow, reader.language, reader.territory, today)
    why = why_button(notice, reader.language, "own_milestone")
    return Screen(text, (*_deeds(milestone, reader), why, *way_out(reader.language)))


def milestone_entrusted(notice: MilestoneEntrusted, reader: Reader) -> Screen:
    """Tell a member that a milestone is theirs to look after, and by when."""
    milestone, language = _open_milestone(notice, reader), reader.language
    coalition_id = milestone.coalition_id
    if coalition_id is None or not is_member(reader.uow, reader.person.id, coalition_id):
        raise Untrue("left")
    if milestone.owner_id != reader.person.id:
        raise Untrue("somebody else's")
    text = paragraphs(
        language.say("This milestone is yours to look after:"),
        milestone_card(milestone, reader.uow, language, reader.territory, _today(reader)),
        language.say("I remind you of it in time. Once it is reached, tell me with the button."),
    )
    return Screen(text, (*_deeds(milestone, reader), why_button(notice, language), *way_out(language)))


def _open_milestone(notice: MilestoneReminder | MilestoneEntrusted, reader: Reader) -> Milestone:
    milestone = reader.uow.milestones.get(notice.milestone_id)
    if milestone.state is MilestoneState.DONE:
        raise Untrue("done")
    if milestone.state is MilestoneState.GIVEN_UP:
        raise Untrue("given up")
    if milestone.version != notice.version:
        raise Untrue("moved")
    return milestone


def _keeps(milestone: Milestone, reader: Reader) -> bool:
    if milestone.coalition_id is None:
        return False
    owns = milestone.owner_id == reader.person.id and is_member(reader.uow, reader.person.id, milestone.coalition_id)
    return owns or facilitates(reader.uow, reader.person.id, milestone.coalition_id)


def _deeds(milestone: Milestone, reader: Reader) -> Rows:
    language: Language = reader.language
    see = button(language.plain("Open the milestone"), "milestone", milestone.id)
    if not may_complete(reader.uow, reader.person.id, milestone):
        return ((see,),)
    return ((button(language.plain("✓ It is reached"), "milestone.done", milestone.id), see),)


def _today(reader: Reader) -> date:
    return reader.now.astimezone(reader.territory.zone).date()
