"""Take the texts of the code into the catalogues: `python -m locales.extract`, or `make texts`."""

import sys
from pathlib import Path

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
from locales.problem import Problem
from locales.source_texts import ROOT, read_source


def extract(root: Path = ROOT) -> list[Problem]:
    """Write each catalogue anew from the code, known translations kept; give the texts that wait for a translation.

    Raises SyntaxError or CatalogueFileError, before anything is written, where the code or a catalogue can't be read.
    """
    texts = read_source(root).texts
    catalogues = {code: up_to_date(code, texts, read_catalogue_text(code, read_text(code, root))) for code in LANGUAGES}
    missing = []
    for code, catalogue in catalogues.items():
        path = root / catalogue_place(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(code, catalogue), encoding="utf-8")
        missing += [
            Problem(", ".join(text.files), text.msgid, f"not yet in “{code}”")
            for text in texts
            if (entry := catalogue.get(text.msgid)) is not None and not all(strings_of(entry))
        ]
    return missing


def main(root: Path = ROOT) -> int:
    """Write the catalogues and tell which texts wait for a translation; 1 where something can't be read."""
    try:
        missing = extract(root)
    except (SyntaxError, CatalogueFileError) as error:
        sys.stderr.write(f"Nothing written: {error}\n")
        return 1
    sys.stdout.writelines(f"{problem}\n" for problem in missing)
    sys.stdout.write(f"{len(missing)} missing: write them in {catalogue_place('fr')}.\n" if missing else "All there.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
