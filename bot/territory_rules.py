"""What a territory file must keep beyond its shape: keys, limits, no doubles, no reference to nothing."""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from bot.public_holidays import problem_with
from bot.toml_lines import KeyPath
from programme.coalitions import COALITION_NAME_MAX, OBJECTIVE_MAX
from programme.organisations import ORGANISATION_NAME_MAX
from programme.territory import (
    HOME,
    LEVEL_LABEL_MAX,
    LEVEL_WANTS_MAX,
    RESOURCE_LINE_MAX,
    RESOURCE_LINK_MAX,
    RESOURCE_TITLE_MAX,
    OrganisationKind,
)

Fault = tuple[KeyPath, str]
"""Where something is wrong, and the sentence that says what."""

_KEY: Final = re.compile(r"[a-z0-9_]{1,32}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LINK: Final = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@.]+(?:[/?#]\S*)?")
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_LINEAR_UNTIL: Final = 0.04045
"""The part of sRGB that grows in proportion (IEC 61966-2-1)."""
_LEAST_CONTRAST: Final = 4.5
"""Of words with their ground (WCAG 2.2, level AA)."""
_MOST_OF_PALE: Final = 1.6
"""How far a pale ground may be from white: dark words keep a contrast of 9 there."""
FILE_MAX: Final = 20_000_000
"""Bytes of a file that is lent: what people's phones fetch from Telegram without a long wait."""
_LONGEST: Final = {
    ("coalitions", "name"): COALITION_NAME_MAX,
    ("coalitions", "objective"): OBJECTIVE_MAX,
    ("coalitions", "organisations", "name"): ORGANISATION_NAME_MAX,
    ("resources", "title"): RESOURCE_TITLE_MAX,
    ("resources", "line"): RESOURCE_LINE_MAX,
    ("resources", "link"): RESOURCE_LINK_MAX,
    ("commitment_levels", "label"): LEVEL_LABEL_MAX,
    ("commitment_levels", "label_en"): LEVEL_LABEL_MAX,
    ("commitment_levels", "wants"): LEVEL_WANTS_MAX,
    ("commitment_levels", "wants_en"): LEVEL_WANTS_MAX,
}
_RANGES: Final = {
    ("forum_month",): (1, 12),
    ("targets", "by_year"): (2000, 2100),
    ("votes", "quorum"): (0, 100),
    ("votes", "majority"): (0, 100),
    ("votes", "days"): (1, 60),
    ("announcements", "approval_above"): (0, 1_000_000),
}
_NEVER_EMPTY: Final = ("stakes", "sectors", "organisation_kinds", "support_kinds")
_WITHOUT_DOUBLES: Final = {
    ("stakes",): "key",
    ("sectors",): "key",
    ("targets",): "key",
    ("commitment_levels",): "key",
    ("support_kinds",): "key",
    ("milestones",): "key",
    ("coalitions",): "key",
    ("coalitions", "organisations"): "name",
    ("resources",): "title",
}


def faults(document: Mapping[str, Any], folder: Path) -> Iterator[Fault]:
    """All that is wrong with the values of a parsed file in `folder`; those of a wrong type are passed over."""
    for path, value in _walk(document, ()):
        yield from _value_faults(path, value)
        if isinstance(value, list):
            yield from _doubles(path, value)
    for name in _NEVER_EMPTY:
        if document.get(name) == []:
            yield (name,), f"“{name}” is empty; give at least one"
    stakes = [stake["key"] for stake in _tables(document, "stakes") if isinstance(stake.get("key"), str)]
    yield from _coalition_faults(document, stakes)
    yield from _holiday_faults(document)
    for position, resource in enumerate(_tables(document, "resources")):
        yield from _unknown_stakes(resource, ("resources", position), stakes)
        yield from _resource_faults(resource, ("resources", position), folder)


def _holiday_faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    country, subdivision = document.get("country", HOME), document.get("subdivision")
    if isinstance(country, str) and (subdivision is None or isinstance(subdivision, str)):
        problem = problem_with(country, subdivision)
        if problem is not None:
            yield ("subdivision" if country in problem.partition("”")[2] else "country",), problem


def did_you_mean(word: str, known: list[str]) -> str:
    """The end of a sentence about an unknown word: the nearest known one, or else all of them."""
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean “{near[0]}”?" if near else f"use one of {', '.join(known)}"


def _walk(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, object]]:
    yield path, value
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _walk(inner, (*path, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _walk(inner, (*path, position))


def _value_faults(path: KeyPath, value: object) -> Iterator[Fault]:
    name, kind = path[-1] if path else "", _names(path)
    if isinstance(value, str):
        if not value.strip():
            yield path, f"“{name}” is empty; fill it in or leave the line out"
        elif name == "key" and not _KEY.fullmatch(value):
            yield path, f"“{value}” is no key; use 1 to 32 of the signs a-z, 0-9 and _"
        elif name == "email" and not _EMAIL.fullmatch(value):
            yield path, f"“{value}” is no e-mail address; write one such as climat@example.org"
        elif name == "link" and not _LINK.fullmatch(value):
            yield path, f"“{value}” is no address of a page; write one such as https://www.example.org"
        elif kind[:1] == ("colours",) and (problem := _colour_problem(kind, value)) is not None:
            yield path, problem
        elif len(value) > _LONGEST.get(kind, len(value)):
            yield path, f"“{name}” has {len(value)} signs; shorten it to {_LONGEST[kind]}"
    elif isinstance(value, int) and kind in _RANGES and not _RANGES[kind][0] <= value <= _RANGES[kind][1]:
        yield path, f"“{name}” is {value}; give a number from {_RANGES[kind][0]} to {_RANGES[kind][1]}"


def _colour_problem(kind: tuple[str, ...], value: str) -> str | None:
    """Say why a colour does not do: white words stand on the main one, dark words on the pale one."""
    if not _COLOUR.fullmatch(value):
        return f"“{value}” is no colour; write one such as #1b6e53"
    red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    # Relative luminance and contrast with white, as WCAG 2.2 defines them.
    light = sum(
        weight * (part / 12.92 if part <= _LINEAR_UNTIL else ((part + 0.055) / 1.055) ** 2.4)
        for weight, part in ((0.2126, red), (0.7152, green), (0.0722, blue))
    )
    contrast = 1.05 / (light + 0.05)
    if kind[-1] == "main" and contrast < _LEAST_CONTRAST:
        return f"white words can’t be read on “{value}”; give a darker colour"
    if kind[-1] == "pale" and contrast > _MOST_OF_PALE:
        return f"dark words can’t be read on “{value}”; give a paler colour"
    return None


def _doubles(path: KeyPath, items: list[Any]) -> Iterator[Fault]:
    label = _WITHOUT_DOUBLES.get(_names(path))
    seen: set[str] = set()
    for position, item in enumerate(items):
        word = item.get(label) if isinstance(item, dict) else item
        where = (*path, position, label) if isinstance(item, dict) and label else (*path, position)
        if isinstance(word, str):
            if word.casefold() in seen:
                yield where, f"“{word}” stands twice in “{path[-1]}”; keep one"
            seen.add(word.casefold())


def _coalition_faults(document: Mapping[str, Any], stakes: list[str]) -> Iterator[Fault]:
    offered = document.get("organisation_kinds")
    kinds: dict[str, str] = {}
    for position, coalition in enumerate(_tables(document, "coalitions")):
        path: KeyPath = ("coalitions", position)
        yield from _unknown_stakes(coalition, path, stakes)
        for index, organisation in enumerate(_tables(coalition, "organisations")):
            name, kind = organisation.get("name"), organisation.get("kind")
            if not isinstance(name, str) or kind not in list(OrganisationKind):
                continue
            where = (*path, "organisations", index, "kind")
            if isinstance(offered, list) and kind not in offered:
                yield where, f"“{kind}” is not in “organisation_kinds”; add it there or choose another"
            if kinds.setdefault(name.casefold(), kind) != kind:
                yield (
                    where,
                    f"“{name}” is “{kinds[name.casefold()]}” above and “{kind}” here; give it one kind",
                )


def _unknown_stakes(table: Mapping[str, Any], path: KeyPath, stakes: list[str]) -> Iterator[Fault]:
    named = table.get("stakes")
    for index, stake in enumerate(named if isinstance(named, list) else []):
        if isinstance(stake, str) and stakes and stake not in stakes:
            yield (*path, "stakes", index), f"unknown stake “{stake}”; {did_you_mean(stake, stakes)}"


def _resource_faults(resource: Mapping[str, Any], path: KeyPath, folder: Path) -> Iterator[Fault]:
    lent = [name for name in ("link", "file") if name in resource]
    if len(lent) == 2:  # noqa: PLR2004 (a link and a file: both)
        yield (*path, "file"), "a resource has a link or a file, not both; make it two resources"
    elif not lent:
        yield path, "this resource has neither “link” nor “file”; give one of them"
    file = resource.get("file")
    if isinstance(file, str) and file.strip() and (problem := _file_problem(folder, file)):
        yield (*path, "file"), problem


def _file_problem(folder: Path, file: str) -> str | None:
    """What keeps a file from being lent; nothing outside the folder of the territory file is."""
    place = folder / file
    try:
        beside, there = place.resolve().is_relative_to(folder.resolve()), place.is_file()
    except (OSError, ValueError):  # names that no disk has
        beside, there = True, False
    if not beside:
        return f"“{file}” is not beside this file; move it into the folder {folder} or one in it"
    if not there:
        return f"“{file}” is no file in {folder}; write its path from there"
    if not os.access(place, os.R_OK):
        return f"“{file}” can't be read; let this user read it"
    size = place.stat().st_size
    if not 0 < size <= FILE_MAX:
        return f"“{file}” has {size} bytes; give a file of 1 byte to {FILE_MAX}"
    return None


def _tables(table: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The tables of a list; each element that is none counts as an empty one, so that positions hold."""
    items = table.get(name)
    return [item if isinstance(item, dict) else {} for item in items] if isinstance(items, list) else []


def _names(path: KeyPath) -> tuple[str, ...]:
    return tuple(step for step in path if isinstance(step, str))
