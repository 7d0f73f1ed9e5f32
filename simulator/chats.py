"""Chats and what stands in them: members, topics, messages and their buttons."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simulator.accounts import Bot, User
from simulator.entities import write_html

ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
MEMBER_STATUSES = ("creator", "administrator", "member", "restricted")
# What members may do where nobody has changed it.
USUAL_PERMISSIONS = dict.fromkeys(PERMISSIONS, True) | {"can_change_info": False, "can_edit_tag": False}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's place in a chat; `rights` are an administrator's, `denied` what a restricted member may not do."""

    user: User
    status: str
    rights: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    anonymous: bool = False

    @property
    def present(self) -> bool:
        """Tell whether they are in the chat."""
        return self.status in MEMBER_STATUSES

    @property
    def administers(self) -> bool:
        """Tell whether they are the owner or an administrator."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Tell whether an administrator has this right."""
        return self.status == "creator" or right in self.rights

    @property
    def json(self) -> dict[str, Any]:
        """The ChatMember that bots receive."""
        fields: dict[str, Any] = {"user": self.user, "status": self.status}
        match self.status:
            case "creator":
                fields["is_anonymous"] = self.anonymous
            case "administrator":
                fields |= {"can_be_edited": False, "is_anonymous": self.anonymous}
                fields |= {right: right in self.rights for right in ADMINISTRATOR_RIGHTS}
            case "restricted":
                fields |= {"is_member": True, "until_date": 0}
                fields |= {right: right not in self.denied and USUAL_PERMISSIONS[right] for right in PERMISSIONS}
            case "kicked":
                fields["until_date"] = 0
        return fields


@dataclass(eq=False, slots=True)
class Topic:
    """A topic of a forum: its number is that of the message that created it."""

    id: int
    name: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message, as the person sees it and as the bot gave it."""

    label: str
    data: str | None
    url: str | None
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Action:
    """What a bot shows that it is doing: `typing`, `upload_document`…; when (Unix time) and after which message."""

    name: str
    at: float
    after: int
    thread: int | None = None


class Message:
    """A message; `fields` are what bots receive, the properties what a person sees."""

    __slots__ = ("chat", "deleted", "edits", "fields", "reactions", "sender_id")

    def __init__(self, chat: "Chat", fields: dict[str, Any], sender_id: int) -> None:
        self.chat = chat
        self.fields = fields
        self.sender_id = sender_id
        self.edits = 0
        self.deleted = False
        self.reactions: dict[int, list[dict[str, Any]]] = {}

    def __repr__(self) -> str:
        """What a failed test shows."""
        return f"<message {self.id}: {self.text!r} {self.buttons}>"

    @property
    def id(self) -> int:
        """The message's number in its chat."""
        return int(self.fields["message_id"])

    @property
    def text(self) -> str:
        """The plain text or caption, "" where there is none."""
        return str(self.fields.get("text") or self.fields.get("caption") or "")

    @property
    def entities(self) -> list[dict[str, Any]]:
        """What marks the text or caption."""
        return list(self.fields.get("entities") or self.fields.get("caption_entities") or ())

    @property
    def html(self) -> str:
        """The text or caption in Telegram's HTML."""
        return write_html(self.text, self.entities)

    @property
    def markup(self) -> dict[str, Any] | None:
        """The inline keyboard as bots receive it."""
        return self.fields.get("reply_markup")

    @property
    def rows(self) -> list[list[Button]]:
        """The buttons, row by row."""
        return [
            [Button(one["text"], one.get("callback_data"), one.get("url"), one) for one in row]
            for row in (self.markup or {}).get("inline_keyboard", ())
        ]

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the buttons, row by row."""
        return [[button.label for button in row] for row in self.rows]

    def button(self, label: str) -> Button:
        """The button with this label; raises AssertionError that tells which there are."""
        for button in (button for row in self.rows for button in row):
            if button.label == label:
                return button
        raise AssertionError(f"No button “{label}” under “{self.text}”; its buttons: {self.buttons or 'none'}.")

    @property
    def thread(self) -> int | None:
        """The topic the message stands in, None outside topics."""
        return self.fields["message_thread_id"] if self.fields.get("is_topic_message") else None

    @property
    def reply_to(self) -> int | None:
        """The number of the message this one answers."""
        answered = self.fields.get("reply_to_message")
        return None if answered is None or "forum_topic_created" in answered else int(answered["message_id"])


@dataclass(eq=False, slots=True)
class Chat:
    """A private chat of a person with a bot, a group or a supergroup, with all that was said in it."""

    id: int
    type: str
    fields: dict[str, Any]
    members: dict[int, Member] = field(default_factory=dict)
    bot: Bot | None = None
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    keyboard: dict[str, Any] | None = None
    denied: frozenset[str] = frozenset()
    kept: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0

    @property
    def private(self) -> bool:
        """Tell whether a person is alone here with a bot."""
        return self.type == "private"

    @property
    def forum(self) -> bool:
        """Tell whether the group has topics."""
        return bool(self.fields.get("is_forum"))

    @property
    def title(self) -> str:
        """The group's title, "" in a private chat."""
        return str(self.fields.get("title", ""))

    @property
    def messages(self) -> list[Message]:
        """What stands in the chat now, the oldest first: edited texts as edited, deleted ones gone."""
        return list(self.kept.values())

    @property
    def last(self) -> Message:
        """The latest message; raises AssertionError in an empty chat."""
        if not self.kept:
            raise AssertionError("Nothing was said in this chat.")
        return next(reversed(self.kept.values()))

    def latest(self) -> Iterator[Message]:
        """The messages, the latest first."""
        return iter(reversed(self.kept.values()))

    def member(self, user: User) -> Member:
        """Somebody's place here; who never came has left."""
        return self.members.get(user["id"]) or Member(user, "left")
