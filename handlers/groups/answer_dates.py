"""An answer to a proposed date on the poll's card in a group: one tap of a member."""

from handlers.feature import Feature
from handlers.members.answer_dates import noted_words, tapped_answer
from handlers.reply import Reply, toast
from handlers.turn import Turn
from programme.errors import NotAllowed, NotFound, TooLate
from programme.ids import DateOptionId, DatePollId
from programme.usecases.answer_dates import answer_date
from programme.usecases.ask_for_dates import poll_card
from programme.usecases.rights import is_member


def give_answer(turn: Turn) -> Reply:
    """Take a member's answer; who is not in the coalition goes on in private, where the poll waits for them."""
    option_id, answer = DateOptionId(turn.number(0)), tapped_answer(turn)
    poll = turn.uow.date_polls.get(turn.uow.date_polls.option(option_id).poll_id)
    if turn.person is None or not is_member(turn.uow, turn.person.id, poll.coalition_id):
        return Reply(opens=f"https://t.me/{turn.bot_username}?start=dates_{poll.id}")
    try:
        answer_date(turn.uow, turn.person.id, option_id, answer, turn.now)
    except TooLate:
        return toast(turn.language.plain("This poll is over."), alert=True)
    return toast(noted_words(turn, option_id, answer))


def show_card(turn: Turn) -> Reply:
    """Say the card of a poll anew, at the end of the chat, for a member."""
    poll = turn.uow.date_polls.get(DatePollId(turn.number(0)))
    group = turn.uow.groups.of_chat(turn.chat.id, turn.chat.thread_id)
    if group is None or group.coalition_id != poll.coalition_id:
        raise NotFound
    if not (is_member(turn.uow, turn.me.id, poll.coalition_id) or turn.staff):
        raise NotAllowed
    turn.uow.group_cards.show(poll_card(poll), group, turn.now)
    return toast(turn.language.plain("The card is below."))


FEATURE = Feature(group_buttons={"date": give_answer, "dates.here": show_card})
