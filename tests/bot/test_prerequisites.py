import importlib.metadata
import re
import tomllib
from pathlib import Path

from bot.prerequisites import OLDEST_PYTHON, PACKAGES, missing


def test_nothing_is_missing_here() -> None:
    assert missing() == ()


def test_old_python_is_told_with_what_to_do() -> None:
    assert missing(version=(3, 9, 18)) == (
        "Jalon needs Python 3.11 or newer, and this is Python 3.9.18; install a newer one, then run “make install”.",
    )


def test_absent_packages_are_told_together() -> None:
    assert missing(packages=("babel", "no_such_package", "nor_this_one")) == (
        "This Python lacks no_such_package, nor_this_one; run “make install”, then start Jalon with “make run”.",
    )


def test_packages_are_those_that_the_project_declares() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[\[<>=]", line)[0].lower() for line in project["dependencies"]}
    providers = importlib.metadata.packages_distributions()

    assert {name.lower() for package in PACKAGES for name in providers[package]} == declared


def test_oldest_python_is_the_one_that_the_project_declares() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]

    assert project["requires-python"] == f">={'.'.join(str(part) for part in OLDEST_PYTHON)}"
