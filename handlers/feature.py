"""A feature: the commands, buttons and forms that one module answers to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.forms import Form
from handlers.reply import Reply
from handlers.turn import Turn

Handler = Callable[[Turn], Reply]


@dataclass(frozen=True, slots=True)
class Feature:
    """What a module offers; `strangers` may use it before they have agreed to be known.

    `again` names for each form the handler from which somebody begins it again. In groups only `group_commands`,
    `group_buttons` and `group_answers` are answered, whoever speaks: their handlers find out who that is. `answers` and
    `group_answers` take what replies to a message of the bot, by what stands before the colon in that message's
    anchor. `inline` offers what fits the words written behind the bot's name; one feature only has it.
    """

    commands: Mapping[str, Handler] = field(default_factory=dict)
    buttons: Mapping[str, Handler] = field(default_factory=dict)
    forms: tuple[Form[Any], ...] = ()
    again: Mapping[str, Handler] = field(default_factory=dict)
    strangers: bool = False
    group_commands: Mapping[str, Handler] = field(default_factory=dict)
    group_buttons: Mapping[str, Handler] = field(default_factory=dict)
    answers: Mapping[str, Handler] = field(default_factory=dict)
    group_answers: Mapping[str, Handler] = field(default_factory=dict)
    inline: Handler | None = None
