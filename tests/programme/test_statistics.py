"""No group of people is counted so small that somebody could be made out, and units add up within their family."""

import pytest

from programme.actions import FigureUnit
from programme.statistics import FAMILIES, FAMILY_UNITS, FigureFamily, disclosed


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 3, "b": 12}, {"a": 3, "b": 12}),
        ({"a": 0, "b": 12}, {"a": 0, "b": 12}),
        ({"a": 2, "b": 2, "c": 12}, {"a": None, "b": None, "c": 12}),
        ({"a": 2, "b": 12, "c": 5}, {"a": None, "b": 12, "c": None}),
        ({"a": 1, "b": 0}, {"a": None, "b": 0}),
        ({}, {}),
    ],
)
def test_groups_under_three_are_hidden_and_cannot_be_told_from_the_whole(
    counts: dict[str, int], shown: dict[str, int | None]
) -> None:
    assert disclosed(counts) == shown


def test_every_unit_has_a_family_and_every_family_a_unit() -> None:
    assert set(FAMILIES) == set(FigureUnit)
    assert set(FAMILY_UNITS) == set(FigureFamily)
