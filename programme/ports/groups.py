"""Where coalitions talk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from programme.groups import Group, GroupCard, GroupChat
from programme.ids import CoalitionId, PersonId


class Groups(Protocol):
    """Telegram groups, and topics of them, in which coalitions talk."""

    def of_chat(self, chat_id: int, thread_id: int | None) -> Group | None:
        """Give what a topic is bound to, else what its whole group is bound to."""

    def bind(self, group: Group, now: datetime) -> None:
        """Bind a group, or a topic of it, in place of what it was bound to.

        A coalition talks in one place of a group: it leaves another one.
        """

    def of_coalition(self, coalition_id: CoalitionId) -> Sequence[Group]:
        """Give where a coalition talks."""

    def in_chat(self, chat_id: int) -> Sequence[Group]:
        """Give all that is bound in a group: the whole of it, or topics."""

    def unbind(self, chat_id: int) -> None:
        """Forget every binding of a group."""

    def lose_topic(self, chat_id: int, thread_id: int) -> Group | None:
        """Note that a topic is gone; gives its binding the first time, else None."""

    def chat(self, chat_id: int) -> GroupChat | None:
        """Give what is known of a group."""

    def put_chat(self, chat: GroupChat, now: datetime) -> None:
        """Keep what is known of a group in place of what was."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Keep the bindings of a group that became a supergroup."""


class GroupCards(Protocol):
    """The cards that stand in groups; their text is made when they are sent, from what is true then."""

    def show(self, card: GroupCard, group: Group, now: datetime) -> None:
        """Say a card in a group; where it stands there already, it is said anew at the end and deleted above."""

    def refresh(self, card: GroupCard, now: datetime) -> None:
        """Have a card changed wherever it stands, soon and at most once in CARD_SPACING."""

    def pin(self, card: GroupCard, group: Group, now: datetime, *, until: datetime, once: str) -> None:
        """Pin a card in a group, silently, where it stands and the bot may, and take it off the top at `until`.

        It is done once for each `once` and group, however often it is asked for.
        """

    def unpin(self, card: GroupCard, group: Group, now: datetime) -> None:
        """Take a pinned card off the top of a group."""

    def standing(self, coalition_id: CoalitionId) -> Sequence[GroupCard]:
        """Give the cards that stand in groups of a coalition, by kind and subject."""

    def naming(self, person_id: PersonId) -> Sequence[GroupCard]:
        """Give the cards that may name a person: of coalitions they are or were in, and of help they deal with."""

    def places(self, card: GroupCard) -> Sequence[Group]:
        """Give where a card stands."""
