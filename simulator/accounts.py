"""Who there is on one Telegram: people and bots, and what a bot has told about itself."""

from dataclasses import dataclass, field
from typing import Any

from simulator.updates import UpdateQueue

User = dict[str, Any]

GROUP_ANONYMOUS_BOT: User = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
WEBHOOK_CONNECTIONS = 40


@dataclass(eq=False, slots=True)
class Account:
    """A person's account as Telegram shows it to bots."""

    user: User
    deactivated: bool = False

    @property
    def id(self) -> int:
        """The account's number."""
        return int(self.user["id"])


@dataclass(eq=False, slots=True)
class Webhook:
    """Where a bot wants its updates sent, and how that went last (Unix time)."""

    url: str
    secret: str = ""
    connections: int = WEBHOOK_CONNECTIONS
    last_error_at: int | None = None
    last_error: str = ""


@dataclass(eq=False, slots=True)
class Profile:
    """What a bot tells about itself: commands by (scope, language), its texts by language ("" for all)."""

    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Bot:
    """A bot's account: its token, its updates, its profile; `sees_all` means that privacy mode is off in groups."""

    token: str
    user: User
    updates: UpdateQueue
    sees_all: bool = False
    inline: bool = False
    webhook: Webhook | None = None
    profile: Profile = field(default_factory=Profile)

    @property
    def id(self) -> int:
        """The bot's number, the part of its token before the colon."""
        return int(self.user["id"])

    @property
    def username(self) -> str:
        """The bot's name in links and after commands, without @."""
        return str(self.user["username"])

    @property
    def me(self) -> User:
        """What getMe answers."""
        return {
            **self.user,
            "can_join_groups": True,
            "can_read_all_group_messages": self.sees_all,
            "supports_inline_queries": self.inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
