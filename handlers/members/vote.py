"""A vote in private: read what is voted on, vote, and change one's mind while it is open."""

from handlers.feature import Feature
from handlers.group_cards.vote import ballot_buttons, reading_button, vote_lines
from handlers.names import ballot_name
from handlers.navigation import way_out
from handlers.reply import Reply, say
from handlers.screen import Screen, button, paragraphs
from handlers.turn import ID_MAX, Turn
from programme.coalitions import Coalition
from programme.errors import NotAllowed, NotFound, TooLate
from programme.ids import VoteId
from programme.usecases.rights import facilitates, is_member
from programme.usecases.vote import cast_ballot
from programme.votes import Ballot, Vote, VoteState


def show_vote(turn: Turn) -> Reply:
    """Show a vote to those it concerns."""
    vote = turn.uow.votes.get(VoteId(turn.number(0)))
    if not _sees(turn, vote):
        raise NotAllowed
    return turn.show(vote_screen(turn, vote))


def open_by_number(turn: Turn, code: str) -> Reply:
    """Show the vote of a group's card; who is not in its coalition is shown how to come in."""
    if not (code.isascii() and code.isdecimal()) or int(code) > ID_MAX:
        raise NotFound
    vote = turn.uow.votes.get(VoteId(int(code)))
    if _sees(turn, vote):
        return say(vote_screen(turn, vote))
    return say(_join_first(turn, turn.uow.coalitions.get(vote.coalition_id)))


def cast(turn: Turn) -> Reply:
    """Take a ballot in one tap; where the vote is over, show what came of it."""
    vote_id, ballot = VoteId(turn.number(0)), tapped_ballot(turn)
    try:
        vote = cast_ballot(turn.uow, turn.me.id, vote_id, ballot, turn.now)
    except TooLate:
        over = turn.show(vote_screen(turn, turn.uow.votes.get(vote_id)))
        return Reply(over.messages, turn.language.plain("This vote is over."), alert=True)
    noted = turn.language.plain("Noted: {answer}", answer=ballot_name(ballot, turn.language))
    return turn.show(vote_screen(turn, vote), toast=noted)


def tapped_ballot(turn: Turn) -> Ballot:
    """Read the ballot of the tapped button; raises NotFound for a forged one."""
    if turn.word(1) not in list(Ballot):
        raise NotFound
    return Ballot(turn.word(1))


def vote_screen(turn: Turn, vote: Vote) -> Screen:
    """Give a vote as one person sees it, with their own ballot."""
    language = turn.language
    cast_before = turn.uow.votes.ballot_of(vote.id, turn.me.id)
    votes = vote.state is VoteState.OPEN and vote.closes_at > turn.now
    mine = votes and is_member(turn.uow, turn.me.id, vote.coalition_id)
    own = (
        None
        if cast_before is None
        else language.say("Your vote: {answer}. Nobody else sees it.", answer=ballot_name(cast_before, language))
    )
    text = paragraphs(vote_lines(vote, turn.uow, language, turn.territory), own)
    rows = (
        *(ballot_buttons(vote, cast_before, language) if mine else ()),
        (reading_button(vote, language),),
        *way_out(language),
    )
    return Screen(text, rows)


def _sees(turn: Turn, vote: Vote) -> bool:
    own = turn.me.id
    return is_member(turn.uow, own, vote.coalition_id) or facilitates(turn.uow, own, vote.coalition_id)


def _join_first(turn: Turn, coalition: Coalition) -> Screen:
    text = turn.language.say("The members of “{name}” vote here. To vote, join it first.", name=coalition.name)
    see = button(turn.language.plain("See the coalition"), "coalition", coalition.id)
    return Screen(text, ((see,), *way_out(turn.language)))


FEATURE = Feature(buttons={"vote": show_vote, "ballot": cast})
