"""The commitment card in a group: members read the latest version, who facilitates prepares the next in private."""

from collections.abc import Callable

from handlers.cards.commitment import card_lines
from handlers.facilitators.prepare_card import preparing_screen
from handlers.feature import Feature, Handler
from handlers.groups.aside import private_chat, reachable_in_private
from handlers.groups.here import for_member, in_private
from handlers.members.commitment_card import file_rows, not_published, send_pdf, send_picture, tapped_version
from handlers.reply import Reply, Say, say, say_in_passing
from handlers.screen import Screen
from handlers.turn import Turn
from programme.coalitions import Coalition
from programme.commitment_cards import CommitmentCard
from programme.usecases.commitment_card import latest_card
from programme.usecases.rights import facilitates


def show_card(turn: Turn, coalition: Coalition) -> Reply:
    """Show the latest version in the group; to who facilitates the coalition, in private, the one being prepared."""
    card = latest_card(turn.uow, coalition.id)
    published = () if card is None else (Say(_published(turn, card)),)
    if not facilitates(turn.uow, turn.me.id, coalition.id):
        return Reply(published) if published else say_in_passing(Screen(not_published(turn)))
    return in_private(turn, lambda within: say(preparing_screen(within, coalition))).after(*published)


def _published(turn: Turn, card: CommitmentCard) -> Screen:
    language = turn.group_language or turn.language
    return Screen(card_lines(card, turn.uow, language, turn.territory), file_rows(card, language))


def _sent_in_private(send: Callable[[Turn], Reply]) -> Handler:
    """Give the handler that sends a file to who taps, in private: the group keeps to what concerns everybody."""

    def handler(turn: Turn) -> Reply:
        card = tapped_version(turn)
        if not reachable_in_private(turn):
            code = turn.uow.coalitions.get(card.coalition_id).code
            return Reply(opens=f"https://t.me/{turn.bot_username}?start=card_{code}")
        sent = send(turn).within(private_chat(turn))
        return Reply(sent.messages, turn.language.plain("Sent in our private chat."))

    return handler


FEATURE = Feature(
    group_commands={"fiche": for_member(show_card)},
    group_buttons={"card.pdf": _sent_in_private(send_pdf), "card.png": _sent_in_private(send_picture)},
)
