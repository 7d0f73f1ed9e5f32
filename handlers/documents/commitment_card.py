"""A commitment card to print and to share: one page as PDF, accessible (PDF/UA-1), and a picture of 1080 by 1350."""

import io
import json
import re
from collections.abc import Sequence
from typing import Any, Final, Literal

import segno

from handlers.cards.commitment import card_language, field_name, names_that_fit, standing_line, version_line
from handlers.documents.commitment_card_layout import LAYOUT
from handlers.turn import Turn
from programme.commitment_cards import CardField, CommitmentCard

Shape = Literal["page", "picture"]

DOTS_PER_INCH: Final = 144.0
"""Two dots a point: a picture of 540 by 675 points has 1080 by 1350."""
NAMES_MOST: Final = 800
"""Characters of the names of organisations; those that do not fit are counted."""
LINES_MOST: Final = 15
"""How many line breaks of a text are kept."""
LONG_WORD: Final = re.compile(r"\S{21,}")
ANYWHERE: Final = "\N{ZERO WIDTH SPACE}"
NOT_IN_THE_FONTS: Final = re.compile(
    "[^\n -~\u00a0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0484\u0487-\u04ff"
    "\u0531-\u0556\u0561-\u0587\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u0660-\u066d\u1e00-\u1eff\u2000-\u200a"
    "\u200c-\u2027\u202f-\u2040\u2044-\u2052\u20a0-\u20bf\u2126-\u2151\u2153-\u2184\u2190-\u23ff\u2460-\u25ff]"
)
"""What Libertinus Serif and DejaVu Sans Mono, the fonts that Typst brings, can't show (tried one by one)."""
PICTOGRAMS: Final = re.compile(
    "[\u200b\u200d\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)
"""Emoji and what joins them: ornament on paper, unlike letters of other scripts, whose place is shown."""
UNSHOWN: Final = "\N{WHITE SQUARE}"
NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
BEFORE_A_SIGN: Final = re.compile(
    r" (?=[:;!?»%€](?:\s|$))|(?<=«) |(?<=\d) (?=h\b)|(?<=\dh) (?=\d\d\b)|(?<=\d h) (?=\d\d\b)"
)
"""Spaces at which French does not break a line, however they were typed."""


def card_pdf(turn: Turn, card: CommitmentCard) -> bytes:
    """Give a card as a PDF of one page, always the same for the same version and standing."""
    import typst  # noqa: PLC0415 (a large library, and few turns need it)

    document: bytes = typst.compile(
        LAYOUT.encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs=card_inputs(turn, card, "page"),
    )
    return document


def card_picture(turn: Turn, card: CommitmentCard) -> bytes:
    """Give a card as a PNG of 1080 by 1350 pixels."""
    import typst  # noqa: PLC0415 (a large library, and few turns need it)

    picture: bytes = typst.compile(
        LAYOUT.encode(),
        format="png",
        ppi=DOTS_PER_INCH,
        ignore_system_fonts=True,
        sys_inputs=card_inputs(turn, card, "picture"),
    )
    return picture


def card_inputs(turn: Turn, card: CommitmentCard, shape: Shape) -> dict[str, str]:
    """Give what the layout takes: all facts as one JSON text."""
    language, territory, fields = card_language(turn), turn.territory, card.fields
    coalition = turn.uow.coalitions.get(card.coalition_id)
    address = f"https://t.me/{turn.bot_username}?start=join_{coalition.code}"
    on = (card.published_at or turn.now).astimezone(territory.zone)
    standing = standing_line(card, turn.uow, language, territory)
    members = names_that_fit(fields.members, NAMES_MOST)
    left = len(fields.members) - len(members)
    others = [language.plain_n("and {n} other", "and {n} others", left)] if left else []
    stakes = names_that_fit(card.stake_names, NAMES_MOST)
    edition = [version_line(card, language, territory).unescape(), standing.unescape() if standing else None]
    facts: dict[str, Any] = {
        "shape": shape,
        "language": language.code,
        "title": language.plain("Commitment card: {coalition}", coalition=set_well(card.coalition_name)),
        "territory": set_well(territory.name),
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "programme": set_well(f"{territory.programme} · {territory.name}"),
        "coalition": set_well(card.coalition_name),
        "kind": language.plain("Commitment card"),
        "names": {field.value: field_name(field, language) for field in CardField},
        "objective": set_well(fields.objective),
        "way_of_working": set_well(fields.way_of_working),
        "first_actions": _each(fields.first_actions),
        "members": [*_each(members), *others],
        "stakes": _each(stakes),
        "edition": [words for words in (*edition, territory.contact.email or territory.contact.phone) if words],
        "invitation": language.plain("Join the coalition"),
        "address": address,
        "short_address": f"t.me/{turn.bot_username}",
        "alternative": language.plain("QR code to join the coalition: {address}", address=address),
        "code": _qr_code(address),
    }
    return {"card": json.dumps(facts, ensure_ascii=False)}


def set_well(text: str) -> str:
    """Give a text as it can be set: no sign that the fonts lack, no line too many, spaces of French, long words cut."""
    shown = NOT_IN_THE_FONTS.sub(UNSHOWN, PICTOGRAMS.sub("", text))
    kept = shown if shown.count("\n") <= LINES_MOST else shown.replace("\n", " ")
    tidy = "\n".join(re.sub(" {2,}", " ", line).strip() for line in kept.split("\n")).strip("\n")
    well = BEFORE_A_SIGN.sub(NO_BREAK_SPACE, tidy)
    return LONG_WORD.sub(lambda word: ANYWHERE.join(word[0]), well) or (UNSHOWN if text.strip() else "")


def _each(things: Sequence[str]) -> list[str]:
    return [set_well(thing) for thing in things]


def _qr_code(address: str) -> str:
    code = io.BytesIO()
    segno.make(address, error="m").save(code, kind="svg", border=0, xmldecl=False)
    return code.getvalue().decode()
