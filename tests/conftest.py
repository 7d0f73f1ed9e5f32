"""What the tests tell beyond passing: the figures they found, shown at the end also where they ran side by side."""

from typing import Final

import pytest

FIGURE: Final = "figure"
"""The property under which a test records a sentence with a figure."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    figures = [
        str(value)
        for report in terminalreporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == FIGURE
    ]
    if figures:
        terminalreporter.section("figures")
        for figure in figures:
            terminalreporter.line(figure)
