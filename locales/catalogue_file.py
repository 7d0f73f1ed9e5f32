"""The .po file of a language: always written the same way, without dates, so that a change shows only itself."""

import re
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from locales.language import REGIONS, catalogue_path
from locales.source_texts import ROOT, SourceText

HEADER: Final = """\
# Texts of Jalon. `make texts` takes new ones from the code, `make check` judges them.
msgid ""
msgstr ""
"Project-Id-Version: jalon\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"
"""
PLURAL_FORMS: Final = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}
SOURCE_LANGUAGE: Final = "en"
_LINE: Final = re.compile(r'(#.*|((msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) )?"([^"\\]|\\.)*")?')


class CatalogueFileError(Exception):
    """A catalogue can't be read; says why."""


def catalogue_place(code: str) -> str:
    """Give the place of a language's catalogue from the root of the project."""
    return catalogue_path(code).relative_to(ROOT).as_posix()


def read_catalogue_text(code: str, text: str) -> Catalog:
    """Read a catalogue from the text of its file; raises CatalogueFileError where it is not one."""
    for number, line in enumerate(text.split("\n"), start=1):
        # Babel drops a text whose quote is left open without a word.
        if not _LINE.fullmatch(line):
            raise CatalogueFileError(f"line {number} of the “{code}” catalogue is neither a note nor a quoted text")
    try:
        return read_po(BytesIO(text.encode()), locale=Locale.parse(REGIONS[code]), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogueFileError(str(error)) from error


def read_text(code: str, root: Path) -> str:
    """Give the text of a language's file, empty where there is none."""
    path = root / catalogue_place(code)
    return path.read_text(encoding="utf-8") if path.exists() else ""


def up_to_date(code: str, texts: tuple[SourceText, ...], old: Catalog) -> Catalog:
    """Give the catalogue of exactly these texts: known translations stay, the others are left empty.

    English is the language of the code, so its catalogue repeats the texts. Nothing is guessed from a similar text.
    """
    catalogue = Catalog(locale=Locale.parse(REGIONS[code]))
    for text in texts:
        msgid = (text.msgid, text.plural) if text.plural else text.msgid
        known = old.get(text.msgid)
        keeps = known is not None and known.pluralizable == bool(text.plural) and code != SOURCE_LANGUAGE
        entry = catalogue.add(
            msgid,
            _string(code, msgid, known if keeps else None),
            locations=[(file, 0) for file in text.files],
            flags=known.flags & {"fuzzy"} if keeps and known else (),
            user_comments=known.user_comments if known else (),
        )
        # Babel takes « 50 % de » for a printf format; our texts have braces only.
        entry.flags.discard("python-format")
    return catalogue


def written(code: str, catalogue: Catalog) -> str:
    """Give the text of a catalogue's file: fixed header, entries in the order given, files without line numbers."""
    entries = BytesIO()
    write_po(entries, catalogue, width=0, omit_header=True, ignore_obsolete=True, include_lineno=False)
    header = HEADER.format(code=code, plural_forms=PLURAL_FORMS[code])
    return f"{header}\n{entries.getvalue().decode()}".rstrip("\n") + "\n"


def strings_of(entry: Message) -> tuple[str, ...]:
    """Give the translations of an entry: one, or one for each plural form."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))


def _string(code: str, msgid: str | tuple[str, str], known: Message | None) -> str | tuple[str, ...]:
    if code == SOURCE_LANGUAGE:
        return msgid
    if known is None:
        return "" if isinstance(msgid, str) else ("", "")
    strings = strings_of(known)
    return strings[0] if isinstance(msgid, str) else strings
