from pathlib import Path

import pytest

from bot.territory_file import TerritoryFileError, load_territory
from bot.territory_rules import FILE_MAX
from programme.path import Step
from programme.territory import AnnouncementRules, Resource, VoteRules
from tests.bot.test_territory_file import SOUND, problems_of

GUIDE = """
[[resources]]
title = "Préparer une rencontre"
line = "Une page pour animer."
file = "guides/rencontre.md"
steps = ["meet"]
stakes = ["air"]
"""
PAGE = """
[[resources]]
title = "La ville"
line = "Son site."
link = "https://www.noumea.example"
"""
VOTES = """
[votes]
quorum = 30
majority = 66
days = 14
"""


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    """A folder beside the territory file, with the guide in it."""
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "rencontre.md").write_text("# Préparer", "utf-8")
    return folder


def test_territory_lends_links_and_files_and_says_how_to_vote(tmp_path: Path, guides: Path) -> None:
    file = tmp_path / "noumea.toml"
    file.write_text(SOUND + GUIDE + PAGE + VOTES, "utf-8")

    territory = load_territory(file)

    assert territory.resources == (
        Resource(
            "Préparer une rencontre",
            "Une page pour animer.",
            file=str(guides / "rencontre.md"),
            steps=(Step.MEET,),
            stakes=("air",),
        ),
        Resource("La ville", "Son site.", link="https://www.noumea.example"),
    )
    assert territory.votes == VoteRules(quorum=30, majority=66, days=14)


def test_territory_that_says_nothing_of_votes_votes_by_halves(tmp_path: Path) -> None:
    file = tmp_path / "noumea.toml"
    file.write_text(SOUND, "utf-8")

    assert (load_territory(file).votes, load_territory(file).resources) == (VoteRules(50, 50, 7), ())


@pytest.mark.parametrize("name", ["brest", "grand-besancon"])
def test_what_our_territories_lend_is_there_to_be_read(name: str) -> None:
    lent = load_territory(Path(f"territories/{name}.toml")).resources

    files = [Path(resource.file) for resource in lent if resource.file]
    assert [path.read_text("utf-8").splitlines()[0][:13] for path in files] == ["# Préparer un"]
    assert len(lent) == {"brest": 5, "grand-besancon": 4}[name]


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        (
            GUIDE.replace('["meet"]', '["meat"]'),
            "line 52: unknown step “meat”; use one of need, invite, meet, agree, discover, inspire, position.",
        ),
        (GUIDE.replace('["meet"]', '["meet", "meet"]'), "line 52: “meet” stands twice in “steps”; keep one."),
        (GUIDE.replace('["air"]', '["airs"]'), "line 53: unknown stake “airs”; did you mean “air”?"),
        (GUIDE.replace("Une page", "p" * 200), "line 50: “line” has 213 signs; shorten it to 200."),
        (GUIDE.replace("Préparer une", "P" * 60), "line 49: “title” has 70 signs; shorten it to 60."),
        (GUIDE.replace("Une page pour animer.", " "), "line 50: “line” is empty; fill it in or leave the line out."),
        (
            GUIDE.replace("file =", 'link = "https://a.example"\nfile ='),
            "line 52: a resource has a link or a file, not both; make it two resources.",
        ),
        (
            PAGE.replace('link = "https://www.noumea.example"\n', ""),
            "line 48: this resource has neither “link” nor “file”; give one of them.",
        ),
        (PAGE.replace('title = "La ville"\n', ""), "line 48: “title” is missing in “resources”; add it."),
        (
            PAGE.replace("https://www", "ftp://www"),
            "line 51: “ftp://www.noumea.example” is no address of a page; write one such as https://www.example.org.",
        ),
        (
            PAGE.replace("www.noumea.example", "localhost"),
            "line 51: “https://localhost” is no address of a page; write one such as https://www.example.org.",
        ),
        (PAGE + PAGE, "line 54: “La ville” stands twice in “resources”; keep one."),
        (VOTES.replace("30", "101"), "line 49: “quorum” is 101; give a number from 0 to 100."),
        (VOTES.replace("66", "-1"), "line 50: “majority” is -1; give a number from 0 to 100."),
        (VOTES.replace("14", "61"), "line 51: “days” is 61; give a number from 1 to 60."),
        (VOTES.replace("14", "1.5"), "line 51: “days” must be a whole number, not “1.5”."),
        (VOTES.replace("days", "weeks"), "line 51: unknown key “weeks”; use one of quorum, majority, days."),
    ],
)
@pytest.mark.usefixtures("guides")
def test_one_mistake_is_told_with_its_line(tmp_path: Path, toml: str, problem: str) -> None:
    assert problems_of(tmp_path, SOUND + toml) == [problem]


@pytest.mark.usefixtures("guides")
def test_file_must_be_there_beside_the_territory_file(tmp_path: Path) -> None:
    def told_of(path: str) -> list[str]:
        return problems_of(tmp_path, SOUND + GUIDE.replace("guides/rencontre.md", path))

    nowhere = f"is no file in {tmp_path}; write its path from there."
    outside = f"is not beside this file; move it into the folder {tmp_path} or one in it."
    assert told_of("rencontre.md") == [f"line 51: “rencontre.md” {nowhere}"]
    assert told_of("guides") == [f"line 51: “guides” {nowhere}"]
    assert told_of("a" * 300) == [f"line 51: “{'a' * 300}” {nowhere}"]
    assert told_of("../secret.md") == [f"line 51: “../secret.md” {outside}"]
    assert told_of("/etc/hostname") == [f"line 51: “/etc/hostname” {outside}"]


@pytest.mark.parametrize("size", [0, FILE_MAX + 1])
def test_file_that_nobody_would_wait_for_is_refused(tmp_path: Path, guides: Path, size: int) -> None:
    with (guides / "rencontre.md").open("wb") as file:
        file.truncate(size)

    assert problems_of(tmp_path, SOUND + GUIDE) == [
        f"line 51: “guides/rencontre.md” has {size} bytes; give a file of 1 byte to 20000000."
    ]


def test_number_above_which_an_announcement_needs_two_is_the_territorys(tmp_path: Path) -> None:
    file = tmp_path / "noumea.toml"
    file.write_text(SOUND, "utf-8")
    assert load_territory(file).announcements == AnnouncementRules(approval_above=100)

    file.write_text(f"{SOUND}\n[announcements]\napproval_above = 20\n", "utf-8")
    assert load_territory(file).announcements == AnnouncementRules(approval_above=20)


def test_number_of_recipients_below_nothing_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "noumea.toml"
    file.write_text(f"{SOUND}\n[announcements]\napproval_above = -1\n", "utf-8")

    with pytest.raises(TerritoryFileError) as found:
        load_territory(file)

    assert "“approval_above” is -1; give a number from 0 to 1000000" in str(found.value)
