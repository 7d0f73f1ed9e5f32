"""The picture of an invitation, to show or to print: the coalition's name, and a QR code that opens its link."""

import io
import re
from typing import Final

import segno

from handlers.turn import Turn
from locales import Language
from programme.coalitions import Coalition

DOTS_PER_INCH: Final = 216.0
LONG_WORD: Final = re.compile(r"\S{20,}")
"""Wider than the picture, unless it may be broken anywhere."""
ZERO_WIDTH_SPACE: Final = "\u200b"
LAYOUT: Final = r"""
#set page(width: 340pt, height: auto, margin: (x: 28pt, y: 26pt), fill: white)
#set text(font: "Libertinus Serif", size: 14pt, lang: sys.inputs.language, hyphenate: false)
#set par(leading: 0.6em)
#let facts = sys.inputs
#let green = rgb("#1b6e53")
#set align(center)
#text(12pt, fill: green, weight: "bold", facts.programme)
#v(-2pt)
#line(length: 100%, stroke: 0.6pt + luma(170))
#v(2pt)
#text(14pt, facts.invites)
#v(-4pt)
#text(if facts.name.len() > 40 { 20pt } else { 26pt }, weight: "bold", facts.name)
#v(6pt)
#box(stroke: 1.2pt + green, radius: 8pt, inset: 22pt, image(bytes(facts.code), format: "svg", width: 178pt))
#v(4pt)
#text(13pt, facts.how)
#v(-3pt)
#text(11pt, fill: luma(90), facts.address)
"""
"""In Typst; every fact comes as an input, so that nothing somebody wrote is taken for markup."""


def invitation_picture(turn: Turn, coalition: Coalition, address: str, language: Language) -> bytes:
    """Give the picture as a PNG, 1020 pixels wide; its code opens `address`."""
    import typst  # noqa: PLC0415 (a large library, and few turns need it)

    code = io.BytesIO()
    segno.make(address, error="m").save(code, kind="svg", border=0, xmldecl=False)
    picture: bytes = typst.compile(
        LAYOUT.encode(),
        format="png",
        ppi=DOTS_PER_INCH,
        ignore_system_fonts=True,
        sys_inputs={
            "language": language.code,
            "programme": f"{turn.territory.programme} · {turn.territory.name}",
            "invites": language.plain("Come and join the coalition"),
            "name": LONG_WORD.sub(lambda word: ZERO_WIDTH_SPACE.join(word[0]), coalition.name),
            "code": code.getvalue().decode(),
            "how": language.plain("Scan this code with your phone"),
            "address": address.removeprefix("https://"),
        },
    )
    return picture
