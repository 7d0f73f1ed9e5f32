"""What a conversation in private remembers of the group in which it was begun."""

from typing import Final

from handlers.chat import Chat

GROUP: Final = "group"
"""The conversation's own name for the group that it was begun in."""


def chat_words(chat: Chat) -> str:
    """Write a group, or a topic of it, as « chat:thread »."""
    return f"{chat.id}:{chat.thread_id or ''}"


def chat_of(words: str) -> Chat | None:
    """Read back what `chat_words` wrote; None where the conversation was begun elsewhere."""
    chat_id, _colon, thread_id = words.partition(":")
    if not chat_id:
        return None
    return Chat(int(chat_id), private=False, thread_id=int(thread_id) if thread_id else None)
