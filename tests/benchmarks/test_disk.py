import re

from benchmarks.disk import disk_note


def test_the_note_tells_how_long_a_page_takes_to_be_written() -> None:
    told = re.fullmatch(
        r"databases on (\w+): to write a page surely took ([\d.e+-]+) ms, 99 of 100 at most ([\d.e+-]+) ms, "
        r"the longest ([\d.e+-]+) ms",
        disk_note(seconds=0.05),
    )

    assert told is not None
    half, most, longest = (float(told[place]) for place in (2, 3, 4))
    assert 0 < half <= most <= longest
