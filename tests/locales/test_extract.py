"""The catalogues follow the code, and lose nothing that is still said."""

import pytest

from locales.extract import extract, main
from tests.locales.conftest import FRENCH, Project

MENU = 'language.plain("Menu")\n'
PLACES = 'language.say_n("{n} place", "{n} places", n)\n'


def test_new_texts_are_empty_in_french_and_the_same_in_english(project: Project) -> None:
    project.code("handlers/menu.py", MENU + PLACES)

    extract(project.root)

    assert project.strings("fr") == {"Menu": "", ("{n} place", "{n} places"): ("", "")}
    assert project.strings("en") == {"Menu": "Menu", ("{n} place", "{n} places"): ("{n} place", "{n} places")}


def test_file_is_written_without_dates_and_line_numbers(project: Project) -> None:
    project.code("handlers/menu.py", 'language.say("Hello,\\nwelcome to {place}: 50 % done", place=place)\n')

    extract(project.root)

    assert project.path("fr").read_text(encoding="utf-8") == (
        "# Texts of Jalon. `make texts` takes new ones from the code, `make check` judges them.\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: jalon\\n"\n'
        '"Language: fr\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
        "\n"
        "#: handlers/menu.py\n"
        "#, python-brace-format\n"
        'msgid ""\n'
        '"Hello,\\n"\n'
        '"welcome to {place}: 50 % done"\n'
        'msgstr ""\n'
    )


def test_texts_are_sorted_by_file_then_by_words(project: Project) -> None:
    project.code("handlers/menu.py", '_("b")\n_("a")\n')
    project.code("bot/commands.py", '_("c")\n')

    extract(project.root)

    assert list(project.strings()) == ["c", "a", "b"]


def test_translations_notes_and_doubts_are_kept_when_a_text_moves(project: Project) -> None:
    project.code("handlers/menu.py", MENU + PLACES)
    extract(project.root)
    project.writes({"Menu": "Menu principal"}, flag="fuzzy")
    project.writes({"{n} place": ("{n} place", "{n} places")})
    noted = project.path("fr").read_text(encoding="utf-8").replace("#: handlers", "# A button\n#: handlers", 1)
    project.path("fr").write_text(noted, encoding="utf-8")
    (project.root / "handlers/menu.py").rename(project.root / "handlers/navigation.py")

    extract(project.root)

    assert project.strings() == {"Menu": "Menu principal", ("{n} place", "{n} places"): ("{n} place", "{n} places")}
    menu = project.catalogue().get("Menu")
    assert menu is not None
    assert (menu.fuzzy, menu.user_comments) == (True, ["A button"])
    assert "#: handlers/navigation.py\n#, fuzzy\n" in project.path("fr").read_text(encoding="utf-8")


def test_text_said_nowhere_any_more_leaves_no_trace(project: Project) -> None:
    project.says(MENU, "Menu", msgid="Menu")
    project.code("handlers/hello.py", '_("Menus")\n')

    extract(project.root)

    assert project.strings() == {"Menus": ""}
    assert "#~" not in project.path("fr").read_text(encoding="utf-8")


def test_text_that_begins_to_count_is_written_anew(project: Project) -> None:
    project.says('_("{n} place")', "{n} place", msgid="{n} place")
    project.code("handlers/hello.py", PLACES)

    extract(project.root)

    assert project.strings() == {("{n} place", "{n} places"): ("", "")}


def test_second_run_changes_nothing(project: Project) -> None:
    project.code("handlers/menu.py", MENU + PLACES)
    project.code("bot/commands.py", '_("Menu")\n_("It’s “here”")\n')
    extract(project.root)
    first = [project.path(code).read_bytes() for code in ("fr", "en")]

    extract(project.root)

    assert [project.path(code).read_bytes() for code in ("fr", "en")] == first


def test_missing_french_texts_are_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.code("handlers/menu.py", MENU + PLACES)
    extract(project.root)
    project.writes({"{n} place": ("{n} place", "")})

    assert main(project.root) == 0

    assert capsys.readouterr().out == (
        "handlers/menu.py: “Menu”: not yet in “fr”\n"
        "handlers/menu.py: “{n} place”: not yet in “fr”\n"
        f"2 missing: write them in {FRENCH}.\n"
    )


def test_nothing_missing_is_told_too(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.says(MENU, "Menu", msgid="Menu")
    assert main(project.root) == 0
    assert capsys.readouterr().out == "All there.\n"


@pytest.mark.parametrize(("file", "broken"), [("handlers/hello.py", "def ("), (FRENCH, 'msgid "Menu\nmsgstr')])
def test_nothing_is_written_where_something_cannot_be_read(
    project: Project, capsys: pytest.CaptureFixture[str], file: str, broken: str
) -> None:
    project.says(MENU, "Menu", msgid="Menu")
    project.code(file, broken)
    before = [project.path(code).read_bytes() for code in ("fr", "en")]

    assert main(project.root) == 1

    assert [project.path(code).read_bytes() for code in ("fr", "en")] == before
    assert capsys.readouterr().err.startswith("Nothing written: ")
