"""Where things stand in a TOML text: tomllib gives values without their lines, and people need the lines."""

import re
import tomllib
from typing import Final, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the root, as in `("coalitions", 2, "organisations", 0, "kind")`."""

_TOKEN: Final = re.compile(
    r"""
    (?P<blank>[ \t\r]+|\#[^\n]*)
    | (?P<newline>\n)
    | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3}\"{0,2} | '{3}.*?'{3}'{0,2} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<sign>[\[\]{}=,.])
    | (?P<bare>[^\s\[\]{}=,."'\#]+)
    """,
    re.DOTALL | re.VERBOSE,
)


def lines_of(toml: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of each table, key and list element of a text that tomllib has accepted."""
    return _Scan(toml).lines


class _Scan:
    """One walk over the tokens of a text; since tomllib has accepted it, nothing is checked here."""

    def __init__(self, toml: str) -> None:
        self.lines: dict[KeyPath, int] = {(): 1}
        self._tokens = _tokens(toml)
        self._at = 0
        self._tables: dict[KeyPath, int] = {}
        table: KeyPath = ()
        while self._skip_newlines():
            if self._sign() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> KeyPath:
        line = self._tokens[self._at][2]
        self._at += 1
        of_list = self._sign() == "["
        self._at += of_list
        *parents, name = self._key()
        self._at += 1 + of_list
        path = (*self._down((), tuple(parents)), name)
        self.lines.setdefault(path, line)
        if of_list:
            position = self._tables.get(path, 0)
            self._tables[path] = position + 1
            path = (*path, position)
            self.lines[path] = line
        return path

    def _down(self, path: KeyPath, names: tuple[str, ...]) -> KeyPath:
        """Follow names from a table; a name that is a list of tables means the last one so far."""
        for name in names:
            path = (*path, name)
            self.lines.setdefault(path, self._tokens[self._at - 1][2])
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
        return path

    def _pair(self, table: KeyPath) -> None:
        line = self._tokens[self._at][2]
        for name in self._key():
            table = (*table, name)
            self.lines.setdefault(table, line)
        self._at += 1
        self._value(table)

    def _value(self, path: KeyPath) -> None:
        opening = self._sign()
        if opening == "[":
            self._elements(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            while self._at < len(self._tokens) and self._sign() not in {",", "]", "}", "\n"}:
                self._at += 1

    def _elements(self, path: KeyPath) -> None:
        self._at += 1
        position = 0
        while self._skip_newlines() and self._sign() != "]":
            if self._sign() == ",":
                self._at += 1
                continue
            self.lines[(*path, position)] = self._tokens[self._at][2]
            self._value((*path, position))
            position += 1
        self._at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while self._skip_newlines() and self._sign() != "}":
            if self._sign() == ",":
                self._at += 1
            else:
                self._pair(path)
        self._at += 1

    def _key(self) -> tuple[str, ...]:
        names: list[str] = []
        while True:
            kind, word, _ = self._tokens[self._at]
            names.append(tomllib.loads(f"word = {word}")["word"] if kind == "text" else word)
            self._at += 1
            if self._sign() != ".":
                return tuple(names)
            self._at += 1

    def _sign(self) -> str:
        kind, word, _ = self._tokens[self._at]
        return word if kind in {"sign", "newline"} else ""

    def _skip_newlines(self) -> bool:
        """Go to the next token that is no end of line; False at the end of the text."""
        while self._at < len(self._tokens) and self._tokens[self._at][0] == "newline":
            self._at += 1
        return self._at < len(self._tokens)


def _tokens(toml: str) -> list[tuple[str, str, int]]:
    """The kind, the text and the line of each token, without blanks and comments."""
    found: list[tuple[str, str, int]] = []
    line = 1
    for match in _TOKEN.finditer(toml):
        kind = match.lastgroup or ""
        if kind != "blank":
            found.append((kind, match.group(), line))
        line += match.group().count("\n")
    return found
