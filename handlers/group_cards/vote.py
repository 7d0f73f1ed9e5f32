"""The card of a vote: what is voted on, the counts without any name, what it needs to pass, and until when."""

from typing import Final

from markupsafe import Markup

from handlers.group_cards.reader import CardReader
from handlers.names import ballot_name
from handlers.screen import Button, Rows, Screen, button, lines, link, paragraphs
from locales import Language
from programme.actions import to_validate
from programme.ids import CommitmentCardId, VoteId
from programme.ports import UnitOfWork
from programme.territory import Territory
from programme.votes import Ballot, Tally, Vote, VoteState, VoteSubject

CHOSEN: Final = "✓ "
HALF: Final = 50
"""The majority, in percent, that is said in words."""


def vote_card(subject_id: int, reader: CardReader) -> Screen:
    """Show a vote in a group: whoever belongs to the coalition votes by a tap, and reads it in private."""
    vote = reader.uow.votes.get(VoteId(subject_id))
    language = reader.language
    text = vote_lines(vote, reader.uow, language, reader.territory)
    if vote.state is not VoteState.OPEN:
        return Screen(text)
    read = link(language.plain("Read it in private"), f"https://t.me/{reader.bot_username}?start=vote_{vote.id}")
    return Screen(text, (*ballot_buttons(vote, None, language), (read,)))


def vote_lines(vote: Vote, uow: UnitOfWork, language: Language, territory: Territory) -> Markup:
    """Say what is voted on, how the vote stands, and what it needs or what came of it."""
    tally = vote.result or uow.votes.tally(vote.id)
    return paragraphs(
        lines(
            _title(vote, uow, language),
            language.say("Coalition: {name}", name=uow.coalitions.get(vote.coalition_id).name),
            _to_validate(vote, uow, language),
        ),
        lines(
            language.say(
                "For: {in_favour} · Against: {against} · Abstention: {abstained}",
                in_favour=language.number(tally.in_favour),
                against=language.number(tally.against),
                abstained=language.number(tally.abstained),
            ),
            language.say_n(
                "{n} member of {members} has voted",
                "{n} members of {members} have voted",
                tally.voted,
                members=language.number(tally.members),
            ),
        ),
        lines(_needs(vote, tally, language), _until(vote, language, territory))
        if vote.state is VoteState.OPEN
        else _outcome(vote, tally, language),
    )


def ballot_buttons(vote: Vote, cast: Ballot | None, language: Language) -> Rows:
    """Give the row by which one votes; one's present ballot is marked."""
    return (
        tuple(
            button((CHOSEN if ballot is cast else "") + ballot_name(ballot, language), "ballot", vote.id, ballot.value)
            for ballot in Ballot
        ),
    )


def reading_button(vote: Vote, language: Language) -> Button:
    """Give the button that shows what is voted on, in private."""
    if vote.subject is VoteSubject.ROADMAP:
        return button(language.plain("Read the roadmap"), "roadmap", vote.coalition_id)
    return button(language.plain("Read the commitment card"), "card.version", vote.subject_id)


def _title(vote: Vote, uow: UnitOfWork, language: Language) -> Markup:
    if vote.subject is VoteSubject.ROADMAP:
        return language.say("<b>Vote on the roadmap</b>")
    version = uow.commitment_cards.get(CommitmentCardId(vote.subject_id)).version
    return language.say("<b>Vote on the commitment card, version {version}</b>", version=version)


def _to_validate(vote: Vote, uow: UnitOfWork, language: Language) -> Markup | None:
    if vote.subject is not VoteSubject.ROADMAP or vote.state is not VoteState.OPEN:
        return None
    proposed = len(to_validate(uow.actions.roadmap(vote.coalition_id)))
    return language.say_n("{n} action to validate", "{n} actions to validate", proposed)


def _needs(vote: Vote, tally: Tally, language: Language) -> Markup:
    wanted = vote.voters_wanted(tally.members)
    if vote.majority == HALF:
        return language.say_n(
            "Adopted if at least {n} member votes, and more are for than against.",
            "Adopted if at least {n} members vote, and more are for than against.",
            wanted,
        )
    return language.say_n(
        "Adopted if at least {n} member votes, and more than {percent} % of those for or against are for.",
        "Adopted if at least {n} members vote, and more than {percent} % of those for or against are for.",
        wanted,
        percent=vote.majority,
    )


def _until(vote: Vote, language: Language, territory: Territory) -> Markup:
    moment = language.moment(vote.closes_at, territory.zone)
    return language.say("Open until {moment}, or until everybody has voted.", moment=moment)


def _outcome(vote: Vote, tally: Tally, language: Language) -> Markup:
    if vote.state is VoteState.ADOPTED:
        return language.say("<b>✓ Adopted</b>")
    if vote.state is VoteState.WITHDRAWN:
        return language.say("<b>Withdrawn</b>: what was voted on has changed.")
    if not tally.reaches_quorum(vote):
        return language.say_n(
            "<b>✕ Not adopted</b>: at least {n} member had to vote.",
            "<b>✕ Not adopted</b>: at least {n} members had to vote.",
            vote.voters_wanted(tally.members),
        )
    if vote.majority == HALF:
        return language.say("<b>✕ Not adopted</b>: there were not more for than against.")
    return language.say(
        "<b>✕ Not adopted</b>: it needed more than {percent} % of those for or against.", percent=vote.majority
    )
