"""The ticket of a forum: a picture that says who, where and when, with a QR code that leads back to the bot."""

import io
from typing import Final

import segno

from handlers.cards.forum import span_words
from handlers.turn import Turn
from programme.forums import Forum, Registration

DOTS_PER_INCH: Final = 200.0
LAYOUT: Final = r"""
#set page(width: 340pt, height: auto, margin: 24pt, fill: white)
#set text(font: "Libertinus Serif", size: 14pt, lang: sys.inputs.language)
#set par(leading: 0.7em)
#let facts = sys.inputs
#text(12pt, fill: rgb("#1b6e53"), weight: "bold", facts.programme)
#v(2pt)
#text(22pt, weight: "bold", facts.title)
#line(length: 100%, stroke: 0.6pt + luma(160))
#grid(
  columns: (1fr, 128pt),
  gutter: 14pt,
  [#facts.when

   #facts.place

   #strong(facts.name)

   #facts.seats],
  image(bytes(facts.code), format: "svg", width: 128pt),
)
"""
"""In Typst; every fact comes as an input, so that nothing somebody wrote is taken for markup."""


def ticket_picture(turn: Turn, forum: Forum, registration: Registration) -> bytes:
    """Give the ticket as a PNG, 944 pixels wide; its code opens the bot with `ticket_<ticket>`."""
    import typst  # noqa: PLC0415 (a large library, and few turns need it)

    link = f"https://t.me/{turn.bot_username}?start=ticket_{registration.ticket}"
    code = io.BytesIO()
    segno.make(link, error="m").save(code, kind="svg", border=0, xmldecl=False)
    language = turn.language
    picture: bytes = typst.compile(
        LAYOUT.encode(),
        format="png",
        ppi=DOTS_PER_INCH,
        ignore_system_fonts=True,
        sys_inputs={
            "language": language.code,
            "programme": f"{turn.territory.programme} · {turn.territory.name}",
            "title": forum.title,
            "when": span_words(forum.starts_at, forum.ends_at, turn.territory.zone, language),
            "place": forum.place,
            "name": turn.me.name,
            "seats": language.plain_n("{n} place", "{n} places", registration.seats),
            "code": code.getvalue().decode(),
        },
    )
    return picture
