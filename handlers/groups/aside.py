"""What only one person of a group needs to read, and answers that show to whom they are given."""

from dataclasses import replace

from handlers.chat import Chat
from handlers.reply import Reply, Say, say, say_in_passing
from handlers.screen import Button, Screen, link
from handlers.turn import Turn


def private_chat(turn: Turn) -> Chat:
    """Give the chat with who speaks; the bot may write there only to who is known and reachable."""
    return Chat(turn.sender.telegram_id, private=True)


def reachable_in_private(turn: Turn) -> bool:
    """Tell whether who speaks can be written to in private, as far as is known."""
    return turn.person is not None and turn.person.reachable


def tell_aside(turn: Turn, screen: Screen) -> Reply:
    """Tell who speaks in private where they can be reached, else in passing, with the way to the private chat."""
    if reachable_in_private(turn):
        return say(screen).within(private_chat(turn))
    return say_in_passing(Screen(screen.text, ((to_private_chat(turn, "menu"),),)))


def quoting(turn: Turn, reply: Reply) -> Reply:
    """Have what is newly said in the group quote the message that it answers."""
    messages = tuple(
        replace(one, quotes=turn.message_id) if isinstance(one, Say) and one.chat is None else one
        for one in reply.messages
    )
    return replace(reply, messages=messages)


def to_private_chat(turn: Turn, start: str) -> Button:
    """Give the button that opens the private chat with the bot, and says `start` there (A-Z a-z 0-9 _ -)."""
    return link(turn.language.plain("Write to me in private"), f"https://t.me/{turn.bot_username}?start={start}")
