"""The ways out of every screen, and the pages of long lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from handlers.screen import Button, Rows, button
from locales import Language

Thing = TypeVar("Thing")

PAGE: Final = 8
"""How many things a page shows at most (PRODUCT.md)."""


def way_out(language: Language, *back: object) -> Rows:
    """Give the last row of a screen: « ‹ Retour » to a route, if there is one, and « Menu »."""
    to_menu = button(language.plain("Menu"), "menu")
    if not back:
        return ((to_menu,),)
    route, *args = back
    return ((button(language.plain("‹ Back"), str(route), *args), to_menu),)


@dataclass(frozen=True, slots=True)
class Page(Generic[Thing]):
    """The part of a list that one screen shows; `number` counts from 0 and is brought within the list."""

    things: tuple[Thing, ...]
    number: int
    last: int

    def turner(self, language: Language, *route: object) -> Rows:
        """Give the row that turns pages, none where there is one page only; the page's number ends the route."""
        if self.last == 0:
            return ()
        name, *args = route
        turned: list[Button] = []
        if self.number > 0:
            turned.append(button(language.plain("‹ Previous page"), str(name), *args, self.number - 1))
        if self.number < self.last:
            turned.append(button(language.plain("Next page ›"), str(name), *args, self.number + 1))
        return (tuple(turned),)


def page_of(things: Sequence[Thing], number: int) -> Page[Thing]:
    """Give one page of a list."""
    last = max(0, (len(things) - 1) // PAGE)
    within = min(max(number, 0), last)
    return Page(tuple(things[within * PAGE : (within + 1) * PAGE]), within, last)
