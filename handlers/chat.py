"""Chats: where something is said."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat with one person, or a group; `thread_id` names the topic of a forum group."""

    id: int
    private: bool
    thread_id: int | None = None
