"""The check finds what it must find, and says so in one line."""

import sys

import pytest

from locales.check import main
from locales.extract import extract
from tests.locales.conftest import ENGLISH, FRENCH, Project

HELLO = 'language.say("Hello {name}", name=name)'
PLACES = 'language.say_n("{n} place", "{n} places", n)'


def test_sound_catalogue_has_nothing_to_mend(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.says(HELLO, "Bonjour {name}", msgid="Hello {name}")
    assert main(project.root) == 0
    assert capsys.readouterr().out == "The texts are in order.\n"


def test_text_missing_from_the_catalogues(project: Project) -> None:
    project.says(HELLO, "Bonjour {name}", msgid="Hello {name}")
    project.code("handlers/menu.py", '_("Menu")')
    assert project.found() == [
        f"{FRENCH}: “Menu”: not in the catalogue; run `make texts`",
        f"{ENGLISH}: “Menu”: not in the catalogue; run `make texts`",
    ]


def test_catalogues_that_are_not_there(project: Project) -> None:
    project.code("handlers/menu.py", '_("Menu")')
    assert project.found() == [
        f"{FRENCH}: “Menu”: not in the catalogue; run `make texts`",
        f"{ENGLISH}: “Menu”: not in the catalogue; run `make texts`",
    ]


def test_text_said_nowhere_any_more(project: Project) -> None:
    project.says(HELLO, "Bonjour {name}", msgid="Hello {name}")
    project.code("handlers/hello.py", "")
    assert project.found() == [
        f"{FRENCH}: “Hello {{name}}”: said nowhere any more; run `make texts`",
        f"{ENGLISH}: “Hello {{name}}”: said nowhere any more; run `make texts`",
    ]


def test_catalogue_written_another_way(project: Project) -> None:
    project.says(HELLO, "Bonjour {name}", msgid="Hello {name}")
    project.code("bot/hello.py", HELLO)
    extract(project.root)
    (project.root / "bot/hello.py").unlink()
    assert project.found() == [
        f"{place}: not as `make texts` writes it (files, order, plurals or header); run it"
        for place in (FRENCH, ENGLISH)
    ]


def test_english_that_differs_from_the_code(project: Project) -> None:
    project.says(HELLO, "Bonjour {name}", msgid="Hello {name}")
    project.writes({"Hello {name}": "Good day {name}"}, code="en")
    assert project.found() == [f"{ENGLISH}: not as `make texts` writes it (files, order, plurals or header); run it"]


def test_empty_text(project: Project) -> None:
    project.says(HELLO, "", msgid="Hello {name}")
    assert project.found() == [f"{FRENCH}: “Hello {{name}}”: empty; write it"]


def test_plural_with_one_form_empty(project: Project) -> None:
    project.says(PLACES, ("{n} place", ""), msgid="{n} place")
    assert project.found() == [f"{FRENCH}: “{{n}} place”: empty; write it"]


def test_fuzzy_text(project: Project) -> None:
    project.says(HELLO, "Bonjour {name}", msgid="Hello {name}")
    project.writes({"Hello {name}": "Bonjour {name}"}, flag="fuzzy")
    assert project.found() == [f"{FRENCH}: “Hello {{name}}”: marked fuzzy; read it again and take the mark away"]


def test_placeholder_of_another_name(project: Project) -> None:
    project.says(HELLO, "Bonjour {nom}", msgid="Hello {name}")
    assert project.found() == [
        f"{FRENCH}: “Hello {{name}}”: the translation names {{nom}} instead of {{name}}; name the same"
    ]


def test_french_singular_that_hides_its_number(project: Project) -> None:
    project.says(PLACES, ("une place", "{n} places"), msgid="{n} place")
    assert project.found() == [
        f"{FRENCH}: “{{n}} place”: the translation names nothing instead of {{n}}; name the same"
    ]


def test_french_typography_is_told_once_for_both_forms(project: Project) -> None:
    project.says(PLACES, ("{n} place!", "{n} places!"), msgid="{n} place")
    assert project.found() == [f"{FRENCH}: “{{n}} place”: no no-break space (U+00A0) before “;”, “!” or “?”"]


def test_english_apostrophe(project: Project) -> None:
    project.says('_("It\'s done")', "C’est fait", msgid="It's done")
    assert project.found() == [f"{ENGLISH}: “It's done”: straight apostrophe; write ’"]


def test_html_that_telegram_refuses(project: Project) -> None:
    project.says(HELLO, "Bonjour <b>{name}", msgid="Hello {name}")
    refusal = "Can't parse entities: Can't find end tag corresponding to start tag \"b\""
    assert project.found() == [f"{FRENCH}: “Hello {{name}}”: with “Léa” as facts: Telegram refuses it: {refusal}"]


def test_html_in_a_label(project: Project) -> None:
    project.says('language.plain("Menu")', "<b>Menu</b>", msgid="Menu")
    assert project.found() == [f"{FRENCH}: “Menu”: HTML in a text that is said with `plain`; take it away"]


def test_problem_of_the_code_is_told(project: Project) -> None:
    project.code("handlers/hello.py", 'language.say(f"Hello {name}")')
    extract(project.root)
    assert project.found() == [
        "handlers/hello.py:1: this text is put together by the code; write it in one piece with {placeholders}"
    ]


def test_code_that_cannot_be_read(project: Project) -> None:
    project.code("handlers/hello.py", "\ndef (")
    assert project.found() == ["handlers/hello.py: invalid syntax, line 2; mend it first"]


def test_catalogue_that_cannot_be_read(project: Project) -> None:
    project.says(HELLO, "Bonjour {name}", msgid="Hello {name}")
    project.code(FRENCH, 'msgid "Menu"\nmsgstr "Menu\n')
    assert project.found() == [
        f"{FRENCH}: can't be read: line 2 of the “fr” catalogue is neither a note nor a quoted text"
    ]


def test_catalogue_whose_lines_are_out_of_order(project: Project) -> None:
    project.says(HELLO, "Bonjour {name}", msgid="Hello {name}")
    project.code(FRENCH, 'msgid "Menu"\nmsgstr[x] "Menu"\n')
    (found,) = project.found()
    assert found.startswith(f"{FRENCH}: can't be read: ")


def test_without_tdlib_nothing_is_judged(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "tdjson", None)
    assert main(project.root) == 1
    assert capsys.readouterr().out == (
        "tdjson: not installed, so no text can be judged; `make install` installs it\n1 to mend in the texts.\n"
    )


def test_long_text_is_told_by_its_beginning(project: Project) -> None:
    msgid = "Line one\\n" + "and many words " * 5 + "end"
    project.code("handlers/hello.py", f'_("{msgid}")')
    extract(project.root)
    assert project.found() == [f"{FRENCH}: “Line one⏎and many words and many words and many…”: empty; write it"]


def test_catalogues_of_jalon_are_in_order() -> None:
    assert main() == 0
