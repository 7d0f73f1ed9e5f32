"""The layout of a commitment card, in Typst: one page, in print (A4) or as a picture to share (4:5).

Every fact comes as JSON in one input, so that nothing somebody wrote is taken for markup. The text is as large as fits:
the left column and the right one each shrink by quarters of a point. Headings, title and language make it readable
aloud (PDF/UA-1).
"""

from typing import Final

LAYOUT: Final = r"""
#let card = json(bytes(sys.inputs.card))
#let green = rgb("#1b6e53")
#let pale = rgb("#edf4f0")
#let ink = rgb("#1d2925")
#let quiet = rgb("#4a5a54")
#let (width, height, side, largest) = if card.shape == "picture" {
  (540pt, 675pt, 30pt, 13pt)
} else {
  (595.28pt, 841.89pt, 42pt, 14.5pt)
}
#let beside = 34%
#let smallest = 3pt
#let few = 9

#set document(title: card.title, author: card.territory, date: datetime(..card.date))
#set page(width: width, height: height, margin: 0pt, fill: white)
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), lang: card.language, fill: ink, hyphenate: false)
#set par(leading: 0.55em, spacing: 0.9em)
#show heading: it => it.body

#let gap = v(1.9em, weak: true)
#let written(words) = for (number, part) in words.split("\n\n").enumerate() {
  if number > 0 { parbreak() }
  part.split("\n").map(line => [#line]).join(linebreak())
}
#let section(name, content) = {
  block(below: 0.85em, text(size: 0.8em, weight: "bold", fill: green, tracking: 0.08em, heading(level: 2, upper(name))))
  block(above: 0pt, content)
}
#let names(all) = {
  set par(leading: 0.45em)
  if all.len() > few { all.join([~· ]) } else {
    list(marker: text(fill: green)[•], body-indent: 0.5em, spacing: 0.6em, ..all.map(name => list.item[#name]))
  }
}

#let head = block(width: 100%, fill: green, inset: (x: side, top: side * 0.85, bottom: side * 0.9), {
  set text(fill: white)
  set par(leading: 0.35em)
  let size = if card.coalition.clusters().len() > 50 { 23pt } else { 28pt }
  block(below: 0pt, text(size: 11pt, tracking: 0.03em, card.programme))
  block(above: 14pt, below: 0pt, text(size: size, weight: "bold", heading(level: 1, card.coalition)))
  block(above: 16pt, text(size: 14pt, style: "italic", card.kind))
})
#let commitment(size) = {
  set text(size: size)
  section(card.names.objective, text(size: 1.16em, written(card.objective)))
  gap
  section(card.names.first_actions, {
    set par(leading: 0.5em)
    enum(
      spacing: 0.8em,
      body-indent: 0.7em,
      numbering: number => text(fill: green, weight: "bold", str(number)),
      ..card.first_actions.map(words => enum.item[#words]),
    )
  })
  gap
  section(card.names.way_of_working, written(card.way_of_working))
}
#let actors(size) = {
  set text(size: size)
  section(card.names.members, names(card.members))
  gap
  section(card.names.stakes, names(card.stakes))
}
#let edition = {
  set text(size: 9.5pt, fill: quiet)
  set par(leading: 0.5em, spacing: 0.6em)
  line(length: 100%, stroke: 0.6pt + green)
  v(8pt, weak: true)
  text(fill: ink, weight: "bold", card.edition.first())
  for words in card.edition.slice(1) {
    linebreak()
    words
  }
}
#let invitation = {
  set text(size: 10pt)
  set par(leading: 0.45em)
  block(below: 7pt, strong(card.invitation))
  let code = image(bytes(card.code), format: "svg", width: 72pt, alt: card.alternative)
  box(fill: white, radius: 3pt, inset: 6pt, link(card.address, code))
  block(above: 7pt, link(card.address, text(size: 8pt, fill: green, card.short_address)))
}

#let fitting(content, width, room, most) = {
  let size = most
  while size > smallest and measure(width: width, content(size)).height > room { size -= 0.25pt }
  size
}
#context {
  let below = height - measure(width: width, head).height
  let room(column, end) = below - 1.7 * side - measure(width: column, end).height - 14pt
  let left = width * (100% - beside) - 1.7 * side
  let right = width * beside - 1.6 * side
  let size = fitting(commitment, left, room(left, edition), largest)
  let small = fitting(actors, right, room(right, invitation), size)
  [#metadata((size: size.pt(), small: small.pt(), smallest: smallest.pt())) <fitted>]
  head
  v(0pt, weak: true)
  grid(
    columns: (1fr, beside),
    rows: (below,),
    block(width: 100%, height: 100%, inset: (left: side, right: side * 0.7, top: side * 0.9, bottom: side * 0.8), {
      commitment(size)
      v(1fr)
      edition
    }),
    block(width: 100%, height: 100%, fill: pale, inset: (x: side * 0.8, top: side * 0.9, bottom: side * 0.8), {
      actors(small)
      v(1fr)
      invitation
    }),
  )
}
"""
