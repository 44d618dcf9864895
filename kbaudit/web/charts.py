"""Small pictures as numbers in percent; templates draw them as SVG. Nothing here is the only place of a figure: every
picture has its table or its words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture, in percent of its width or height."""

    x: float
    width: float
    height: float
    label: str
    kind: str = ""


def week_bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """A small column chart: (label, count) a week."""
    top = max([count for _, count in counts] or [1]) or 1
    width = 100 / max(1, len(counts))
    return [
        Bar(round(at * width + width * 0.1, 2), round(width * 0.8, 2), round(36 * count / top, 2), f"{label}: {count}")
        for at, (label, count) in enumerate(counts)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One measure over time: its points in percent of the picture, from the upper left corner, and as a path."""

    name: str
    kind: str
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """The points as SVG's polyline takes them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


def lines(times: Sequence[datetime], measures: Sequence[tuple[str, str, Sequence[float]]]) -> list[Line]:
    """Shares in [0, 1] over time: (name, CSS class, values). One point alone stands in the middle."""
    if not times:
        return []
    first, span = times[0], (times[-1] - times[0]).total_seconds()
    xs = [round(2 + 96 * (time - first).total_seconds() / span, 2) if span else 50.0 for time in times]
    return [
        Line(name, kind, tuple((x, round(100 - 100 * value, 2)) for x, value in zip(xs, values, strict=True)))
        for name, kind, values in measures
    ]
