"""Every deed that the audit log keeps has its words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.staff.deeds import DEEDS, SUBJECTS, deed_words
from locales import language_for
from programme.audit import AuditLine
from tests.storage.brest import NOW

USECASES = Path("programme/usecases")
WRITERS = {
    "change_action": "_save",
    "change_milestone": "_end",
    "note_finding": "_audit",
    "steer_announcement": "_audit",
}
"""Modules whose deeds go through a function of their own, beside those written at once."""


def calls(tree: ast.Module) -> Iterator[tuple[str, list[ast.expr]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, [*node.args, *(keyword.value for keyword in node.keywords)]


def deeds_of(module: Path) -> Iterator[str]:
    """The deeds that a module keeps: the words given to AuditLine, or to what hands them on to it."""
    tree = ast.parse(module.read_text("utf-8"))
    named = {"AuditLine", "_line", WRITERS.get(module.stem, "AuditLine")}
    for name, arguments in calls(tree):
        if name in named:
            deeds = [one for one in arguments if isinstance(one, ast.Constant | ast.IfExp)]
            yield from (word for one in deeds for word in constants(one) if word.isidentifier() and "_" in word)
            yield from (word for one in arguments[2:3] for word in constants(one))


def constants(expression: ast.expr) -> Iterator[str]:
    found = [expression.body, expression.orelse] if isinstance(expression, ast.IfExp) else [expression]
    yield from (one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_every_deed_of_the_audit_log_has_its_words() -> None:
    kept = {deed for module in USECASES.glob("*.py") for deed in deeds_of(module)}

    assert sorted(kept - DEEDS.keys()) == []
    assert sorted(DEEDS.keys() - kept) == []
    assert len(kept) > 40


def test_every_kind_of_subject_is_named() -> None:
    kept = {kind for module in USECASES.glob("*.py") for kind in subjects_of(module)}

    assert sorted(kept - SUBJECTS.keys()) == []
    assert sorted(SUBJECTS.keys() - kept) == []


def subjects_of(module: Path) -> Iterator[str]:
    """The kinds of what a module's deeds are done to: « forum » of f"forum:{forum.id}"."""
    tree = ast.parse(module.read_text("utf-8"))
    for name, arguments in calls(tree):
        written = [one for one in arguments if isinstance(one, ast.JoinedStr)] if name == "AuditLine" else []
        beginnings = [one.values[0] for one in written if isinstance(one.values[0], ast.Constant)]
        yield from (str(one.value).removesuffix(":") for one in beginnings)


@pytest.mark.parametrize(
    ("deed", "state", "words"),
    [
        ("decide_proposal", "active", "Proposition de coalition approuvée"),
        ("decide_proposal", "refused", "Proposition de coalition refusée"),
        ("decide_membership", "accepted", "Demande d’adhésion acceptée"),
        ("decide_membership", "refused", "Demande d’adhésion refusée"),
        ("a_deed_of_another_version", "done", "a_deed_of_another_version"),
    ],
)
def test_a_decision_is_named_by_what_was_decided(deed: str, state: str, words: str) -> None:
    line = AuditLine(NOW, None, deed, "coalition:1", {"state": state})

    assert deed_words(line, language_for("fr")) == words
