"""Judge the catalogues: `python -m locales.check`, part of `make check`."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from locales.catalogue_file import (
    CatalogueFileError,
    catalogue_place,
    read_catalogue_text,
    read_text,
    strings_of,
    up_to_date,
    written,
)
from locales.language import LANGUAGES
from locales.placeholders import placeholder_problems
from locales.problem import Problem
from locales.source_texts import ROOT, SourceText, read_source
from locales.telegram_text import Parser, html_problems, load_parser, plain_problems
from locales.typography import typography_problems


def problems(root: Path = ROOT) -> Iterator[Problem]:
    """Give all that is wrong with the texts of the code and of the catalogues."""
    try:
        parse = load_parser()
    except ModuleNotFoundError:
        yield Problem("tdjson", "", "not installed, so no text can be judged; `make install` installs it")
        return
    try:
        source = read_source(root)
    except SyntaxError as error:
        yield Problem(str(error.filename), "", f"{error.msg}, line {error.lineno}; mend it first")
        return
    yield from source.problems
    for code in LANGUAGES:
        text = read_text(code, root)
        try:
            catalogue = read_catalogue_text(code, text)
        except CatalogueFileError as error:
            yield Problem(catalogue_place(code), "", f"can't be read: {error}")
            continue
        yield from _differences(code, source.texts, catalogue, text)
        yield from _entries(code, source.texts, catalogue, parse)


def main(root: Path = ROOT) -> int:
    """Print a line for each problem; 1 where there is one."""
    found = list(problems(root))
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    sys.stdout.write(f"{len(found)} to mend in the texts.\n" if found else "The texts are in order.\n")
    return 1 if found else 0


def _differences(code: str, texts: tuple[SourceText, ...], catalogue: Catalog, text: str) -> Iterator[Problem]:
    """Give what `make texts` would change."""
    place = catalogue_place(code)
    if text == written(code, up_to_date(code, texts, catalogue)):
        return
    said = {said.msgid: said for said in texts}
    held = {_msgid(entry): entry for entry in catalogue if entry.id}
    yield from (Problem(place, msgid, "not in the catalogue; run `make texts`") for msgid in said if msgid not in held)
    yield from (Problem(place, msgid, "said nowhere any more; run `make texts`") for msgid in held if msgid not in said)
    if said.keys() == held.keys():
        yield Problem(place, "", "not as `make texts` writes it (files, order, plurals or header); run it")


def _entries(code: str, texts: tuple[SourceText, ...], catalogue: Catalog, parse: Parser) -> Iterator[Problem]:
    said: Mapping[str, SourceText] = {text.msgid: text for text in texts}
    for entry in catalogue:
        if entry.id and _msgid(entry) in said:
            for what in dict.fromkeys(_judged(code, said[_msgid(entry)], entry, parse)):
                yield Problem(catalogue_place(code), _msgid(entry), what)


def _judged(code: str, text: SourceText, entry: Message, parse: Parser) -> Iterator[str]:
    strings = strings_of(entry)
    if entry.fuzzy:
        yield "marked fuzzy; read it again and take the mark away"
    if not all(strings):
        yield "empty; write it"
        return
    for string in strings:
        yield from typography_problems(string, code)
    wrong = placeholder_problems(text.msgid, text.plural, strings)
    yield from wrong
    if not wrong:
        for string in strings:
            yield from plain_problems(string) if text.plain else html_problems(string, parse)


def _msgid(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


if __name__ == "__main__":
    sys.exit(main())
