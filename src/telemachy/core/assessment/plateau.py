"""Whether reviews against a rubric have taught what they can: ratings level off at proficient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One reviewed recording: its day, and competency code -> level (1 and up), unheard ones left out."""

    on: date
    levels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlateauRule:
    """When ratings count as levelled off at proficient, in numbers."""

    #: The latest recordings that are looked at; fewer say nothing.
    n_recordings: int = 4
    #: Days that lie at least between the first and the last of them: one good week is no plateau.
    min_days: int = 60
    #: In how many of them a competency must have been heard to be judged.
    min_heard: int = 3
    #: The most that a level may rise or fall from one recording to the next, by least squares.
    max_slope: float = 0.25


PLATEAU = PlateauRule()


@dataclass(frozen=True, slots=True)
class Plateau:
    """Whether ratings have levelled off, and of each competency why not: codes in the rubric's order."""

    reached: bool
    n_recordings: int
    n_days: int
    below: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()


def plateau(
    reviewed: Sequence[Reviewed], codes: Sequence[str], *, proficient: int, rule: PlateauRule = PLATEAU
) -> Plateau:
    """Return whether the latest recordings are all proficient and no longer move.

    Parameters
    ----------
    reviewed : sequence of Reviewed
        Oldest first.
    codes : sequence of str
        The rubric's competencies.
    proficient : int
        The level from which a competency counts as mastered.
    rule : PlateauRule
        The numbers of the rule.

    Notes
    -----
    Reached when of the last `n_recordings`, at least `min_days` apart from first to last, every competency
    was heard in `min_heard` or more, was never below proficient, and its least-squares slope lies within
    +-`max_slope` levels a recording.
    """
    latest = reviewed[-rule.n_recordings :]
    n_days = (latest[-1].on - latest[0].on).days if latest else 0
    below, moving, unheard = [], [], []
    for code in codes:
        heard = [(place, one.levels[code]) for place, one in enumerate(latest) if code in one.levels]
        if any(level < proficient for _place, level in heard):
            below.append(code)
        if len(heard) < rule.min_heard:
            unheard.append(code)
        elif abs(slope(heard)) > rule.max_slope:
            moving.append(code)
    enough = len(latest) == rule.n_recordings and n_days >= rule.min_days and bool(codes)
    return Plateau(
        reached=enough and not (below or moving or unheard),
        n_recordings=len(latest),
        n_days=n_days,
        below=tuple(below),
        moving=tuple(moving),
        unheard=tuple(unheard),
    )


def slope(points: Sequence[tuple[int, int]]) -> float:
    """Return the least-squares slope of level over place; at least two different places."""
    places, levels = np.array(points, dtype=float).T
    centred = places - places.mean()
    return float(centred @ levels / (centred @ centred))
