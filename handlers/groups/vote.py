"""A vote on its card in a group: one tap of a member, whose ballot nobody else sees."""

from handlers.feature import Feature
from handlers.members.vote import tapped_ballot
from handlers.names import ballot_name
from handlers.reply import Reply, toast
from handlers.turn import Turn
from programme.errors import NotAllowed, TooLate
from programme.ids import VoteId
from programme.usecases.vote import cast_ballot


def cast(turn: Turn) -> Reply:
    """Take a member's ballot; who is not known yet goes on in private, where the vote waits for them."""
    vote_id, ballot = VoteId(turn.number(0)), tapped_ballot(turn)
    vote = turn.uow.votes.get(vote_id)
    if turn.person is None:
        return Reply(opens=f"https://t.me/{turn.bot_username}?start=vote_{vote.id}")
    language = turn.language
    try:
        cast_ballot(turn.uow, turn.person.id, vote_id, ballot, turn.now)
    except NotAllowed:
        name = turn.uow.coalitions.get(vote.coalition_id).name
        return toast(language.plain("Only members of “{name}” vote here.", name=name), alert=True)
    except TooLate:
        return toast(language.plain("This vote is over."), alert=True)
    return toast(language.plain("Your vote: {answer}. Nobody else sees it.", answer=ballot_name(ballot, language)))


FEATURE = Feature(group_buttons={"ballot": cast})
