"""What is read from the code: every text, wherever the call stands."""

import pytest

from locales.source_texts import SourceText, read_source
from tests.locales.conftest import Project


def read(project: Project, python: str) -> list[tuple[str, str]]:
    project.code("handlers/hello.py", python)
    source = read_source(project.root)
    assert source.problems == ()
    return [(text.msgid, text.plural) for text in source.texts]


def problems(project: Project, python: str) -> list[str]:
    project.code("handlers/hello.py", python)
    return [str(problem) for problem in read_source(project.root).problems]


def test_text_is_found_under_each_keyword(project: Project) -> None:
    python = """
A = _("a")
language.say("b {x}", x=1)
self.plain("c")
language.say_n("{n} d", "{n} ds", count)
turn.language.plain_n("{n} e", "{n} es", count)
"""
    assert read(project, python) == [("a", ""), ("b {x}", ""), ("c", ""), ("{n} d", "{n} ds"), ("{n} e", "{n} es")]


def test_text_is_found_inside_calls_inside_calls(project: Project) -> None:
    python = 'say(Screen(paragraphs(language.say("Outer {x}", x=join(language.plain("Inner"))))))'
    assert read(project, python) == [("Inner", ""), ("Outer {x}", "")]


def test_adjacent_literals_are_one_text(project: Project) -> None:
    assert read(project, 'language.say("One, "\n    "two.")') == [("One, two.", "")]


def test_both_texts_of_a_choice_are_found(project: Project) -> None:
    assert read(project, 'language.say("Open" if is_open else "Closed")') == [("Closed", ""), ("Open", "")]


def test_definition_variable_and_empty_call_are_no_texts(project: Project) -> None:
    assert read(project, "def say(x='no'): ...\nlanguage.say(msgid)\nsay(*screens)\nsay()\nfor _ in x: ...") == []


def test_text_said_in_several_files_is_kept_once_with_all_of_them(project: Project) -> None:
    project.code("handlers/menu.py", 'language.plain("Menu")')
    project.code("bot/commands.py", '_("Menu")')

    texts = read_source(project.root).texts

    assert texts == (SourceText("Menu", "", ("bot/commands.py", "handlers/menu.py"), plain=True),)


def test_only_the_rooms_that_speak_are_read(project: Project) -> None:
    project.code("tests/test_menu.py", '_("Menu")')
    project.code("programme/people.py", '_("People")')
    assert read_source(project.root).texts == ()


@pytest.mark.parametrize(
    "python",
    [
        'language.say(f"Hello {name}")',
        'language.say("Hello " + name)',
        'language.say("Hello {name}".format(name=name))',
        'language.say("Hello %s" % name)',
        'language.say("Hello" if known else f"Hello {name}")',
    ],
)
def test_text_put_together_by_the_code_is_told(project: Project, python: str) -> None:
    assert problems(project, python) == [
        "handlers/hello.py:1: this text is put together by the code; write it in one piece with {placeholders}"
    ]


def test_plural_texts_held_by_a_name_are_told(project: Project) -> None:
    assert problems(project, "language.say_n(ONE, MANY, n)") == [
        "handlers/hello.py:1: `say_n` takes its two texts written in place, or the catalogue does not get them"
    ]


def test_facts_that_do_not_fit_the_text_are_told(project: Project) -> None:
    assert problems(project, 'language.say("Hello {name}", nom="Léa")') == [
        "handlers/hello.py:1: “Hello {name}”: the text names name, which the call does not give",
        "handlers/hello.py:1: “Hello {name}”: the call gives nom, which the text does not name",
    ]


def test_facts_given_as_a_mapping_are_trusted(project: Project) -> None:
    assert problems(project, 'language.say("Hello {name}", **facts)') == []


def test_braces_with_more_than_a_name_are_told(project: Project) -> None:
    assert problems(project, 'language.say("{day:%d}", day=day)') == [
        "handlers/hello.py:1: “{day:%d}”: braces: a placeholder is a bare name such as {title}"
    ]


def test_text_with_and_without_a_plural_is_told(project: Project) -> None:
    assert problems(project, '_("{n} place")\nlanguage.say_n("{n} place", "{n} places", n)') == [
        "handlers/hello.py: “{n} place”: said with different plurals; word one of them otherwise"
    ]


def test_empty_text_is_told(project: Project) -> None:
    assert problems(project, '_("")') == [
        "handlers/hello.py: an empty text can't be in the catalogue; say nothing instead"
    ]


def test_code_that_is_not_python_is_refused(project: Project) -> None:
    project.code("handlers/hello.py", "def (")
    with pytest.raises(SyntaxError):
        read_source(project.root)
