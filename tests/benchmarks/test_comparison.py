import pytest

from benchmarks.comparison import Row, alternating, percentile


async def test_sides_are_measured_in_turn() -> None:
    order: list[str] = []

    async def ours() -> int:
        order.append("ours")
        return len(order)

    async def theirs() -> int:
        order.append("theirs")
        return len(order)

    found = await alternating(2, {"Jalon": ours, "echo": theirs})

    assert order == ["ours", "theirs", "ours", "theirs"]
    assert found == {"Jalon": [1, 3], "echo": [2, 4]}


def test_a_row_tells_medians_and_the_median_of_the_ratios() -> None:
    row = Row(
        "updates a second", [10, 30, 20], [100, 100, 400], wanted="ratio ≥ 0.5", met=lambda _, __, ratio: ratio >= 0.5
    )

    assert row.cells() == ("updates a second", "20", "100", "0.10", "ratio ≥ 0.5 ✗")


def test_a_baseline_of_nothing_gives_no_ratio() -> None:
    assert Row("429s", [0], [0], wanted="0", met=lambda ours, _, __: ours == 0).cells() == (
        "429s",
        "0",
        "0",
        "–",
        "0 ✓",
    )


def test_a_row_without_baseline_leaves_its_cells_empty() -> None:
    assert Row("memory, MB", [1234.5], digits=1).cells() == ("memory, MB", "1,234.5", "", "", "")


@pytest.mark.parametrize(("share", "value"), [(0.5, 51), (0.99, 100), (1.0, 100)])
def test_a_percentile_is_one_of_the_values(share: float, value: float) -> None:
    assert percentile(list(range(1, 101)), share) == value
