import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.public_holidays import public_holidays
from bot.territory_file import TerritoryFileError, load_territory
from programme.territory import (
    Contact,
    FirstOrganisation,
    OrganisationKind,
    ProgrammeMilestone,
    ScopeKind,
    Stake,
    Target,
)

SOUND = """\
name = "Nouméa"
programme = "Conversations Carbone"
zone = "Pacific/Noumea"
organisation_kinds = ["company", "association"]

[contact]
service = "Plan Climat"
email = "climat@noumea.example"

[[stakes]]
key = "air"
label = "Qualité de l’air"

[[stakes]]
key = "mobility"
label = "Mobilités"
label_en = "Mobility"

[[sectors]]
key = "waste"
label = "Déchets"

[[support_kinds]]
key = "room"
label = "Une salle"

[[targets]]
key = "halve"
label = "Diviser par 2"
by_year = 2050

[[milestones]]
key = "cards"
title = "Fiches d’engagement"
due_on = 2027-06-18

[[coalitions]]
key = "bay"
name = "La baie"
objective = "Garder la baie propre."
scope = "area"
stakes = ["air"]
organisations = [
    { name = "Lagon", kind = "association" },
    { name = "Cagou & Cie", kind = "company" },
]
"""


def problems_of(folder: Path, toml: str) -> list[str]:
    """The problems told about a text, without the file's name."""
    file = folder / "noumea.toml"
    file.write_text(toml, "utf-8")
    with pytest.raises(TerritoryFileError) as told:
        load_territory(file)
    return [problem.removeprefix(f"{file}, ") for problem in told.value.problems]


def without(key: str) -> str:
    """The sound text less its first line that sets this key."""
    return re.sub(rf"^{key} = .*\n", "", SOUND, count=1, flags=re.MULTILINE)


def test_sound_file_becomes_a_territory(tmp_path: Path) -> None:
    file = tmp_path / "noumea.toml"
    file.write_text(SOUND, "utf-8")

    territory = load_territory(file)

    assert (territory.name, territory.zone, territory.forum_month) == (
        "Nouméa",
        ZoneInfo("Pacific/Noumea"),
        None,
    )
    assert territory.contact == Contact("Plan Climat", "climat@noumea.example")
    assert territory.stakes == (
        Stake("air", "Qualité de l’air"),
        Stake("mobility", "Mobilités", "Mobility"),
    )
    assert territory.targets == (Target("halve", "Diviser par 2", by_year=2050),)
    assert territory.milestones == (ProgrammeMilestone("cards", "Fiches d’engagement", date(2027, 6, 18)),)
    (bay,) = territory.coalitions
    assert (bay.scope, bay.stakes, bay.open) == (ScopeKind.AREA, ("air",), False)
    assert bay.organisations == (
        FirstOrganisation("Lagon", OrganisationKind.ASSOCIATION),
        FirstOrganisation("Cagou & Cie", OrganisationKind.COMPANY),
    )


def test_brest_has_the_figures_of_its_source() -> None:
    brest = load_territory(Path("territories/brest.toml"))

    assert {coalition.key: len(coalition.organisations) for coalition in brest.coalitions} == {
        "technopole": 6,
        "mobility": 5,
        "events": 6,
        "night_lighting": 8,
        "eco_materials": 3,
        "students": 3,
    }
    assert [(target.key, target.by_year) for target in brest.targets] == [
        ("energy_use", 2050),
        ("emissions", 2050),
        ("local_renewables", 2030),
    ]
    assert brest.contact == Contact(
        "Direction écologie urbaine de Brest métropole",
        "contact-agirpourleclimat@brest-metropole.fr",
        "02 98 33 50 50",
    )
    counts = (len(brest.sectors), len(brest.support_kinds), len(brest.commitment_levels), brest.forum_month)
    assert counts == (8, 5, 3, 11)
    assert brest.organisation_kinds == tuple(OrganisationKind)


def test_besancon_invents_no_contact_nor_date() -> None:
    besancon = load_territory(Path("territories/grand-besancon.toml"))

    assert besancon.contact == Contact("Plan Climat de Grand Besançon Métropole")
    assert (besancon.milestones, besancon.forum_month) == ((), None)
    assert (len(besancon.stakes), len(besancon.sectors)) == (6, 8)


@pytest.mark.parametrize("name", ["brest", "grand-besancon"])
def test_the_strongest_level_alone_needs_objectives_and_each_says_what_it_wants(name: str) -> None:
    levels = load_territory(Path(f"territories/{name}.toml")).commitment_levels

    assert [(level.key, level.needs_objectives) for level in levels] == [
        ("adhere", False),
        ("act", False),
        ("quantify", True),
    ]
    assert [level.key for level in levels if not (level.wants and level.wants_en and level.label_en)] == []


@pytest.mark.parametrize("name", ["brest", "grand-besancon"])
def test_territory_texts_keep_french_typography(name: str) -> None:
    texts = re.findall(
        r'^(?:name|label|wants|programme|objective|title|line|detail|service) = "(.*)"$',
        Path(f"territories/{name}.toml").read_text("utf-8"),
        flags=re.MULTILINE,
    )

    assert [text for text in texts if re.search(r"['\"]|(?<!\u00a0)[:;!?»%]|«(?!\u00a0)", text)] == []


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        (
            SOUND.replace('kind = "company"', 'kind = "compagny"'),
            f"line 45: unknown organisation kind “compagny”; use one of {', '.join(OrganisationKind)}.",
        ),
        (SOUND.replace('"area"', '"zone"'), "line 41: unknown scope “zone”; use one of theme, area, sector."),
        (
            SOUND.replace("Pacific/Noumea", "Pacific/Noumeaa"),
            "line 3: unknown time zone “Pacific/Noumeaa”; did you mean “Pacific/Noumea”?",
        ),
        (
            SOUND.replace("Pacific/Noumea", "CET+1 or so"),
            "line 3: unknown time zone “CET+1 or so”; use a name such as “Europe/Paris”.",
        ),
        (
            SOUND.replace("[[targets]]", "[[target]]"),
            "line 27: unknown key “target”; did you mean “targets”?",
        ),
        (
            SOUND.replace("email =", "mail ="),
            "line 8: unknown key “mail”; did you mean “email”?",
        ),
        (
            SOUND.replace("service =", 'service = "x"\nfax ='),
            "line 8: unknown key “fax”; use one of service, email, phone.",
        ),
        (without("zone"), "line 1: “zone” is missing; add it."),
        (without("service"), "line 6: “service” is missing in “contact”; add it."),
        (
            SOUND.replace('name = "Lagon", ', ""),
            "line 44: “name” is missing in “coalitions.organisations”; add it.",
        ),
        (SOUND.replace('"Une salle"', "3"), "line 25: “label” must be a text between quotes, not “3”."),
        (SOUND.replace("2050", '"2050"'), "line 30: “by_year” must be a whole number, not “2050”."),
        (SOUND.replace("2050", "50"), "line 30: “by_year” is 50; give a number from 2000 to 2100."),
        (
            SOUND.replace('scope = "area"', 'scope = "area"\nopen = "oui"'),
            "line 42: “open” must be true or false, not “oui”.",
        ),
        (
            SOUND.replace("2027-06-18", '"juin 2027"'),
            "line 35: “due_on” must be a date such as 2027-06-18, not “juin 2027”.",
        ),
        (
            SOUND.replace("2027-06-18", "2027-06-18T18:30:00"),
            "line 35: “due_on” must be a date such as 2027-06-18, not “2027-06-18 18:30:00”.",
        ),
        (SOUND.replace('["air"]', '"air"'), "line 42: “stakes” must be a list between [ and ], not “air”."),
        (
            SOUND.replace("[contact]", '[contact]\nphone = ["02"]'),
            "line 7: “phone” must be a text between quotes, not a list.",
        ),
        (SOUND.replace('["air"]', '["airs"]'), "line 42: unknown stake “airs”; did you mean “air”?"),
        (SOUND.replace('["air"]', '["air", "air"]'), "line 42: “air” stands twice in “stakes”; keep one."),
        (
            SOUND.replace('key = "mobility"', 'key = "air"'),
            "line 15: “air” stands twice in “stakes”; keep one.",
        ),
        (
            SOUND.replace('Cagou & Cie", kind = "company"', 'LAGON", kind = "association"'),
            "line 45: “LAGON” stands twice in “organisations”; keep one.",
        ),
        (
            SOUND.replace('"bay"', '"La baie"'),
            "line 38: “La baie” is no key; use 1 to 32 of the signs a-z, 0-9 and _.",
        ),
        (
            SOUND.replace("climat@noumea.example", "climat.noumea.example"),
            "line 8: “climat.noumea.example” is no e-mail address; write one such as climat@example.org.",
        ),
        (SOUND.replace('"Déchets"', '" "'), "line 21: “label” is empty; fill it in or leave the line out."),
        (SOUND.replace("La baie", "b" * 81), "line 39: “name” has 81 signs; shorten it to 80."),
        (
            f"{SOUND}\n[[commitment_levels]]\nkey = 'act'\nlabel = '{'a' * 41}'",
            "line 50: “label” has 41 signs; shorten it to 40.",
        ),
        (
            f"{SOUND}\n[[commitment_levels]]\nkey = 'act'\nlabel = 'Agir'\nwants = '{'a' * 301}'",
            "line 51: “wants” has 301 signs; shorten it to 300.",
        ),
        (
            f"{SOUND}\n[[commitment_levels]]\nkey = 'act'\nlabel = 'Agir'\nneeds_objectives = 'oui'",
            "line 51: “needs_objectives” must be true or false, not “oui”.",
        ),
        (
            SOUND.replace('["company", "association"]', '["association"]'),
            "line 45: “company” is not in “organisation_kinds”; add it there or choose another.",
        ),
        (
            SOUND.replace("2027-06-18", "2027-06-18\ndue_on = 2027-06-19"),
            "line 36: this is not TOML: cannot overwrite a value.",
        ),
        (
            SOUND.replace("[contact]", "[contact"),
            "line 6: this is not TOML: expected ']' at the end of a table declaration.",
        ),
        (f'{SOUND}name = "', "line 47: this is not TOML: unterminated string."),
    ],
)
def test_one_mistake_is_told_in_one_sentence_with_its_line(tmp_path: Path, toml: str, problem: str) -> None:
    assert problems_of(tmp_path, toml) == [problem]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    toml = (
        without("programme")
        .replace("Pacific/Noumea", "Noumea")
        .replace('"Une salle"', "true")
        .replace('"bay"', '"LA BAIE"')
        .replace('["air"]', '["sea"]')
    )

    assert problems_of(tmp_path, toml) == [
        "line 1: “programme” is missing; add it.",
        "line 2: unknown time zone “Noumea”; did you mean “Pacific/Noumea”?",
        "line 24: “label” must be a text between quotes, not “true”.",
        "line 37: “LA BAIE” is no key; use 1 to 32 of the signs a-z, 0-9 and _.",
        "line 41: unknown stake “sea”; use one of air, mobility.",
    ]


def test_organisation_of_two_coalitions_has_one_kind(tmp_path: Path) -> None:
    hills = """
[[coalitions]]
key = "hills"
name = "Les collines"
objective = "Garder les collines vertes."
scope = "area"
organisations = [{ name = "Lagon", kind = "company" }]
"""

    assert problems_of(tmp_path, SOUND + hills) == [
        "line 53: “Lagon” is “association” above and “company” here; give it one kind."
    ]


def test_empty_file_is_told_all_it_lacks(tmp_path: Path) -> None:
    lacking = (
        "contact",
        "name",
        "organisation_kinds",
        "programme",
        "sectors",
        "stakes",
        "support_kinds",
        "zone",
    )

    assert problems_of(tmp_path, "") == [f"line 1: “{key}” is missing; add it." for key in lacking]


def test_list_that_people_choose_from_is_never_empty(tmp_path: Path) -> None:
    toml = SOUND.replace('["company", "association"]', "[]").split("[[coalitions]]")[0]

    assert problems_of(tmp_path, toml) == ["line 4: “organisation_kinds” is empty; give at least one."]


def test_missing_file_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "noumea.toml").write_text(SOUND, "utf-8")

    with pytest.raises(TerritoryFileError) as told:
        load_territory(tmp_path / "nouma.toml")

    assert told.value.problems == (
        f"{tmp_path}/nouma.toml: there is no such file; in JALON_TERRITORY use one of {tmp_path}/noumea.toml.",
    )


def test_folder_instead_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TerritoryFileError) as told:
        load_territory(tmp_path)

    assert told.value.problems == (
        f"{tmp_path}: the file can't be read (Is a directory); name a TOML file that this user may read.",
    )


def test_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "noumea.toml"
    file.write_bytes('programme = "Conversations"\nname = "Nouméa"\n'.encode("latin-1"))

    with pytest.raises(TerritoryFileError) as told:
        load_territory(file)

    assert told.value.problems == (f"{file}, line 2: this is not UTF-8; save the file in that encoding.",)


def test_public_holidays_are_those_of_the_part_of_the_country_that_it_names(tmp_path: Path) -> None:
    file = tmp_path / "noumea.toml"
    file.write_text(f'subdivision = "NC"\n{SOUND}', "utf-8")
    citizenship_day = date(2026, 9, 24)

    assert citizenship_day in public_holidays(load_territory(file))
    assert citizenship_day not in public_holidays(replace(load_territory(file), subdivision=None))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('country = "France"', "“France” is no country with known holidays; write its two letters, such as FR."),
        ('subdivision = "29"', "“29” is no part of FR with its own holidays; use one of 57, "),
    ],
)
def test_a_place_without_known_holidays_is_told_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "noumea.toml"
    file.write_text(f"{line}\n{SOUND}", "utf-8")
    with pytest.raises(TerritoryFileError) as refused:
        load_territory(file)

    (problem,) = refused.value.problems
    assert problem.startswith(f"{file}, line 1: {told}")
