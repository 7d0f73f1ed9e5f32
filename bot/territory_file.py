"""Read a territory file, and tell all that is wrong with it, each with its line."""

import json
import re
import tomllib
import zoneinfo
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from bot.territory_rules import Fault, did_you_mean, faults
from bot.toml_lines import KeyPath, lines_of
from programme.path import Step
from programme.territory import OrganisationKind, ScopeKind, Territory

_ENUM_NAMES: Final[dict[Any, str]] = {OrganisationKind: "organisation kind", ScopeKind: "scope", Step: "step"}
_WANTED: Final = {
    "string_type": "a text between quotes",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "tuple_type": "a list between [ and ]",
    "dataclass_type": "a table of keys",
}
OURS: Final = Path("territories")
"""The folder of the territory files that come with Jalon."""
_DATE: Final = "a date such as 2027-06-18"
_TOML_PLACE: Final = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)")


class TerritoryFileError(Exception):
    """A territory file can't be used; `problems` says why, one sentence each, in the order of the lines."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep the sentences."""
        super().__init__("\n".join(problems))
        self.problems = problems


class _File(BaseModel):
    """Makes the reading strict: a wrong type or an unknown key is refused, nothing is converted."""

    model_config = ConfigDict(strict=True, extra="forbid")

    territory: Territory


def load_territory(path: Path) -> Territory:
    """The territory that a TOML file describes; raises `TerritoryFileError` with all its problems at once."""
    text = _read(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TerritoryFileError((_not_toml(path, text, str(error)),)) from None
    found = list(faults(document, path.parent))
    try:
        # Through JSON, because only there strict means that lists make tuples and texts make enumerations.
        territory = _File.model_validate_json(json.dumps({"territory": document}, default=str)).territory
    except ValidationError as error:
        found += [_shape_fault(detail, document) for detail in error.errors()]
    else:
        if not found:
            return _with_paths(territory, path.parent)
    lines = lines_of(text)
    told = sorted({(_line(lines, where), _ended(sentence)) for where, sentence in found})
    raise TerritoryFileError(tuple(f"{path}, line {line}: {sentence}" for line, sentence in told))


def _with_paths(territory: Territory, folder: Path) -> Territory:
    """Name the files of resources from where the process runs, not from where the territory file is."""
    lent = tuple(replace(one, file=str(folder / one.file)) if one.file else one for one in territory.resources)
    return replace(territory, resources=lent)


def _territories_in(folder: Path) -> list[str]:
    return sorted(str(file) for file in folder.glob("*.toml") if file.name != "pyproject.toml")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        others = _territories_in(path.parent) or _territories_in(OURS)
        instead = f"use one of {', '.join(others)}" if others else "name the TOML file of your territory"
        problem = f"{path}: there is no such file; in JALON_TERRITORY {instead}."
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = f"{path}, line {line}: this is not UTF-8; save the file in that encoding."
    except OSError as error:
        problem = f"{path}: the file can't be read ({error.strerror}); name a TOML file that this user may read."
    raise TerritoryFileError((problem,))


def _not_toml(path: Path, text: str, complaint: str) -> str:
    place = _TOML_PLACE.fullmatch(complaint)
    what = place["what"] if place else complaint
    line = place["line"] if place and place["line"] else len(text.splitlines()) or 1
    return f"{path}, line {line}: this is not TOML: {what[:1].lower()}{what[1:]}."


def _line(lines: Mapping[KeyPath, int], where: KeyPath) -> int:
    """The line of the nearest thing that stands in the file: what is missing belongs to its table."""
    while where not in lines:
        where = where[:-1]
    return lines[where]


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith("?") else f"{sentence}."


def _shape_fault(detail: ErrorDetails, document: Mapping[str, Any]) -> Fault:
    where: KeyPath = detail["loc"][1:]
    name = next((step for step in reversed(where) if isinstance(step, str)), "")
    match detail["type"]:
        case "missing":
            table = ".".join(step for step in where[:-1] if isinstance(step, str))
            return where, f"“{name}” is missing{f' in “{table}”' if table else ''}; add it"
        case "unexpected_keyword_argument":
            known = [field.name for field in fields(_type_at(where[:-1]))]
            return where, f"unknown key “{name}”; {did_you_mean(name, known)}"
        case "enum":
            kind = _type_at(where)
            return where, f"unknown {_ENUM_NAMES[kind]} “{detail['input']}”; use one of {', '.join(kind)}"
        case "zoneinfo_str":
            zone = str(detail["input"])
            near = did_you_mean(zone, sorted(zoneinfo.available_timezones()))
            instead = near if near.endswith("?") else "use a name such as “Europe/Paris”"
            return where, f"unknown time zone “{zone}”; {instead}"
        case "date_type" | "date_parsing" | "date_from_datetime_parsing" | "date_from_datetime_inexact":
            return where, f"“{name}” must be {_DATE}, not {_shown(document, where)}"
        case other:
            return (
                where,
                f"“{name}” must be {_WANTED.get(other, detail['msg'])}, not {_shown(document, where)}",
            )


def _type_at(where: KeyPath) -> Any:
    """The type that the record wants at a place of the file."""
    wanted: Any = Territory
    for step in where:
        wanted = get_type_hints(wanted)[step] if isinstance(step, str) else get_args(wanted)[0]
        if get_origin(wanted) is UnionType:
            wanted = get_args(wanted)[0]
    return wanted


def _shown(document: Any, where: KeyPath) -> str:
    """A wrong value as the file has it, shortened."""
    for step in where:
        document = document[step]
    if isinstance(document, dict | list):
        return "a table" if isinstance(document, dict) else "a list"
    text = str(document).lower() if isinstance(document, bool) else str(document)
    return f"“{text[:40]}”"
