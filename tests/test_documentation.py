"""The documents say what the code says."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from pkgutil import resolve_name
from typing import Final

import pytest

from bot.cli import app
from bot.settings import PREFIX, Settings
from handlers.command_menu import COMMANDS, Role
from handlers.router import ROUTES

ROOT: Final = Path(__file__).parent.parent
PAGES: Final = tuple(sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))))
DECISIONS: Final = tuple(sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")))
ROOMS: Final = ("programme", "locales", "storage", "handlers", "bot", "simulator", "demo")
SETTINGS: Final = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
CODE: Final = re.compile(r"`([^`\n]+)`")
FENCED: Final = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK: Final = re.compile(r"\]\(([^()\s]+)\)")
FILE: Final = re.compile(r"[\w./-]+\.(?:py|toml|md|lock)|\.?[\w./-]+/")
IN_CODE: Final = re.compile(rf"(?:{'|'.join(ROOMS)})(?:\.\w+)+")
SECTIONS: Final = ["Context", "Decision", "What lost", "Consequences"]


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def section(path: str, title: str) -> str:
    return re.split(r"^#+ ", read(path).split(f"\n## {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def cells(text: str) -> list[list[str]]:
    """The rows of the tables in a text, without their heads."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    rules = [number for number, row in enumerate(rows) if set("".join(row)) <= set(" -:")]
    return [row for number, row in enumerate(rows) if number not in rules and number + 1 not in rules]


def first_words(text: str) -> list[str]:
    return [row[0].strip("`") for row in cells(text)]


def example_settings() -> Mapping[str, str]:
    lines = read(".env.example").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", FENCED.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def makefile_targets() -> dict[str, str]:
    return dict(re.findall(r"^([a-z]+):.*## (.*)$", read("Makefile"), re.MULTILINE))


def in_code(text: str) -> Iterable[str]:
    return (word for word in CODE.findall(FENCED.sub("", text)) if IN_CODE.fullmatch(word))


def test_every_setting_stands_in_the_readme_once_and_no_other_does() -> None:
    assert sorted(first_words(section("README.md", "Settings"))) == sorted(SETTINGS)
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", read("README.md"))) == SETTINGS


def test_every_setting_stands_in_the_example_and_no_other_does() -> None:
    assert set(example_settings()) == SETTINGS
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", read(".env.example"))) == SETTINGS


def test_defaults_in_the_readme_are_those_of_the_example() -> None:
    told = {row[0].strip("`"): row[2].strip("`") for row in cells(section("README.md", "Settings"))}

    assert told == dict(example_settings())


def test_every_command_in_telegram_stands_in_the_readme() -> None:
    told = sorted(first_words(section("README.md", "In Telegram")))

    assert told == sorted(f"/{name}" for name in ROUTES.commands)


def test_every_command_in_groups_stands_in_the_guide_for_facilitators() -> None:
    told = {word for word in CODE.findall(read("docs/guides/facilitation.md")) if word.startswith("/")}

    assert {f"/{name}" for name in ROUTES.group_commands} - told == set()
    assert told - {f"/{name}" for name in (*ROUTES.group_commands, *ROUTES.commands)} == set()


def test_every_command_of_the_project_team_stands_in_its_guide() -> None:
    told = {word for word in CODE.findall(read("docs/guides/equipe-projet.md")) if word.startswith("/")}
    team = set(COMMANDS[Role.STAFF]) - set(COMMANDS[Role.FACILITATOR])

    assert {f"/{name}" for name in team} - told == set()
    assert told - {f"/{name}" for name in ROUTES.commands} == set()


def test_every_command_of_the_menu_is_answered() -> None:
    listed = {name for commands in COMMANDS.values() for name in commands}

    assert listed - set(ROUTES.commands) == set()


def test_every_command_of_the_command_line_stands_in_the_readme() -> None:
    commands = [info.name or getattr(info.callback, "__name__", "") for info in app.registered_commands]
    told = [words.split()[1] for words in first_words(section("README.md", "Command line"))]

    assert sorted(told) == sorted(commands)


def test_every_make_target_stands_in_the_readme() -> None:
    told = first_words(section("README.md", "Commands of this repository"))

    assert sorted(told) == sorted(f"make {target}" for target in makefile_targets())


def test_every_make_target_that_a_page_names_exists() -> None:
    named = {target for page in PAGES for target in re.findall(r"`make ([a-z]+)", page.read_text("utf-8"))}

    assert named - set(makefile_targets()) == set()


def test_the_changelog_names_the_version() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    names = re.findall(r"^## \[(\d[\d.]*)\]|^To become ([\d.]+),", read("CHANGELOG.md"), re.MULTILINE)

    assert "".join(names[0]) == version


def test_every_decision_stands_in_the_index_under_its_title() -> None:
    listed = re.findall(r"^- \[(.+)\]\((.+)\)$", read("docs/decisions/README.md"), re.MULTILINE)
    titles = [(page.read_text("utf-8").partition("\n")[0].removeprefix("# "), page.name) for page in DECISIONS]

    assert listed == titles


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [page.name[:4] for page in DECISIONS]

    assert numbers == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_what_lost_in_half_a_page(page: Path) -> None:
    text = page.read_text("utf-8")

    assert text.startswith(f"# {page.name[:4]} ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == SECTIONS
    assert len(text.split()) < 600


def test_every_dependency_earns_its_line() -> None:
    declared = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    told = ",".join(first_words(section("docs/decisions/0001-dependencies.md", "Decision")))

    names = [re.split(r"[<>=!~]", requirement)[0] for requirement in declared]

    assert sorted(name.strip() for name in told.split(",")) == sorted(names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for target in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
        path, _, anchor = target.partition("#")
        aim = (page.parent / path) if path else page
        if "://" not in target and not (aim.exists() and (not anchor or anchor in anchors(aim))):
            lost.append(target)

    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_everything_a_page_names_in_the_code_exists(page: Path) -> None:
    lost = []
    for name in in_code(page.read_text("utf-8")):
        try:
            resolve_name(name)
        except (ImportError, AttributeError):
            lost.append(name)

    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_a_page_names_in_a_room_exists(page: Path) -> None:
    words = CODE.findall(FENCED.sub("", page.read_text("utf-8")))
    known = (*ROOMS, "tests", "territories", "docs")
    named = {word for word in words if FILE.fullmatch(word) and word.split("/")[0] in known}

    assert {word for word in named if not (ROOT / word).exists()} == set()


def test_architecture_tells_the_import_contracts() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    forbidden = {contract["source_modules"][0]: set(contract["forbidden_modules"]) for contract in contracts}
    told = {row[0].strip("`"): set(CODE.findall(row[2])) for row in cells(section("docs/architecture.md", "The rooms"))}

    assert told == {room: set(ROOMS) - forbidden.get(room, set()) - {room} for room in ROOMS}


def test_every_word_of_the_glossary_has_its_place_in_the_code() -> None:
    rows = cells(read("docs/glossary.md"))
    nowhere = [row[0] for row in rows if len(list(in_code(row[3]))) != 1]

    assert len(rows) > 40
    assert nowhere == []


def test_a_word_of_the_glossary_stands_for_one_thing() -> None:
    words = first_words(read("docs/glossary.md"))

    assert sorted(words) == sorted(set(words))
