"""What can be chosen in a list, and its buttons."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Final

from markupsafe import Markup

from handlers.forms.wording import bold, shortened
from handlers.screen import Button, Rows, button
from handlers.turn import Turn
from programme.texts import folded

DETAIL_MAX: Final = 200
"""Characters of a detail above the buttons."""
PAGE_DIGITS_MAX: Final = 4
PAGE: Final = 8
"""How many options one message shows."""
LABEL_MAX: Final = 60
"""Characters of a button's label; Telegram cuts longer ones on small screens anyway."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what is kept, its name as plain text, and a detail shown above the buttons."""

    value: str
    label: str
    detail: str = ""


Options = Callable[[Turn], Sequence[Option]]
"""Gives what can be chosen, for this person and at this moment."""


def mark(value: str) -> str:
    """Give twelve signs that stand for a value in a button, so that a list that changed never gives another one."""
    return blake2s(value.encode(), digest_size=6).hexdigest()


def marked(options: Iterable[Option], found: str) -> Option | None:
    """Give the option whose mark a button carries."""
    return next((option for option in options if mark(option.value) == found), None)


def named(options: Iterable[Option], words: str) -> Option | None:
    """Give the option that typed words name: its whole name, or the only one that begins so, whatever accents."""
    typed = folded(words)
    if not typed:
        return None
    begun = []
    for option in options:
        name = folded(option.label)
        if name == typed:
            return option
        if name.startswith(typed):
            begun.append(option)
    return begun[0] if len(begun) == 1 else None


def label_of(options: Iterable[Option], value: str) -> str:
    """Give the name of a value, or the value where it is no longer among the options."""
    return next((option.label for option in options if option.value == value), value)


def on_page(options: Sequence[Option], page: int) -> Sequence[Option]:
    """Give the options of a page; the last page where there are fewer."""
    page = min(page, last_page(len(options)))
    return options[page * PAGE : (page + 1) * PAGE]


def last_page(total: int) -> int:
    """Give the number of the last page, counted from 0."""
    return max(0, (total - 1) // PAGE)


def option_button(option: Option, route: str, sign: str = "") -> Button:
    """Make the button of an option, under a field's own route."""
    return button(shortened(f"{sign}{option.label}", LABEL_MAX), route, mark(option.value))


def page_row(page: int, total: int) -> Rows:
    """Make the row that turns pages; none where everything fits on one."""
    last = last_page(total)
    if last == 0:
        return ()
    page = min(page, last)
    back = button("‹", "p", (page - 1) % (last + 1))
    here = button(f"{page + 1}/{last + 1}", "p", page)
    onward = button("›", "p", (page + 1) % (last + 1))
    return ((back, here, onward),)


def page_asked(words: Sequence[str]) -> int:
    """Read the page number of a button, 0 where it is none."""
    return (
        int(words[0])
        if words and words[0].isascii() and words[0].isdecimal() and len(words[0]) <= PAGE_DIGITS_MAX
        else 0
    )


def option_lines(turn: Turn, options: Iterable[Option]) -> tuple[Markup, ...]:
    """Write the details of options above their buttons, where they have any."""
    say = turn.language.say
    return tuple(
        say("{label}: {answer}", label=bold(option.label), answer=shortened(option.detail, DETAIL_MAX))
        for option in options
        if option.detail
    )
