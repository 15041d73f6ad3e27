"""What an experiment of the lab hands on: a table, a picture, what it says, and what it does not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A value in [0, 1] or in situations, with its interval if it has one; `kind` numbers its shape."""

    value: float
    low: float | None = None
    high: float | None = None
    kind: int = 0


@dataclass(frozen=True, slots=True)
class Dots:
    """A row of marks for each name, on one scale from `low` to `high`; `kinds` names the shapes."""

    scale: str
    low: float
    high: float
    kinds: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Mark, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A named line through points; with a band where `low` and `high` are given."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over one scale; y lies in [0, 1]."""

    x_scale: str
    y_scale: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """`told` says what the table shows, `limits` what nobody may read into it; rows are as long as `head`."""

    title: str
    told: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    limits: str
    picture: Dots | Lines


def percent(share: float) -> str:
    """Write a share in [0, 1]."""
    return f"{100 * share:.0f} %"
