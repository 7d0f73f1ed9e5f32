"""What people answer to a bot's messages: taps, votes, reactions, and queries typed after @bot."""

from dataclasses import dataclass
from typing import Any

from simulator.accounts import Bot, User
from simulator.chats import Button, Message
from simulator.network import Network, Query

INLINE_MAX = 256
FIRST_QUERY_ID = 4_382_700_000_000_000_001


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a button, and how the bot answered it."""

    button: Button
    query: Query | None = None

    @property
    def answered(self) -> dict[str, Any] | None:
        """The parameters of answerCallbackQuery, None as long as the button spins."""
        return None if self.query is None else self.query.answered

    @property
    def toast(self) -> str:
        """The words that the answer shows, "" where it shows none."""
        return str((self.answered or {}).get("text", ""))

    @property
    def alert(self) -> bool:
        """Tell whether the words stand in a box to be closed."""
        return str((self.answered or {}).get("show_alert", "")).lower() in {"true", "1"}

    @property
    def opens(self) -> str:
        """The link to a bot that the answer opens, "" where it opens none."""
        return str((self.answered or {}).get("url", ""))


@dataclass(frozen=True, slots=True)
class InlineQuestion:
    """What somebody typed after @bot, and what the bot offers for it."""

    query: Query

    @property
    def results(self) -> list[dict[str, Any]] | None:
        """The results offered, None as long as the bot has not answered."""
        return None if self.query.answered is None else list(self.query.answered["results"])

    @property
    def next_offset(self) -> str:
        """Where the next results begin, "" where there are no more."""
        return str((self.query.answered or {}).get("next_offset", ""))


def press(network: Network, user: User, data: str, message: Message) -> Query:
    """Send the bot of a message this callback data; raises AssertionError where no bot has sent it."""
    chat = message.chat
    bot = next((one for one in network.bots.values() if one.id == message.sender_id), None)
    if bot is None:
        raise AssertionError("Only messages of a bot have buttons to tap.")
    query = _query(network, bot)
    update = {"id": query.id, "from": user, "message": dict(message.fields)}
    bot.updates.push("callback_query", update | {"chat_instance": str(-chat.id * 7919), "data": data})
    network.changed("tap", chat, query=query, message=message)
    return query


def ask_inline(network: Network, user: User, text: str, bot: Bot, offset: str = "") -> InlineQuestion:
    """Ask a bot for inline results, from an offset on that it gave; raises AssertionError where it gives none."""
    if not bot.inline:
        raise AssertionError(f"@{bot.username} answers no inline queries.")
    if len(text) > INLINE_MAX:
        raise AssertionError(f"Nobody can ask with {len(text)} characters.")
    query = _query(network, bot)
    update = {"id": query.id, "from": user, "query": text, "offset": offset, "chat_type": "private"}
    bot.updates.push("inline_query", update)
    return InlineQuestion(query)


def vote(network: Network, user: User, message: Message, options: tuple[str, ...]) -> None:
    """Choose options of the message's poll, in place of those chosen before."""
    if "poll" not in message.fields:
        raise AssertionError("There is no poll in this message.")
    poll = network.polls[message.fields["poll"]["id"]]
    texts = [option.text for option in poll.options]
    if unknown := [option for option in options if option not in texts]:
        raise AssertionError(f"No option “{unknown[0]}”; there are: {texts}.")
    if poll.close_date is not None and network.date() >= poll.close_date:
        poll.closed = True
    chosen = tuple(sorted(map(texts.index, options)))
    poll.vote(user["id"], chosen)
    message.fields = message.fields | {"poll": poll.json}
    if not poll.anonymous:
        poll.bot.updates.push("poll_answer", poll.answer(user, chosen))
    poll.bot.updates.push("poll", poll.json)
    network.changed("poll", message.chat, message=message)


def react(network: Network, user: User, message: Message, emoji: tuple[str, ...]) -> None:
    """Put reactions on a message in place of theirs; bots learn of it in private and as administrators."""
    before = message.reactions.get(user["id"], [])
    after = [{"type": "emoji", "emoji": one} for one in emoji]
    message.reactions[user["id"]] = after
    update = {
        "chat": message.chat.fields,
        "message_id": message.id,
        "user": user,
        "date": network.date(),
        "old_reaction": before,
        "new_reaction": after,
    }
    for bot in network.bots.values():
        if message.chat.bot is bot or message.chat.member(bot.user).administers:
            bot.updates.push("message_reaction", update)
    network.changed("reaction", message.chat, message=message)


def _query(network: Network, bot: Bot) -> Query:
    query = Query(str(network.number("query", FIRST_QUERY_ID)), bot, network.now())
    network.queries[query.id] = query
    return query
