"""The texts that the code says: literals given to `_`, `say`, `plain`, `say_n` and `plain_n`.

Read from the syntax tree, because Babel's own extractor misses a text inside a call inside a call:
`say(Screen(language.say("Hello")))`.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from locales.placeholders import placeholders
from locales.problem import Problem

ROOT: Final = Path(__file__).parent.parent
FOLDERS: Final = ("bot", "demo", "handlers", "locales")
SINGULAR: Final = frozenset({"_", "say", "plain"})
PLURAL: Final = frozenset({"say_n", "plain_n"})
PLAIN: Final = frozenset({"plain", "plain_n"})


@dataclass(frozen=True, slots=True)
class SourceText:
    """An English text of the code; `plural` is empty where it does not count, `plain` tells that it takes no HTML."""

    msgid: str
    plural: str
    files: tuple[str, ...]
    plain: bool


@dataclass(frozen=True, slots=True)
class Source:
    """All texts, by first file and msgid, and what is wrong with the way the code says them."""

    texts: tuple[SourceText, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Saying:
    """One call that says a text."""

    file: str
    keyword: str
    msgid: str
    plural: str


def read_source(root: Path = ROOT) -> Source:
    """Read the Python files of the folders that speak to people; raises SyntaxError where one can't be read."""
    sayings: list[_Saying] = []
    problems: list[Problem] = []
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.py")):
        file = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), file)):
            if isinstance(node, ast.Call) and (keyword := _keyword(node)):
                said = list(_sayings(file, keyword, node))
                sayings += said
                problems += _problems_of_call(file, keyword, node, said)
    texts, clashes = _gathered(sayings)
    return Source(texts, (*problems, *clashes))


def _keyword(call: ast.Call) -> str | None:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in SINGULAR | PLURAL:
            return name
    return None


def _sayings(file: str, keyword: str, call: ast.Call) -> Iterator[_Saying]:
    if keyword in SINGULAR:
        for text in _literals(call.args[0]) if call.args else ():
            yield _Saying(file, keyword, text, "")
    else:
        match call.args:
            case [ast.Constant(value=str(singular)), ast.Constant(value=str(plural)), *_]:
                yield _Saying(file, keyword, singular, plural)


def _literals(node: ast.expr) -> list[str]:
    """Give the text written in place, or both where the code chooses between two."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return _literals(body) + _literals(orelse)
    return []


def _problems_of_call(file: str, keyword: str, call: ast.Call, said: list[_Saying]) -> Iterator[Problem]:
    place = f"{file}:{call.lineno}"
    if keyword in PLURAL and not said:
        yield Problem(
            place, "", f"`{keyword}` takes its two texts written in place, or the catalogue does not get them"
        )
    elif call.args and _is_put_together(call.args[0]):
        yield Problem(place, "", "this text is put together by the code; write it in one piece with {placeholders}")
    if keyword == "_" or any(fact.arg is None for fact in call.keywords):
        return
    facts = {str(fact.arg) for fact in call.keywords} | ({"n"} if keyword in PLURAL else set())
    for saying in said:
        try:
            wanted = placeholders(saying.msgid)
        except ValueError as error:
            yield Problem(place, saying.msgid, f"braces: {error}")
            continue
        if missing := sorted(wanted - facts):
            yield Problem(place, saying.msgid, f"the text names {', '.join(missing)}, which the call does not give")
        if len(said) == 1 and (unused := sorted(facts - wanted - {"n"})):
            yield Problem(place, saying.msgid, f"the call gives {', '.join(unused)}, which the text does not name")


def _is_put_together(node: ast.expr) -> bool:
    match node:
        case ast.JoinedStr():
            return True
        case ast.BinOp(left=left, right=right):
            return any(bool(_literals(side)) or _is_put_together(side) for side in (left, right))
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()))):
            return True
        case ast.IfExp(body=body, orelse=orelse):
            return _is_put_together(body) or _is_put_together(orelse)
    return False


def _gathered(sayings: list[_Saying]) -> tuple[tuple[SourceText, ...], list[Problem]]:
    """Bring together the calls that say the same; a catalogue holds a text either with a plural or without."""
    by_msgid: dict[str, list[_Saying]] = {}
    for saying in sayings:
        by_msgid.setdefault(saying.msgid, []).append(saying)
    texts = []
    problems = []
    for msgid, same in by_msgid.items():
        files = tuple(sorted({saying.file for saying in same}))
        plurals = sorted({saying.plural for saying in same})
        if len(plurals) > 1:
            problems.append(Problem(", ".join(files), msgid, "said with different plurals; word one of them otherwise"))
        if msgid:
            texts.append(SourceText(msgid, plurals[-1], files, plain=any(saying.keyword in PLAIN for saying in same)))
        else:
            problems.append(
                Problem(", ".join(files), "", "an empty text can't be in the catalogue; say nothing instead")
            )
    return tuple(sorted(texts, key=lambda text: (text.files[0], text.msgid))), problems
