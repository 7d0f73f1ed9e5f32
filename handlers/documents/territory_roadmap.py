"""The territory's roadmap: every coalition's latest commitment card in one document, as words that a layout sets."""

import json
from dataclasses import asdict
from typing import Any, Final

from handlers.cards.commitment import CARD_FIELDS, field_name, standing_line, version_line
from handlers.charts.programme import commitments_chart, commitments_in_words
from handlers.documents.asked import Asked
from handlers.documents.commitment_card import set_well
from handlers.documents.territory_roadmap_layout import LAYOUT
from handlers.names import SCOPES, total_words
from handlers.screen import lines
from locales import Language
from programme.commitment_cards import CommitmentCard
from programme.usecases.territory_roadmap import TerritoryRoadmap, territory_roadmap

NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"


def roadmap_pdf(asked: Asked) -> bytes:
    """Give the roadmap as an accessible PDF; raises NotAllowed."""
    import typst  # noqa: PLC0415 (a large library, and few turns need it)

    document: bytes = typst.compile(
        LAYOUT.encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs=roadmap_inputs(asked),
    )
    return document


def roadmap_inputs(asked: Asked) -> dict[str, str]:
    """Give what the layout takes: all facts as one JSON text, each as the fonts can show it."""
    known = roadmap_of(asked)
    chart = commitments_chart(known, asked.language, "svg").decode()
    facts = roadmap_facts(known, asked)
    return {"roadmap": json.dumps(_well({**facts}) | {"chart": chart}, ensure_ascii=False)}


def roadmap_of(asked: Asked) -> TerritoryRoadmap:
    """Give what the roadmap holds; raises NotAllowed."""
    return territory_roadmap(asked.uow, asked.by, asked.territory, asked.language.code)


def roadmap_facts(known: TerritoryRoadmap, asked: Asked) -> dict[str, Any]:
    """Give the words of the roadmap, in the reader's language."""
    language, territory = asked.language, asked.territory
    on = asked.now.astimezone(territory.zone).date()
    kind = language.plain("The territory’s roadmap")
    programme = f"{territory.programme} · {territory.name}"
    return {
        "language": language.code,
        "title": f"{kind} · {territory.name}",
        "territory": territory.name,
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "colours": asdict(territory.colours),
        "programme": programme,
        "running": f"{kind} · {programme}",
        "kind": kind,
        "edition": language.plain("As of {day}", day=language.day(on)),
        "counts": [
            _parted(
                language.plain_n("{n} committed coalition", "{n} committed coalitions", len(known.cards)),
                len(known.cards),
                language,
            ),
            _parted(
                language.plain_n("{n} organisation", "{n} organisations", known.organisations),
                known.organisations,
                language,
            ),
            _parted(
                language.plain_n("{n} first action", "{n} first actions", known.first_actions),
                known.first_actions,
                language,
            ),
        ],
        "summary": {
            "title": language.plain("In short"),
            "words": _summary(known, asked),
            "targets": language.plain("Targets of the territory"),
            "figures": language.plain("Figures logged by the coalitions"),
            "caution": language.plain(
                "The figures are what people wrote, not a measure: they do not say how far the territory is from its "
                "targets."
            ),
        },
        "targets": [
            f"{one.label_in(language.code)}{NO_BREAK_SPACE}({one.by_year})"
            if one.by_year
            else one.label_in(language.code)
            for one in territory.targets
        ],
        "figures": [total_words(total, language) for total in known.figures],
        "contents": language.plain("The coalitions"),
        "stakes": {
            "title": language.plain("By stake"),
            "headings": [language.plain("Stake"), language.plain("Committed coalitions")],
            "rows": [[stake, ", ".join(names) or "–"] for stake, names in known.by_stake.items()],
        },
        "alternative": commitments_in_words(known, language),
        "scopes": [
            {"name": language.plain(SCOPES[scope]), "cards": [_card(card, asked) for card in cards]}
            for scope, cards in known.by_scope.items()
        ],
        "waiting": {"title": language.plain("Coalitions that prepare their card"), "names": list(known.waiting)},
    }


def _parted(words: str, count: int, language: Language) -> dict[str, str]:
    """Part a number from its words, so that it can be set larger."""
    number = language.number(count)
    return {"number": number, "words": words.removeprefix(number).strip()}


def _summary(known: TerritoryRoadmap, asked: Asked) -> str:
    language, territory = asked.language, asked.territory
    told = [
        language.plain(
            "This document gathers what the coalitions of {territory} have published: each one’s objective, members, "
            "way of working, first actions and the stakes it serves.",
            territory=territory.name,
        )
    ]
    if not known.cards:
        told.append(language.plain("No commitment card is published yet."))
    unserved = [stake for stake, names in known.by_stake.items() if not names]
    if known.cards and unserved:
        told.append(
            language.plain("No coalition has committed yet on: {stakes}.", stakes=language.listing(unserved).unescape())
        )
    return "\n\n".join(told)


def _card(card: CommitmentCard, asked: Asked) -> dict[str, Any]:
    language, territory, fields = asked.language, asked.territory, card.fields
    edition = lines(
        version_line(card, language, territory), standing_line(card, asked.uow, language, territory)
    ).unescape()
    return {
        "name": card.coalition_name,
        "stakes": " · ".join(card.stake_names),
        "stakes_line": language.plain("Stakes: {names}", names=", ".join(card.stake_names)),
        "names": {field.value: field_name(field, language) for field in CARD_FIELDS},
        "objective": fields.objective,
        "first_actions": list(fields.first_actions),
        "members": language.listing(fields.members).unescape(),
        "way_of_working": fields.way_of_working,
        "edition": edition.replace("\n", " · "),
    }


def _well(fact: Any) -> Any:
    """Give facts with every text as it can be set."""
    match fact:
        case str():
            # The fonts have no small figures: « CO2e » stands for « CO₂e ».
            return set_well(fact.replace("₂", "2"))
        case dict():
            return {key: _well(value) for key, value in fact.items()}
        case list():
            return [_well(value) for value in fact]
        case _:
            return fact
