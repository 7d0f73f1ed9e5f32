"""A small project with its own code and catalogues."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from locales.catalogue_file import catalogue_place, read_catalogue_text, read_text, written
from locales.check import problems
from locales.extract import extract

FRENCH = catalogue_place("fr")
ENGLISH = catalogue_place("en")


@dataclass(frozen=True)
class Project:
    root: Path

    def code(self, file: str, python: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(python, encoding="utf-8")

    def catalogue(self, code: str = "fr") -> Catalog:
        return read_catalogue_text(code, read_text(code, self.root))

    def strings(self, code: str = "fr") -> dict[object, object]:
        return {entry.id: entry.string for entry in self.catalogue(code) if entry.id}

    def writes(self, strings: Mapping[str, str | tuple[str, str]], code: str = "fr", flag: str = "") -> None:
        catalogue = self.catalogue(code)
        for msgid, string in strings.items():
            entry = catalogue.get(msgid)
            assert entry is not None
            entry.string = string
            entry.flags |= {flag} if flag else set()
        self.path(code).write_text(written(code, catalogue), encoding="utf-8")

    def says(self, call: str, french: str | tuple[str, str], msgid: str) -> None:
        """Say one text in the code, with its French in the catalogue."""
        self.code("handlers/hello.py", f"{call}\n")
        extract(self.root)
        self.writes({msgid: french})

    def path(self, code: str) -> Path:
        return self.root / catalogue_place(code)

    def found(self) -> list[str]:
        return [str(problem) for problem in problems(self.root)]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)
