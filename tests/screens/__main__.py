"""Write docs/screens.md, or say where it is no longer what the bot says; or show some of its parts alone."""

import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Final

import structlog

from locales import LANGUAGES
from tests.screens.page import page
from tests.screens.parts import PARTS, Walk
from tests.screens.seen import Walked, gaps, listening
from tests.screens.tour import Shot, a_tour

PAGE: Final = Path(__file__).parents[2] / "docs" / "screens.md"
CHECK: Final = "--check"
DIFFERENCES_SHOWN: Final = 40
MEMORY: Final = Path("/dev/shm")  # noqa: S108 (only the parent of a folder that nobody else can enter)
"""A folder in memory, where there is one: nothing here has to outlive the process."""


def walked(walk: Walk, code: str, last: str = "") -> Walked:
    """Walk through the parts of one walk in one language, up to the `last` one where it is named.

    Raises AssertionError where Telegram refuses a message.
    """
    with listening() as heard, tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        shots, routes = asyncio.run(_walk(Path(folder), walk, code, last))
    return Walked(shots, frozenset(heard.msgids), frozenset(routes), frozenset(heard.notices))


async def _walk(folder: Path, walk: Walk, code: str, last: str) -> tuple[tuple[Shot, ...], set[str]]:
    async with a_tour(folder, code) as tour:
        for part in (part for part in PARTS if part.among is walk):
            tour.part = part.title
            await part.walk(tour)
            if part.title == last:
                break
        if given_up := await tour.world.given_up():
            raise AssertionError(f"Telegram has refused: {given_up}")
        return tuple(tour.shots), tour.routes


def together(walks: Sequence[Walked]) -> Walked:
    """Put what the walks of one language have shown together, in the order of the page."""
    places = {part.title: place for place, part in enumerate(PARTS)}
    shots = sorted((shot for walk in walks for shot in walk.shots), key=lambda shot: places[shot.part])
    return Walked(
        tuple(shots),
        frozenset[str]().union(*(walk.msgids for walk in walks)),
        frozenset[str]().union(*(walk.routes for walk in walks)),
        frozenset[str]().union(*(walk.notices for walk in walks)),
    )


def shown(titles: Sequence[str]) -> str:
    """Give some parts as the page shows them, each walk made no further than to the last of them.

    Raises ValueError for a title that no part has.
    """
    chosen = {part.title: part.among for part in PARTS if part.title in titles}
    if missing := set(titles) - set(chosen):
        raise ValueError(f"no part is called {sorted(missing)}; there are {[part.title for part in PARTS]}")
    ways = {among: title for title, among in chosen.items()}
    walks = [(walk, code, last) for code in LANGUAGES for walk, last in ways.items()]
    with ProcessPoolExecutor(len(walks)) as pool:
        made = list(pool.map(walked, *zip(*walks, strict=True)))
    both = (together(made[: len(ways)]), together(made[len(ways) :]))
    return page(*([shot for shot in one.shots if shot.part in chosen] for one in both))


def main(arguments: list[str]) -> int:
    """Write the page, `--check` it, or print the parts of these titles; gives 1 where something is to be done."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    if titles := [argument for argument in arguments if argument != CHECK]:
        sys.stdout.write(shown(titles))
        return 0
    walks = [(walk, code) for code in LANGUAGES for walk in Walk]
    with ProcessPoolExecutor(os.cpu_count()) as pool:  # side by side: each walk keeps one core busy
        all_of_them = list(pool.map(walked, *zip(*walks, strict=True)))
    french, english = (together(all_of_them[place : place + len(Walk)]) for place in range(0, len(walks), len(Walk)))
    written = page(french.shots, english.shots)
    found = list(gaps(english))
    if CHECK not in arguments:
        PAGE.write_text(written, "utf-8")
    elif (kept := PAGE.read_text("utf-8") if PAGE.exists() else "") != written:
        differences = unified_diff(kept.splitlines(), written.splitlines(), "docs/screens.md", "now", lineterm="", n=1)
        found += [*islice(differences, DIFFERENCES_SHOWN), "docs/screens.md tells something else: run make screens"]
    sys.stdout.writelines(f"{line}\n" for line in found or ["The screens are in order."])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
