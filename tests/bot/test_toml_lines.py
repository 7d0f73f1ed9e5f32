import tomllib
from pathlib import Path

import pytest

from bot.toml_lines import lines_of

TRICKY = '''# [not a table] and key = "not a key"
title = "a # in a text, [brackets] and = signs" # a comment
"quoted key" = 'C:\\'
dotted."two words".three = 1.5
day = 2027-06-18 10:00:00Z
empty = []
inline = { a = 1, b.c = [ { d = "}" }, { d = "]" } ] }

long = """
[table] in a text
key = "value"\\
""""
literal = \'\'\'
x = 1\'\'\'
matrix = [
    [1, 2], # first
    # nothing here
    [3,
     4],
]

[place]
name = "x"

[place.deep."er one"]
name = "y"

[[rows]]
name = "first"
[[rows]]
name = "second"
  [[rows.cells]]
  name = "cell"
  [rows.cells.colour]
  name = "blue"
  [[rows.cells]]
  name = "last"
'''

EXPECTED = {
    ("title",): 2,
    ("quoted key",): 3,
    ("dotted",): 4,
    ("dotted", "two words", "three"): 4,
    ("day",): 5,
    ("empty",): 6,
    ("inline", "b", "c", 1, "d"): 7,
    ("long",): 9,
    ("literal",): 13,
    ("matrix",): 15,
    ("matrix", 0): 16,
    ("matrix", 1): 18,
    ("matrix", 1, 1): 19,
    ("place",): 22,
    ("place", "name"): 23,
    ("place", "deep", "er one"): 25,
    ("place", "deep", "er one", "name"): 26,
    ("rows",): 28,
    ("rows", 0, "name"): 29,
    ("rows", 1): 30,
    ("rows", 1, "name"): 31,
    ("rows", 1, "cells", 0, "name"): 33,
    ("rows", 1, "cells", 0, "colour"): 34,
    ("rows", 1, "cells", 0, "colour", "name"): 35,
    ("rows", 1, "cells", 1, "name"): 37,
}


def paths_of(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = dict(enumerate(value)).items()
    else:
        return {path}
    return {path}.union(*(paths_of(deeper, (*path, step)) for step, deeper in inner))


def test_lines_are_found_in_a_tricky_text() -> None:
    lines = lines_of(TRICKY)

    assert {path: lines[path] for path in EXPECTED} == EXPECTED


@pytest.mark.parametrize("toml", [TRICKY, TRICKY.replace("\n", "\r\n"), "", "\n\n", "a.b = 1\n[c]"])
def test_lines_know_every_path_that_tomllib_knows_and_no_other(toml: str) -> None:
    assert set(lines_of(toml)) == paths_of(tomllib.loads(toml))


@pytest.mark.parametrize("name", ["brest", "grand-besancon"])
def test_lines_of_a_territory_are_those_of_its_keys(name: str) -> None:
    text = Path(f"territories/{name}.toml").read_text("utf-8")
    written = text.splitlines()

    astray = [
        (path, line)
        for path, line in lines_of(text).items()
        if path and isinstance(path[-1], str) and path[-1] not in written[line - 1]
    ]

    assert astray == []
