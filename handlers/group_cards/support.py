"""The card of a support request, in the group where it was asked."""

from handlers.cards.support import head_lines
from handlers.group_cards.reader import CardReader
from handlers.screen import Screen, paragraphs
from programme.ids import SupportRequestId
from programme.support import SupportState


def support_card(subject_id: int, reader: CardReader) -> Screen:
    """Show what is asked and where it stands; whoever answers the card writes to the project team."""
    request = reader.uow.support.get(SupportRequestId(subject_id))
    language = reader.language
    if request.state is SupportState.CLOSED:
        way_on = language.say("Answer this message to have the request reopened.")
    else:
        way_on = language.say("Answer this message to add something: the project team will read it.")
    text = paragraphs(head_lines(reader, request), language.say("{text}", text=request.text), way_on)
    return Screen(text)
