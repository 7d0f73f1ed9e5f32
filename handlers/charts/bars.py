"""Bars with their words: each has its name above it, and its number behind it, so that no axis is to be read."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Format = Literal["png", "svg"]

WIDTH: Final = 1080
"""Dots of a picture as phones show it whole."""
DOTS_PER_INCH: Final = 100
SIDE: Final = 64
INK: Final = "#1d2733"
QUIET: Final = "#4a5663"
LINE: Final = "#d5dbe1"
PAPER: Final = "#ffffff"
"""The chart brings its own ground: it reads the same in a dark chat as in a light one."""
STRONG, MIDDLE, PALE = "#0b5394", "#7fb8e6", "#ffffff"
"""Three steps of one blue, told apart by lightness and, the last, by its hatching: for every kind of sight."""
CAPITALS: Final = 0.5
"""Dots for each point of size from the middle of capitals down to the line on which they stand."""
NAME_MAX: Final = 58


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: what it counts, and how it is drawn."""

    name: str
    colour: str
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, and a number for each part."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a title; with several parts, a legend names them. `empty` is said where nothing is counted."""

    title: str
    parts: tuple[Part, ...]
    bars: Sequence[Bar]
    empty: str = ""

    @property
    def counted(self) -> bool:
        """Tell whether any bar has a length."""
        return any(sum(bar.numbers) for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above all charts, and below them."""

    title: str
    line: str
    foot: str = ""


def drawn(
    charts: Sequence[Chart],
    heading: Heading | None,
    number: Callable[[int], str],
    form: Format = "png",
    colour: str = INK,
) -> bytes:
    """Draw charts one under the other, as a PNG 1080 dots wide or as an SVG; its title takes the territory's colour."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 (a large library, few turns need it)
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 (same)
    from matplotlib.figure import Figure  # noqa: PLC0415 (same)

    height = round(sum(_height(chart) for chart in charts) + (_head(heading) + 56 if heading else 0))
    # On paper the page has its own margins.
    left, right = (0, WIDTH) if heading else (SIDE - 2, WIDTH - SIDE)
    size = (right - left) / DOTS_PER_INCH, height / DOTS_PER_INCH
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor=PAPER)
    canvas = FigureCanvasAgg(figure) if form == "png" else FigureCanvasSVG(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(left, right)
    axes.set_ylim(height, 0)
    axes.axis("off")
    at = -4.0
    if heading is not None:
        _words(axes, SIDE, 62, heading.title, 28, colour, bold=True)
        _words(axes, SIDE, 104, heading.line, 17, QUIET)
        if heading.foot:
            for place, line in enumerate(heading.foot.split("\n")):
                _words(axes, SIDE, height - 32 - 28 * (heading.foot.count("\n") - place), line, 15, QUIET)
        at = 140.0
    for chart in charts:
        _chart(axes, chart, at, number)
        at += _height(chart)
    kept = io.BytesIO()
    if form == "png":
        canvas.print_figure(kept, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    else:
        canvas.print_figure(kept, format="svg", metadata={"Date": None, "Creator": None})
    return kept.getvalue()


def _head(heading: Heading) -> float:
    return 140.0 + (40 + 28 * heading.foot.count("\n") if heading.foot else 0)


def _height(chart: Chart) -> float:
    if not chart.counted:
        return 130.0
    return 86.0 + (46 if len(chart.parts) > 1 else 0) + 66 * len(chart.bars)


def _chart(axes: "Axes", chart: Chart, top: float, number: Callable[[int], str]) -> None:
    axes.plot([SIDE, WIDTH - SIDE], [top, top], color=LINE, linewidth=1.2)
    _words(axes, SIDE, top + 40, chart.title, 21, INK, bold=True)
    if not chart.counted:
        _words(axes, SIDE, top + 88, chart.empty, 18, QUIET)
        return
    at = top + 86.0
    if len(chart.parts) > 1:
        _legend(axes, chart.parts, at - 6)
        at += 46
    most = max(sum(bar.numbers) for bar in chart.bars)
    longest = WIDTH - 2 * SIDE - 90
    for bar in chart.bars:
        name = bar.name if len(bar.name) <= NAME_MAX else bar.name[: NAME_MAX - 1].rstrip() + "…"
        _words(axes, SIDE, at, name, 17, INK)
        left = float(SIDE)
        for part, count in zip(chart.parts, bar.numbers, strict=True):
            wide = longest * count / most
            _block(axes, left, at + 17, wide, 24, part)
            left += wide
        whole = sum(bar.numbers)
        _words(axes, left + (14 if whole else 0), at + 29, number(whole), 17, INK if whole else QUIET, bold=bool(whole))
        at += 66


def _legend(axes: "Axes", parts: Sequence[Part], at: float) -> None:
    left = float(SIDE)
    for part in parts:
        _block(axes, left, at - 12, 30, 24, part)
        _words(axes, left + 42, at, part.name, 17, INK)
        left += 42 + 12.5 * len(part.name) + 48


def _block(axes: "Axes", left: float, top: float, wide: float, high: float, part: Part) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 (same)

    if wide:
        axes.add_patch(
            Rectangle(
                (left, top),
                wide,
                high,
                facecolor=part.colour,
                edgecolor=STRONG,
                linewidth=1.4,
                hatch="///" if part.hatched else None,
            )
        )


def _words(axes: "Axes", x: float, y: float, words: str, size: float, colour: str, *, bold: bool = False) -> None:
    """Write one line, its middle at `y` whatever its letters; « $ » is a sign like others."""
    weight, baseline = "bold" if bold else "normal", y + size * CAPITALS
    axes.text(
        x, baseline, words, fontsize=size, color=colour, fontweight=weight, va="baseline", ha="left", parse_math=False
    )
