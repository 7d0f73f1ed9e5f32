"""Notices about votes: opened, with the buttons that vote, and closed."""

from handlers.group_cards.vote import ballot_buttons, reading_button, vote_lines
from handlers.navigation import way_out
from handlers.notices.reader import Reader, Untrue
from handlers.notices.why import why_button
from handlers.screen import Screen, paragraphs
from programme.notices import VoteClosed, VoteOpened
from programme.usecases.rights import is_member
from programme.votes import Vote, VoteState


def vote_opened(notice: VoteOpened, reader: Reader) -> Screen:
    """Tell a member what is voted on, and ask."""
    vote = _of_a_member(notice, reader)
    if vote.state is not VoteState.OPEN or vote.closes_at <= reader.now:
        raise Untrue("over")
    language = reader.language
    cast = reader.uow.votes.ballot_of(vote.id, reader.person.id)
    text = paragraphs(language.say("Your coalition votes:"), vote_lines(vote, reader.uow, language, reader.territory))
    rows = (
        *ballot_buttons(vote, cast, language),
        (reading_button(vote, language),),
        why_button(notice, language),
    )
    return Screen(text, rows)


def vote_closed(notice: VoteClosed, reader: Reader) -> Screen:
    """Tell a member what came of a vote."""
    vote, language = _of_a_member(notice, reader), reader.language
    text = paragraphs(language.say("The vote is over:"), vote_lines(vote, reader.uow, language, reader.territory))
    rows = ((reading_button(vote, language),), why_button(notice, language), *way_out(language))
    return Screen(text, rows)


def _of_a_member(notice: VoteOpened | VoteClosed, reader: Reader) -> Vote:
    vote = reader.uow.votes.get(notice.vote_id)
    if not is_member(reader.uow, reader.person.id, vote.coalition_id):
        raise Untrue("left")
    return vote
