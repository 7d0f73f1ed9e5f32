import pytest

from benchmarks.page import NAMES, PAGE, filled


def test_a_table_takes_the_place_of_the_one_before() -> None:
    page = "Avant\n<!-- turns -->\nune vieille table\n<!-- end of turns -->\nAprès"

    assert filled(page, "turns", "### turns\n") == "Avant\n<!-- turns -->\n\n### turns\n\n<!-- end of turns -->\nAprès"


def test_a_table_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for start"):
        filled("Avant", "start", "### start")


@pytest.mark.parametrize("name", NAMES)
def test_the_page_has_a_place_for_each_benchmark(name: str) -> None:
    assert "### neuf" in filled(PAGE.read_text("utf-8"), name, "### neuf")
