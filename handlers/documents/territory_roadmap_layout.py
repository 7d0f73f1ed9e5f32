"""The layout of the territory's roadmap, in Typst: A4, accessible (PDF/UA-1), in the territory's colours.

Every fact comes as JSON in one input, so that nothing somebody wrote is taken for markup.
"""

from typing import Final

LAYOUT: Final = r"""
#let roadmap = json(bytes(sys.inputs.roadmap))
#let main = rgb(roadmap.colours.main)
#let pale = rgb(roadmap.colours.pale)
#let ink = rgb("#1d2733")
#let quiet = rgb("#4a5663")

#set document(title: roadmap.title, author: roadmap.territory, date: datetime(..roadmap.date))
#set page(
  paper: "a4",
  margin: (x: 24mm, top: 24mm, bottom: 24mm),
  footer: context {
    set text(size: 9pt, fill: quiet)
    line(length: 100%, stroke: 0.5pt + main)
    v(-4pt)
    grid(columns: (1fr, auto), roadmap.running, counter(page).display())
  },
)
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 11pt, lang: roadmap.language, fill: ink)
#set text(hyphenate: false)
#set par(leading: 0.62em, spacing: 0.95em)
#show heading.where(level: 1): it => block(above: 1.6em, below: 0.9em, text(size: 20pt, fill: main, it.body))
#show title: it => { set par(leading: 0.4em); text(size: 38pt, weight: "bold", it.body) }
#let small(it) = block(above: 1.1em, below: 0.55em, sticky: true,
  text(size: 9.5pt, fill: main, tracking: 0.07em, upper(it.body)))
#show heading.where(level: 2): small
#show heading.where(level: 3): small

#let written(words) = for (number, part) in words.split("\n\n").enumerate() {
  if number > 0 { parbreak() }
  part.split("\n").map(line => [#line]).join(linebreak())
}
#let dot = text(fill: main)[•]
#let bullets(all) = list(marker: dot, body-indent: 0.55em, spacing: 0.6em, ..all.map(one => list.item[#one]))

// The cover, over the whole width of the page.
#pad(x: -24mm, top: -24mm, block(width: 100%, fill: main, inset: (x: 24mm, top: 30mm, bottom: 18mm), {
  set text(fill: white)
  block(below: 0pt, text(size: 13pt, tracking: 0.03em, roadmap.programme))
  block(above: 20pt, below: 0pt, title(roadmap.kind))
  block(above: 18pt, text(size: 14pt, style: "italic", roadmap.edition))
}))
#v(6mm)
#grid(
  columns: (1fr,) * roadmap.counts.len(),
  column-gutter: 5mm,
  ..roadmap.counts.map(one => block(width: 100%, height: 24mm, fill: pale, inset: 4mm, radius: 2pt, {
    block(below: 6pt, text(size: 27pt, weight: "bold", fill: main, one.number))
    text(size: 10.5pt, one.words)
  })),
)

#heading(level: 1, roadmap.summary.title)
#written(roadmap.summary.words)
#if roadmap.targets.len() > 0 {
  heading(level: 2, roadmap.summary.targets)
  bullets(roadmap.targets)
}
#if roadmap.figures.len() > 0 {
  heading(level: 2, roadmap.summary.figures)
  bullets(roadmap.figures)
}
#block(width: 100%, inset: (left: 4mm, y: 2.5mm), stroke: (left: 2.5pt + main), emph(roadmap.summary.caution))

#pagebreak(weak: true)
#heading(level: 1, roadmap.contents)
#context {
  let entries = query(<card>)
  list(marker: none, indent: 0pt, body-indent: 0pt, spacing: 0.75em, ..entries.map(it => list.item({
    link(it.location(), {
      it.body
      [ ]
      box(width: 1fr, pdf.artifact(repeat(gap: 3pt, text(fill: quiet)[.])))
      [ ]
      counter(page).at(it.location()).map(str).join()
    })
  })))
}

#heading(level: 1, roadmap.stakes.title)
#image(bytes(roadmap.chart), format: "svg", width: 100%, alt: roadmap.alternative)
#v(2mm)
#table(
  columns: (38%, 1fr),
  stroke: (x, y) => (bottom: 0.5pt + main.lighten(50%)),
  inset: (x: 2.5mm, y: 2.2mm),
  fill: (x, y) => if y == 0 { pale },
  table.header(..roadmap.stakes.headings.map(words => strong(words))),
  ..roadmap.stakes.rows.flatten().map(words => [#words]),
)

#for scope in roadmap.scopes {
  pagebreak(weak: true)
  heading(level: 1, scope.name)
  for (number, card) in scope.cards.enumerate() {
    if number > 0 { v(9mm, weak: true) }
    block(width: 100%, fill: main, inset: (x: 5mm, y: 4mm), below: 0pt, sticky: true, radius: (top: 2pt), {
      show heading: it => text(size: 15pt, fill: white, it.body)
      [#heading(level: 2, card.name) <card>]
    })
    block(width: 100%, fill: pale, inset: (x: 5mm, y: 2.8mm), above: 0pt, below: 1em, sticky: true,
      text(size: 10pt, fill: ink, card.stakes))
    pad(x: 5mm, {
      heading(level: 3, card.names.objective)
      written(card.objective)
      heading(level: 3, card.names.first_actions)
      enum(
        spacing: 0.65em,
        body-indent: 0.6em,
        numbering: number => text(fill: main, weight: "bold", str(number)),
        ..card.first_actions.map(words => enum.item[#words]),
      )
      heading(level: 3, card.names.members)
      par(card.members)
      heading(level: 3, card.names.way_of_working)
      written(card.way_of_working)
      v(1mm)
      text(size: 9.5pt, fill: quiet, card.edition)
    })
  }
}
#if roadmap.waiting.names.len() > 0 {
  heading(level: 1, roadmap.waiting.title)
  bullets(roadmap.waiting.names)
}
"""
